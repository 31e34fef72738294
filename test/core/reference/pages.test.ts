/** The reference pages hold all that is declared, and their tables are whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allFields } from '../../../src/core/dissect/field.js';
import { dissectors } from '../../../src/core/dissect/registry.js';
import { messages } from '../../../src/core/monitor/messages/index.js';
import { fieldsPage } from '../../../src/core/reference/fieldsPage.js';
import { cell, prose, table } from '../../../src/core/reference/markdownTable.js';
import { monitorPage } from '../../../src/core/reference/monitorPage.js';

/** The lines of all tables of a page, each split at the bars that are not escaped. */
function tableRows(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(1, -1).split(/(?<!\\)\|/));
}

test('a cell keeps its bars, line breaks and brackets to itself', () => {
  assert.equal(cell(' a|b\nc '), 'a\\|b c');
  assert.equal(prose('<n> of *'), '&lt;n> of \\*');
  assert.equal(table(['a', 'b'], [['1']]), '| a | b |\n| --- | --- |\n| 1 |  |');
});

test('every protocol and every named field is on the page of fields', () => {
  const page = fieldsPage(dissectors);
  for (const dissector of dissectors) {
    assert.ok(page.includes(`(\`${dissector.id}\`)`), dissector.id);
    for (const set of [dissector.fields, dissector.loose ?? {}])
      for (const field of allFields(set))
        assert.ok(page.includes(`| \`${field.name}\` |`) || field.name === '', field.name);
  }
  for (const row of tableRows(page)) assert.equal(row.length, 4, row.join('|'));
});

test('every message is on the page of messages', () => {
  const page = monitorPage(messages);
  for (const row of messages) assert.ok(page.includes(`| \`${row.id}\` |`), row.id);
  for (const row of tableRows(page)) assert.equal(row.length, 4, row.join('|'));
});
