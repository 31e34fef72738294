import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { BufferSource, ByteSourceError, type ByteSource } from '../../src/core/capture/byteSource.js';
import {
  isNotACapture,
  type CaptureEvents,
  type CaptureSummary,
  type TreeNode,
} from '../../src/rpc/capture.js';
import type { ListRow } from '../../src/rpc/packetList.js';
import { CaptureSession } from '../../src/session/captureSession.js';
import { frameFieldNames } from '../../src/session/frameNode.js';
import { captureFolder, captureGolden } from '../golden/captures.js';
import {
  concat,
  interfaceBlock,
  option,
  packetBlock,
  pcapFile,
  sectionBlock,
  somePackets,
} from '../core/capture/build.js';

type Sent = {
  [K in keyof CaptureEvents]: { readonly name: K; readonly payload: CaptureEvents[K] };
}[keyof CaptureEvents];

/** A session whose background work runs when the test says so. */
function sessionOver(source: ByteSource | Uint8Array) {
  const sent: Sent[] = [];
  const tasks: (() => void)[] = [];
  const session = new CaptureSession(
    source instanceof Uint8Array ? new BufferSource('test.pcap', source) : source,
    {
      send: (name, payload) => void sent.push({ name, payload } as Sent),
      defer: (task) => void tasks.push(task),
    },
  );
  const work = (): void => {
    for (let task = tasks.shift(); task; task = tasks.shift()) task();
  };
  return { session, sent, tasks, work };
}

function opened(session: CaptureSession): CaptureSummary {
  const summary = session.open();
  assert.ok(!isNotACapture(summary));
  return summary;
}

/** Rows of the session's only list. */
function rowsOf(session: CaptureSession, range: { first: number; count: number }): readonly ListRow[] {
  return session.rows({ list: 1, ...range }).rows;
}

function readFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(captureFolder, name)));
}

/** A node of a tree by name. */
function find(nodes: readonly TreeNode[], name: string): TreeNode | undefined {
  for (const node of nodes) {
    const hit = node.name === name ? node : find(node.children ?? [], name);
    if (hit) return hit;
  }
  return undefined;
}

test('a small capture is there at once, with rows and a packet', () => {
  const { session } = sessionOver(readFixture('vxlan.pcap'));
  const summary = opened(session);
  assert.equal(summary.packets, 10);
  assert.equal(summary.done, true);
  assert.equal(summary.format, 'pcap');
  assert.deepEqual(summary.interfaces, [{ name: '', linkType: 'Ethernet' }]);
  assert.equal(summary.firstTime, '1368908504.837063');

  const rows = rowsOf(session, { first: 0, count: 100 });
  assert.equal(rows.length, 10);
  assert.deepEqual(rows[0], {
    number: 1,
    cells: [
      '1',
      '0.000000',
      '192.168.203.3',
      '192.168.203.5',
      'ICMP',
      '148',
      'Echo (ping) request  id=0x050c, seq=1/256, ttl=64',
    ],
  });
  assert.deepEqual(
    rowsOf(session, { first: 8, count: 100 }).map(({ number }) => number),
    [9, 10],
  );
  assert.deepEqual(rowsOf(session, { first: 10, count: 5 }), []);
  assert.deepEqual(
    rowsOf(session, { first: -2, count: 5 }).map(({ number }) => number),
    [1, 2, 3],
  );

  const packet = session.packet({ number: 2 });
  assert.ok(packet);
  const { number, time, source, destination, protocol, length, info } = packet.row;
  const cells = [number, time, source, destination, protocol, length, info].map(String);
  assert.deepEqual(cells, rows[1]?.cells);
  assert.equal(packet.bytes.length, captureGolden['vxlan.pcap']?.packets[1]?.[2]);
  assert.deepEqual(
    packet.layers.slice(0, 2).map(({ name }) => name),
    ['frame', 'eth'],
  );
  assert.equal(session.packet({ number: 11 }), undefined);
  assert.equal(session.packet({ number: 0 }), undefined);
});

test('the bytes of a packet hold nothing but the packet', () => {
  const { session } = sessionOver(readFixture('vxlan.pcap'));
  opened(session);
  const { bytes } = session.packet({ number: 1 }) ?? {};
  assert.equal(bytes?.buffer.byteLength, 148);
});

test('the frame node says what Wireshark says of it', () => {
  const { session } = sessionOver(readFixture('vxlan.pcap'));
  opened(session);
  const layers = session.packet({ number: 2 })?.layers ?? [];
  const [, golden] = captureGolden['vxlan.pcap']?.packets ?? [];
  const [first] = captureGolden['vxlan.pcap']?.packets ?? [];
  assert.ok(golden && first);
  const nanoseconds = (time: unknown): bigint => BigInt(String(time).replace('.', ''));
  const delta = (nanoseconds(golden[0]) - nanoseconds(first[0])) / 1000n;
  assert.equal(find(layers, 'frame.time_epoch')?.value, String(golden[0]).slice(0, -3));
  assert.equal(find(layers, 'frame.time_delta')?.value, `0.${delta.toString().padStart(6, '0')}`);
  assert.equal(find(layers, 'frame.time_relative')?.value, `0.${delta.toString().padStart(6, '0')}`);
  assert.equal(find(layers, 'frame.number')?.value, '2');
  assert.equal(find(layers, 'frame.len')?.value, String(golden[1]));
  assert.equal(find(layers, 'frame.cap_len')?.value, String(golden[2]));
  assert.equal(find(layers, 'frame.encap_type')?.value, '1');
  assert.match(find(layers, 'frame.protocols')?.value ?? '', /^eth:ethertype:ip:udp:vxlan:eth:ethertype:/);
  assert.equal(find(layers, 'frame')?.length, golden[2]);
});

