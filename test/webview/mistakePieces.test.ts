import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mistakePieces } from '../../src/webview/capture/mistakePieces.js';

/** Pieces as one text, the wrong ones in brackets. */
function marked(text: string, ...places: readonly (readonly [start: number, end: number])[]): string {
  const mistakes = places.map(([start, end]) => ({ start, end, message: 'wrong' }));
  return mistakePieces(text, mistakes)
    .map(({ text, wrong }) => (wrong ? `[${text}]` : text))
    .join('');
}

test('mistakes are cut out where they stand', () => {
  assert.equal(marked('ip.foo == 1'), 'ip.foo == 1');
  assert.equal(marked('ip.foo == 1', [0, 6]), '[ip.foo] == 1');
  assert.equal(marked('ip.foo == x', [10, 11], [0, 6]), '[ip.foo] == [x]');
  assert.equal(marked('abcdef', [1, 4], [3, 5]), 'a[bcd][e]f');
});

test('a mistake without width has something to underline', () => {
  assert.equal(marked('a == b', [2, 2]), 'a [=]= b');
  assert.equal(marked('a ==', [4, 4]), 'a ==[ ]');
  assert.equal(marked('', [0, 0]), '[ ]');
});

test('places that are not in the text do no harm', () => {
  assert.equal(marked('abc', [-5, 1]), '[a]bc');
  assert.equal(marked('abc', [-5, -3]), '[a]bc');
  assert.equal(marked('', [-1, 0]), '[ ]');
  assert.equal(marked('abc', [2, 99]), 'ab[c]');
  assert.equal(marked('abc', [50, 99]), 'abc[ ]');
  assert.equal(marked('abc', [2, 1]), 'ab[c]');
});

test('the pieces are the text, whatever the mistakes', () => {
  const place = fc.record({ start: fc.integer({ min: -3, max: 30 }), end: fc.integer({ min: -3, max: 30 }) });
  fc.assert(
    fc.property(fc.string({ maxLength: 25 }), fc.array(place), (text, places) => {
      const pieces = mistakePieces(
        text,
        places.map((at) => ({ ...at, message: '' })),
      );
      const joined = pieces.map((piece) => piece.text).join('');
      assert.ok(joined === text || joined === `${text} `);
      assert.ok(pieces.every((piece) => piece.text !== ''));
      if (places.length > 0) assert.ok(pieces.some((piece) => piece.wrong));
    }),
  );
});
