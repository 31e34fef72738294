/** Chunk boundaries everywhere, cuts everywhere, bytes flipped anywhere: nothing throws, hangs or loses what came before. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { BufferSource } from '../../../src/core/capture/byteSource.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { captureFolder } from '../../golden/captures.js';
import {
  concat,
  interfaceBlock,
  packetBlock,
  pcapFile,
  pcapHeader,
  pcapRecord,
  sectionBlock,
  somePackets,
} from './build.js';
import { indexOf, packetsOf } from './reading.js';

const names = [
  'nano.pcap',
  'nano-be.pcap',
  'kuznetzov.pcap',
  'pcapng-le-all.pcapng',
  'pcapng-be-all.pcapng',
  'pcapng-sections.pcapng',
  'damaged-cut.pcap',
  'damaged-tls.pcap',
];
const files: { readonly name: string; readonly bytes: Uint8Array }[] = names.map((name) => ({
  name,
  bytes: new Uint8Array(readFileSync(path.join(captureFolder, name))),
}));

// No real file has all of these: packets of no length, a second file header, garbage.
const odd = concat([
  pcapFile([
    ...somePackets(3),
    { seconds: 1_660_000_004, fraction: 7, data: new Uint8Array(0) },
    ...somePackets(2),
  ]),
  pcapFile(somePackets(2)),
  new Uint8Array(21).fill(0xdd),
  pcapRecord({ seconds: 1_660_000_009, fraction: 1, data: new Uint8Array(30) }),
]);
files.push({ name: 'odd.pcap', bytes: odd });

for (const { name, bytes } of files) {
  const whole = indexOf(bytes);
  const packets = packetsOf(whole);

  describe(name, () => {
    test('is the same whatever the size of chunks and steps', () => {
      for (let size = 1; size <= 320; size++) {
        const index = indexOf(bytes, size, 1 + ((size * 37) % 900));
        assert.deepEqual(index.damage, whole.damage, `chunks of ${size}`);
        assert.deepEqual(index.statistics, whole.statistics, `chunks of ${size}`);
        assert.deepEqual(packetsOf(index, size), packets, `chunks of ${size}`);
      }
    });

    // A modified header cut at the right place is a plain one: no reader can tell.
    if (name === 'kuznetzov.pcap') return;
    test('keeps all packets before the place where it is cut', () => {
      let read = 0;
      for (let length = 28; length <= bytes.length; length++) {
        const index = indexOf(bytes.subarray(0, length));
        assert.ok(index.done);
        assert.ok(
          index.packets >= read,
          `cut at ${length}: ${index.packets} packets, ${read} in a shorter piece`,
        );
        read = index.packets;
        assert.deepEqual(packetsOf(index), packets.slice(0, read), `cut at ${length}`);
      }
      assert.equal(read, packets.length);
    });
  });
}

/** Two formats, with the places where each of their packets ends. */
const built = [
  { name: 'pcap', head: pcapHeader(), records: somePackets(12).map((packet) => pcapRecord(packet)) },
  {
    name: 'pcapng',
    head: concat([sectionBlock(), interfaceBlock()]),
    records: somePackets(12).map(({ data }, at) => packetBlock(BigInt(at), data)),
  },
].map(({ name, head, records }) => {
  let end = head.length;
  return {
    name,
    start: head.length,
    bytes: concat([head, ...records]),
    ends: records.map(({ length }) => (end += length)),
  };
});

for (const { name, start, bytes, ends } of built)
  test(`flipped bytes never lose a packet before them: ${name}`, () => {
    const packets = packetsOf(indexOf(bytes));
    assert.equal(packets.length, 12);
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.integer({ min: start, max: bytes.length - 1 }), to: fc.nat(255) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 1, max: 200 }),
        (flips, chunkSize) => {
          const copy = bytes.slice();
          for (const { at, to } of flips) copy[at] = to;
          const read = packetsOf(indexOf(copy, chunkSize), chunkSize);
          const first = Math.min(...flips.map(({ at }) => at));
          const intact = packets.filter((_, at) => (ends[at] ?? Infinity) <= first);
          assert.deepEqual(read.slice(0, intact.length), intact);
        },
      ),
      { numRuns: 10_000, seed: 1204 },
    );
  });

test('flipped, cut and repeated bytes of real files never throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.record({ at: fc.nat(), to: fc.nat(255) }), { maxLength: 12 }),
      fc.nat(),
      fc.integer({ min: 1, max: 5000 }),
      ({ bytes }, flips, cut, chunkSize) => {
        const copy = bytes.slice(0, Math.max(30, cut % (bytes.length * 2)));
        for (const { at, to } of flips) copy[at % copy.length] = to;
        const opened = openCapture(new BufferSource('flipped.pcap', copy));
        if (!isCapture(opened)) return;
        const index = indexOf(copy, chunkSize);
        for (const { captured, bytes: data } of packetsOf(index, chunkSize))
          assert.equal(data.length, captured);
        for (const { offset, message } of index.damage) {
          assert.ok(offset >= 0 && offset <= copy.length);
          assert.match(message, /\.$/);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test('bytes that are no capture at all never throw', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(
        '',
        'd4c3b2a1',
        'a1b23c4d',
        '34cdb2a1',
        '0a0d0d0a',
        '0a0d0d0a1c0000004d3c2b1a',
        '0a0d0d0a1c0000004d3c2b1b',
      ),
      (tail, magic) => {
        const bytes = Uint8Array.from([...Buffer.from(magic, 'hex'), ...tail]);
        const opened = openCapture(new BufferSource('x.cap', bytes));
        if (isCapture(opened)) packetsOf(indexOf(bytes, 16));
        else assert.match(opened.message, /^x\.cap (?:looks like |is (?:empty|\d bytes? long))/);
      },
    ),
    { numRuns: 3000 },
  );
});
