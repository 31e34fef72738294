/** What the product says about the example: the README walks a newcomer through exactly this. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { lint } from '../../src/core/configmap/lint.js';
import { MonitorReader } from '../../src/core/monitor/reader.js';

const folder = path.resolve(import.meta.dirname, '../../examples/native-routing');
const textOf = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

const findings: Readonly<Record<string, readonly string[]>> = {
  'cilium-config-1.11-before.yaml': [],
  'cilium-config-1.11-after.yaml': ['info native-routing-cidr-deprecated'],
  'cilium-config-1.19-before.yaml': [],
  'cilium-config-1.19-after.yaml': [],
  'cilium-config-1.15-wrong-on-purpose.yaml': [
    'error tunnel-key-removed',
    'error native-routing-cidr-removed',
    'error auto-direct-with-tunnel',
  ],
};

for (const [file, expected] of Object.entries(findings)) {
  test(`${file}: ${expected.length === 0 ? 'nothing to say' : expected.join(', ')}`, () => {
    const found = lint(textOf(file)).findings;
    assert.deepEqual(
      found.map(({ severity, rule }) => `${severity} ${rule}`),
      expected,
    );
  });
}

test('one fix makes the wrong file right', () => {
  const text = textOf('cilium-config-1.15-wrong-on-purpose.yaml');
  const migration = lint(text).findings[0]?.fixes.find(({ title }) => title.startsWith('Migrate'));
  assert.ok(migration);
  const fixed = [...migration.edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((left, { range, text: put }) => left.slice(0, range.start) + put + left.slice(range.end), text);
  assert.match(fixed, /^ {2}routing-mode: "?native"?$/m);
  assert.match(fixed, /^ {2}ipv4-native-routing-cidr: "10\.0\.0\.0\/16"$/m);
  assert.deepEqual(lint(fixed).findings, []);
});

test('every line of the log is understood, and the two packets are two events', () => {
  const reader = new MonitorReader();
  const lines = textOf('pod1.text')
    .trimEnd()
    .split('\n')
    .map((line) => reader.next(line));
  assert.deepEqual(
    lines.filter(({ line }) => line.kind === 'unknown').map(({ number }) => number),
    [],
  );
  const eventOf = (type: string): number | undefined => lines.find(({ line }) => line.type === type)?.event;
  for (const [type, headers] of [
    ['to-endpoint', [5, 6, 7, 8]],
    ['to-network', [16, 17, 18, 19]],
  ] as const) {
    const event = eventOf(type);
    assert.ok(event !== undefined, type);
    const together = lines.filter((line) => line.event === event && line.line.type !== type);
    assert.deepEqual(
      together.map(({ number }) => number),
      headers,
    );
  }
});
