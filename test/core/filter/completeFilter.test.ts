import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeFilter } from '../../../src/core/filter/completeFilter.js';

/** Completions at the mark `|`. */
const at = (marked: string) => completeFilter(marked.replace('|', ''), marked.indexOf('|'));
const textsAt = (marked: string) => at(marked).map(({ text }) => text);

test('names by prefix, the shortest first', () => {
  const texts = textsAt('ip.tt|');
  assert.equal(texts[0], 'ip.ttl');
  assert.ok(textsAt('udp and tcp.fl|').includes('tcp.flags.syn'));
  const [first] = at('ip.ttl|');
  assert.deepEqual(first, {
    text: 'ip.ttl',
    start: 0,
    end: 6,
    kind: 'field',
    detail: 'number, 8 bits',
    help: 'Time to Live · Internet Protocol Version 4',
  });
});

test('a dot at the end is the beginning of names', () => {
  const [first] = at('arp or icmp.|');
  assert.deepEqual([first?.start, first?.end], [7, 12]);
  const texts = textsAt('icmp.|');
  assert.ok(texts.includes('icmp.type') && texts.every((text) => text.includes('icmp.')), texts.join(' '));
  assert.deepEqual(textsAt('tcp.flags.sy|'), ['tcp.flags.syn']);
  assert.ok(textsAt('tcp.flags.|').includes('tcp.flags.syn'));
});

test('a name for several fields says all of them', () => {
  const helpOf = (name: string) => at(`${name}|`).find(({ text }) => text === name)?.help;
  assert.equal(helpOf('ip.addr'), 'Source or Destination Address · Internet Protocol Version 4');
  assert.equal(helpOf('tcp.port'), 'Source or Destination Port · Transmission Control Protocol');
});

test('names by words of the title', () => {
  assert.ok(textsAt('security|').includes('cilium.identity'));
  assert.ok(textsAt('checks|').includes('ip.checksum'));
});

test('what is put in takes the place of the whole name', () => {
  const [first] = at('arp or ip.t|tl == 3');
  assert.deepEqual([first?.start, first?.end], [7, 13]);
});

test('operators that fit the type', () => {
  assert.ok(textsAt('ip.ttl |').includes('=='));
  assert.ok(!textsAt('ip.ttl |').includes('contains'));
  assert.ok(textsAt('tcp.payload |').includes('contains'));
  assert.ok(!textsAt('tcp.payload con|').includes('matches'));
  assert.deepEqual(textsAt('ip.ttl == 64 |'), ['and', 'or', 'xor']);
});

test('values by name and number', () => {
  const tcp = at('ip.proto == |').find(({ detail }) => detail === 'TCP');
  assert.deepEqual([tcp?.text, tcp?.kind], ['6', 'value']);
  assert.ok(at('ip.proto == tc|').some(({ text, kind }) => text === '6' && kind === 'value'));
  assert.ok(textsAt('ip.proto == "TC|').includes('"TCP"'));
  assert.ok(at('ip.proto in {6, |').some(({ detail }) => detail === 'UDP'));
});

test('functions', () => {
  assert.ok(textsAt('cou|').includes('count('));
});
