import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import pcapParser from 'pcap-parser';
import { captureFolder, captureGolden } from '../../golden/captures.js';
import { concat, pcapFile, pcapHeader, pcapRecord, somePackets, type PcapShape } from './build.js';
import { indexOf, packetsOf } from './reading.js';

const packets = somePackets(9);
const expected = packets.map(({ data }) => [...data]);

const shapes: readonly (PcapShape & { readonly words: string })[] = [
  { words: 'pcap', magic: 0xa1b2c3d4, little: true },
  { words: 'pcap (big-endian)', magic: 0xa1b2c3d4, little: false },
  { words: 'pcap (nanoseconds)', magic: 0xa1b23c4d, little: true },
  { words: 'pcap (nanoseconds, big-endian)', magic: 0xa1b23c4d, little: false },
  { words: 'pcap (modified)', magic: 0xa1b2cd34, extra: 8, little: true },
  { words: 'pcap (modified, ss990915, big-endian)', magic: 0xa1b2cd34, extra: 12, little: false },
  { words: 'pcap (Nokia)', magic: 0xa1b2c3d4, extra: 4, little: true },
];

for (const shape of shapes) {
  test(`${shape.words} is read`, () => {
    const index = indexOf(pcapFile(packets, shape));
    assert.equal(index.reader.format, shape.words);
    assert.deepEqual(index.damage, []);
    const read = packetsOf(index);
    assert.deepEqual(
      read.map(({ bytes }) => [...bytes]),
      expected,
    );
    const digits = shape.magic === 0xa1b23c4d ? 9 : 6;
    assert.equal(read[3]?.time, `1660000003.${'100003'.padStart(digits, '0')}`);
  });
}

test('lengths stand the other way round before version 2.3', () => {
  const [packet] = somePackets(1, 60);
  assert.ok(packet);
  const bytes = pcapFile([packet], { minor: 2 });
  const view = new DataView(bytes.buffer);
  view.setUint32(24 + 8, 90, true); // on the wire
  view.setUint32(24 + 12, 60, true); // captured
  const [read] = packetsOf(indexOf(bytes));
  assert.deepEqual([read?.captured, read?.wire], [60, 90]);
});

test('a packet longer than the wire, an empty one and an overflowing fraction are shown, and the last is told', () => {
  const bytes = pcapFile([
    { seconds: 5, fraction: 1, data: new Uint8Array(50), wire: 40 },
    { seconds: 5, fraction: 2, data: new Uint8Array(0) },
    { seconds: 5, fraction: 2_500_000, data: new Uint8Array(3) },
  ]);
  const index = indexOf(bytes);
  const offset = bytes.length - 19;
  assert.deepEqual(index.damage, [
    {
      offset,
      afterPacket: 3,
      message: `At offset ${offset} the time stamp has 2,500,000 microseconds, more than a second; they are carried over to the seconds.`,
    },
  ]);
  assert.deepEqual(
    packetsOf(index).map(({ time, wire, captured }) => [time, wire, captured]),
    [
      ['5.000001', 40, 50],
      ['5.000002', 0, 0],
      ['7.500000', 3, 3],
    ],
  );
});

test('what is odd is told once for each kind, with its first packet and a count', () => {
  const packet = (seconds: number, captured: number, wire = captured) => ({
    seconds,
    fraction: 5,
    data: new Uint8Array(captured),
    wire,
  });
  const index = indexOf(
    pcapFile([
      packet(10, 4),
      packet(9, 50, 40),
      packet(8, 0),
      packet(8, 60, 40),
      packet(12, 9),
      packet(11, 0, 70),
      packet(13, 70, 1),
    ]),
  );
  assert.deepEqual(index.damage, []);
  assert.deepEqual(index.oddities, [
    {
      offset: 24 + 20,
      afterPacket: 1,
      message: 'Packet 2 is 1.000000 seconds earlier than the packet before it; 2 more packets are like it.',
    },
    {
      offset: 24 + 20,
      afterPacket: 1,
      message: 'Packet 2 has 50 captured bytes, but only 40 on the wire; 2 more packets are like it.',
    },
    {
      offset: 24 + 20 + 66,
      afterPacket: 2,
      message: 'Packet 3 has no bytes; 1 more packet is like it.',
    },
  ]);
  assert.equal(index.statistics.ordered, false);
});

