import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ChosenRows } from '../../src/webview/capture/chosenRows.js';
import {
  countRows,
  isSelected,
  noRows,
  oneRow,
  rowsBetween,
  withToggled,
  withinRows,
} from '../../src/webview/capture/rowSelection.js';

test('toggling rows is the same as toggling them in a set', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40)), (rows) => {
      const set = new Set<number>();
      let selection = noRows;
      for (const row of rows) {
        if (!set.delete(row)) set.add(row);
        selection = withToggled(selection, row);
      }
      assert.equal(countRows(selection), set.size);
      for (let row = 0; row <= 41; row++)
        assert.equal(isSelected(selection, row), set.has(row), `row ${row}`);
      for (const [index, { first, last }] of selection.entries()) {
        assert.ok(first <= last);
        const before = selection[index - 1];
        assert.ok(!before || before.last + 1 < first, 'ranges that touch are one');
      }
    }),
  );
});

test('ten million rows are one range', () => {
  const all = rowsBetween(9_999_999, 0);
  assert.deepEqual(all, [{ first: 0, last: 9_999_999 }]);
  assert.equal(countRows(all), 10_000_000);
  assert.equal(countRows(withToggled(all, 5_000_000)), 9_999_999);
  assert.deepEqual(withinRows(all, 10), [{ first: 0, last: 9 }]);
  assert.deepEqual(withinRows(oneRow(10), 10), []);
  assert.deepEqual(oneRow(-1), noRows);
});

test('Shift selects from the row chosen before, however often', () => {
  const chosen = new ChosenRows();
  chosen.choose(10, 'only');
  chosen.choose(14, 'extend');
  assert.deepEqual(chosen.selection, [{ first: 10, last: 14 }]);
  chosen.choose(7, 'extend');
  assert.deepEqual(chosen.selection, [{ first: 7, last: 10 }]);
  assert.equal(chosen.row, 7);
  chosen.choose(20, 'toggle');
  chosen.choose(22, 'extend');
  assert.deepEqual(chosen.selection, [{ first: 20, last: 22 }]);
  chosen.choose(21, 'focus');
  assert.equal(countRows(chosen.selection), 3);
});

test('the packet that was chosen is not forgotten while another stands for it', () => {
  const chosen = new ChosenRows();
  chosen.choose(4, 'only');
  chosen.name(5);
  chosen.carry(0);
  chosen.name(9);
  assert.deepEqual([chosen.row, chosen.number, chosen.packet], [0, 9, 5]);
  chosen.choose(1, 'only');
  chosen.name(11);
  assert.equal(chosen.packet, 11);
});
