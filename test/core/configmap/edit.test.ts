/** Edits leave everything but their target byte for byte. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ciliumConfigs } from '../../../src/core/configmap/config.js';
import { ConfigEditor, applyEdits, editsCollide, together } from '../../../src/core/configmap/edit.js';
import type { Edits } from '../../../src/core/configmap/edit.js';
import type { ConfigEntry } from '../../../src/core/configmap/config.js';
import { readYaml } from '../../../src/core/configmap/yaml/file.js';

const head = 'kind: ConfigMap\nmetadata: {name: cilium-config}\n';

/** What an edit makes of the text behind the head; `undefined` when it is refused. */
function edited(
  body: string,
  edit: (editor: ConfigEditor, entry: (key: string) => ConfigEntry) => Edits,
): string | undefined {
  const text = head + body;
  const [config] = ciliumConfigs(readYaml(text));
  assert.ok(config);
  const entry = (key: string): ConfigEntry => {
    const found = config.byKey.get(key);
    assert.ok(found, key);
    return found;
  };
  const edits = edit(new ConfigEditor(config), entry);
  return edits === undefined ? undefined : applyEdits(text, edits).slice(head.length);
}

test('a value keeps its quotes, and gets some where it needs them', () => {
  const set = (line: string, value: string): string | undefined =>
    edited(`data:\n  mtu: ${line}\n`, (editor, entry) => editor.setValue(entry('mtu'), value))?.slice(13, -1);
  assert.equal(set('"1"  # note', '2'), '"2"  # note');
  assert.equal(set("'1'", "it's"), "'it''s'");
  assert.equal(set('auto', 'native'), 'native');
  assert.equal(set('auto', 'true'), '"true"');
  assert.equal(set('auto', 'off'), '"off"');
  assert.equal(set('auto', '10.0.0.0/8'), '"10.0.0.0/8"');
  assert.equal(set('1', '1'), '"1"');
  assert.equal(set('[1, 2]', '3'), '"3"');
  assert.equal(set('|\n    1\n', '2'), '"2"\n');
});

test('a value that is missing is written behind the colon', () => {
  const set = (body: string): string | undefined =>
    edited(body, (editor, entry) => editor.setValue(entry('mtu'), '1'));
  assert.equal(set('data:\n  mtu:\n  x: y\n'), 'data:\n  mtu: "1"\n  x: y\n');
  assert.equal(set('data:\n  mtu: # note\n'), 'data:\n  mtu: "1" # note\n');
  assert.equal(set('data: {mtu: , x: y}\n'), 'data: {mtu: "1" , x: y}\n');
});

test('a pair is added with the indentation, quotes and line ends around it', () => {
  const add = (body: string): string | undefined =>
    edited(body, (editor) => editor.set('debug', 'true', 'mtu'));
  assert.equal(
    add('data:\n  mtu: "1" # note\n  x: y\n'),
    'data:\n  mtu: "1" # note\n  debug: "true"\n  x: y\n',
  );
  assert.equal(add("data:\r\n    'mtu': '1'\r\n"), "data:\r\n    'mtu': '1'\r\n    'debug': 'true'\r\n");
  assert.equal(add('data:\n  mtu: "1"'), 'data:\n  mtu: "1"\n  debug: "true"');
  assert.equal(
    add('data:\n  mtu: |\n    1\n\n  x: y\n'),
    'data:\n  mtu: |\n    1\n  debug: "true"\n\n  x: y\n',
  );
  assert.equal(add('data: {mtu: "1", x: y}\n'), 'data: {mtu: "1", debug: "true", x: y}\n');
  assert.equal(add('data: {"mtu":"1"}\n'), 'data: {"mtu":"1", "debug": "true"}\n');
});

test('a pair is taken out with its line and the comment behind it', () => {
  const remove = (body: string): string | undefined => edited(body, (editor) => editor.removeKey('mtu'));
  assert.equal(remove('data:\n  # above\n  mtu: "1" # note\n  x: y\n'), 'data:\n  # above\n  x: y\n');
  assert.equal(remove('data:\r\n  x: y\r\n  mtu: "1"\r\n'), 'data:\r\n  x: y\r\n');
  assert.equal(remove('data:\n  x: y\n  mtu: "1"'), 'data:\n  x: y\n');
  assert.equal(remove('data:\n  mtu: |\n    1\n    2\n  x: y\n'), 'data:\n  x: y\n');
  assert.equal(remove('data: {mtu: "1", x: y}\n'), 'data: {x: y}\n');
  assert.equal(remove('data: {x: y, mtu: "1"}\n'), 'data: {x: y}\n');
  assert.equal(remove('data: {x: y, mtu: "1", z: z}\n'), 'data: {x: y, z: z}\n');
  assert.equal(remove('data: {mtu: "1"}\n'), 'data: {}\n');
});

test('a key is renamed where it stands', () => {
  const rename = (body: string): string | undefined =>
    edited(body, (editor, entry) => editor.rename(entry('mtu'), 'debug'));
  assert.equal(rename('data:\n  mtu : "1" # mtu\n'), 'data:\n  debug : "1" # mtu\n');
  assert.equal(rename('data:\n  "mtu": "1"\n'), 'data:\n  "debug": "1"\n');
});

test('text that others share is not touched', () => {
  const body = 'common: &c\n  mtu: "1"\ndata:\n  <<: *c\n  x: &v "y"\n  debug: *v\n';
  assert.equal(
    edited(body, (editor) => editor.removeKey('mtu')),
    undefined,
  );
  assert.equal(
    edited(body, (editor, entry) => editor.rename(entry('mtu'), 'a')),
    undefined,
  );
  assert.equal(
    edited(body, (editor, entry) => editor.setValue(entry('debug'), 'a')),
    undefined,
  );
  assert.equal(together([], undefined), undefined);
});

test('edits collide when they want the same place', () => {
  const edit = (start: number, end: number) => [{ range: { start, end }, text: '' }];
  assert.ok(editsCollide(edit(1, 5), edit(4, 6)));
  assert.ok(!editsCollide(edit(1, 5), edit(5, 6)));
  assert.ok(editsCollide(edit(5, 5), edit(5, 5)));
  assert.ok(editsCollide(edit(5, 5), edit(1, 5)));
  assert.ok(!editsCollide(edit(0, 0), edit(1, 5)));
});
