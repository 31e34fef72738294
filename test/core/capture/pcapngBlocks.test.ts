/** What pcapng files say beside packets: expected texts follow the draft's tables. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CaptureCursor } from '../../../src/core/capture/captureCursor.js';
import { captureProperties } from '../../../src/core/capture/captureProperties.js';
import { linkTypeName } from '../../../src/core/dissect/linkTypes.js';
import { captureFolder } from '../../golden/captures.js';
import { block, Bytes, concat, interfaceBlock, option, packetBlock, sectionBlock } from './build.js';
import { indexOf } from './reading.js';

const data = Uint8Array.of(1, 2, 3, 4, 5);

/** Words in one byte order. */
const words = (little: boolean, ...values: number[]) => new Bytes(little).u32(...values).done();

/** All that is told of a file, by title. */
function told(bytes: Uint8Array): Map<string, readonly (readonly [string, string])[]> {
  return new Map(captureProperties(indexOf(bytes), linkTypeName).map(({ title, rows }) => [title, rows]));
}

for (const little of [true, false])
  describe(little ? 'little-endian' : 'big-endian', () => {
    const start = concat([sectionBlock(little), interfaceBlock(little)]);
    const text = (value: string) => new TextEncoder().encode(value);

    test('names of IPv4, IPv6 and MAC addresses, and the server they come from', () => {
      const record = (type: number, address: number[], ...names: string[]) => {
        const value = concat([Uint8Array.from(address), text(`${names.join('\0')}\0`)]);
        return new Bytes(little).u16(type, value.length).raw(value).pad().done();
      };
      const body = concat([
        record(1, [10, 0, 0, 85], 'web.default', 'web'),
        record(2, [0xfd, ...new Array<number>(14).fill(0), 1], 'node-1'),
        record(3, [2, 0, 0, 0, 0, 9], 'lxc9'),
        record(99, [1, 2], 'unknown kind'),
        record(1, [10, 0]),
        words(little, 0),
        option(2, 'kube-dns', little),
        option(3, Uint8Array.of(10, 96, 0, 10), little),
      ]);
      const index = indexOf(concat([start, block(4, body, little), packetBlock(1n, data, { little })]));
      const names = [
        { address: '10.0.0.85', name: 'web.default' },
        { address: '10.0.0.85', name: 'web' },
        { address: 'fd00::1', name: 'node-1' },
        { address: '02:00:00:00:00:09', name: 'lxc9' },
      ];
      assert.deepEqual(index.reader.resolvedNames(100), names);
      assert.deepEqual(index.reader.resolvedNames(2), names.slice(0, 2));
      const groups = captureProperties(index, linkTypeName);
      assert.deepEqual(groups.find(({ title }) => title === 'Name resolution')?.rows.slice(1), [
        ['Name server', 'kube-dns'],
        ['Name server address', '10.96.0.10'],
      ]);
    });

    test('interface statistics, with times on the clock of the interface', () => {
      const nano = interfaceBlock(little, {}, option(9, Uint8Array.of(9), little));
      const ticks = 1_660_000_000_123_456_789n;
      const time = words(little, Number(ticks >> 32n), Number(ticks & 0xffffffffn));
      const long = (value: number) => words(little, ...(little ? [value, 0] : [0, value]));
      const body = concat([
        words(little, 1, 0, 0),
        option(2, time, little),
        option(4, long(1204), little),
        option(5, long(3), little),
        option(7, long(7), little),
      ]);
      const rows = told(concat([start, nano, block(5, body, little)])).get('Interface statistics');
      assert.deepEqual(rows?.slice(1), [
        ['Interface', '1'],
        ['Capture started', '2022-08-08T23:06:40.123456789Z'],
        ['Packets received', '1,204'],
        ['Dropped by interface', '3'],
        ['Dropped by system', '7'],
      ]);
    });

    test('secrets by kind and size, never themselves', () => {
      const log = text('CLIENT_RANDOM 00 11\n');
      const body = concat([words(little, 0x544c534b, log.length), log]);
      const all = told(concat([start, block(10, body, little)]));
      assert.deepEqual(all.get('Decryption secrets')?.slice(1), [['Secrets', 'TLS key log, 20 bytes']]);
      assert.doesNotMatch(JSON.stringify([...all]), /CLIENT_RANDOM/);
    });

    test('journal entries, custom blocks and unknown ones, with their places', () => {
      const journal = block(
        9,
        text('__REALTIME_TIMESTAMP=1660000000123456\nMESSAGE=cilium-agent started\n_X=1\n'),
        little,
      );
      const custom = block(0xbad, concat([words(little, 32473), data]), little);
      const unknown = block(0x80000001, new Uint8Array(8), little);
      const all = told(concat([start, journal, custom, unknown]));
      assert.deepEqual(all.get('systemd journal entry'), [
        ['Place', `offset ${start.length}, ${journal.length} bytes`],
        ['MESSAGE', 'cilium-agent started'],
        ['__REALTIME_TIMESTAMP', '1660000000123456'],
      ]);
      assert.deepEqual(all.get('Custom block')?.[1], ['Enterprise number', '32473']);
      const offset = start.length + journal.length + custom.length;
      assert.deepEqual(all.get('Block of unknown type 0x80000001'), [
        ['Place', `offset ${offset}, 20 bytes`],
      ]);
    });

    test('all options of an interface', () => {
      const long = (value: number) => words(little, ...(little ? [value, 0] : [0, value]));
      const its = interfaceBlock(
        little,
        { snapLength: 96 },
        option(2, 'eth0', little),
        option(4, Uint8Array.of(10, 0, 0, 1, 255, 255, 255, 0), little),
        option(5, Uint8Array.of(0xfd, ...new Array<number>(14).fill(0), 1, 64), little),
        option(6, Uint8Array.of(2, 0, 0, 0, 0, 1), little),
        option(7, Uint8Array.of(2, 0, 0, 0xff, 0xfe, 0, 0, 1), little),
        option(8, long(1_000_000_000), little),
        option(9, Uint8Array.of(0x80 | 20), little),
        option(11, Uint8Array.of(0, ...text('port 53')), little),
        option(13, Uint8Array.of(32), little),
        option(14, new Uint8Array(8).fill(0xff), little),
        option(16, long(2500), little),
        option(18, 'Europe/Berlin', little),
        option(77, Uint8Array.of(1, 2), little),
        option(2988, concat([words(little, 32473), text('mine')]), little),
      );
      assert.deepEqual(told(concat([sectionBlock(little), its])).get('Interface 0'), [
        ['Name', 'eth0'],
        ['Encapsulation', 'Ethernet (1)'],
        ['Capture length', '96'],
        ['Time precision', '2^-20 seconds'],
        ['IPv4 address', '10.0.0.1, mask 255.255.255.0'],
        ['IPv6 address', 'fd00::1/64'],
        ['MAC address', '02:00:00:00:00:01'],
        ['EUI-64 address', '02:00:00:ff:fe:00:00:01'],
        ['Speed', '1,000,000,000 bits/s'],
        ['Filter', 'port 53'],
        ['Frame check sequence', '32 bits'],
        ['Time offset', '-1 seconds'],
        ['Transmit speed', '2,500 bits/s'],
        ['Time zone name', 'Europe/Berlin'],
        ['Option 77', '01:02'],
        ['Custom option', 'of enterprise 32473: mine'],
        ['Number of packets', '0'],
      ]);
    });

    test('all options of a packet', () => {
      const long = (value: number) => words(little, ...(little ? [value, 0] : [0, value]));
      const answer = (kind: number, value: Uint8Array) =>
        option(7, concat([Uint8Array.of(kind), value]), little);
      const options = concat([
        option(2, words(little, 0x0100_000d), little),
        option(3, Uint8Array.of(2, 0xde, 0xad, 0xbe, 0xef), little),
        option(4, long(12), little),
        option(5, long(0xabcdef), little),
        option(6, words(little, 3), little),
        answer(2, long(1)),
        answer(1, new Uint8Array(8).fill(0xff)),
        answer(1, long(2)),
        option(1, 'dropped here', little),
      ]);
      const index = indexOf(
        concat([start, packetBlock(1n, data, { little, options }), packetBlock(2n, data, { little })]),
      );
      const cursor = new CaptureCursor(index);
      assert.ok(cursor.seek(1));
      assert.equal(cursor.hasComment, true);
      assert.deepEqual(
        cursor.options().map(({ name, value }) => [name, value]),
        [
          ['epb_flags', '0x0100000d (inbound, broadcast, CRC error)'],
          ['epb_hash', 'CRC32 deadbeef'],
          ['epb_dropcount', '12'],
          ['epb_packetid', '0xabcdef'],
          ['epb_queue', '3'],
          ['epb_verdict', 'eBPF XDP: drop (1)'],
          ['epb_verdict', 'eBPF TC: unspecified (-1)'],
          ['epb_verdict', 'eBPF TC: shot (2)'],
          ['opt_comment', 'dropped here'],
        ],
      );
      assert.ok(cursor.seek(2));
      assert.equal(cursor.hasComment, false);
      assert.deepEqual(cursor.options(), []);
    });
  });