describe('damage', () => {
  const header = pcapHeader();
  const records = packets.map((packet) => pcapRecord(packet));

  test('a last record that is cut off is told, and those before it are kept', () => {
    const whole = concat([header, ...records]);
    const index = indexOf(whole.subarray(0, whole.length - 5));
    assert.equal(index.packets, 8);
    const offset = whole.length - (records[8]?.length ?? 0);
    assert.deepEqual(index.damage, [
      {
        offset,
        afterPacket: 8,
        message: `At offset ${offset} a packet claims 28 captured bytes, but the file ends after 23 of them.`,
      },
    ]);
  });

  test('bytes too few for a record header are told', () => {
    const index = indexOf(concat([header, ...records.slice(0, 2), new Uint8Array(7)]));
    assert.equal(index.packets, 2);
    assert.match(index.damage[0]?.message ?? '', /the last 7 bytes are too few for a packet header of 16/);
  });

  test('an absurd length is told with its figures', () => {
    const absurd = pcapRecord({ seconds: 1_660_000_001, fraction: 1, data: new Uint8Array(40) });
    new DataView(absurd.buffer).setUint32(8, 4_000_000_000, true);
    const index = indexOf(concat([header, ...records.slice(0, 4), absurd]));
    assert.equal(index.packets, 4);
    assert.match(
      index.damage[0]?.message ?? '',
      /claims 4,000,000,000 captured bytes, more than the 262,144/,
    );
  });

  test('after garbage between records reading goes on at the next one', () => {
    const garbage = new Uint8Array(501).fill(0xa5);
    const index = indexOf(concat([header, ...records.slice(0, 4), garbage, ...records.slice(4)]));
    assert.equal(index.packets, 9);
    assert.deepEqual(
      packetsOf(index).map(({ bytes }) => [...bytes]),
      expected,
    );
    const [note] = index.damage;
    assert.equal(note?.afterPacket, 4);
    assert.match(note.message, /501 bytes are left out; packets go on at offset/);
  });

  test('garbage that claims a length within reason, but past the end, is garbage too', () => {
    const garbage = pcapRecord({ seconds: 1_660_000_004, fraction: 0, data: new Uint8Array(33).fill(0xff) });
    new DataView(garbage.buffer).setUint32(8, 100_000, true);
    const index = indexOf(concat([header, ...records.slice(0, 4), garbage, ...records.slice(4)]));
    assert.equal(index.packets, 9);
    assert.equal(index.damage.length, 1);
  });

  test('two files joined, years apart: the packets of both are shown', () => {
    const later = packets.map((packet) => ({ ...packet, seconds: packet.seconds + 90_000_000 }));
    const index = indexOf(concat([pcapFile(packets), pcapFile(later)]));
    assert.equal(index.packets, 18);
    assert.equal(index.damage.length, 1);
    assert.match(index.damage[0]?.message ?? '', /another pcap file begins, as when files are joined\.$/);
    assert.equal(packetsOf(index)[9]?.time, '1750000000.100000');
  });

  test('packets after garbage are found, however far in time', () => {
    const later = packets.map((packet) => pcapRecord({ ...packet, seconds: packet.seconds + 90_000_000 }));
    const index = indexOf(concat([header, ...records, new Uint8Array(100).fill(0xcc), ...later]));
    assert.equal(index.packets, 18);
    assert.match(index.damage[0]?.message ?? '', / 100 bytes are left out/);
  });

  test('a version that is not known is told, and the file read', () => {
    const bytes = concat([header, ...records]);
    bytes[4] = 7;
    const index = indexOf(bytes);
    assert.equal(index.packets, 9);
    assert.match(index.damage[0]?.message ?? '', /pcap version 7\.4, which is not known/);
  });

  test('a file that ends inside its header is told', () => {
    const index = indexOf(header.slice(0, 11));
    assert.equal(index.packets, 0);
    assert.match(index.damage[0]?.message ?? '', /the file ends after 11 bytes, inside its header/);
  });

  test('very many damaged places are counted, not listed', () => {
    const pieces = Array.from({ length: 260 }, (_, at) => [
      pcapRecord({ seconds: 1_660_000_000 + at, fraction: 0, data: new Uint8Array(30) }),
      pcapRecord({ seconds: 1_660_000_000 + at, fraction: 1, data: new Uint8Array(30) }),
      new Uint8Array(20).fill(0xfe),
    ]).flat();
    const index = indexOf(concat([header, ...pieces, ...records]), 1 << 16);
    assert.equal(index.packets, 260 * 2 + 9);
    assert.equal(index.damage.length, 201);
    assert.match(index.damage.at(-1)?.message ?? '', /^60 more damaged places/);
    assert.equal(packetsOf(index).length, index.packets);
  });
});

describe('pcap-parser, a second opinion on where records are', () => {
  // It knows microsecond files of either byte order.
  const files = Object.keys(captureGolden).filter(
    (name) => name.endsWith('.pcap') && !name.startsWith('damaged'),
  );
  for (const name of files) {
    const file = path.join(captureFolder, name);
    const index = indexOf(readFileSync(file));
    if (!/^pcap( \(big-endian\))?$/.test(index.reader.format)) continue;
    test(name, async () => {
      const theirs: { captured: number; wire: number; bytes: number[] }[] = [];
      await new Promise<void>((resolve, reject) => {
        const parser = pcapParser.parse(file);
        parser.on('packet', ({ header, data }) => {
          theirs.push({ captured: header.capturedLength, wire: header.originalLength, bytes: [...data] });
        });
        parser.on('end', resolve);
        parser.on('error', reject);
      });
      const ours = packetsOf(index).map(({ captured, wire, bytes }) => ({
        captured,
        wire,
        bytes: [...bytes],
      }));
      assert.deepEqual(ours, theirs);
    });
  }
});
