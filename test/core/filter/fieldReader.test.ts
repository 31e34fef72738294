import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldReader, type FieldReader } from '../../../src/core/filter/fieldReader.js';
import { packetsOf } from './packets.js';

function readerOf(name: string): FieldReader {
  const reader = fieldReader(name);
  if ('message' in reader) throw new Error(reader.message);
  return reader;
}

/** What the reader says of the first packet of a capture. */
function first(
  capture: string,
  name: string,
): { readonly read: readonly string[]; readonly values: readonly string[] } {
  for (const { walk, facts } of packetsOf(capture)) {
    const reader = readerOf(name);
    return { read: reader.read(walk, facts), values: reader.values(walk, facts) };
  }
  throw new Error('an empty capture');
}

test('all values of a packet, for people and as a filter compares them', () => {
  assert.deepEqual(first('vxlan.pcap', 'ip.ttl').values, ['64', '64']);
  assert.deepEqual(first('vxlan.pcap', 'ip.proto'), { read: ['UDP', 'ICMP'], values: ['17', '1'] });
  assert.deepEqual(first('vxlan.pcap', 'ip.flags.df').values, ['1', '1']);
  assert.deepEqual(first('vxlan.pcap', 'ip.addr#3').values, ['192.168.203.3']);
  assert.deepEqual(first('vxlan.pcap', 'ip.addr#-1').values, ['192.168.203.5']);
  assert.deepEqual(first('vxlan.pcap', 'ip.addr#9').values, []);
  assert.deepEqual(first('vxlan.pcap', 'frame.number').values, ['1']);
  assert.deepEqual(first('vxlan.pcap', 'arp.opcode').values, []);
  assert.deepEqual(first('arp.pcap', 'eth.type').values, ['2054']);
});

test('a name that is none is a mistake with the nearest name', () => {
  const reader = fieldReader('ip.tll');
  assert.ok('message' in reader);
  assert.match(reader.message, /ip\.ttl/);
});
