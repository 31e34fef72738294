/** The pattern by which VS Code knows a log before the extension is awake. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { isForeign } from '../../../src/core/monitor/detect.js';
import { layers, messages } from '../../../src/core/monitor/messages/index.js';

const manifest = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
) as { contributes: { languages: readonly { id: string; firstLine?: string }[] } };
const language = manifest.contributes.languages.find(({ id }) => id === 'cilium-monitor');
const firstLine = new RegExp(language?.firstLine ?? '$^');

describe('first line', () => {
  const kinds = new Set(['debug', 'drop', 'trace', 'policy-verdict', 'l7', 'sock-trace', 'recorder', 'lost']);
  const examples = [
    ...messages.filter(({ kind }) => kinds.has(kind)).flatMap((row) => row.examples),
    // Deeper layers do not begin a log.
    ...layers
      .filter(({ name }) => ['Ethernet', 'IPv4', 'IPv6'].includes(name))
      .flatMap((row) => row.examples),
  ];

  test('every event is known, with a time or a pod in front, too', () => {
    assert.ok(examples.length > 200);
    for (const { line } of examples) {
      // The oldest wording does not even name the CPU.
      if (/^Lost \d/.test(line)) continue;
      for (const prefix of [
        '',
        '2024-06-10T17:27:28.2Z ',
        '[2018-09-27 16:19:38] ',
        'cilium-x2f9 cilium-agent ',
      ])
        assert.match(`${prefix}${line}`, firstLine);
    }
  });

  for (const line of [
    'Listening for events on 2 CPUs with 64x4096 of shared memory',
    'Press Ctrl-C to quit',
    '-'.repeat(78),
    'level=info msg="Initializing dissection cache..." subsys=monitor',
    'time=2025-01-01T00:00:00Z level=info source=a.go:12 msg="Initializing dissection cache..."',
    'Defaulted container "cilium-agent" out of: cilium-agent, config (init), mount-cgroup (init)',
    '$ kubectl -n kube-system exec -it cilium-x2f9 -- cilium-dbg monitor -vv',
    'root@node-1:/home/cilium# cilium monitor',
    '# cilium monitor --type drop | tee drops.text',
  ])
    test(line, () => {
      assert.match(line, firstLine);
      assert.equal(isForeign([line]), line.includes('cilium monitor') || line.includes('cilium-dbg'));
    });

  for (const line of [
    'Monitor lines of cilium are explained below.',
    'Run cilium monitoring first',
    'CPU 01: 40 % busy',
    '-- ',
    '{"type":"object","properties":{}}',
    'IPv4 addresses {see below}',
    'level=info msg="Starting up"',
    'drop (x)',
  ])
    test(`not: ${line}`, () => {
      assert.doesNotMatch(line, firstLine);
    });

  test('takes no time to speak of on a line that is made to hurt', () => {
    for (const text of ['a '.repeat(500), ' '.repeat(1000), '-'.repeat(1000), 'cilium '.repeat(140)]) {
      const start = performance.now();
      firstLine.test(text);
      assert.ok(performance.now() - start < 50);
    }
  });
});

describe('a text that only sounds like a log', () => {
  test('is foreign when nothing of it is of the monitor', () => {
    assert.ok(isForeign(['Size: 27 inch', '', 'Price: to be found out']));
    assert.ok(!isForeign([]));
    assert.ok(!isForeign(['', '  ']));
    assert.ok(!isForeign(['some words', 'CPU 01: Lost 3 events']));
    assert.ok(!isForeign(['some words', '>> Policy updated: {"revision":3}']));
    assert.ok(isForeign(['some words', '{"type":"trace"}', '-'.repeat(78)]));
  });
});