test('blocks and texts without end do not fill memory', () => {
  const names = (at: number) =>
    new Bytes(true)
      .u16(1, 8)
      .raw([10, at >> 16, at >> 8, at, 0x61, 0x62, 0x63, 0])
      .done();
  const many = indexOf(
    concat([sectionBlock(), ...Array.from({ length: 1500 }, (_, at) => block(4, names(at)))]),
    1 << 20,
    1 << 20,
  );
  assert.equal(many.reader.blocks.length, 1000);
  assert.equal(many.reader.unlistedBlocks, 500);
  assert.equal(many.reader.resolvedNames(1e9).length, 1500);

  const long = option(1, 'x'.repeat(60_000));
  const section = indexOf(concat([sectionBlock(true, long, long), interfaceBlock()]), 1 << 20, 1 << 20);
  for (const { value } of section.reader.sections[0]?.details ?? []) assert.equal(value.length, 4097);

  const short = Array.from({ length: 150 }, () => option(2, 'eth0'));
  const described = concat([
    sectionBlock(),
    ...Array.from({ length: 3000 }, () => interfaceBlock(true, {}, ...short)),
  ]);
  const { interfaces } = indexOf(described, 1 << 20, 1 << 20).reader;
  assert.equal(interfaces.length, 3000);
  assert.ok((interfaces[0]?.details.length ?? 0) >= 150);
  assert.ok(interfaces.reduce((sum, { details }) => sum + details.length, 0) < 200_000);
});

test('damaged blocks are told of as far as they can be read, and never throw', () => {
  const files = ['pcapng-le-all.pcapng', 'pcapng-be-all.pcapng', 'pcapng-sections.pcapng'].map(
    (name) => new Uint8Array(readFileSync(path.join(captureFolder, name))),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }),
      (file, changes) => {
        const bytes = file.slice();
        for (const [at, to] of changes) bytes[12 + (at % (bytes.length - 12))] = to;
        const index = indexOf(bytes);
        const cursor = new CaptureCursor(index);
        for (let number = 1; number <= index.packets; number++) {
          assert.ok(cursor.seek(number));
          assert.equal(cursor.hasComment, cursor.comments().length > 0);
          cursor.options();
        }
        for (const { title, rows } of captureProperties(index, linkTypeName))
          for (const [label] of rows) assert.ok(title !== '' && label !== '');
      },
    ),
    { numRuns: 2000 },
  );
});
