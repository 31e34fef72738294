/** Files made to keep a reader busy: what is read, and how long it takes, grows with their size and no faster. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import { interfaceBlock, packetBlock, pcapFile, sectionBlock } from './build.js';
import { GrowingSource } from './reading.js';

const mebibyte = 1024 * 1024;

/** `head`, then one pattern again and again, `size` bytes in all. */
function repeated(
  head: Uint8Array,
  size: number,
  pattern: readonly number[],
  tail = new Uint8Array(0),
): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(head);
  const words = new DataView(bytes.buffer);
  for (let at = head.length, turn = 0; at + 4 <= size - tail.length; at += 4, turn++)
    words.setUint32(at, pattern[turn % pattern.length] ?? 0, true);
  bytes.set(tail, size - tail.length);
  return bytes;
}

const packet = { seconds: 1_660_000_000, fraction: 1, data: new Uint8Array(40) };
const pcapStart = pcapFile([packet, packet]);
const ngStart = Uint8Array.from([...sectionBlock(), ...interfaceBlock(), ...packetBlock(1n, packet.data)]);
const farAhead = 200_008;

const files: readonly {
  readonly what: string;
  readonly make: (size: number) => Uint8Array;
  readonly atLeast?: number;
}[] = [
  {
    what: 'headers of pcap records everywhere, whose successors are far ahead and none',
    make: (size) => repeated(pcapStart, size, [0xffffffff, 5, farAhead, farAhead + 1]),
  },
  {
    what: 'headers of pcap records everywhere, two of which follow each other',
    make: (size) => repeated(pcapStart, size, [1_660_000_000, 5, 0xfff0, 0xffff0]),
    atLeast: 3,
  },
  {
    what: 'nothing but zeros behind pcap records',
    make: (size) => repeated(pcapStart, size, [0]),
    atLeast: 2,
  },
  {
    what: 'pcap records of no length',
    make: (size) => repeated(pcapStart, size, [1_660_000_000, 5, 0, 0]),
    atLeast: 2,
  },
  {
    what: 'blocks everywhere that end as they should, far ahead, with none behind them',
    make: (size) => repeated(ngStart, size, [6, farAhead, 0x77, 0x77]),
  },
  {
    what: 'blocks whose ends contradict their starts, each followed by one that ends far ahead',
    make: (size) => repeated(ngStart, size, [5, 16, 0, 0x99, 5, 400_008, 400_008, 0]),
  },
  {
    what: 'blocks that claim gigabytes',
    make: (size) => repeated(ngStart, size, [6, 0x7ffffff0]),
    atLeast: 1,
  },
  {
    what: 'interfaces without end',
    make: (size) => repeated(ngStart, size, [1, 20, 1, 0, 20]),
    atLeast: 1,
  },
];

/** Indexes a file; gives the bytes it read and the processor time it took, in milliseconds. */
function cost(bytes: Uint8Array, chunkSize: number) {
  const source = new GrowingSource(bytes, bytes.length);
  const reader = openCapture(source);
  assert.ok(isCapture(reader));
  const index = new CaptureIndex(source, reader, chunkSize);
  const before = process.cpuUsage();
  while (!index.step(mebibyte));
  const { user, system } = process.cpuUsage(before);
  return { read: source.bytesRead, time: (user + system) / 1000, index };
}

for (const { what, make, atLeast = 1 } of files)
  test(what, () => {
    const size = 6 * mebibyte;
    for (const chunkSize of [64 * 1024, 4 * mebibyte]) {
      const { read, time, index } = cost(make(size), chunkSize);
      assert.ok(index.packets >= atLeast, `${index.packets} packets`);
      assert.ok(read < 8 * size, `${read} bytes read of ${size}, in chunks of ${chunkSize}`);
      // Generous: other programs take their share of the machine.
      assert.ok(time < 6000, `${time} ms for ${size} bytes`);
    }
  });

test('a file that grows with garbage is not searched again from the start each time', () => {
  const start = Uint8Array.from([...pcapStart, ...new Uint8Array(12).fill(0xff)]);
  const bytes = repeated(start, 12 * mebibyte, [0xffffffff, 5, farAhead, farAhead + 1]);
  const source = new GrowingSource(bytes, 4 * mebibyte);
  const reader = openCapture(source);
  assert.ok(isCapture(reader));
  const index = new CaptureIndex(source, reader, 64 * 1024);
  let pieces = 0;
  do {
    pieces++;
    index.grown();
    while (!index.step(mebibyte));
  } while (source.grow(mebibyte / 4));
  assert.equal(index.packets, 2);
  const most = 3 * bytes.length + pieces * 3 * mebibyte;
  assert.ok(source.bytesRead < most, `${source.bytesRead} bytes read of ${bytes.length}`);
});
