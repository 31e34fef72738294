import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  columnTitle,
  columnWishes,
  fieldColumnId,
  readColumns,
  shownColumns,
  usualColumns,
  withField,
  withHidden,
  withMoved,
  withTitle,
  withoutColumn,
} from '../../src/webview/capture/columns.js';

const ids = (columns: typeof usualColumns) => columns.map(({ id }) => id);

test("the usual columns are Wireshark's", () => {
  assert.deepEqual(usualColumns.map(columnTitle), [
    'No.',
    'Time',
    'Source',
    'Destination',
    'Protocol',
    'Length',
    'Info',
  ]);
});

test('a field becomes a column before Info, once', () => {
  const columns = withField(usualColumns, 'ip.ttl');
  assert.deepEqual(ids(columns).slice(-3), ['length', fieldColumnId('ip.ttl'), 'info']);
  assert.equal(columnTitle(columns.at(-2) ?? { id: '', kind: 'info' }), 'ip.ttl');
  assert.deepEqual(withField(columns, 'ip.ttl'), columns);
  const hidden = withHidden(columns, fieldColumnId('ip.ttl'), true);
  assert.equal(shownColumns(hidden).length, 7);
  assert.deepEqual(withField(hidden, 'ip.ttl'), columns);
  assert.deepEqual(columnWishes(columns)[6], { id: fieldColumnId('ip.ttl'), kind: 'field', field: 'ip.ttl' });
});

test('moving takes the place of the other column, either way', () => {
  assert.deepEqual(ids(withMoved(usualColumns, 'time', 'source')).slice(0, 3), ['number', 'source', 'time']);
  assert.deepEqual(ids(withMoved(usualColumns, 'info', 'number')).slice(0, 2), ['info', 'number']);
  assert.equal(withMoved(usualColumns, 'info', 'nothing'), usualColumns);
});

test('usual columns are hidden, those of fields go, and one is always shown', () => {
  const without = withoutColumn(usualColumns, 'length');
  assert.equal(shownColumns(without).length, 6);
  assert.equal(without.length, 7);
  const field = withField(usualColumns, 'ip.ttl');
  assert.deepEqual(ids(withoutColumn(field, fieldColumnId('ip.ttl'))), ids(usualColumns));
  let columns = usualColumns;
  for (const id of ids(usualColumns)) columns = withoutColumn(columns, id);
  assert.equal(shownColumns(columns).length, 1);
});

test('a name is kept until it is taken back', () => {
  const named = withTitle(usualColumns, 'length', ' Size ');
  assert.equal(columnTitle(named[5] ?? { id: '', kind: 'info' }), 'Size');
  assert.deepEqual(withTitle(named, 'length', ''), usualColumns);
  assert.deepEqual(withTitle(named, 'length', 'Length'), usualColumns);
});

test('columns come back out of storage as they went in', () => {
  const columns = withTitle(
    withHidden(withField(withMoved(usualColumns, 'info', 'time'), 'ip.ttl#2'), 'length', true),
    'time',
    'When',
  );
  assert.deepEqual(readColumns(JSON.parse(JSON.stringify(columns))), columns);
});

test('whatever is stored gives columns that can be shown', () => {
  const column = fc.record(
    {
      id: fc.string(),
      kind: fc.constantFrom('time', 'field', 'info', 'number', 'odd'),
      field: fc.oneof(fc.string(), fc.integer()),
      hidden: fc.oneof(fc.boolean(), fc.string()),
      title: fc.oneof(fc.string(), fc.integer()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(fc.oneof(column, fc.anything()))), (stored) => {
      const columns = readColumns(stored);
      assert.ok(shownColumns(columns).length > 0);
      assert.equal(new Set(ids(columns)).size, columns.length);
      for (const { id } of usualColumns) assert.ok(ids(columns).includes(id), `${id} can be had again`);
      for (const { kind, field } of columns) assert.equal(kind === 'field', field !== undefined);
    }),
  );
});
