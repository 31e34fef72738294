/** Reading many plain packets at once gives what reading them one by one gives. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { BufferSource } from '../../../src/core/capture/byteSource.js';
import { ByteWindow } from '../../../src/core/capture/byteWindow.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import { found, RecordView, type RecordReader } from '../../../src/core/capture/record.js';
import { RecordBatch } from '../../../src/core/capture/recordBatch.js';
import { captureFolder } from '../../golden/captures.js';
import {
  block,
  concat,
  interfaceBlock,
  option,
  packetBlock,
  pcapFile,
  pcapRecord,
  sectionBlock,
} from './build.js';
import { packetsOf } from './reading.js';

/** A reader that answers one record at a time only. */
function careful(reader: RecordReader): RecordReader {
  const readBatch: RecordReader['readBatch'] = (_window, _offset, _stop, batch) => {
    batch.count = 0;
  };
  return Object.create(reader, { readBatch: { value: readBatch } }) as RecordReader;
}

function index(bytes: Uint8Array, how: (reader: RecordReader) => RecordReader, chunk: number, step: number) {
  const source = new BufferSource('test.cap', bytes);
  const reader = openCapture(source);
  assert.ok(isCapture(reader));
  const made = new CaptureIndex(source, how(reader), chunk);
  while (!made.step(step));
  return made;
}

/** All that an index knows. */
function knowledge(made: CaptureIndex) {
  const { packets, commented, statistics, damage, oddities, duration } = made;
  const checkpoints = Array.from({ length: Math.ceil(packets / 64) }, (_, at) =>
    made.checkpoint(at * 64 + 1),
  );
  const read = packetsOf(made, 700);
  return { packets, commented, statistics, damage, oddities, duration, checkpoints, read };
}

function sameBothWays(bytes: Uint8Array, chunk: number, step: number): CaptureIndex {
  const fast = index(bytes, (reader) => reader, chunk, step);
  assert.deepEqual(knowledge(fast), knowledge(index(bytes, careful, chunk, step)));
  return fast;
}

const sizes = [fc.integer({ min: 1, max: 6000 }), fc.integer({ min: 1, max: 9000 })] as const;

/** A packet with a time that often goes on from the last, and lengths that often agree. */
const packet = fc.record({
  step: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 })),
  captured: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 90 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  longer: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: -40, max: 2000 })),
  on: fc.integer({ min: 0, max: 5 }),
  extra: fc.nat(30),
});
const packets = fc.array(packet, { minLength: 1, maxLength: 220 });

const wireOf = ({ captured, longer }: { captured: number; longer: number }) => Math.max(0, captured + longer);

test('pcap: statistics, oddities, damage, checkpoints and packets', () => {
  fc.assert(
    fc.property(packets, fc.boolean(), fc.boolean(), ...sizes, (list, little, nano, chunk, step) => {
      const shape = { little, magic: nano ? 0xa1b23c4d : 0xa1b2c3d4 };
      let time = 1_660_000_000_000_000;
      const records = list.map((it) => {
        time = Math.max(0, time + it.step);
        const built = {
          seconds: Math.floor(time / 1e6),
          // Sometimes more than a second, as some writers have it.
          fraction: (time % 1e6) * (it.extra === 0 ? 5000 : 1),
          data: new Uint8Array(it.captured).fill(it.extra),
          wire: wireOf(it),
        };
        // Sometimes garbage, sometimes a second file header.
        const before =
          it.extra === 1
            ? new Uint8Array(7).fill(0xbb)
            : it.extra === 2
              ? pcapFile([], shape)
              : new Uint8Array(0);
        return concat([before, pcapRecord(built, shape)]);
      });
      sameBothWays(concat([pcapFile([], shape), ...records]), chunk, step);
    }),
    { numRuns: 300 },
  );
});

const interfaces = (little: boolean): Uint8Array[] => [
  interfaceBlock(little),
  interfaceBlock(little, { linkType: 113 }, option(9, Uint8Array.of(9), little)),
  interfaceBlock(little, {}, option(9, Uint8Array.of(0x80 | 20), little)),
  interfaceBlock(little, {}, option(9, Uint8Array.of(12), little)),
  interfaceBlock(little, {}, option(14, new Uint8Array(8).fill(0xff), little)),
];

test('pcapng: several clocks, sections, blocks between packets, flaws', () => {
  fc.assert(
    fc.property(packets, fc.boolean(), ...sizes, (list, little, chunk, step) => {
      let ticks = 1_660_000_000_000_000n;
      const start = concat([sectionBlock(little), ...interfaces(little)]);
      const blocks = list.map((it) => {
        ticks += BigInt(it.step);
        const options = it.extra === 3 ? option(1, 'seen', little) : new Uint8Array(0);
        const made = packetBlock(ticks < 0n ? 0n : ticks, new Uint8Array(it.captured), {
          little,
          wire: wireOf(it),
          on: it.on,
          options,
        });
        if (it.extra === 0) made[made.length - (little ? 4 : 1)] = 0x11;
        const others: Record<number, Uint8Array> = {
          1: block(5, new Uint8Array(12), little),
          2: start,
          4: new Uint8Array(5).fill(0x99),
          5: block(3, new Uint8Array(24), little),
        };
        return concat([others[it.extra] ?? new Uint8Array(0), made]);
      });
      sameBothWays(concat([start, ...blocks]), chunk, step);
    }),
    { numRuns: 300 },
  );
});

test('real files, with bytes changed anywhere', () => {
  const files = [
    'nano-be.pcap',
    'http2.pcap',
    'kuznetzov.pcap',
    'pcapng-le-all.pcapng',
    'pcapng-sections.pcapng',
  ].map((name) => new Uint8Array(readFileSync(path.join(captureFolder, name))));
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      ...sizes,
      (file, changes, chunk, step) => {
        const bytes = file.slice();
        for (const [at, to] of changes) bytes[24 + (at % (bytes.length - 24))] = to;
        if (isCapture(openCapture(new BufferSource('x', bytes)))) sameBothWays(bytes, chunk, step);
      },
    ),
    { numRuns: 1000 },
  );
});

test('plain packets come in batches, not one by one', () => {
  const files = [
    pcapFile(
      Array.from({ length: 1000 }, (_, at) => ({
        seconds: at,
        fraction: at,
        data: new Uint8Array(at % 90),
        wire: 90,
      })),
    ),
    concat([
      sectionBlock(),
      interfaceBlock(),
      ...Array.from({ length: 1000 }, (_, at) => packetBlock(BigInt(at), new Uint8Array(at % 90))),
    ]),
  ];
  for (const bytes of files) {
    const source = new BufferSource('plain.cap', bytes);
    const reader = openCapture(source);
    assert.ok(isCapture(reader));
    const window = new ByteWindow(source, bytes.length);
    const [record, batch] = [new RecordView(), new RecordBatch()];
    let [singles, together] = [0, 0];
    for (let offset = reader.first; offset < bytes.length;) {
      reader.readBatch(window, offset, Infinity, batch);
      together += batch.count;
      if (batch.count > 0) offset = batch.offset(batch.count);
      else {
        if (reader.read(window, offset, record) === found.packet) singles++;
        offset = record.next;
      }
    }
    assert.equal(singles + together, 1000);
    assert.ok(singles <= 1, `${singles} came alone`);
  }
});
