import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CaptureCursor } from '../../../src/core/capture/captureCursor.js';
import { block, Bytes, concat, interfaceBlock, option, packetBlock, sectionBlock } from './build.js';
import { indexOf, packetsOf } from './reading.js';

const data = Uint8Array.from({ length: 21 }, (_, at) => at);
const micro = 1_660_000_000_123_456n;

/** An option of eight bytes. */
const wide = (code: number, value: bigint): Uint8Array =>
  option(code, new Bytes(true).u32(Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn)).done());

describe('times', () => {
  const cases: readonly {
    readonly what: string;
    readonly options: Uint8Array[];
    readonly ticks: bigint;
    readonly time: string;
  }[] = [
    { what: 'microseconds unless said', options: [], ticks: micro, time: '1660000000.123456' },
    { what: 'seconds', options: [option(9, Uint8Array.of(0))], ticks: 1_660_000_000n, time: '1660000000' },
    {
      what: 'milliseconds',
      options: [option(9, Uint8Array.of(3))],
      ticks: 1_660_000_000_007n,
      time: '1660000000.007',
    },
    {
      what: 'nanoseconds',
      options: [option(9, Uint8Array.of(9))],
      ticks: 1_660_000_000_123_456_789n,
      time: '1660000000.123456789',
    },
    {
      what: 'picoseconds',
      options: [option(9, Uint8Array.of(12))],
      ticks: 1_234_567_123_456_789_012n,
      time: '1234567.123456789012',
    },
    {
      what: 'binary, 2^-10',
      options: [option(9, Uint8Array.of(0x8a))],
      ticks: 5n * 1024n + 513n,
      time: '5.500976562',
    },
    {
      what: 'binary, 2^-32',
      options: [option(9, Uint8Array.of(0xa0))],
      ticks: (1_660_000_000n << 32n) + 0x80000000n + 1n,
      time: '1660000000.5000000002',
    },
    {
      what: 'with an offset',
      options: [wide(14, -1_000_000n)],
      ticks: 2_000_000_000_000n + 5n,
      time: '1000000.000005',
    },
    { what: 'before 1970', options: [wide(14, -10n)], ticks: 1_250_000n, time: '-8.750000' },
  ];
  for (const { what, options, ticks, time } of cases) {
    test(what, () => {
      const index = indexOf(
        concat([sectionBlock(), interfaceBlock(true, {}, ...options), packetBlock(ticks, data)]),
      );
      assert.deepEqual(
        packetsOf(index).map((packet) => packet.time),
        [time],
      );
    });
  }
});

for (const little of [true, false]) {
  test(`sections, interfaces and every kind of packet block, ${little ? 'little' : 'big'}-endian`, () => {
    const old = new Bytes(little)
      .u16(1, 7)
      .u32(Number(micro >> 32n), Number(micro & 0xffffffffn), data.length, 99)
      .raw(data)
      .done();
    const simple = new Bytes(little).u32(33).raw(data.subarray(0, 16)).done();
    const index = indexOf(
      concat([
        sectionBlock(little, option(1, 'first', little), option(4, 'our test', little)),
        interfaceBlock(little, { linkType: 113, snapLength: 16 }, option(2, 'lxc1\0', little)),
        interfaceBlock(
          little,
          {},
          option(2, 'eth0', little),
          option(11, Uint8Array.of(0, 0x69, 0x70), little),
        ),
        packetBlock(micro, data, { little, on: 1, wire: 1500 }),
        block(0xbad, Uint8Array.of(1, 2, 3, 4, 5), little),
        block(0x12345678, new Uint8Array(0), little),
        block(2, old, little),
        block(3, simple, little),
        sectionBlock(!little),
        interfaceBlock(!little, { linkType: 276 }),
        packetBlock(micro, data, { little: !little }),
      ]),
    );
    assert.deepEqual(index.damage, []);
    assert.equal(index.reader.format, little ? 'pcapng' : 'pcapng (big-endian)');
    assert.deepEqual(
      packetsOf(index).map(({ bytes, ...packet }) => ({ ...packet, size: bytes.length })),
      [
        { time: '1660000000.123456', wire: 1500, captured: 21, interface: 1, size: 21 },
        { time: '1660000000.123456', wire: 99, captured: 21, interface: 1, size: 21 },
        { time: '', wire: 33, captured: 16, interface: 0, size: 16 },
        { time: '1660000000.123456', wire: 21, captured: 21, interface: 0, size: 21 },
      ],
    );
    const { sections, interfaces } = index.reader;
    assert.deepEqual(
      interfaces.map(({ id, section, linkType, name, details }) => ({
        id,
        section,
        linkType,
        name,
        filter: details.find(({ name: option }) => option === 'if_filter')?.value,
      })),
      [
        { id: 0, section: 0, linkType: 113, name: 'lxc1', filter: undefined },
        { id: 1, section: 0, linkType: 1, name: 'eth0', filter: 'ip' },
        { id: 0, section: 1, linkType: 276, name: undefined, filter: undefined },
      ],
    );
    const [section] = sections;
    assert.deepEqual(section?.details, [
      { name: 'opt_comment', label: 'Capture comment', value: 'first' },
      { name: 'shb_userappl', label: 'Capture application', value: 'our test' },
    ]);
    assert.equal(sections.length, 2);
    assert.deepEqual(index.statistics.perInterface, [1, 2, 1]);
  });
}

