/** The part of `npm test` that runs the tests in plain Node. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { root } from '../paths.js';
import { filesBelow } from '../stamps.js';
import { runNodeTests } from './nodeTests.js';
import type { Part } from './part.js';

/** These need an editor and have parts of their own. */
const elsewhere = ['test/vscode', 'test/browser'].map((folder) => path.join(root, folder) + path.sep);

export const unit: Part = {
  name: 'unit',
  title: 'Unit tests',
  run: () =>
    runNodeTests({
      files: unitTestFiles(),
      concurrency: availableParallelism(),
      timeoutSeconds: 300,
    }),
};

/** Every test file that runs without an editor. */
export function unitTestFiles(): string[] {
  return filesBelow([path.join(root, 'test')]).filter(
    (file) => file.endsWith('.test.ts') && !elsewhere.some((folder) => file.startsWith(folder)),
  );
}
