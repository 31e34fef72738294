/** What tshark sees in the captures, compared field by field with what we see. The goldens are tshark's: npm run golden */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { BufferSource } from '../../../src/core/capture/byteSource.js';
import { CaptureCursor } from '../../../src/core/capture/captureCursor.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import { type DecodedNode, Decoder } from '../../../src/core/dissect/decoder.js';
import { allFields } from '../../../src/core/dissect/field.js';
import { dissectors } from '../../../src/core/dissect/registry.js';
import { captureFolder } from '../../golden/captures.js';

type Entry = readonly [name: string, value: string, start: number, length: number];
interface PacketGolden {
  readonly whole: boolean;
  readonly fields: readonly Entry[];
}

const folder = path.resolve(import.meta.dirname, '../../golden/packets');

const declared = dissectors.flatMap(({ fields, loose = {} }) => [...allFields(fields), ...allFields(loose)]);
const generated = new Set(declared.filter((field) => field.generated).map(({ name }) => name));
const labels = new Set(declared.filter(({ type }) => type === 'label').map(({ name }) => name));
const layers = new Set([...dissectors.map(({ id }) => id), 'mptcp']);

/**
 * Where tshark differs, and why.
 * - Padding behind an F5 switch's frames is taken for F5's own trailer by tshark.
 * - tshark shows the name in EDNS's CHAIN as it stands, length bytes and all.
 * - Made for port 8472 by our setting, tshark takes a packet from port 4500 for VXLAN; the lower port comes first.
 * - The data of an echo request is a nonce for tshark when Teredo carries it.
 * - An unfinished fragment ends tshark's TCP tree before the numbers that are there.
 * - A BGP attribute that is longer than all attributes are said to be goes beyond them in tshark.
 */
const knownDifferences: Readonly<Record<string, readonly string[]>> = {
  'malformed-esp.pcap': [
    ...['flags', 'flag_g', 'flag_i', 'flag_d', 'flag_a', 'flags_reserved', 'gbp'].map(
      (name) => `vxlan.${name}`,
    ),
    'esp.spi',
    'esp.sequence',
  ],
  'malformed-bgp.pcap': ['bgp.update.path_attributes', 'bgp.update.path_attribute'],
  'teredo.pcap': ['icmpv6.nonce'],
  'mpls-vlan.pcap': ['vlan.trailer'],
  'dns-edns.pcap': ['dns.opt.chain.fqdn'],
  'ipv4-frag.pcap': ['tcp.seq', 'tcp.seq_raw'],
};

/** In tshark's tree, but not shown there and not in the goldens; we show them. */
const hidden = new Set(['geneve.reserved', 'geneve.option.flags', 'geneve.option.type.critical']);

/** One line a field. Worked-out values have no place; what only groups has no value to compare. */
function line([name, value, start, length]: Entry): string {
  const place = generated.has(name) || start < 0 ? 'computed' : `${start}+${length}`;
  return `${name} ${place} ${labels.has(name) ? '' : value}`.trimEnd();
}

function* entriesOf(nodes: readonly DecodedNode[]): Generator<Entry> {
  for (const { name, value, start, length, children } of nodes) {
    const isOurs = name === '' || layers.has(name) || name.startsWith('cilium.') || name.startsWith('_ws.');
    const isEmpty = length === 0 && !generated.has(name);
    if (!isOurs && !isEmpty) yield [name, value ?? '', start, length];
    if (children) yield* entriesOf(children);
  }
}

/** Lines of `a` that `b` does not have, counting. */
function missingFrom(a: readonly string[], b: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of b) left.set(one, (left.get(one) ?? 0) + 1);
  return a.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}

/** Fields that only tshark, or only we, work out. */
const oneSided = new Set(
  [...generated].filter(
    (name) =>
      !/^(arp\.is|data\.len|eth\.fcs\.status|.*checksum\.status|tcp\.len|tcp\.flags\.str|tcp\.options\.(sack\.count|wscale\.multiplier)|ipv6\.)/.test(
        name,
      ),
  ),
);

for (const goldenFile of readdirSync(folder)) {
  const capture = goldenFile.replace(/\.json\.gz$/, '');
  test(`${capture} as tshark sees it`, () => {
    const golden = JSON.parse(
      gunzipSync(readFileSync(path.join(folder, goldenFile))).toString(),
    ) as PacketGolden[];
    const source = new BufferSource(capture, readFileSync(path.join(captureFolder, capture)));
    const reader = openCapture(source);
    assert.ok(isCapture(reader));
    const index = new CaptureIndex(source, reader);
    while (!index.step(1 << 20));
    const cursor = new CaptureCursor(index);
    const decoder = new Decoder();
    const known = knownDifferences[capture] ?? [];
    for (const [at, { whole, fields }] of golden.entries()) {
      assert.ok(cursor.seek(at + 1), `packet ${at + 1} is there`);
      const { record } = cursor;
      const link = reader.interfaces[record.interface]?.linkType ?? -1;
      const walk = decoder.walk(cursor.bytes(), link, record.wire, record.timed ? record.seconds : undefined);
      const theirs = fields.filter(([name]) => !oneSided.has(name) && !known.includes(name)).map(line);
      const ours = [...entriesOf(decoder.tree(walk))]
        .filter(([name]) => !oneSided.has(name) && !hidden.has(name) && !known.includes(name))
        .map(line);
      assert.deepEqual(missingFrom(theirs, ours), [], `packet ${at + 1}: tshark has these, we do not`);
      // What we call data may be a protocol that tshark knows by its port, and then leaves out for its own reasons.
      const surplus = missingFrom(ours, theirs).filter((one) => !one.startsWith('data.'));
      if (whole) assert.deepEqual(surplus, [], `packet ${at + 1}: we have these, tshark does not`);
    }
  });
}
