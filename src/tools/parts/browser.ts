/** The part of `npm test` that uses the packed extension in the workbench, with eyes and hands. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startEmbedded } from '../hosts/embedded.js';
import { cache, root, testResults } from '../paths.js';
import { filesBelow } from '../stamps.js';
import { runNodeTests } from './nodeTests.js';
import type { Part } from './part.js';

export const browser: Part = {
  name: 'browser',
  title: 'Workbench in the browser',
  run: async (tools) => {
    const extension = await tools.packed();
    const program = await tools.chromium();
    const profile = path.join(cache, 'suite/browser');
    rmSync(profile, { recursive: true, force: true });
    mkdirSync(testResults, { recursive: true });
    const host = await startEmbedded(await tools.newestHost(), { profile, extension, port: 0 });
    try {
      const files = filesBelow([path.join(root, 'test/browser')]).filter((file) => file.endsWith('.test.ts'));
      return await runNodeTests({
        files,
        concurrency: 1,
        timeoutSeconds: 300,
        env: { CILIUM_LENS_HOST: host.address, CILIUM_LENS_CHROMIUM: program },
      });
    } finally {
      host.stop();
    }
  },
};
