import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readColourRules } from '../../../src/extension/captures/colourRules.js';
import { rowTints } from '../../../src/rpc/packetList.js';

/** Puts values in as VS Code does. */
function say(text: string, ...values: (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));
}

test('rules are taken in their order, those switched off are left out', () => {
  const read = readColourRules(
    [
      { name: 'Resets', filter: 'tcp.flags.reset == 1', colour: 'red', enabled: true },
      { name: 'Off', filter: 'arp', colour: 'blue', enabled: false },
      { name: ' ', filter: 'dns', colour: 'green' },
    ],
    say,
  );
  assert.deepEqual(read, {
    colours: [
      { name: 'Resets', filter: 'tcp.flags.reset == 1', tint: 'red' },
      { name: 'dns', filter: 'dns', tint: 'green' },
    ],
    mistakes: [],
  });
});

test('a rule that is none is named by its place, and the others still count', () => {
  const read = readColourRules(
    [
      'tcp',
      { name: 'No filter', colour: 'red' },
      { name: 'Odd', filter: 'udp', colour: 'beige' },
      { name: 'UDP', filter: 'udp', colour: 'blue' },
    ],
    say,
  );
  assert.deepEqual(
    read.colours.map(({ name }) => name),
    ['UDP'],
  );
  assert.equal(read.mistakes.length, 3);
  assert.match(read.mistakes[0] ?? '', /rule 1 /);
  assert.match(read.mistakes[1] ?? '', /rule 2 has no display filter/);
  assert.match(read.mistakes[2] ?? '', /rule 3 .*red, orange, .*grey/);
});

test('no setting means no rules; something else than a list is said to be that', () => {
  assert.deepEqual(readColourRules(undefined, say), { colours: [], mistakes: [] });
  assert.deepEqual(readColourRules({ filter: 'tcp' }, say).mistakes, ['The colour rules are not a list.']);
});

test('more rules than are of use are left out, and that is said', () => {
  const rules = Array.from({ length: 150 }, () => ({ name: 'n', filter: 'tcp', colour: 'red' }));
  const { colours, mistakes } = readColourRules(rules, say);
  assert.equal(colours.length, 100);
  assert.deepEqual(mistakes, ['There are 150 colour rules; those after the first 100 are left out.']);
});

test('whatever the setting holds, what comes out can be used', () => {
  const rule = fc.record(
    {
      name: fc.anything(),
      filter: fc.anything(),
      colour: fc.constantFrom(...rowTints, 'x', 3),
      enabled: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(fc.oneof(rule, fc.anything()))), (value) => {
      const { colours, mistakes } = readColourRules(value, say);
      for (const { name, filter, tint } of colours) {
        assert.ok(typeof name === 'string' && name !== '');
        assert.ok(typeof filter === 'string' && filter.trim() !== '');
        assert.ok(rowTints.includes(tint));
      }
      const given = Array.isArray(value) ? value.length : 1;
      assert.ok(colours.length + mistakes.length <= given + 1);
    }),
  );
});
