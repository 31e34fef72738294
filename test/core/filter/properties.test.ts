/** What holds for every filter, tried on filters that are made up and on packets of the captures. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileFilter, type DisplayFilter } from '../../../src/core/filter/displayFilter.js';
import { completeFilter } from '../../../src/core/filter/completeFilter.js';
import { isMistake, parseFilter } from '../../../src/core/filter/parse.js';
import { filterText } from './print.js';
import { Decoder } from '../../../src/core/dissect/decoder.js';
import { filterCorpus } from './corpus.js';
import { filterOf, packetsOf } from './packets.js';

const captures = ['vxlan.pcap', 'icmp-ext.pcap', 'tcp-sack.pcap', 'arp.pcap'];

/** Filters that make sense, of all kinds. */
const numbers = fc.constantFrom(
  'ip.ttl',
  'ip.len',
  'ip.id',
  'udp.port',
  'frame.len',
  'tcp.options.mss_val',
  'arp.opcode',
  'vxlan.vni',
);
const comparison = fc.constantFrom('==', '!=', '===', '!==', '<', '<=', '>', '>=');
const leaf = fc.oneof(
  fc.constantFrom(
    'ip',
    'arp',
    'icmp',
    'tcp.options.sack',
    'udp',
    'frame.comment',
    'ip.flags.df == 1',
    'eth.dst[0] & 1',
  ),
  fc.tuple(numbers, comparison, fc.nat(255)).map(([field, sign, value]) => `${field} ${sign} ${value}`),
  fc.tuple(numbers, fc.nat(255), fc.nat(255)).map(([field, low, high]) => `${field} in {${low}..${high}}`),
  fc
    .tuple(fc.constantFrom('ip.addr', 'ip.src'), comparison, fc.ipV4(), fc.nat(32))
    .map(([field, sign, address, prefix]) => `${field} ${sign} ${address}/${prefix}`),
  fc
    .tuple(numbers, fc.constantFrom('+', '-', '*', '/', '%', '&'), fc.nat(20))
    .map(([field, sign, value]) => `${field} ${sign} ${value} > 30`),
);
const condition = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc
      .tuple(tie('node'), fc.constantFrom('&&', 'or', 'xor'), tie('node'))
      .map(([left, sign, right]) => `(${left}) ${sign} (${right})`),
    tie('node').map((node) => `not (${node})`),
  ),
})).node;

/** Whether each packet of the captures passes, as 0 and 1. */
function judged(filter: DisplayFilter): string {
  let text = '';
  for (const capture of captures)
    for (const { walk, facts } of packetsOf(capture)) text += filter.matches(walk, facts) ? '1' : '0';
  return text;
}
const same = (one: string, other: string): void => {
  assert.equal(judged(filterOf(one)), judged(filterOf(other)), `${one}   and   ${other}`);
};

test('the laws of logic hold', () => {
  fc.assert(
    fc.property(condition, condition, (a, b) => {
      same(`!(!(${a}))`, a);
      same(`!((${a}) && (${b}))`, `!(${a}) || !(${b})`);
      same(`!((${a}) || (${b}))`, `!(${a}) && !(${b})`);
      same(`(${a}) ^^ (${b})`, `((${a}) && !(${b})) || (!(${a}) && (${b}))`);
      same(`(${a}) && (${b})`, `(${b}) && (${a})`);
    }),
    { numRuns: 60 },
  );
});

test('any and all: what holds for no value does not hold for some', () => {
  fc.assert(
    fc.property(numbers, fc.nat(255), (field, value) => {
      same(`${field} != ${value}`, `${field} && !(${field} == ${value})`);
      same(`${field} === ${value}`, `${field} && !(${field} !== ${value})`);
      same(`all ${field} > ${value}`, `${field} && !(${field} <= ${value})`);
      same(`${field} in {${value}}`, `${field} == ${value}`);
      same(`${field} in {${value}..255}`, `any ${field} + 0 >= ${value} && ${field} in {${value}..255}`);
    }),
    { numRuns: 40 },
  );
});

