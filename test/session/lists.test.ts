/** Lists of a session: what they show, in what order, and how they stand while work goes on. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { isCapture, openCapture } from '../../src/core/capture/captureFile.js';
import { BufferSource, ByteSourceError } from '../../src/core/capture/byteSource.js';
import { compileFilter } from '../../src/core/filter/displayFilter.js';
import { CaptureIndex } from '../../src/core/capture/captureIndex.js';
import { Marks } from '../../src/session/marks.js';
import { PacketReader } from '../../src/session/packetReader.js';
import { pcapFile, somePackets } from '../core/capture/build.js';
import { GrowingSource } from '../core/capture/reading.js';
import { captureFolder } from '../golden/captures.js';
import { fixture, list, numbersShown, opened, rowsOf, sessionOver, stateOf } from './listOf.js';

/** Numbers of the packets that a filter matches, asked of each packet by itself. */
function matching(bytes: Uint8Array, text: string): number[] {
  const source = new BufferSource('test', bytes);
  const reader = openCapture(source);
  assert.ok(isCapture(reader));
  const index = new CaptureIndex(source, reader);
  while (!index.step(1e6));
  const result = compileFilter(text);
  assert.ok('filter' in result, text);
  const packets = new PacketReader(index, new Marks());
  return Array.from({ length: index.packets }, (_, at) => at + 1).filter(
    (number) => packets.go(number) && result.filter.matches(packets.walk, packets.facts),
  );
}

/** Packets that differ: every third is another protocol than those around it. */
function manyPackets(count: number): Uint8Array {
  return pcapFile(
    Array.from({ length: Math.ceil(count / 300) }, () => somePackets(300, 60))
      .flat()
      .slice(0, count),
  );
}

const filters = ['ip', 'tcp', 'udp', 'icmp', 'arp', 'vxlan', 'ipv6', 'eth'];

test('a filter shows the packets that match, for every capture there is', () => {
  const names = readdirSync(captureFolder).filter((name) => /\.pcap(?:ng)?$/.test(name));
  assert.ok(names.length > 80);
  let hits = 0;
  for (const name of names) {
    const bytes = fixture(name);
    const { session, work } = sessionOver(bytes);
    const { packets } = opened(session);
    work();
    for (const text of filters) {
      assert.deepEqual(session.filter({ list, text }), []);
      work();
      const expected = matching(bytes, text);
      hits += expected.length;
      assert.deepEqual(numbersShown(session), expected, `${name}: ${text}`);
      const { shown, examined, phase } = stateOf(session);
      assert.deepEqual([shown, examined, phase], [expected.length, packets, 'ready']);
    }
    session.filter({ list, text: '' });
    assert.equal(stateOf(session).shown, packets);
  }
  assert.ok(hits > 1000);
});

test('a filter that is wrong is told, and leaves the list as it is', () => {
  const { session, work } = sessionOver(fixture('mixed.pcap'));
  opened(session);
  session.filter({ list, text: 'icmp' });
  work();
  const before = stateOf(session);
  assert.equal(session.filter({ list, text: 'bad' }).length, 1);
  assert.equal(session.check({ text: 'bad' }).length, 1);
  assert.deepEqual(session.check({ text: 'icmp' }), []);
  assert.deepEqual(stateOf(session), before);
});

