import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  centrePosition,
  clampPosition,
  lastPosition,
  positionAtThumb,
  revealPosition,
  thumbAt,
} from '../../src/webview/capture/scrollGeometry.js';

const rows = fc.integer({ min: 1, max: 100_000_000 });
const viewRows = fc.double({ min: 1, max: 200, noNaN: true });
const track = fc.integer({ min: 30, max: 3000 });

test('both ends of the track are both ends of the list', () => {
  fc.assert(
    fc.property(rows, viewRows, track, (rows, view, track) => {
      const thumb = thumbAt(0, rows, view, track);
      if (!thumb) {
        assert.ok(rows <= view);
        return;
      }
      assert.equal(thumb.top, 0);
      assert.equal(positionAtThumb(-50, rows, view, track), 0);
      assert.equal(positionAtThumb(track, rows, view, track), lastPosition(rows, view));
      const end = thumbAt(lastPosition(rows, view), rows, view, track);
      assert.ok(end && Math.abs(end.top + end.height - track) < 0.001);
      assert.ok(end.height >= Math.min(20, track));
    }),
  );
});

test('a thumb dragged to where it stands leaves the list where it stands', () => {
  fc.assert(
    fc.property(
      rows,
      viewRows,
      track,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, view, track, at) => {
        const position = at * lastPosition(rows, view);
        const thumb = thumbAt(position, rows, view, track);
        if (!thumb || thumb.height >= track) return;
        const back = positionAtThumb(thumb.top, rows, view, track);
        assert.ok(Math.abs(back - position) <= rows * 1e-9 + 1e-6, `${back} for ${position}`);
      },
    ),
  );
});

test('revealing shows all of a row and moves no further than needed', () => {
  fc.assert(
    fc.property(
      rows,
      viewRows,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (rows, view, at, pick) => {
        const position = at * lastPosition(rows, view);
        const row = pick % rows;
        const moved = revealPosition(row, position, view);
        assert.ok(row >= moved - 1e-6 && row + 1 <= moved + view + 1e-6);
        const wasShown = row >= position && row + 1 <= position + view;
        if (wasShown) assert.equal(moved, position);
      },
    ),
  );
});

test('a row that is out of sight is shown in the middle', () => {
  assert.equal(centrePosition(5000, 0, 21), 4990);
  assert.equal(centrePosition(10, 0, 21), 0);
});

test('a position that is no number is the first', () => {
  assert.equal(clampPosition(Number.NaN, 100, 10), 0);
  assert.equal(clampPosition(-5, 100, 10), 0);
  assert.equal(clampPosition(95, 100, 10), 90);
  assert.equal(clampPosition(3, 5, 10), 0);
});
