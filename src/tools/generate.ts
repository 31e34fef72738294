/** Files that are printed from declarations in core: grammar, documentation pages. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from '../core/reference/index.js';
import { root } from './paths.js';

/** Files in the repository that are not what the declarations give, by their paths. */
export function staleFiles(): string[] {
  return generatedFiles()
    .filter(({ path: name, text }) => {
      const file = path.join(root, name);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    })
    .map(({ path: name }) => name);
}

/** Writes those that have changed and returns their paths. */
export function writeGenerated(): string[] {
  const stale = new Set(staleFiles());
  for (const { path: name, text } of generatedFiles()) {
    if (!stale.has(name)) continue;
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return [...stale];
}
