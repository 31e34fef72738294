/** Exported packets: read again by ourselves, and by tshark where it is installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { BufferSource } from '../../src/core/capture/byteSource.js';
import { isCapture, openCapture } from '../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../src/core/capture/captureIndex.js';
import { PacketScan } from '../../src/core/capture/packetScan.js';
import { timeText } from '../../src/core/capture/captureTime.js';
import { createFile } from '../../src/node/fileSink.js';
import type { ExportFormat, ExportOrder, ExportReply } from '../../src/rpc/packetList.js';
import {
  block,
  concat,
  interfaceBlock,
  option,
  packetBlock,
  pcapFile,
  sectionBlock,
  somePackets,
} from '../core/capture/build.js';
import { captureFolder } from '../golden/captures.js';
import { fixture, list, opened, rowsOf, sessionOver } from './listOf.js';

const folder = mkdtempSync(path.join(tmpdir(), 'export-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const hasTshark = spawnSync('tshark', ['--version']).status === 0;

/** What must be the same of a packet wherever it is written. */
interface Written {
  readonly time: string;
  readonly wire: number;
  readonly bytes: string;
  readonly linkType: number | undefined;
  readonly interface: string | undefined;
  readonly comments: readonly string[];
}

/** All packets of a file, as our own reader sees them. */
function packetsOf(bytes: Uint8Array): Written[] {
  const source = new BufferSource('original', bytes);
  const reader = openCapture(source);
  assert.ok(isCapture(reader));
  const index = new CaptureIndex(source, reader);
  while (!index.step(1e6));
  const scan = new PacketScan(index);
  const packets: Written[] = [];
  while (scan.next()) {
    const its = reader.interfaces[scan.record.interface];
    packets.push({
      time: scan.record.timed ? timeText(scan.record) : '',
      wire: scan.record.wire,
      bytes: Buffer.from(scan.bytes()).toString('hex'),
      linkType: its?.linkType,
      interface: its?.name,
      comments: scan.comments(),
    });
  }
  return packets;
}

/** The packets of a file that was written: it must be sound. */
function packetsIn(bytes: Uint8Array): Written[] {
  const source = new BufferSource('written', bytes);
  const reader = openCapture(source);
  assert.ok(isCapture(reader));
  const index = new CaptureIndex(source, reader);
  while (!index.step(1e6));
  assert.deepEqual(index.damage, []);
  return packetsOf(bytes);
}

async function exported(
  bytes: Uint8Array,
  order: Omit<ExportOrder, 'list'>,
  prepare: (over: ReturnType<typeof sessionOver>) => void = () => undefined,
): Promise<ExportReply & { readonly bytes: Uint8Array }> {
  const over = sessionOver(bytes);
  opened(over.session);
  prepare(over);
  const reply = over.session.export({ list, ...order });
  over.work();
  const { bytes: written, ...rest } = await reply;
  assert.ok(written);
  assert.equal(written.length, rest.size);
  return { ...rest, bytes: written };
}