test('packet comments are read when asked for', () => {
  const options = concat([
    option(1, 'dropped here'),
    option(2, Uint8Array.of(0, 0, 0, 0)),
    option(1, 'see line 7'),
  ]);
  const index = indexOf(concat([sectionBlock(), interfaceBlock(), packetBlock(micro, data, { options })]));
  const cursor = new CaptureCursor(index);
  assert.ok(cursor.seek(1));
  assert.deepEqual(cursor.comments(), ['dropped here', 'see line 7']);
});

test('many blocks that are no packets are leapt over, not walked again', () => {
  const others = Array.from({ length: 5000 }, () => block(4, new Uint8Array(0)));
  const bytes = concat([
    sectionBlock(),
    interfaceBlock(),
    packetBlock(micro, data),
    ...others,
    packetBlock(micro, data),
  ]);
  const index = indexOf(bytes, 1 << 20, 1 << 20);
  assert.equal(packetsOf(index).length, 2);
  const run = sectionBlock().length + interfaceBlock().length + packetBlock(micro, data).length;
  assert.equal(index.leaps.target(run), run + 5000 * 12);
});

describe('damage', () => {
  const start = concat([sectionBlock(), interfaceBlock()]);
  const packet = packetBlock(micro, data);

  /** Counts and messages of a damaged file. */
  function damaged(...parts: Uint8Array[]) {
    const index = indexOf(concat(parts));
    assert.equal(packetsOf(index).length, index.packets);
    return { packets: index.packets, notes: index.damage.map(({ message }) => message) };
  }

  test('a block cut off at the end', () => {
    const { packets, notes } = damaged(start, packet, packet.subarray(0, 40));
    assert.equal(packets, 1);
    assert.match(notes[0] ?? '', /a block of type 0x6 claims 56 bytes, but the file ends after 40 of them/);
  });

  test('a block with a length below the least', () => {
    const bad = packet.slice();
    bad[4] = 8;
    const { packets, notes } = damaged(start, packet, bad, packet);
    assert.equal(packets, 2);
    assert.match(notes[0] ?? '', /claims 8 bytes, fewer than the 12 every block has.*56 bytes are left out/);
  });

  test('a wrong length at the end of a block is told, the packet is kept', () => {
    const bad = packet.slice();
    bad[bad.length - 4] = 0x99;
    const { packets, notes } = damaged(start, packet, bad, packet);
    assert.equal(packets, 3);
    assert.match(notes[0] ?? '', /says 56 bytes at its start and 153 at its end/);
  });

  test('a captured length larger than the block is told, the packet is kept', () => {
    const bad = packet.slice();
    bad[20] = 200;
    const { packets, notes } = damaged(start, bad, packet);
    assert.equal(packets, 2);
    assert.match(notes[0] ?? '', /claims 200 captured bytes, its block has room for 24/);
  });

  test('a packet of an interface nobody described is told and kept', () => {
    const { packets, notes } = damaged(start, packetBlock(micro, data, { on: 3 }), packet);
    assert.equal(packets, 2);
    assert.match(notes[0] ?? '', /names interface 3; the section has described 1 so far/);
  });

  test('an option longer than its block is told', () => {
    const { packets, notes } = damaged(
      sectionBlock(true, Uint8Array.of(1, 0, 0xff, 0xff)),
      interfaceBlock(),
      packet,
    );
    assert.equal(packets, 1);
    assert.match(notes[0] ?? '', /option 1 claims 65535 bytes, 0 are there/);
  });

  test('garbage between blocks, of any length', () => {
    for (const length of [1, 2, 3, 4, 90]) {
      const { packets, notes } = damaged(start, packet, new Uint8Array(length).fill(0x55), packet, packet);
      assert.equal(packets, 3, `${length} bytes of garbage`);
      assert.match(notes[0] ?? '', new RegExp(`\\b${length} bytes are left out`));
    }
  });

  test('an interface that is described again after a search keeps its number', () => {
    const bad = packet.slice();
    bad.set([0xff, 0xff, 0xff, 0x7f], 4);
    const index = indexOf(
      concat([start, bad, interfaceBlock(true, { linkType: 228 }), packetBlock(micro, data, { on: 1 })]),
    );
    assert.equal(index.packets, 1);
    assert.deepEqual(packetsOf(index)[0]?.interface, 1);
    assert.equal(index.reader.interfaces.length, 2);
  });

  test('sections and interfaces without end do not fill memory', () => {
    const interfaces = Array.from({ length: 16_390 }, () => interfaceBlock());
    const many = indexOf(concat([sectionBlock(), ...interfaces, packet]), 1 << 20, 1 << 20);
    assert.equal(many.reader.interfaces.length, 16_384);
    assert.equal(many.packets, 1);
    assert.match(many.damage[0]?.message ?? '', /more than 16,384 interfaces are described/);

    const sections = Array.from({ length: 16_390 }, () => sectionBlock());
    const index = indexOf(concat([...sections, interfaceBlock(), packet]), 1 << 20, 1 << 20);
    assert.equal(index.reader.sections.length, 16_384);
    assert.equal(packetsOf(index).length, 1);
    assert.match(index.damage[0]?.message ?? '', /more than 16,384 sections begin/);
  });
});

