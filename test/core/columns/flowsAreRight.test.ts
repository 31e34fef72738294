/** What flows say of their packets is so, bit by bit: over the corpus, and with every byte of every header changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PacketScan } from '../../../src/core/capture/packetScan.js';
import { isPacketHeader } from '../../../src/core/columns/nextLayers.js';
import { Specimen } from '../../../src/core/columns/specimen.js';
import { Decoder } from '../../../src/core/dissect/decoder.js';
import { type BuiltPacket, pcapFile } from '../capture/build.js';
import { prepare, type Prepared } from './agreement.js';
import { corpus } from './corpus.js';

const captures = corpus();
const decoder = new Decoder();

/** Fails unless each packet has the layers and the bits that its flow says; how many packets have a flow. */
function checkFlows({ name, index, columns }: Prepared): number {
  const specimens = new Map([...columns.specimens].map(([stack, headers]) => [stack, new Specimen(headers)]));
  const scan = new PacketScan(index);
  const { record } = scan;
  let checked = 0;
  while (scan.next()) {
    const flow = columns.flow.at(scan.number - 1);
    if (flow === 0) continue;
    checked++;
    const specimen = specimens.get(columns.flows.stack(flow));
    assert.ok(specimen?.isRight, name);
    specimen.become(columns.flows, flow);
    const linkType = index.reader.interfaces[record.interface]?.linkType ?? -1;
    const walk = decoder.walk(scan.bytes(), linkType, record.wire);
    const place = `${name}, packet ${scan.number}`;
    specimen.layers.forEach(({ id, start, length, plain }, layer) => {
      assert.ok(layer < walk.count && walk.dissectorAt(layer).id === id, `${place}: no layer ${id}`);
      const end = specimen.layers[layer + 1]?.start ?? specimen.frame.length;
      const own = walk.startOf(layer);
      for (let byte = start; byte < end; byte++) {
        const known: number = specimen.known[byte] ?? 0;
        if (known === 0) continue;
        const differ: number = ((specimen.frame[byte] ?? 0) ^ (walk.frame[own + byte - start] ?? 0)) & known;
        assert.equal(differ, 0, `${place}: byte ${byte - start} of ${id}`);
      }
      if (length !== undefined) assert.equal(walk.endOf(layer) - own, length, place);
      if (plain) assert.equal(walk.endOf(layer) - own, end - start, `${place}: options in ${id}`);
    });
    if (specimen.flagsAt >= 0) {
      const tcp = walk.startOf(specimen.layers.length - 1);
      assert.equal(columns.flags.at(scan.number - 1), walk.frame[tcp + 13], `${place}: flags`);
    }
    for (let layer = specimen.layers.length; layer < walk.count; layer++) {
      const dissector = walk.dissectorAt(layer);
      const maySo = specimen.isServed || dissector.recognises !== undefined;
      const isAllowed = dissector.id === 'data' || (maySo && !isPacketHeader(dissector));
      assert.ok(isAllowed, `${place}: ${dissector.id} follows`);
    }
    if (!specimen.isServed) assert.ok(!walk.stopped, `${place}: ${walk.problem?.kind ?? ''}`);
  }
  return checked;
}

test('over the corpus', () => {
  const checked = captures.reduce((sum, capture) => sum + checkFlows(capture), 0);
  assert.ok(checked > 2500);
});

/** One packet for each stack of headers in the corpus, with its link type. */
const samples = new Map<
  string,
  { readonly linkType: number; readonly bytes: Uint8Array; readonly headers: number }
>();
for (const { columns, packetsOf } of captures)
  packetsOf.forEach(({ bytes, linkType }, row) => {
    const flow = columns.flow.at(row);
    const headers = columns.specimens.get(columns.flows.stack(flow));
    if (flow === 0 || !headers) return;
    const key = `${linkType} ${headers.layers.join(' ')}`;
    if (!samples.has(key)) samples.set(key, { linkType, bytes, headers: headers.bytes.length });
  });

const packet = (data: Uint8Array, wire = data.length): BuiltPacket => ({
  seconds: 1,
  fraction: 0,
  data,
  wire,
});

/** Values that headers give a meaning, and the bits of the one there turned around. */
const valuesFor = (byte: number): number[] => [
  ...Array.from({ length: 8 }, (_, bit) => byte ^ (1 << bit)),
  ...[0, 1, 2, 4, 6, 8, 11, 12, 17, 41, 44, 50, 58, 0x45, 0x46, 0x60, 0x81, 255],
];

for (const [key, { linkType, bytes, headers }] of samples)
  test(`with each byte of the headers changed, and cut at each: link type ${key.replace(' ', ', stack ')}`, () => {
    const built = [packet(bytes)];
    for (let at = 0; at < headers; at++) {
      built.push(packet(bytes.subarray(0, at)), packet(bytes.subarray(0, at), bytes.length));
      for (const value of valuesFor(bytes[at] ?? 0)) built.push(packet(bytes.with(at, value)));
    }
    const prepared = prepare('changed', pcapFile(built, { linkType }));
    assert.ok(checkFlows(prepared) > 1, 'some have a flow');
  });