function tshark(bytes: Uint8Array, name: string, fields: readonly string[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const { stdout, stderr } = spawnSync(
    'tshark',
    ['-r', file, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  assert.doesNotMatch(stderr, /tshark: /);
  return stdout;
}

const names = readdirSync(captureFolder).filter((name) => /\.pcap(?:ng)?$/.test(name));

describe('all packets of every file there is', () => {
  for (const format of ['pcapng', 'pcap'] as const)
    test(`as ${format}`, async () => {
      let compared = 0;
      for (const name of names) {
        const original = fixture(name);
        const before = packetsOf(original);
        const linkTypes = new Set(before.map(({ linkType }) => linkType));
        if (format === 'pcap' && linkTypes.size > 1) {
          await assert.rejects(exported(original, { which: 'all', format }), /link type/, name);
          continue;
        }
        const { bytes, packets, notes } = await exported(original, { which: 'all', format });
        assert.equal(packets, before.length, name);
        const after = packetsIn(bytes);
        // Nanoseconds at most, and no names and comments, is what pcap has; it says so.
        const kept = (packet: Written): unknown =>
          format === 'pcapng'
            ? packet
            : [Number(packet.time || 0).toFixed(6), packet.wire, packet.bytes, packet.linkType];
        assert.deepEqual(after.map(kept), before.map(kept), name);
        if (format === 'pcap' && before.some(({ comments }) => comments.length > 0))
          assert.match(notes.join(' '), /comments/);
        compared += after.length;
      }
      assert.ok(compared > 1500);
    });

  test('as tshark reads them', { skip: !hasTshark }, async () => {
    const fields = [
      'frame.time_epoch',
      'frame.len',
      'frame.cap_len',
      'frame.protocols',
      'frame.comment',
      'frame.encap_type',
    ];
    for (const name of names.filter((_, at) => at % 6 === 0)) {
      const original = fixture(name);
      // tshark does not read files with a damaged end to that end.
      if (/damaged|cut/.test(name)) continue;
      const { bytes } = await exported(original, { which: 'all', format: 'pcapng' });
      assert.equal(tshark(bytes, 'all.pcapng', fields), tshark(original, name, fields), name);
    }
  });
});

test('pcap becomes pcapng and pcap again without a change to packets, times or link type', async () => {
  for (const magic of [0xa1b2c3d4, 0xa1b23c4d]) {
    const original = pcapFile(somePackets(50), { magic });
    const between = await exported(original, { which: 'all', format: 'pcapng' });
    const { bytes, notes } = await exported(between.bytes, { which: 'all', format: 'pcap' });
    assert.deepEqual(packetsIn(bytes), packetsIn(original));
    assert.deepEqual(notes, []);
  }
});

test('what is shown is written in the order shown, what is marked in the order of the file', async () => {
  const original = pcapFile(somePackets(40));
  const numbersIn = ({ bytes }: { bytes: Uint8Array }): number[] =>
    packetsIn(bytes).map(({ time }) => Number(time.slice(7, 10)) + 1);
  const shown = await exported(original, { which: 'shown', format: 'pcap' }, ({ session, work }) => {
    session.sort({ list, by: { column: 'number', descending: true } });
    work();
  });
  assert.deepEqual(
    numbersIn(shown),
    Array.from({ length: 40 }, (_, at) => 40 - at),
  );
  const marked = await exported(original, { which: 'marked', format: 'pcap' }, ({ session }) => {
    session.mark({ which: [30, 4, 5], marked: true });
  });
  assert.deepEqual(numbersIn(marked), [4, 5, 30]);
  const chosen = await exported(original, { which: [9, 2, 77, 0], format: 'pcapng' });
  assert.deepEqual(numbersIn(chosen), [9, 2]);
  assert.equal(chosen.packets, 2);
});

test('sections, interfaces and options of pcapng stay, in any order', async () => {
  const name = option(2, Buffer.from('eth9'));
  const comment = option(1, Buffer.from('look here'));
  const section = (seconds: bigint): Uint8Array[] => [
    sectionBlock(),
    interfaceBlock(),
    interfaceBlock(true, {}, name),
    packetBlock(seconds, new Uint8Array(61).fill(1), { on: 1, options: comment }),
    packetBlock(seconds + 1n, new Uint8Array(60).fill(2), { on: 0 }),
  ];
  const original = concat([...section(5n), ...section(8n)]);
  const before = packetsIn(original);
  assert.deepEqual(before[0]?.comments, ['look here']);
  for (const order of [
    [1, 2, 3, 4],
    [4, 1, 3, 2],
    [3, 1],
  ]) {
    const { bytes } = await exported(original, { which: order, format: 'pcapng' });
    assert.deepEqual(
      packetsIn(bytes),
      order.map((number) => before[number - 1]),
    );
  }
});

test('names and secrets of a pcapng file are copied, its statistics left out and told', async () => {
  const names = block(4, Uint8Array.from([1, 0, 8, 0, 10, 0, 0, 1, 0x61, 0x2e, 0x62, 0, 0, 0, 0, 0]));
  const secrets = block(10, Uint8Array.from([0x4b, 0x53, 0x4c, 0x54, 4, 0, 0, 0, 0x41, 0x42, 0x43, 0x0a]));
  const statistics = block(5, new Uint8Array(12));
  const packet = packetBlock(5n, new Uint8Array(60));
  const original = concat([sectionBlock(), interfaceBlock(), packet, names, statistics, secrets]);
  const { bytes, notes } = await exported(original, { which: [1], format: 'pcapng' });
  const expected = concat([sectionBlock(), interfaceBlock(), names, secrets, packet]);
  assert.equal(Buffer.from(bytes).toString('hex'), Buffer.from(expected).toString('hex'));
  assert.match(notes.join(), /left out in part: Interface statistics\.$/);
  assert.match((await exported(original, { which: [1], format: 'pcap' })).notes.join(), /Names, statistics/);
});

test('a capture without packets is one that can be read', async () => {
  for (const original of [pcapFile(somePackets(3)), concat([sectionBlock(), interfaceBlock()])])
    for (const format of ['pcap', 'pcapng'] as const) {
      const { bytes, packets } = await exported(original, { which: [], format });
      assert.equal(packets, 0);
      assert.deepEqual(packetsIn(bytes), []);
    }
});

test('packets that name no interface are left out of pcapng and told', async () => {
  const original = concat([
    sectionBlock(),
    interfaceBlock(),
    packetBlock(5n, new Uint8Array(60), { on: 4 }),
    packetBlock(6n, new Uint8Array(60), { on: 0 }),
  ]);
  const { bytes, notes } = await exported(original, { which: 'all', format: 'pcapng' });
  assert.equal(packetsIn(bytes).length, 1);
  assert.match(notes.join(), /^1 packet of .* left out/);
});

describe('as text', () => {
  const text = async (format: ExportFormat, name = 'vxlan.pcap'): Promise<string> =>
    Buffer.from((await exported(fixture(name), { which: 'all', format })).bytes).toString();

  test('CSV has the columns of the list, every value in quotes', async () => {
    const lines = (await text('csv')).trimEnd().split('\n');
    assert.equal(lines[0], '"No.","Time","Source","Destination","Protocol","Length","Info"');
    assert.equal(lines.length, 11);
    assert.equal(
      lines[1],
      '"1","0.000000","192.168.203.3","192.168.203.5","ICMP","148","Echo (ping) request  id=0x050c, seq=1/256, ttl=64"',
    );
    const { session } = sessionOver(fixture('vxlan.pcap'));
    opened(session);
    const shown = rowsOf(session).map(({ cells }) =>
      cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
    );
    assert.deepEqual(lines.slice(1), shown);
  });

  test('JSON is an array of what decode --json prints', async () => {
    const packets = JSON.parse(await text('json')) as {
      number: number;
      time: string;
      layers: { name: string }[];
    }[];
    assert.equal(packets.length, 10);
    assert.deepEqual(
      packets[0]?.layers.map((layer) => layer.name),
      ['eth', 'ip', 'udp', 'vxlan', 'eth', 'ip', 'icmp'],
    );
    assert.equal(packets[0].time, '1368908504.837063');
    assert.deepEqual(JSON.parse(await emptyJson()), []);
  });

  async function emptyJson(): Promise<string> {
    return Buffer.from(
      (await exported(fixture('vxlan.pcap'), { which: [], format: 'json' })).bytes,
    ).toString();
  }

  test('text has every line of the tree', async () => {
    const written = await text('text');
    const { session } = sessionOver(fixture('vxlan.pcap'));
    opened(session);
    const { row, layers } = session.packet({ number: 10 }) ?? {};
    const last = written.slice(written.lastIndexOf('\n\n') + 2).split('\n');
    assert.equal(
      last[0],
      [10, row?.time, row?.source, row?.destination, row?.protocol, row?.length, row?.info].join('  '),
    );
    assert.equal(last[1], layers?.[0]?.label);
    assert.equal(last[2], `    ${layers?.[0]?.children?.[0]?.label ?? ''}`);
    assert.equal(written.split('\n\n').length, 10);
  });
});

describe('to a file', () => {
  function started(count: number, target: string) {
    const over = sessionOver(
      pcapFile(Array.from({ length: count / 300 }, () => somePackets(300, 60)).flat()),
      {
        create: createFile,
      },
    );
    opened(over.session);
    over.work();
    const reply = over.session.export({ list, which: 'all', format: 'json', path: target });
    return { ...over, reply };
  }

  test('it is there when it is complete, in place of what was there before', async () => {
    const target = path.join(folder, 'whole.json');
    writeFileSync(target, 'old');
    const { reply, work, sent } = started(6000, target);
    work(2);
    assert.equal(readFileSync(target, 'utf8'), 'old');
    work();
    const { packets, size, bytes } = await reply;
    assert.deepEqual([packets, bytes], [6000, undefined]);
    assert.equal(readFileSync(target).length, size);
    assert.equal((JSON.parse(readFileSync(target, 'utf8')) as unknown[]).length, 6000);
    assert.ok(
      sent.some(({ name, payload }) => name === 'work' && 'what' in payload && payload.what === 'export'),
    );
  });

  test('when it is stopped, nothing of it stays', async () => {
    const target = path.join(folder, 'stopped.json');
    const { reply, session, work } = started(6000, target);
    work(2);
    session.stop({ list });
    work();
    assert.equal((await reply).stopped, true);
    assert.equal(existsSync(target), false);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('.part')),
      [],
    );
  });

  test('when the session closes, too', async () => {
    const { reply, session, work } = started(6000, path.join(folder, 'closed.json'));
    work(2);
    session.close();
    assert.equal((await reply).stopped, true);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('.part')),
      [],
    );
  });

  test('a place that cannot be written to is told', async () => {
    const { reply, work } = started(300, path.join(folder, 'nowhere', 'x.json'));
    work();
    await assert.rejects(reply, /^Error: x\.json was not written: the folder does not exist\.$/);
    const packets = started(300, folder);
    packets.work();
    await assert.rejects(packets.reply, /was not written: a folder has that name\.$/);
  });
});