test('a wrong byte-order magic is told, and the order taken from the length of the section', () => {
  for (const little of [true, false]) {
    const bytes = concat([
      sectionBlock(little),
      interfaceBlock(little),
      packetBlock(micro, data, { little }),
    ]);
    bytes.fill(0x77, 8, 12);
    const index = indexOf(bytes);
    assert.deepEqual(
      packetsOf(index).map(({ time, captured }) => [time, captured]),
      [['1660000000.123456', data.length]],
    );
    assert.equal(index.damage.length, 1);
    assert.match(
      index.damage[0]?.message ?? '',
      new RegExp(
        `^At offset 0 the byte-order magic of a section is 0x77777777 instead of 0x1a2b3c4d; it is read as ${little ? 'little' : 'big'}-endian\\.$`,
      ),
    );
  }
});

test('where the length of the section is damaged too, the file is still called a damaged pcapng file', () => {
  const bytes = concat([sectionBlock(), interfaceBlock(), packetBlock(micro, data)]);
  bytes.fill(0x77, 4, 12);
  const index = indexOf(bytes);
  assert.deepEqual(packetsOf(index), []);
  assert.match(index.damage[0]?.message ?? '', /^At offset 0 this looks like a damaged pcapng file: /);
});

test('packets with comments are counted, those with other options are not', () => {
  for (const little of [true, false]) {
    const behind = (...options: Uint8Array[]): Uint8Array =>
      packetBlock(micro, data, { little, options: concat(options) });
    const flags = option(2, new Uint8Array(4), little);
    const simple = block(3, new Bytes(little).u32(4, 0).done(), little);
    const index = indexOf(
      concat([
        sectionBlock(little, option(1, 'of the section', little)),
        interfaceBlock(little),
        behind(),
        behind(flags),
        behind(option(1, 'one', little)),
        simple,
        behind(flags, option(1, 'after the flags', little), option(1, 'and another', little)),
        behind(option(0, '', little), option(1, 'behind the end of the options', little)),
        behind(option(1, '', little)),
        behind(),
      ]),
    );
    assert.equal(index.packets, 8);
    assert.equal(index.commented, 3);
  }
});
