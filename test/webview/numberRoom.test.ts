import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnWidth, usualColumns } from '../../src/webview/capture/columns.js';
import { NumberRoom } from '../../src/webview/capture/numberRoom.js';

const usual = columnWidth({ id: 'number', kind: 'number' }, {});

test('the column of numbers has room for the largest one', () => {
  const room = new NumberRoom(() => 10);
  assert.equal(room.widths(usualColumns, {}, 9)['number'], usual);
  const large = room.widths(usualColumns, { time: 50 }, 10_000_000);
  assert.ok((large['number'] ?? 0) > 8 * 10, 'eight digits and what stands beside them');
  assert.equal(large['time'], 50);
  assert.equal(room.widths(usualColumns, {}, 9)['number'], usual);
});

test('a width that was chosen stays, and widths are measured once', () => {
  let asked = 0;
  const room = new NumberRoom(() => {
    asked++;
    return 10;
  });
  assert.deepEqual(room.widths(usualColumns, { number: 40 }, 10_000_000), { number: 40 });
  for (let packets = 1000; packets < 2000; packets++) room.widths(usualColumns, {}, packets);
  assert.equal(asked, 1);
});

test('only what a person has sized is kept', () => {
  const room = new NumberRoom(() => 10);
  const shown = room.widths(usualColumns, {}, 10_000_000);
  assert.deepEqual(room.chosenOf({ ...shown, time: 80 }, shown, {}), { time: 80 });
  assert.deepEqual(room.chosenOf({ ...shown, number: 90 }, shown, {}), { number: 90 });
  const chosen = { number: 90, time: 80 };
  assert.deepEqual(room.chosenOf({ ...chosen, time: 70 }, chosen, chosen), { number: 90, time: 70 });
});

test('without the column of numbers nothing is added', () => {
  const columns = usualColumns.filter(({ kind }) => kind !== 'number');
  assert.deepEqual(new NumberRoom(() => 10).widths(columns, {}, 1e7), {});
});
