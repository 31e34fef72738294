import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { PacketScan } from '../../../src/core/capture/packetScan.js';
import { captureFolder } from '../../golden/captures.js';
import { pcapFile, somePackets } from './build.js';
import { GrowingSource, indexOf, packetsOf } from './reading.js';

const names = readdirSync(captureFolder).filter((name) => /\.pcap(?:ng)?$/.test(name));

test('every packet of every file comes once and in order, whatever the size of chunks', () => {
  assert.ok(names.length > 80);
  for (const name of names) {
    const index = indexOf(readFileSync(path.join(captureFolder, name)));
    const expected = packetsOf(index);
    for (const chunkSize of [1, 61, 4096, 1 << 20]) {
      const scan = new PacketScan(index, chunkSize);
      let packets = 0;
      while (scan.next()) {
        assert.equal(scan.number, ++packets);
        const packet = expected[packets - 1];
        assert.deepEqual([scan.record.wire, scan.record.captured], [packet?.wire, packet?.captured], name);
        assert.deepEqual(scan.bytes(), packet?.bytes, `${name}, packet ${packets}`);
      }
      assert.equal(packets, index.packets, name);
    }
  }
});

test('goes on from any packet', () => {
  const packets = somePackets(300);
  const index = indexOf(pcapFile(packets));
  const scan = new PacketScan(index, 1000);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(90), (number, count) => {
      assert.ok(scan.seek(number));
      for (let at = number; at < number + count; at++) {
        assert.equal(scan.next(), at <= 300);
        if (at > 300) return;
        assert.equal(scan.number, at);
        assert.deepEqual(scan.bytes(), packets[at - 1]?.data);
      }
    }),
  );
  for (const number of [0, -1, 301, Number.NaN]) assert.equal(scan.seek(number), false);
});

test('goes on where it stopped when the file has grown', () => {
  const packets = somePackets(200);
  const bytes = pcapFile(packets);
  const source = new GrowingSource(bytes, 3000);
  const index = indexOf(source);
  const scan = new PacketScan(index);
  let read = 0;
  for (;;) {
    while (scan.next()) assert.deepEqual(scan.bytes(), packets[read++]?.data);
    assert.equal(read, index.packets);
    if (!source.grow(997)) break;
    index.grown();
    while (!index.step(500));
  }
  assert.equal(read, packets.length);
});
