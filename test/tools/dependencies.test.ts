import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { whyInstall } from '../../src/tools/dependencies.mjs';
import { withTemporaryFolder } from '../../src/tools/temporary.js';

/** Writes a lock file and npm's note of what it installed. */
function lay(folder: string, asked: object, installed: object): void {
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  const write = (name: string, packages: object): void => {
    writeFileSync(path.join(folder, name), JSON.stringify({ packages }));
  };
  write('package-lock.json', asked);
  write('node_modules/.package-lock.json', installed);
}

const lit = { 'node_modules/lit': { version: '3.3.3' } };

test('a clone without packages is installed', async () => {
  await withTemporaryFolder((folder) => {
    assert.equal(whyInstall(folder), 'no packages are installed yet');
    return Promise.resolve();
  });
});

test('what is as the lock file says is left alone', async () => {
  await withTemporaryFolder((folder) => {
    lay(folder, { '': { version: '0.1.0' }, ...lit }, lit);
    assert.equal(whyInstall(folder), undefined);
    return Promise.resolve();
  });
});

test('another version and a missing package are installed', async () => {
  await withTemporaryFolder((folder) => {
    lay(folder, lit, { 'node_modules/lit': { version: '3.3.2' } });
    assert.equal(whyInstall(folder), 'lit 3.3.3 is missing or out of date');
    lay(folder, { ...lit, 'node_modules/a/node_modules/b': { version: '1.0.0' } }, lit);
    assert.equal(whyInstall(folder), 'b 1.0.0 is missing or out of date');
    return Promise.resolve();
  });
});

test('optional packages of other platforms may be absent', async () => {
  await withTemporaryFolder((folder) => {
    lay(folder, { ...lit, 'node_modules/x-darwin': { version: '1.0.0', optional: true } }, lit);
    assert.equal(whyInstall(folder), undefined);
    return Promise.resolve();
  });
});
