import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ByteSourceError } from '../../src/core/capture/byteSource.js';
import { FileSource } from '../../src/node/fileSource.js';

const folder = mkdtempSync(path.join(tmpdir(), 'file-source-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const mebibyte = 1024 * 1024;
const content = new Uint8Array(3 * mebibyte + 12_345).map((_, at) => (at * 31 + (at >> 8)) & 0xff);

/** A file of its own for each test. */
function file(name: string, bytes = content): string {
  const full = path.join(folder, name);
  writeFileSync(full, bytes);
  return full;
}

const failsWith = (pattern: RegExp) => (error: unknown) =>
  error instanceof ByteSourceError && pattern.test(error.message);

describe('reading', () => {
  test('any piece, inside a page, across pages, past the end', () => {
    const source = new FileSource(file('pieces.pcap'));
    assert.equal(source.name, 'pieces.pcap');
    assert.equal(source.size, content.length);
    for (const [offset, length] of [
      [0, 10],
      [mebibyte - 3, 7],
      [mebibyte, mebibyte],
      [5, 2 * mebibyte + 9],
      [content.length - 4, 100],
      [content.length, 5],
      [content.length + 9, 5],
    ] as const) {
      const expected = content.subarray(offset, offset + length);
      assert.ok(Buffer.from(expected).equals(source.read(offset, length)), `read ${length} at ${offset}`);
      assert.ok(
        Buffer.from(expected).equals(source.readInto(new Uint8Array(length), offset)),
        `readInto at ${offset}`,
      );
    }
    source.close();
  });

  test('bytes once given out stay as they are, however much is read after', () => {
    const source = new FileSource(file('kept.pcap'));
    const early = source.read(100, 50);
    for (let at = 0; at < content.length; at += 100_000) source.read(at, 100);
    assert.deepEqual([...early], [...content.subarray(100, 150)]);
    source.close();
  });
});

describe('changes while open', () => {
  test('a file that grows', () => {
    const full = file('grows.pcap', content.subarray(0, 1000));
    const source = new FileSource(full);
    assert.equal(source.refresh(), false);
    source.read(900, 100);
    appendFileSync(full, content.subarray(1000, 1500));
    assert.equal(source.refresh(), true);
    assert.equal(source.size, 1500);
    assert.deepEqual([...source.read(900, 600)], [...content.subarray(900, 1500)]);
    source.close();
  });

  test('a file that is removed', () => {
    const full = file('removed.pcap');
    const source = new FileSource(full);
    rmSync(full);
    assert.throws(() => source.refresh(), failsWith(/^removed\.pcap is not there/));
    source.close();
  });

  test('a file that is replaced', () => {
    const full = file('replaced.pcap');
    const source = new FileSource(full);
    renameSync(file('new.pcap'), full);
    assert.throws(() => source.refresh(), failsWith(/^replaced\.pcap was replaced by another file/));
    source.close();
  });

  test('a file that becomes shorter', () => {
    const full = file('shorter.pcap');
    const source = new FileSource(full);
    truncateSync(full, 500);
    assert.throws(
      () => source.read(100, 1000),
      failsWith(/became shorter while it was open: 3,158,073 bytes before, 500 now/),
    );
    assert.throws(() => source.refresh(), failsWith(/became shorter/));
    source.close();
  });
});

test('what cannot be opened says why', () => {
  assert.throws(
    () => new FileSource(path.join(folder, 'absent.pcap')),
    failsWith(/^absent\.pcap is not there/),
  );
  assert.throws(() => new FileSource(folder), failsWith(/ is a folder\.$/));
});
