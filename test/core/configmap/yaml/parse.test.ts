/** Places of keys and values, and how texts are read that are not as they should be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitDocuments } from '../../../../src/core/configmap/yaml/documents.js';
import { longestText, readYaml } from '../../../../src/core/configmap/yaml/file.js';
import { resolved, valueOf } from '../../../../src/core/configmap/yaml/node.js';
import type { YamlNode } from '../../../../src/core/configmap/yaml/node.js';
import { isTemplated, paintOverTemplates } from '../../../../src/core/configmap/yaml/templates.js';

function rootOf(text: string): YamlNode | undefined {
  return readYaml(text).documents[0]?.root;
}

function sourceOf(text: string, key: string): string {
  const node = valueOf(rootOf(text), key);
  assert.ok(node, `${key} is there`);
  return text.slice(node.range.start, node.range.end);
}

test('a value has the place of its text, with quotes', () => {
  assert.equal(sourceOf('a: "x # y"  # note\n', 'a'), '"x # y"');
  assert.equal(sourceOf("a: 'it''s'\n", 'a'), "'it''s'");
  assert.equal(sourceOf('a: plain text # note\n', 'a'), 'plain text');
  assert.equal(sourceOf('a: {b: [1, 2]}\n', 'a'), '{b: [1, 2]}');
  assert.equal(sourceOf('a: [b, c] # ]\nd: e\n', 'a'), '[b, c]');
  assert.equal(sourceOf('a: |\n  one\n  two\n\nb: c\n', 'a'), '|\n  one\n  two');
  assert.equal(sourceOf('a: >- # note\n  one\nb: c\n', 'a'), '>- # note\n  one');
  assert.equal(sourceOf('\uFEFFa: "b"\r\nc: d\r\n', 'a'), '"b"');
});

test('a value that is not written stands behind the colon', () => {
  const text = 'a:\nb: c\n';
  const node = valueOf(rootOf(text), 'a');
  assert.deepEqual(node?.range, { start: 2, end: 2 });
  const flow = '{a: , b: c}';
  assert.deepEqual(valueOf(rootOf(flow), 'a')?.range, { start: 3, end: 3 });
});

test('plain scalars are what YAML 1.1 readers take them for', () => {
  const kinds = (text: string): string => {
    const node = resolved(rootOf(text));
    assert.equal(node?.type, 'scalar');
    return node.kind;
  };
  for (const text of ['true', 'Yes', 'off', 'n']) assert.equal(kinds(text), 'boolean', text);
  for (const text of ['1', '0777', '1_000', '0x1f', '1e3', '1.5', '-3'])
    assert.equal(kinds(text), 'number', text);
  for (const text of ['~', 'null', 'Null']) assert.equal(kinds(text), 'null', text);
  for (const text of ['1:30', '10.0.0.0/8', '5m0s', '"true"', "'1'", '!!str 1', 'truely', '1.2.3']) {
    assert.equal(kinds(text), 'string', text);
  }
});

test('aliases stand for their anchors without copies', () => {
  const root = rootOf('a: &x {b: "c"}\nd: *x\ne: *nothing\n');
  assert.equal(resolved(valueOf(root, 'd')), resolved(valueOf(root, 'a')));
  assert.equal(resolved(valueOf(root, 'e')), undefined);
  // Nine times nine times nine …: only the written nodes are held.
  const names = 'abcdefghijklmnopqrst'.split('');
  const lines = names.map((name, at) => {
    const inner = at === 0 ? '"x"' : Array.from({ length: 9 }, () => `*${names[at - 1] ?? ''}`).join(',');
    return `${name}: &${name} [${inner}]`;
  });
  assert.equal(resolved(valueOf(rootOf(lines.join('\n')), 't'))?.type, 'sequence');
});

test('what is broken is named with its place, and the other documents are read', () => {
  const text = 'a: "b\n---\nc: d\n---\ne:\n\tf: g\n';
  const { documents } = readYaml(text);
  assert.equal(documents.length, 3);
  assert.equal(documents[0]?.problem?.kind, 'syntax');
  assert.ok(valueOf(documents[1]?.root, 'c'));
  assert.equal(documents[2]?.problem?.kind, 'tab');
  assert.equal(text[documents[2].problem.at], '\t');
});

test('text in brackets and quotes may stand at the left, as kubectl allows', () => {
  const text = 'data: {\n"a": "b",\n"c": "d"\n}\nnote: "one\ntwo"\n';
  const root = rootOf(text);
  assert.equal(sourceOf(text, 'data'), '{\n"a": "b",\n"c": "d"\n}');
  const note = resolved(valueOf(root, 'note'));
  assert.equal(note?.type === 'scalar' ? note.value : '', 'one two');
});

test('documents are cut at their markers', () => {
  const pieces = (text: string): string[] =>
    splitDocuments(text).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(pieces('a: 1\n---\nb: 2\n'), ['a: 1\n', '---\nb: 2\n']);
  assert.deepEqual(pieces('# note\n%YAML 1.2\n---\na: 1\n...\n# end\n'), [
    '# note\n%YAML 1.2\n---\na: 1\n...\n',
    '# end\n',
  ]);
  assert.deepEqual(pieces('---\r\na: |\r\n  ---\r\n--- b\r\n'), ['---\r\na: |\r\n  ---\r\n', '--- b\r\n']);
  assert.deepEqual(pieces('---a: 1\n----\n'), ['---a: 1\n----\n']);
});

test('documents together are the text, whatever it is', () => {
  const line = fc.constantFrom('---', '...', '--- a', 'a: b', '# c', '%YAML 1.2', '', '  - d', '\t', '"');
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, lineBreak) => {
      const text = lines.join(lineBreak);
      const pieces = splitDocuments(text);
      assert.equal(pieces.map(({ start, end }) => text.slice(start, end)).join(''), text);
    }),
  );
});

test('template actions are painted over without moving anything', () => {
  const text = '{{- if .Values.a }}\nb: {{ .c | default "d" }}\n  {{ end }}\r\ne: f\n';
  const painted = paintOverTemplates(text);
  assert.equal(painted.length, text.length);
  assert.match(painted, /^#\s+\nb: _+\n#\s+\r\ne: f\n$/);
  for (const templated of ['{{ x }}', '${X}', '$(X)', '__POD_CIDR__', '@CIDR@', '{% x %}']) {
    assert.ok(isTemplated(templated), templated);
  }
  for (const written of ['10.0.0.0/8', '{"a":1}', 'a_b__c', 'user@host', '$5', '__init__']) {
    assert.ok(!isTemplated(written), written);
  }
});

test('texts beyond the bounds are not read, and it is said', () => {
  const kind = (text: string): string | undefined => readYaml(text).documents[0]?.problem?.kind;
  assert.equal(kind(' '.repeat(longestText + 1)), 'too-large');
  assert.equal(kind(`a: ${'x'.repeat(5 << 20)}`), 'too-large');
  assert.equal(kind('['.repeat(10_000)), 'too-deep');
  assert.equal(kind('- '.repeat(10_000)), 'too-deep');
  const many = readYaml('---\na: 1\n'.repeat(6_000)).documents;
  assert.equal(many.at(-1)?.problem?.kind, 'too-large');
  assert.ok(many[4_000]?.root);
});

test('every node of any text has a place inside it', () => {
  const word = fc.constantFrom(
    'a',
    '"b c"',
    "'d'",
    '|',
    '>',
    '&x',
    '*x',
    '!!str',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '- ',
    '? ',
    '<<',
    '#',
    '\n',
    '\n  ',
    '\r\n',
    '\t',
    '---\n',
    ' ',
    '\u{1F600}',
    '\0',
  );
  const check = (node: YamlNode | undefined, length: number): void => {
    if (node === undefined) return;
    assert.ok(node.range.start >= 0 && node.range.start <= node.range.end && node.range.end <= length);
    if (node.type === 'sequence')
      node.items.forEach((item) => {
        check(item, length);
      });
    if (node.type === 'mapping') {
      node.entries.forEach(({ key, value }) => {
        check(key, length);
        check(value, length);
      });
    }
  };
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const text = words.join('');
      for (const { root } of readYaml(text).documents) check(root, text.length);
    }),
    { numRuns: 2_000 },
  );
});