describe('while a filter runs', () => {
  const bytes = manyPackets(60_000);

  test('rows are there as they are found, and the list tells how far it is', () => {
    const { session, sent, work } = sessionOver(bytes, { limits: { columns: 0 } });
    opened(session);
    work(1);
    session.filter({ list, text: 'eth' });
    const first = stateOf(session);
    assert.equal(first.phase, 'filtering');
    assert.ok(first.shown > 0 && first.shown === first.examined);
    assert.equal(rowsOf(session, first.shown - 1, 5).length, 1);
    work();
    const told = sent.flatMap((event) => (event.name === 'list' ? [event.payload] : []));
    const last = told.at(-1);
    assert.deepEqual([last?.shown, last?.examined, last?.phase], [60_000, 60_000, 'ready']);
    assert.ok(told.every(({ age }) => age === first.age));
    assert.ok(told.every(({ examined, packets }) => examined <= packets));
  });

  test('it can be stopped: what was found stays, and what comes in later is not looked at', () => {
    const { session, work, tasks } = sessionOver(bytes, { limits: { columns: 0 } });
    opened(session);
    session.filter({ list, text: 'eth' });
    session.stop({ list });
    const stopped = stateOf(session);
    assert.equal(stopped.stopped, true);
    assert.ok(stopped.shown > 0 && stopped.examined < 60_000);
    work();
    assert.equal(tasks.length, 0);
    assert.equal(stateOf(session).shown, stopped.shown);
    session.filter({ list, text: 'eth' });
    work();
    assert.deepEqual([stateOf(session).stopped, stateOf(session).shown], [undefined, 60_000]);
  });

  test('a new filter takes its place at once, and answers tell their age', () => {
    const { session, work } = sessionOver(bytes, { limits: { columns: 0 } });
    opened(session);
    session.filter({ list, text: 'eth' });
    const { age } = session.rows({ list, first: 0, count: 1 });
    session.filter({ list, text: 'frame.number == 59000' });
    assert.ok(session.rows({ list, first: 0, count: 1 }).age > age);
    work();
    assert.deepEqual(numbersShown(session), [59_000]);
  });

  test('calls are answered between two short slices', () => {
    const { session, tasks } = sessionOver(bytes, { limits: { columns: 0 } });
    opened(session);
    session.filter({ list, text: 'udp' });
    const times: number[] = [];
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      // Processor time: the machine may be busy with other things.
      const begin = process.cpuUsage();
      task();
      const { user, system } = process.cpuUsage(begin);
      times.push((user + system) / 1000);
    }
    times.sort((a, b) => a - b);
    assert.ok(times.length > 1);
    assert.ok((times[times.length >> 1] ?? 0) < 16, `slices take ${times.join(', ')} ms`);
  });

  test('lists of other views are as they were', () => {
    const { session, work } = sessionOver(bytes);
    opened(session);
    session.filter({ list: 1, text: 'frame.number == 7' });
    work();
    assert.deepEqual([session.state({ list: 1 }).shown, session.state({ list: 2 }).shown], [1, 60_000]);
    session.drop({ list: 1 });
    assert.equal(session.state({ list: 1 }).filter, '');
  });

  test('a view that is gone leaves no work behind', () => {
    const { session, tasks, work } = sessionOver(bytes, { limits: { columns: 0 } });
    opened(session);
    work();
    session.filter({ list, text: 'eth' });
    session.drop({ list });
    work(1);
    assert.equal(tasks.length, 0);
  });
});

test('a file that fails while it is filtered: what was found stays', () => {
  class Failing extends BufferSource {
    failsFrom = Infinity;
    override readInto(scratch: Uint8Array, offset: number): Uint8Array {
      if (offset >= this.failsFrom) throw new ByteSourceError(this.name, 'was replaced.');
      return super.readInto(scratch, offset).subarray(0, scratch.length);
    }
  }
  // More than is read at once, so that the file must be read again.
  const packets = Array.from({ length: 20 }, () => somePackets(250, 1200)).flat();
  const source = new Failing('node1.pcap', pcapFile(packets));
  const { session, sent, work } = sessionOver(source, { limits: { columns: 0 } });
  opened(session);
  work();
  source.failsFrom = 4e6;
  session.filter({ list, text: 'eth' });
  work();
  const { shown, phase, stopped, trouble } = stateOf(session);
  assert.ok(shown > 100 && shown < packets.length);
  assert.deepEqual([phase, stopped, trouble], ['ready', true, 'node1.pcap was replaced.']);
  assert.deepEqual(
    sent.filter(({ name }) => name === 'lost').map(({ payload }) => payload),
    [{ message: 'node1.pcap was replaced.' }],
  );
});