test('every node of the frame layer has a declared name', () => {
  const bytes = concat([
    sectionBlock(),
    interfaceBlock(),
    sectionBlock(),
    interfaceBlock(true, {}, option(2, 'lxc1'), option(3, 'pod')),
    packetBlock(5n, new Uint8Array(3), { options: option(1, 'look here'), wire: 9 }),
    packetBlock(5n, new Uint8Array(3), { on: 4 }),
  ]);
  const { session } = sessionOver(bytes);
  opened(session);
  const names = new Set<string>();
  const collect = (node: TreeNode): void => {
    names.add(node.name);
    node.children?.forEach(collect);
  };
  for (const number of [1, 2])
    session
      .packet({ number })
      ?.layers.filter(({ name }) => name === 'frame' || name === 'pkt_comment')
      .forEach(collect);
  assert.deepEqual([...names].sort(), [...frameFieldNames].sort());
});

test('a large capture is opened on its first packets and indexed in the background', () => {
  const many = Array.from({ length: 20 }, () => somePackets(300, 400)).flat();
  const large = sessionOver(pcapFile(many));
  const first = opened(large.session);
  assert.equal(first.done, false);
  assert.ok(first.packets > 500 && first.packets < many.length);
  assert.equal(rowsOf(large.session, { first: 0, count: 40 }).length, 40);
  assert.equal(large.session.packet({ number: many.length }), undefined);
  large.work();
  const last = large.sent.findLast(({ name }) => name === 'progress');
  assert.ok(last?.name === 'progress');
  assert.equal(last.payload.done, true);
  assert.equal(last.payload.packets, many.length);
  assert.equal(last.payload.indexed, last.payload.size);
  assert.ok(large.session.packet({ number: many.length }));
});

test('closing stops the work in the background', () => {
  const many = Array.from({ length: 20 }, () => somePackets(300, 400)).flat();
  const { session, sent, work } = sessionOver(pcapFile(many));
  opened(session);
  session.close();
  work();
  assert.deepEqual(sent, []);
});

test('what is no capture is said, with what it seems to be', () => {
  const { session } = sessionOver(new BufferSource('photo.cap', Buffer.from('89504e470d0a1a0a00', 'hex')));
  const answer = session.open();
  assert.ok(isNotACapture(answer));
  assert.equal(answer.seems, 'a PNG picture');
  assert.deepEqual(rowsOf(session, { first: 0, count: 10 }), []);
});

test('damage is part of the summary and what was readable is shown', () => {
  const { session } = sessionOver(readFixture('damaged-cut.pcap'));
  const summary = opened(session);
  assert.equal(summary.packets, 42);
  assert.equal(summary.damage.length, 1);
  assert.equal(rowsOf(session, { first: 40, count: 10 }).length, 2);
});

test('a packet with a flaw in the file is marked', () => {
  const bytes = concat([sectionBlock(), interfaceBlock(), packetBlock(5n, new Uint8Array(60), { on: 4 })]);
  const { session } = sessionOver(bytes);
  opened(session);
  assert.equal(rowsOf(session, { first: 0, count: 1 })[0]?.problem, true);
});

describe('a file that fails while open', () => {
  /** A source that can be made to fail, or to grow. */
  class Failing extends BufferSource {
    failing = false;

    override readInto(scratch: Uint8Array, offset: number): Uint8Array {
      if (this.failing) throw new ByteSourceError(this.name, 'was replaced.');
      return super.readInto(scratch, offset);
    }

    override refresh(): boolean {
      if (this.failing) throw new ByteSourceError(this.name, 'was replaced.');
      return false;
    }
  }

  test('the view is told once, and calls go on being answered', () => {
    const many = Array.from({ length: 20 }, () => somePackets(300, 400)).flat();
    const source = new Failing('node1.pcap', pcapFile(many));
    const { session, sent, work } = sessionOver(source);
    opened(session);
    source.failing = true;
    session.refresh();
    session.refresh();
    work();
    assert.deepEqual(session.packet({ number: 900 }), undefined);
    const lost = sent.filter(({ name }) => name === 'lost');
    assert.deepEqual(lost, [{ name: 'lost', payload: { message: 'node1.pcap was replaced.' } }]);
  });
});

test('a file that grows shows its new packets, also one that was written by halves', () => {
  const whole = pcapFile(somePackets(5));
  let size = whole.length - 10;
  const source: ByteSource = {
    name: 'live.pcap',
    get size() {
      return size;
    },
    read: (offset, length) => whole.subarray(offset, Math.min(size, offset + length)),
    readInto: (scratch, offset) => whole.subarray(offset, Math.min(size, offset + scratch.length)),
    refresh: () => {
      const grown = size < whole.length;
      size = whole.length;
      return grown;
    },
    close: () => undefined,
  };
  const { session, sent, work } = sessionOver(source);
  const before = opened(session);
  assert.deepEqual([before.packets, before.damage.length], [4, 1]);
  assert.equal(rowsOf(session, { first: 0, count: 9 }).length, 4);
  session.refresh();
  work();
  const last = sent.findLast(({ name }) => name === 'progress');
  assert.ok(last?.name === 'progress');
  assert.deepEqual([last.payload.packets, last.payload.damage.length], [5, 0]);
  assert.equal(rowsOf(session, { first: 0, count: 9 }).length, 5);
});
