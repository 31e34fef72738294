/** The part of `npm test` that uses the packed extension in the workbench, with eyes and hands. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startEmbedded } from '../hosts/embedded.js';
import { root, testResults } from '../paths.js';
import { filesBelow } from '../stamps.js';
import { withTemporaryFolder } from '../temporary.js';
import { runNodeTests } from './nodeTests.js';
import type { Part } from './part.js';

export const browser: Part = {
  name: 'browser',
  title: 'Workbench in the browser',
  run: async (tools) => {
    const extension = await tools.packed();
    const program = await tools.chromium();
    const installed = await tools.newestHost();
    mkdirSync(testResults, { recursive: true });
    return withTemporaryFolder(async (profile) => {
      const host = await startEmbedded(installed, { profile, extension, port: 0 });
      try {
        return await runNodeTests({
          files: filesBelow([path.join(root, 'test/browser')]).filter((file) => file.endsWith('.test.ts')),
          concurrency: 1,
          timeoutSeconds: 600,
          env: { CILIUM_LENS_HOST: host.address, CILIUM_LENS_CHROMIUM: program },
        });
      } finally {
        host.stop();
      }
    });
  },
};
