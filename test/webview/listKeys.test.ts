import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listMove, type ListPlace } from '../../src/webview/capture/listKeys.js';

const place: ListPlace = { row: 50, last: 99, page: 20, column: -1, columns: 7 };

function press(
  key: string,
  held: Partial<Record<'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey', boolean>> = {},
) {
  return { key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...held };
}

const row = (row: number, choice: 'only' | 'extend' = 'only') => ({ what: 'row', row, choice });

test('arrows, pages and ends move within the list', () => {
  assert.deepEqual(listMove(press('ArrowDown'), place), row(51));
  assert.deepEqual(listMove(press('PageUp'), place), row(30));
  assert.deepEqual(listMove(press('End'), place), row(99));
  assert.deepEqual(listMove(press('Home', { ctrlKey: true }), place), row(0));
  assert.deepEqual(listMove(press('PageDown'), { ...place, row: 95 }), row(99));
  assert.deepEqual(listMove(press('ArrowDown'), { ...place, row: -1 }), row(0));
  assert.equal(listMove(press('ArrowDown'), { ...place, row: -1, last: -1 }), undefined);
});

test('with Shift the rows on the way are selected, with Ctrl one more', () => {
  assert.deepEqual(listMove(press('ArrowUp', { shiftKey: true }), place), row(49, 'extend'));
  assert.deepEqual(listMove(press('End', { shiftKey: true }), place), row(99, 'extend'));
  assert.deepEqual(listMove(press('a', { ctrlKey: true }), place), { what: 'all' });
  assert.deepEqual(listMove(press(' ', { metaKey: true }), place), {
    what: 'row',
    row: 50,
    choice: 'toggle',
  });
});

test('cells of a row are reached by arrows and left by Escape', () => {
  assert.deepEqual(listMove(press('ArrowRight'), place), { what: 'column', column: 0 });
  assert.deepEqual(listMove(press('ArrowRight'), { ...place, column: 6 }), { what: 'column', column: 6 });
  assert.deepEqual(listMove(press('ArrowLeft'), { ...place, column: 0 }), { what: 'column', column: -1 });
  assert.deepEqual(listMove(press('Escape'), { ...place, column: 3 }), { what: 'column', column: -1 });
  assert.deepEqual(listMove(press('Escape'), place), row(50));
});

test('matches, the filter and the tree have a key each; keys of the workbench are left alone', () => {
  assert.deepEqual(listMove(press('n'), place), { what: 'find', by: 1 });
  assert.deepEqual(listMove(press('N', { shiftKey: true }), place), { what: 'find', by: -1 });
  assert.deepEqual(listMove(press('p'), place), { what: 'find', by: -1 });
  assert.deepEqual(listMove(press('/'), place), { what: 'filter' });
  assert.deepEqual(listMove(press('Enter'), place), { what: 'tree' });
  for (const key of ['ArrowDown', 'g', 'f', 'm'])
    assert.equal(listMove(press(key, { ctrlKey: true }), place), undefined, key);
  assert.equal(listMove(press('ArrowDown', { altKey: true }), place), undefined);
  assert.equal(listMove(press('F6'), place), undefined);
  assert.equal(listMove(press('constructor'), place), undefined);
});
