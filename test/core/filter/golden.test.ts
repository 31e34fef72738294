/**
 * Display filters find the packets that tshark finds, and are refused where tshark refuses them. The goldens are
 * tshark's: test/golden/makeFilters.ts
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter } from '../../../src/core/filter/displayFilter.js';
import { filterGroups } from '../../golden/filterCases.js';
import { filterGolden } from '../../golden/filters.js';
import { packetsOf } from './packets.js';

/** Times without a zone are on the clock of the machine. */
process.env['TZ'] = 'UTC';

for (const [capture, golden] of Object.entries(filterGolden)) {
  test(`${capture}: ${Object.keys(golden).length} filters`, () => {
    const compiled = Object.keys(golden).map((text) => ({
      text,
      result: compileFilter(text),
      numbers: [] as number[],
    }));
    for (const { walk, facts } of packetsOf(capture))
      for (const { result, numbers } of compiled)
        if ('filter' in result && result.filter.matches(walk, facts)) numbers.push(facts.number);
    const differences = compiled.flatMap(({ text, result, numbers }) => {
      const ours = 'filter' in result ? numbers.join() : `refused: ${result.mistakes[0]?.message ?? ''}`;
      const theirs = golden[text]?.join() ?? 'refused';
      const same = theirs === 'refused' ? ours.startsWith('refused') : ours === theirs;
      return same ? [] : [`${text}\n  tshark: ${theirs}\n  ours:   ${ours}`];
    });
    assert.equal(differences.join('\n'), '');
  });
}

test('there are goldens for all filters', () => {
  const missing = filterGroups.flatMap(({ captures, filters }) =>
    captures.flatMap((capture) =>
      filters
        .filter((text) => filterGolden[capture]?.[text] === undefined)
        .map((text) => `${capture}: ${text}`),
    ),
  );
  assert.deepEqual(missing, []);
});
