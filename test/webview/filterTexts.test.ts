import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListState } from '../../src/rpc/packetList.js';
import { bytePattern } from '../../src/webview/capture/bytePattern.js';
import { shortCount, shownText } from '../../src/webview/capture/shownText.js';

test('bytes are read as people write them', () => {
  for (const text of [
    '0a000055',
    '0A 00 00 55',
    '0a:00:00:55',
    '0a-00-00-55',
    '0x0a, 0x00, 0x00, 0x55',
    '"\\x0a\\x00\\x00\\x55"',
    '0a00.0055',
  ])
    assert.equal(bytePattern(text), '0a000055', text);
  for (const text of ['', '  ', '0', '0a0', '0g', 'get', '0a 00 5'])
    assert.equal(bytePattern(text), undefined, text);
  assert.equal(bytePattern('00'.repeat(100_000) + 'x'), undefined);
});

test('counts are as long as they can be read', () => {
  assert.deepEqual([0, 1204, 999_999, 1_000_000, 3_249_999, 10_000_000].map(shortCount), [
    '0',
    '1,204',
    '999,999',
    '1 M',
    '3.2 M',
    '10 M',
  ]);
});

test('the chip says how the list stands', () => {
  const state: ListState = {
    list: 1,
    age: 0,
    filter: 'tcp',
    sort: undefined,
    shown: 1,
    examined: 1,
    packets: 1,
    phase: 'ready',
  };
  assert.equal(shownText(undefined), undefined);
  assert.equal(shownText({ ...state, filter: '' }), undefined);
  assert.deepEqual(shownText(state), { text: '1 of 1 packet', short: '1' });
  assert.deepEqual(shownText({ ...state, phase: 'filtering', shown: 0, examined: 0, packets: 0 }), {
    text: '0 of 0 looked at, 0 shown',
    short: '100 %',
    share: 0,
  });
  assert.deepEqual(shownText({ ...state, filter: '', phase: 'sorting' }), {
    text: 'Sorting, 0 %',
    short: '0 %',
    share: 0,
  });
  assert.deepEqual(
    shownText({ ...state, shown: 12_345, examined: 2_000_000, packets: 8_000_000, stopped: true }),
    {
      text: '12,345 shown, stopped after 2 M of 8 M',
      short: '12,345',
    },
  );
});
