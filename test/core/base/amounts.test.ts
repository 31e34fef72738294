import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareText, sizeText, spanText } from '../../../src/core/base/amounts.js';

test('sizes keep their bytes while those can be read, then take decimal units', () => {
  const cases: [number, string][] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [735, '735 bytes'],
    [9_999, '9,999 bytes'],
    [10_000, '10 KB'],
    [118_332, '118.3 KB'],
    [999_949, '999.9 KB'],
    [999_999, '1 MB'],
    [1_234_567_890, '1.2 GB'],
    [5e15, '5000 TB'],
  ];
  for (const [bytes, text] of cases) assert.equal(sizeText(bytes), text);
});

test('spans are said in the unit that people would use', () => {
  const cases: [string, string][] = [
    ['', ''],
    ['-1', ''],
    ['nonsense', ''],
    ['0.000000', '0 s'],
    ['0.000000001', '1 ns'],
    ['0.000000840', '840 ns'],
    ['0.000042', '42 µs'],
    ['0.000842', '0.842 ms'],
    ['0.403607', '404 ms'],
    ['0.9999', '1 s'],
    ['1.5', '1.5 s'],
    ['119', '119 s'],
    ['120', '2 min 00 s'],
    ['3599.4', '59 min 59 s'],
    ['3599.9', '1 h 00 min'],
    ['7500', '2 h 05 min'],
    ['172800', '2 d 0 h'],
    ['95000000', '1,099 d 12 h'],
  ];
  for (const [seconds, text] of cases) assert.equal(spanText(seconds), text, seconds);
});

test('a share is 100 % only when all is there', () => {
  assert.equal(shareText(0, 10), '0 %');
  assert.equal(shareText(9_999, 10_000), '99 %');
  assert.equal(shareText(10_000, 10_000), '100 %');
  assert.equal(shareText(0, 0), '100 %');
});
