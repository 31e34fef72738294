import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BufferSource } from '../../../src/core/capture/byteSource.js';
import { ColumnPass } from '../../../src/core/columns/columnPass.js';
import { FlowTable } from '../../../src/core/columns/flowTable.js';
import { isPacketHeader } from '../../../src/core/columns/nextLayers.js';
import { Specimen } from '../../../src/core/columns/specimen.js';
import { Decoder } from '../../../src/core/dissect/decoder.js';
import { dissectors } from '../../../src/core/dissect/registry.js';
import { pcapFile, somePackets } from '../capture/build.js';
import { GrowingSource, indexOf } from '../capture/reading.js';
import { columnsOf } from './agreement.js';
import { corpus } from './corpus.js';

const captures = corpus();

test('what ports lead to carries no packets unless it says so', () => {
  const decoder = new Decoder();
  const wrong = new Set<string>();
  for (const { name, packetsOf } of captures)
    for (const { bytes, linkType, wire, seconds } of packetsOf) {
      const walk = decoder.walk(bytes, linkType, wire, seconds);
      for (let index = 1; index < walk.count; index++) {
        const [before, after] = [walk.dissectorAt(index - 1), walk.dissectorAt(index)];
        if (before.id !== 'data' && !isPacketHeader(before) && isPacketHeader(after) && before.id !== 'llc')
          wrong.add(`${name}: ${after.id} follows ${before.id}`);
      }
    }
  assert.deepEqual([...wrong], []);
});

test('only headers of packets have a say in the address columns', () => {
  const others = dissectors.filter((dissector) => !isPacketHeader(dissector));
  assert.deepEqual(
    others.filter(({ source, destination }) => source ?? destination).map(({ id }) => id),
    [],
  );
});

test('the specimens of the corpus are seen as the flows see them, and hold what their flow says', () => {
  for (const { name, columns } of captures)
    for (const headers of columns.specimens.values()) {
      const specimen = new Specimen(headers);
      assert.ok(specimen.isRight, `${name}: ${specimen.layers.map(({ id }) => id).join(' ')}`);
      for (let flow = 1; flow <= columns.flows.count; flow++) {
        if (columns.specimens.get(columns.flows.stack(flow)) !== headers) continue;
        // The first flow of a stack is the specimen's own.
        specimen.become(columns.flows, flow);
        assert.deepEqual([...specimen.frame], [...headers.bytes]);
        break;
      }
    }
});

test('flows count their packets and bytes, and know the first and the last', () => {
  for (const { name, columns, packetsOf } of captures) {
    const { flows } = columns;
    const expected = new Map<number, { packets: number; bytes: number; first: number; last: number }>();
    packetsOf.forEach(({ wire }, row) => {
      const flow = columns.flow.at(row);
      const so = expected.get(flow) ?? { packets: 0, bytes: 0, first: row + 1, last: 0 };
      expected.set(flow, { ...so, packets: so.packets + 1, bytes: so.bytes + wire, last: row + 1 });
    });
    for (let flow = 1; flow <= flows.count; flow++)
      assert.deepEqual(
        {
          packets: flows.packets(flow),
          bytes: flows.bytes(flow),
          first: flows.first(flow),
          last: flows.last(flow),
        },
        expected.get(flow),
        `${name}, flow ${flow}`,
      );
  }
});

test('bytes of a flow are counted beyond 32 bits', () => {
  const table = new FlowTable();
  const keys = Int32Array.of(1, 2, 3);
  let sum = 0;
  for (const wire of [0xffffffff, 0x80000000, 0x7fffffff, 1, 0xfffffff0]) {
    assert.equal(table.note(5, keys, 0, 3, 77, 1, wire), 1);
    sum += wire;
  }
  assert.equal(table.bytes(1), sum);
});

test('flows with one hash are told apart, and too many of them are given up', () => {
  const table = new FlowTable();
  const numbers = new Set<number>();
  for (let key = 1; key <= 2000; key++) numbers.add(table.note(5, Int32Array.of(key), 0, 1, 42, 1, 60));
  assert.ok(numbers.has(0), 'some have no flow');
  assert.ok(table.count >= 200 && table.count < 2000);
  assert.equal(table.note(5, Int32Array.of(100), 0, 1, 42, 1, 60), 100);
});

test('lengths of 64 KiB and more, and packets cut short, are kept', () => {
  const packets = somePackets(300).map((packet, at) => ({
    ...packet,
    wire: at === 170 ? 70_000 : 20 + (at % 3),
  }));
  const columns = columnsOf(indexOf(pcapFile(packets)));
  packets.forEach(({ data, wire }, row) => {
    assert.equal(columns.wire.at(row), wire);
    assert.equal(columns.capturedAt(row), data.length);
  });
});

test('columns grow with the file as if it had been there whole', () => {
  const bytes = pcapFile(somePackets(400));
  const whole = columnsOf(indexOf(bytes));
  const source = new GrowingSource(bytes, 1000);
  const index = indexOf(source);
  const pass = new ColumnPass(index, { budget: Infinity, chunkSize: 4096 });
  while (!pass.step(500));
  while (source.grow(777)) {
    index.grown();
    while (!index.step(1000));
    pass.grown();
    while (!pass.step(500));
  }
  assert.equal(pass.columns.packets, 400);
  for (let row = 0; row < 400; row++) {
    assert.equal(pass.columns.flow.at(row), whole.flow.at(row));
    assert.equal(pass.columns.time.at(row), whole.time.at(row));
  }
});

test('the pass ends when its memory is used up, and what there is stays', () => {
  const bytes = pcapFile(somePackets(2000));
  const index = indexOf(new BufferSource('a.pcap', bytes));
  const pass = new ColumnPass(index, { budget: 1000 });
  while (!pass.step(10_000));
  assert.ok(pass.exceeded);
  assert.ok(pass.columns.packets < 2000);
});
