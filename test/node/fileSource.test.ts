import assert from 'node:assert/strict';
import fs, {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ByteSourceError } from '../../src/core/capture/byteSource.js';
import { isCapture, openCapture } from '../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../src/core/capture/captureIndex.js';
import { FileSource } from '../../src/node/fileSource.js';
import { pcapFile, somePackets } from '../core/capture/build.js';

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

  test('a file that is deleted; it can be read on', () => {
    const full = file('deleted.pcap');
    const source = new FileSource(full);
    rmSync(full);
    assert.throws(
      () => source.refresh(),
      failsWith(/^deleted\.pcap was deleted\. What was read of it stays until it is closed\.$/),
    );
    assert.deepEqual([...source.read(2_000_000, 20)], [...content.subarray(2_000_000, 2_000_020)]);
    source.close();
  });

  test('a file that is replaced; the old one can be read on', () => {
    const full = file('replaced.pcap');
    const source = new FileSource(full);
    renameSync(file('new.pcap', new Uint8Array(5_000_000)), full);
    assert.throws(() => source.refresh(), failsWith(/^replaced\.pcap was replaced by another file/));
    assert.equal(source.size, content.length);
    assert.deepEqual([...source.read(2_000_000, 20)], [...content.subarray(2_000_000, 2_000_020)]);
    source.close();
  });

  test('a file that is written anew, as long as before or longer', () => {
    const full = file('anew.pcap', content.subarray(0, 1000));
    const source = new FileSource(full);
    writeFileSync(full, content.subarray(1, 3000));
    // File systems keep times coarsely; a later write must not look like the first.
    utimesSync(full, new Date(), new Date(Date.now() + 5000));
    assert.throws(() => source.refresh(), failsWith(/^anew\.pcap was written anew while it was open/));
    source.close();
  });

  test('a folder that may no longer be looked into does not hide that the file grows', (t) => {
    const inner = path.join(folder, 'locked');
    mkdirSync(inner);
    const full = path.join(inner, 'behind.pcap');
    writeFileSync(full, content.subarray(0, 1000));
    const source = new FileSource(full);
    const writer = openSync(full, 'a');
    // For root every folder is open, so a look at the path is made to fail as the system would.
    const refuse = () => {
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    };
    chmodSync(inner, 0);
    if (process.getuid?.() === 0) t.mock.method(fs, 'statSync', refuse);
    syncBuiltinESMExports();
    try {
      writeSync(writer, content, 1000, 500);
      assert.equal(source.refresh(), true);
      assert.equal(source.size, 1500);
    } finally {
      t.mock.restoreAll();
      syncBuiltinESMExports();
      chmodSync(inner, 0o700);
      closeSync(writer);
      source.close();
    }
  });

  test('half a record at the end is waited for, and read when the rest has come', () => {
    const packets = new Uint8Array(pcapFile(somePackets(4, 60)));
    const full = file('half.pcap', packets.subarray(0, packets.length - 30));
    const source = new FileSource(full);
    const reader = openCapture(source);
    assert.ok(isCapture(reader));
    const index = new CaptureIndex(source, reader);
    while (!index.step(1000));
    assert.equal(index.packets, 3);
    appendFileSync(full, packets.subarray(packets.length - 30));
    assert.equal(source.refresh(), true);
    index.grown();
    while (!index.step(1000));
    assert.equal(index.packets, 4);
    assert.deepEqual(index.damage, []);
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