describe('a file that grows', () => {
  const bytes = manyPackets(900);

  function growing() {
    const source = new GrowingSource(bytes, 20_000);
    const over = sessionOver(source);
    opened(over.session);
    over.work();
    return {
      ...over,
      grow: (count: number) => {
        source.grow(count);
        over.session.refresh();
        over.work();
      },
    };
  }

  test('its new packets come to the list, filtered as the others', () => {
    const { session, grow, sent } = growing();
    session.filter({ list, text: 'ip' });
    const before = stateOf(session);
    assert.ok(before.packets > 50 && before.packets < 900);
    grow(10_001);
    const middle = stateOf(session);
    assert.ok(middle.packets > before.packets);
    grow(1e6);
    assert.deepEqual(numbersShown(session), matching(bytes, 'ip'));
    assert.equal(stateOf(session).age, before.age);
    assert.equal(stateOf(session).packets, 900);
    const last = sent.findLast(({ name }) => name === 'progress');
    assert.ok(last?.name === 'progress' && last.payload.growing);
  });

  test('a sorted list is sorted anew', () => {
    const { session, work, grow } = growing();
    session.sort({ list, by: { column: 'number', descending: true } });
    work();
    grow(1e6);
    assert.deepEqual(
      numbersShown(session),
      Array.from({ length: 900 }, (_, at) => 900 - at),
    );
  });

  test('a filter that was stopped stays stopped', () => {
    const { session, grow } = growing();
    session.filter({ list, text: 'eth' });
    session.stop({ list });
    const { shown } = stateOf(session);
    grow(1e6);
    assert.ok(stateOf(session).shown === shown || stateOf(session).stopped === undefined);
  });
});

test('the row of a packet is found in any order', () => {
  const { session, work } = sessionOver(manyPackets(1000));
  opened(session);
  work();
  const rowOf = (number: number): number => session.rowOf({ list, number });
  assert.deepEqual([rowOf(1), rowOf(1000), rowOf(5000), rowOf(0)], [0, 999, 999, 0]);
  session.filter({ list, text: 'frame.number == 500' });
  work();
  assert.deepEqual([rowOf(1), rowOf(500), rowOf(501)], [0, 0, 0]);
  session.filter({ list, text: 'vxlan' });
  work();
  assert.equal(rowOf(1), -1);
  session.filter({ list, text: '' });
  session.sort({ list, by: { column: 'number', descending: true } });
  work();
  assert.deepEqual([rowOf(1), rowOf(1000)], [999, 0]);
});

test('marks are counted, shown, and gone through in the order of the rows', () => {
  const { session, sent, work } = sessionOver(manyPackets(1000));
  opened(session);
  work();
  session.mark({ which: [3, 700, 999, 5000, 0, -1, 2.5], marked: true });
  assert.deepEqual(sent.findLast(({ name }) => name === 'marks')?.payload, { marked: 3 });
  assert.deepEqual(
    rowsOf(session).flatMap(({ number, marked }) => (marked ? [number] : [])),
    [3, 700, 999],
  );
  const next = (number: number, backwards = false): number | undefined =>
    session.nextMark({ list, number, backwards })?.number;
  assert.deepEqual([next(1), next(3), next(999), next(700, true), next(3, true)], [3, 700, 3, 3, 999]);
  session.sort({ list, by: { column: 'number', descending: true } });
  work();
  assert.deepEqual([next(999), next(700), next(3), next(700, true)], [700, 3, 999, 999]);
  session.sort({ list, by: undefined });
  session.filter({ list, text: 'frame.number == 700' });
  work();
  assert.equal(next(1), 700);
  session.mark({ which: { shown: list }, marked: false });
  assert.equal(next(1), undefined);
  session.mark({ which: 'all', marked: true });
  assert.deepEqual(sent.findLast(({ name }) => name === 'marks')?.payload, { marked: 1000 });
  session.mark({ which: 'all', marked: false });
  assert.deepEqual(sent.findLast(({ name }) => name === 'marks')?.payload, { marked: 0 });
});

test('the list is told at most ten times a second while it fills', () => {
  const { session, sent, work } = sessionOver(manyPackets(120_000), { limits: { columns: 0 } });
  opened(session);
  session.filter({ list, text: 'eth' });
  const begin = performance.now();
  work();
  const tenths = (performance.now() - begin) / 100;
  const states = sent.flatMap((event) => (event.name === 'list' ? [event.payload] : []));
  assert.equal(states.at(-1)?.shown, 120_000);
  // The first, the last, and those of the progress of the index.
  assert.ok(states.length <= 2 * tenths + 4, `${states.length} events in ${tenths} tenths of a second`);
});
