/** What is said of filters that make no sense, and where. Carets stand under the place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFilter } from '../../../src/core/filter/displayFilter.js';

const cases: readonly (readonly [filter: string, carets: string, message: RegExp])[] = [
  ['ip.src == 80', '          ^^', /^ip\.src is an IPv4 address; 80 is a number$/],
  ['ip.ttl == 10.0.0.1', '          ^^^^^^^^', /^ip\.ttl is a number; 10\.0\.0\.1 is an IPv4 address$/],
  ['ip.ttl == "64"', '          ^^^^', /^Numbers stand without quotes: 64$/],
  ['ip.ttl == 256', '          ^^^', /^256 is too large: ip\.ttl goes up to 255$/],
  ['ip.proto == "nonsense"', '            ^^^^^^^^^^', /^No value of ip\.proto is named "nonsense"$/],
  [
    'ip.proto == tcp',
    '            ^^^',
    /tcp is a protocol: a name of that spelling stands in quotes, "tcp"$/,
  ],
  ['udp and ip.tll == 3', '        ^^^^^^', /^There is no field 'ip\.tll'\. Did you mean ip\.ttl/],
  ['ip.src == 10.0.0.0/33', '          ^^^^^^^^^^^', /goes up to \/32$/],
  ['eth.src == 00:00:83', '           ^^^^^^^^', /an Ethernet address of 6 bytes; 00:00:83 has 3$/],
  ['ip.ttl = 64', '       ^', /equal is written ==$/],
  ['ip.ttl ==', '         ', /^The filter ends where a field or a value is expected$/],
  ['udp tcp', '    ^^^', /^'tcp' stands where and, or, or the end of the filter is expected$/],
  ['(udp', '    ', /^The filter ends where a closing \) is expected$/],
  ['60 <= ip.ttl', '^^', /^A comparison begins with a field; 60 is a value$/],
  ['len(ip)', '^^^^^^^', /^len\(\) gives a value: compare it/],
  ['foo(ip) == 1', '^^^', /^There is no function 'foo'/],
  ['frame matches "a(b"', '                ^', /the closing \) is missing/],
  ['ip.ttl matches "6"', '^^^^^^', /string\(ip\.ttl\) makes text of it$/],
  ['frame.time > "soon"', '             ^^^^^^', /^frame\.time is a moment, such as/],
  ['ip[3-1] == 00', '   ^^^', /^3-1 ends before it begins$/],
  ['ip.ttl in {}', '           ^', /'}' stands where a field or a value is expected/],
];

for (const [filter, carets, message] of cases)
  test(filter, () => {
    const [mistake, ...more] = checkFilter(filter);
    assert.ok(mistake);
    assert.deepEqual(more, []);
    assert.match(mistake.message, message);
    assert.equal(' '.repeat(mistake.start) + '^'.repeat(mistake.end - mistake.start), carets);
  });

test('look-around and its like are refused, with the reason', () => {
  for (const pattern of [
    '(?=a)',
    '(?<!a)b',
    String.raw`(a)\\1`,
    '(?>a)',
    'a++',
    '(?R)',
    '(?1)',
    String.raw`\\k<n>`,
  ]) {
    const [mistake] = checkFilter(`frame matches "${pattern}"`);
    assert.match(mistake?.message ?? '', /is not supported: it can take forever/, pattern);
  }
});

test('all mistakes of a filter are told, in its order', () => {
  const mistakes = checkFilter('ip.src == 80 and ip.ttl == 999 or nothing.like == 1');
  assert.deepEqual(
    mistakes.map(({ start }) => start),
    [10, 27, 34],
  );
});
