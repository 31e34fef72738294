import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareNatural, ranksOf } from '../../../src/core/columns/naturalOrder.js';
import { radixOrder, SortKeys } from '../../../src/core/columns/radixOrder.js';
import { type SortColumn, sortOrder, sortTexts } from '../../../src/core/columns/sortOrder.js';
import { Decoder, type PacketSummary } from '../../../src/core/dissect/decoder.js';
import { corpus, type CorpusCapture } from './corpus.js';

/** Runs to the end; the shares must rise. */
function finish(work: Generator<number, Uint32Array>): number[] {
  let before = 0;
  for (;;) {
    const step = work.next();
    if (step.done) return [...step.value];
    assert.ok(step.value >= before && step.value <= 1, `share ${step.value} after ${before}`);
    before = step.value;
  }
}

test('numbers, addresses and words stand in the order people expect', () => {
  const ordered = [
    '-3',
    '0',
    '7',
    '0x10',
    '17.5',
    '100',
    '9.9.9.9',
    '10.0.0.9',
    '10.0.0.85',
    '192.168.1.1',
    '::1',
    '2001:db8::1',
    '2001:db8:0:1::',
    'fe80::1',
    'ff02::fb',
    '01:00:5e:00:00:fb',
    'ARP',
    'eth2',
    'eth10',
    'TCP',
    'udp',
    '',
  ];
  assert.deepEqual([...ordered].reverse().sort(compareNatural), ordered);
  assert.deepEqual(
    ordered.map((text) => ranksOf(ordered).get(text)),
    ordered.map((_, at) => at),
  );
});

test('a radix sort is a stable sort', () => {
  const key = fc.oneof(fc.nat(5), fc.nat(), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), fc.boolean(), (values, descending) => {
      const keys = new SortKeys(values.length);
      values.forEach((value, at) => {
        keys.set(at, value);
      });
      if (descending) keys.reverse();
      const numbers = Uint32Array.from(values, (_, at) => 1000 + at);
      const sign = descending ? -1 : 1;
      const expected = [...numbers].sort(
        (left, right) => sign * ((values[left - 1000] ?? 0) - (values[right - 1000] ?? 0)),
      );
      assert.deepEqual(finish(radixOrder(numbers, keys)), expected);
    }),
    { numRuns: 500 },
  );
});

test('what is in order or the other way round keeps its equal ones as they are', () => {
  for (const [values, expected] of [
    [
      [1, 1, 2, 2 ** 40, 2 ** 40],
      [0, 1, 2, 3, 4],
    ],
    [
      [2 ** 40, 7, 7, 7, 3, 0, 0],
      [5, 6, 4, 1, 2, 3, 0],
    ],
  ] as const) {
    const keys = new SortKeys(values.length);
    values.forEach((value, at) => {
      keys.set(at, value);
    });
    assert.deepEqual(finish(radixOrder(Uint32Array.from(values.keys()), keys)), expected);
  }
});

test('texts are sorted by their natural order, equal ones as they were', () => {
  const numbers = Uint32Array.of(4, 8, 15, 16, 23);
  const texts = ['b', '10', 'a', '9', 'a'];
  assert.deepEqual(finish(sortTexts(numbers, texts, false)), [16, 8, 15, 23, 4]);
  assert.deepEqual(finish(sortTexts(numbers, texts, true)), [4, 15, 23, 8, 16]);
});

const decoder = new Decoder();
const summaryOf =
  ({ packetsOf }: CorpusCapture) =>
  (number: number): PacketSummary => {
    const packet = packetsOf[number - 1];
    assert.ok(packet);
    return decoder.summary(decoder.walk(packet.bytes, packet.linkType, packet.wire, packet.seconds));
  };

test('the columns order the packets of the corpus as their texts do', () => {
  for (const capture of corpus()) {
    const { columns, index, name } = capture;
    const look = summaryOf(capture);
    const numbers = Uint32Array.from({ length: index.packets }, (_, at) => at + 1);
    const value: Record<SortColumn, (number: number) => string> = {
      number: String,
      time: (number) => {
        const time = columns.time.at(number - 1);
        return Number.isNaN(time) ? '' : String(time);
      },
      length: (number) => String(capture.packetsOf[number - 1]?.wire),
      source: (number) => look(number).source,
      destination: (number) => look(number).destination,
      protocol: (number) => look(number).protocol,
    };
    for (const by of ['number', 'time', 'length', 'source', 'destination', 'protocol'] as const)
      for (const descending of [false, true]) {
        const texts = [...numbers].map(value[by]);
        const sign = descending ? -1 : 1;
        const expected = [...numbers].sort(
          (left, right) => sign * compareNatural(texts[left - 1] ?? '', texts[right - 1] ?? ''),
        );
        const order = finish(sortOrder(columns, numbers, { by, descending, summaryOf: look }));
        assert.deepEqual(order, expected, `${name} by ${by}`);
      }
  }
});
