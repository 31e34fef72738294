import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { contentHash, filesBelow, isStamped, stamp } from '../../src/tools/stamps.js';
import { withTemporaryFolder } from '../../src/tools/temporary.js';

test('a hash tells names and contents of all files below', async () => {
  await withTemporaryFolder((folder) => {
    const one = path.join(folder, 'deep/one.txt');
    mkdirSync(path.dirname(one));
    writeFileSync(one, 'a');
    const look = (): string => contentHash(filesBelow([folder, path.join(folder, 'absent')]));
    const first = look();
    assert.equal(look(), first);
    writeFileSync(one, 'b');
    const changed = look();
    assert.notEqual(changed, first);
    renameSync(one, path.join(folder, 'deep/two.txt'));
    assert.notEqual(look(), changed);
    return Promise.resolve();
  });
});

test('where one file ends and the next begins makes a difference', async () => {
  await withTemporaryFolder((folder) => {
    const [one, two] = [path.join(folder, '1'), path.join(folder, '2')] as const;
    writeFileSync(one, 'ab');
    writeFileSync(two, 'c');
    const first = contentHash([one, two]);
    writeFileSync(one, 'a');
    writeFileSync(two, 'bc');
    assert.notEqual(contentHash([one, two]), first);
    return Promise.resolve();
  });
});

test('a step is stamped for one hash', async () => {
  await withTemporaryFolder((folder) => {
    assert.equal(isStamped(folder, 'pack', 'x'), false);
    stamp(folder, 'pack', 'x');
    assert.equal(isStamped(folder, 'pack', 'x'), true);
    assert.equal(isStamped(folder, 'pack', 'y'), false);
    assert.equal(isStamped(folder, 'other', 'x'), false);
    return Promise.resolve();
  });
});
