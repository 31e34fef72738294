import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { BufferSource } from '../../src/core/capture/byteSource.js';
import { unpacked } from '../../src/node/gzipSource.js';

const source = (bytes: Uint8Array) => new BufferSource('capture.pcap.gz', bytes);
/** Larger than a page, and not all alike. */
const content = new Uint8Array(9_000_000).map((_, at) => (at * 31 + (at >> 9)) & 0xff);

test('what is no archive stays as it is', async () => {
  const plain = source(Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4));
  assert.equal(await unpacked(plain), plain);
  const empty = source(new Uint8Array(0));
  assert.equal(await unpacked(empty), empty);
});

test('an archive of one or several members reads as what it holds, at any place', async () => {
  const half = content.length / 2;
  const archives = [
    gzipSync(content, { level: 1 }),
    Buffer.concat([gzipSync(content.subarray(0, half)), gzipSync(content.subarray(half))]),
  ];
  for (const archive of archives) {
    const held = await unpacked(source(archive));
    assert.equal(held.packing, 'gzip');
    assert.equal(held.flaw, undefined);
    assert.equal(held.size, content.length);
    for (const [offset, length] of [
      [0, 24],
      [4 * 1024 * 1024 - 5, 10],
      [1, content.length],
      [content.length - 3, 100],
      [content.length, 1],
    ] as const) {
      const expected = Buffer.from(content.subarray(offset, offset + length));
      assert.ok(expected.equals(held.read(offset, length)), `read ${length} at ${offset}`);
      assert.ok(
        expected.equals(held.readInto(new Uint8Array(length), offset, length)),
        `readInto at ${offset}`,
      );
    }
  }
});

test('of a cut or damaged archive all before that place is kept, and the flaw told', async () => {
  const archive = gzipSync(content);
  const cut = await unpacked(source(archive.subarray(0, archive.length >> 1)));
  assert.match(cut.flaw ?? '', /damaged or cut off/);
  assert.ok(cut.size > 0);
  assert.ok(Buffer.from(content.subarray(0, cut.size)).equals(cut.read(0, cut.size)));
  const broken = Buffer.from(archive);
  broken.fill(0xff, archive.length - 2000, archive.length - 1000);
  const damaged = await unpacked(source(broken));
  assert.match(damaged.flaw ?? '', /damaged or cut off/);
  assert.ok(damaged.size > 0);
});

test('no more is unpacked than the limit', async () => {
  const bomb = await unpacked(source(gzipSync(new Uint8Array(50_000_000))), 5_000_000);
  assert.equal(bomb.size, 5_000_000);
  assert.match(bomb.flaw ?? '', /more than 5,000,000 bytes/);
});

test('a real capture is what gunzip makes of it', async () => {
  const archive = readFileSync(new URL('../fixtures/captures/gzip.pcap.gz', import.meta.url));
  const held = await unpacked(source(archive));
  assert.ok(gunzipSync(archive).equals(held.read(0, held.size)));
});
