import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { neutralBundleErrors } from '../../src/tools/bundle.js';
import { withTemporaryFolder } from '../../src/tools/temporary.js';

for (const name of ['node:fs', 'fs', 'vscode']) {
  test(`core may not import ${name}`, async () => {
    await withTemporaryFolder(async (folder) => {
      writeFileSync(path.join(folder, 'good.ts'), 'export const one = 1;\n');
      assert.deepEqual(await neutralBundleErrors(folder), []);
      writeFileSync(path.join(folder, 'bad.ts'), `import * as x from '${name}';\nexport const y = x;\n`);
      const errors = await neutralBundleErrors(folder);
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', new RegExp(`bad\\.ts:1:\\d+: ERROR: Could not resolve "${name}"`));
    });
  });
}

test('an empty folder is not taken for a good one', async () => {
  await withTemporaryFolder(async (folder) => {
    assert.equal((await neutralBundleErrors(folder)).length, 1);
  });
});
