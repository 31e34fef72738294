/** Files that are still being written: what is half there is waited for, and nothing is read twice without need. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import { captureFolder } from '../../golden/captures.js';
import { concat, interfaceBlock, packetBlock, pcapFile, sectionBlock, somePackets } from './build.js';
import { GrowingSource, indexOf, packetsOf } from './reading.js';

function openGrowing(bytes: Uint8Array, size: number) {
  const source = new GrowingSource(bytes, size);
  const reader = openCapture(source);
  assert.ok(isCapture(reader));
  const index = new CaptureIndex(source, reader);
  while (!index.step(1000));
  return { source, index };
}

const built = concat([
  sectionBlock(),
  interfaceBlock(),
  ...somePackets(8).map(({ data }, at) => packetBlock(BigInt(at), data)),
]);
const names = [
  'nano.pcap',
  'http.pcap',
  'pcapng-icmp.pcapng',
  'pcapng-be-all.pcapng',
  'pcapng-sections.pcapng',
];
const files = [
  { name: 'built.pcap', bytes: pcapFile(somePackets(12)) },
  { name: 'built.pcapng', bytes: built },
  ...names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(path.join(captureFolder, name))) })),
];

for (const { name, bytes } of files)
  describe(name, () => {
    const whole = indexOf(bytes);

    test('written in pieces of any size, it ends as if it had been there at once', () => {
      for (const piece of [1, 7, 16, 100, 4097]) {
        const { source, index } = openGrowing(bytes, 32);
        let packets = index.packets;
        while (source.grow(piece)) {
          index.grown();
          while (!index.step(1000));
          assert.ok(index.packets >= packets, 'no packet is lost');
          packets = index.packets;
          // What is half there is told while it is, in one note, and counts as nothing.
          assert.ok(index.damage.length <= whole.damage.length + 1, `pieces of ${piece}`);
        }
        assert.deepEqual(index.damage, whole.damage, `pieces of ${piece}`);
        assert.deepEqual(index.oddities, whole.oddities);
        assert.deepEqual(index.statistics, whole.statistics);
        assert.equal(index.commented, whole.commented);
        assert.deepEqual(index.reader.blocks, whole.reader.blocks);
        assert.deepEqual(packetsOf(index), packetsOf(whole));
      }
    });
  });

test('only what is new is read', () => {
  for (const bytes of [
    pcapFile(somePackets(900, 200)),
    concat([
      sectionBlock(),
      interfaceBlock(),
      ...somePackets(900, 200).map(({ data }, at) => packetBlock(BigInt(at), data)),
    ]),
  ]) {
    const { source, index } = openGrowing(bytes, 1000);
    let pieces = 0;
    for (; source.grow(5000); pieces++) {
      index.grown();
      while (!index.step(100_000));
    }
    assert.equal(index.packets, 900);
    // The record at the end of each piece may be looked at twice, and the head of the file when it was opened.
    const record = 1100 + 32;
    assert.ok(
      source.bytesRead <= bytes.length + pieces * record + 3000,
      `${source.bytesRead} of ${bytes.length}`,
    );
  }
});