test('quick tests and general ones agree', () => {
  // A layer range that takes all layers is evaluated in the general way.
  fc.assert(
    fc.property(
      fc.constantFrom('ip.ttl', 'ip.addr', 'udp.port', 'eth.src', 'ip.flags.df'),
      comparison,
      fc.nat(70),
      fc.boolean(),
      (field, sign, value, all) => {
        const constant =
          field === 'ip.addr'
            ? `10.0.0.0/${value % 33}`
            : field === 'eth.src'
              ? '00:16:3e:37:f6:04'
              : String(value);
        const word = all ? 'all ' : '';
        same(`${word}${field} ${sign} ${constant}`, `${word}${field}#[1:] ${sign} ${constant}`);
      },
    ),
  );
});

test('a filter printed and read again is the same filter', () => {
  fc.assert(
    fc.property(fc.oneof(condition, fc.constantFrom(...filterCorpus)), (text) => {
      const syntax = parseFilter(text);
      if (isMistake(syntax)) return;
      const printed = filterText(syntax);
      const again = parseFilter(printed);
      assert.ok(!isMistake(again), printed);
      assert.equal(filterText(again), printed);
      assert.equal('filter' in compileFilter(printed), 'filter' in compileFilter(text), printed);
    }),
    { numRuns: 500 },
  );
});

/** Texts that look like filters, and are none more often than not. */
const scrap = fc
  .array(
    fc.constantFrom(
      ...[
        'ip.ttl',
        'ip',
        'frame',
        '==',
        '!=',
        '(',
        ')',
        '{',
        '}',
        '[0:3]',
        '[',
        ']',
        '#2',
        '#[',
        '"',
        "'",
        '\\',
        'matches',
        'in',
        'contains',
      ],
      ...[
        'any',
        'all',
        'not',
        '!',
        '-',
        '+',
        '&',
        '&&',
        '..',
        ',',
        '64',
        '0x',
        '10.0.0.0/8',
        '::',
        ':',
        '.',
        'len(',
        'max(',
        'r"',
        '"(a*)*b"',
        '\u0000',
        'é',
        '\n',
      ],
    ),
    { maxLength: 14 },
  )
  .chain((parts) => fc.constantFrom('', ' ').map((between) => parts.join(between)));

test('no text throws or hangs, and mistakes lie in the text', () => {
  const texts = fc.oneof(scrap, fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 30 }));
  const packets = captures.flatMap((capture) => {
    const decoder = new Decoder();
    return [...packetsOf(capture)].map(({ walk, facts }) => ({
      walk: decoder.walk(walk.frame, walk.linkType, walk.wireLength),
      facts,
    }));
  });
  const [packet] = packets;
  assert.ok(packet);
  fc.assert(
    fc.property(texts, fc.nat(60), (text, at) => {
      const result = compileFilter(text);
      if ('filter' in result) result.filter.matches(packet.walk, packet.facts);
      else {
        assert.ok(result.mistakes.length > 0);
        for (const { start, end, message } of result.mistakes) {
          assert.ok(start >= 0 && start <= end && end <= text.length, `${text}: ${start} to ${end}`);
          assert.ok(message !== '');
        }
      }
      for (const { start, end } of completeFilter(text, at))
        assert.ok(start >= 0 && start <= end && end <= text.length);
    }),
    { numRuns: 3000 },
  );
});

test('large filters are read, deep ones refused', () => {
  const many = Array.from({ length: 2000 }, (_, at) => `ip.ttl == ${at % 256}`).join(' or ');
  assert.ok('filter' in compileFilter(many));
  for (const text of [
    '('.repeat(5000),
    '!'.repeat(20_000) + 'ip',
    'ip.ttl' + ' + 1'.repeat(5000) + ' == 1',
    '{'.repeat(5000),
    'ip' + '[0]'.repeat(5000),
    'x'.repeat(70_000),
    'len('.repeat(5000),
  ])
    assert.ok('mistakes' in compileFilter(text), text.slice(0, 20));
});
