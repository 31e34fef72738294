/** What the columns say of a filter is never other than what the filter says of the packet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frameColumns } from '../../../src/core/columns/frameTest.js';
import { allFrameFields } from '../../../src/core/frame/frameFields.js';
import { pcapFile } from '../capture/build.js';
import { compare, filterOf, prepare, type Tally } from './agreement.js';
import { corpus } from './corpus.js';
import { flagsTests, flowTests, frameTests, otherTests } from './filters.js';

const captures = corpus();
const all = captures.reduce((sum, { columns }) => sum + columns.packets, 0);
const odd = captures.reduce((sum, { columns }) => {
  for (let row = 0; row < columns.packets; row++) if (columns.flow.at(row) === 0) sum++;
  return sum;
}, 0);
const untimed = captures.reduce((sum, { columns }) => {
  for (let row = 0; row < columns.packets; row++) if (Number.isNaN(columns.time.at(row))) sum++;
  return sum;
}, 0);

/** The tallies of a filter over all captures, summed up. */
function overCorpus(text: string): Tally {
  const filter = filterOf(text);
  const sum = { packets: 0, passed: 0, open: 0 };
  for (const capture of captures) {
    const { packets, passed, open } = compare(capture, filter);
    sum.packets += packets;
    sum.passed += passed;
    sum.open += open;
  }
  return sum;
}

test('most packets of the corpus belong to a flow', () => {
  assert.ok(all > 3000);
  // Flows follow no GTP, GRE, IGMP, OSPF or STP, of which the fixtures have more than networks do.
  assert.ok(odd < 0.25 * all, `${odd} of ${all} packets are odd`);
});

test('every column about the frame is one of its fields', () => {
  const names = new Set(allFrameFields.map(({ name }) => name));
  assert.deepEqual(
    [...frameColumns.keys()].filter((name) => !names.has(name)),
    [],
  );
});

for (const text of [...flowTests, ...flagsTests])
  test(`answered for all packets with a flow: ${text}`, () => {
    const { passed, open } = overCorpus(text);
    assert.equal(open, odd);
    if (!text.includes('#2 ==') && !text.includes('.ae') && text !== 'ieee8021ad.id')
      assert.ok(passed > 0 || text === 'cilium.identity == 2', 'some packet passes');
  });

for (const text of frameTests)
  test(`answered for all packets with a time: ${text}`, () => {
    // A packet after one without a time has no span since that one.
    const { open } = overCorpus(text);
    assert.ok(open <= (text.includes('time') ? untimed + captures.length : 0));
  });

for (const text of otherTests)
  test(`left open where the columns do not tell: ${text}`, () => {
    assert.ok(overCorpus(text).open > 0);
  });

const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...flowTests) },
  { weight: 2, arbitrary: fc.constantFrom(...flagsTests) },
  { weight: 2, arbitrary: fc.constantFrom(...frameTests) },
  { weight: 2, arbitrary: fc.constantFrom(...otherTests) },
);
const { tree: filterText } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('tree'), fc.constantFrom('&&', '||', '^^'), tie('tree'))
      .map(([left, sign, right]) => `(${left}) ${sign} (${right})`),
    tie('tree').map((of) => `!(${of})`),
  ),
}));

test('filters put together in every way', () => {
  fc.assert(
    fc.property(filterText, fc.constantFrom(...captures), (text, capture) => {
      compare(capture, filterOf(text));
    }),
    { numRuns: 600, seed: 1 },
  );
});

/** Packets of the corpus by link type, to be damaged. */
const packets = new Map<number, { readonly bytes: Uint8Array; readonly wire: number }[]>();
for (const { packetsOf } of captures)
  for (const { linkType, bytes, wire } of packetsOf)
    packets.set(linkType, [...(packets.get(linkType) ?? []), { bytes, wire }]);

test('packets with changed bytes and cut short', () => {
  const damage = fc.record({
    pick: fc.nat(),
    changes: fc.array(
      fc.tuple(fc.nat(90), fc.oneof(fc.nat(255), fc.constantFrom(0, 4, 6, 17, 41, 69, 96, 255))),
      {
        maxLength: 3,
      },
    ),
    keep: fc.option(fc.nat(120)),
    wire: fc.option(fc.nat(400)),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...packets.keys()),
      fc.array(damage, { minLength: 5, maxLength: 40 }),
      filterText,
      (linkType, damages, text) => {
        const from = packets.get(linkType) ?? [];
        const built = damages.map(({ pick, changes, keep, wire }, at) => {
          const original = from[pick % from.length];
          const data = Uint8Array.from(original?.bytes.subarray(0, keep ?? undefined) ?? []);
          for (const [place, value] of changes) if (place < data.length) data[place] = value;
          return { seconds: 1_600_000_000 + at, fraction: 17 * at, data, wire: wire ?? original?.wire ?? 0 };
        });
        compare(prepare('damaged', pcapFile(built, { linkType })), filterOf(text));
      },
    ),
    { numRuns: 1500, seed: 2 },
  );
});
