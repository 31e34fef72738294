import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cidrText,
  contains,
  exactUnion,
  hasHostBits,
  lastAddress,
  networkOf,
  parseCidr,
} from '../../../src/core/configmap/cidr.js';
import type { Cidr } from '../../../src/core/configmap/cidr.js';

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  assert.ok(parsed, text);
  return parsed;
}

test('ranges parse as in Go', () => {
  for (const text of [
    '10.0.0.0/8',
    '0.0.0.0/0',
    '255.255.255.255/32',
    'fd00::/48',
    '::/0',
    '::ffff:10.0.0.1/96',
    '1:2:3:4:5:6:7:8/128',
    '10.1.2.3/16',
  ]) {
    assert.ok(parseCidr(text), text);
  }
  for (const text of [
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.256/8',
    '010.0.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/-1',
    'fd00::1::/48',
    'fd00:/48',
    '1:2:3:4:5:6:7/64',
    'fd00::/129',
    'g::/8',
    '',
    '/8',
    ' 10.0.0.0/8',
    '10.0.0.0/8 ',
    ':::/8',
    '1.2.3.4::/8',
  ]) {
    assert.equal(parseCidr(text), undefined, text);
  }
});

test('networks, hosts and bounds', () => {
  assert.equal(cidrText(networkOf(cidr('10.42.7.1/16'))), '10.42.0.0/16');
  assert.ok(hasHostBits(cidr('10.42.7.1/16')));
  assert.ok(!hasHostBits(cidr('10.42.0.0/15')));
  assert.equal(cidrText(networkOf(cidr('fd42:1:2:3::9/33'))), 'fd42:1::/33');
  assert.equal(lastAddress(cidr('10.0.0.0/9')), '10.127.255.255');
  assert.equal(lastAddress(cidr('fd00::/120')), 'fd00::ff');
});

test('one range contains another', () => {
  assert.ok(contains(cidr('10.0.0.0/8'), cidr('10.42.0.0/16')));
  assert.ok(contains(cidr('0.0.0.0/0'), cidr('10.42.0.0/16')));
  assert.ok(!contains(cidr('10.0.0.0/16'), cidr('10.42.0.0/16')));
  assert.ok(!contains(cidr('10.42.0.0/16'), cidr('10.0.0.0/8')));
  assert.ok(!contains(cidr('::/0'), cidr('10.0.0.0/8')));
});

test('neighbours join to one range only where nothing else falls in', () => {
  const union = (...texts: string[]): string | undefined => {
    const found = exactUnion(texts.map(cidr));
    return found === undefined ? undefined : cidrText(found);
  };
  assert.equal(union('10.42.0.0/16', '10.43.0.0/16'), '10.42.0.0/15');
  assert.equal(union('10.43.0.0/16', '10.42.128.0/17', '10.42.0.0/17'), '10.42.0.0/15');
  assert.equal(union('10.43.0.0/16', '10.44.0.0/16'), undefined);
  assert.equal(union('10.42.0.0/16', '10.42.0.0/16'), undefined);
  assert.equal(union('10.42.0.0/16', '10.42.0.0/17'), undefined);
});

test('a range contains its network and its last address', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte, byte), fc.integer({ min: 0, max: 32 }), (bytes, prefix) => {
      const range = cidr(`${bytes.join('.')}/${prefix}`);
      assert.ok(contains(range, networkOf(range)));
      assert.ok(contains(range, cidr(`${lastAddress(range)}/32`)));
      assert.ok(!hasHostBits(networkOf(range)));
    }),
  );
});
