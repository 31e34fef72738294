/**
 * Where a list of any length stands. A position is the number of the row at the upper edge, counted from 0, with a
 * fraction while a row is partly scrolled out: no element ever is as tall as the list, which browsers cap at some
 * million rows.
 */

/** Pixels. */
export const rowHeight = 22;

/** A thumb can always be grasped. */
const smallestThumb = 20;

/** The last position: the lowest row just fits. `viewRows` is the height of the view in rows, with its fraction. */
export function lastPosition(rows: number, viewRows: number): number {
  return Math.max(0, rows - viewRows);
}

/** `position`, moved to where a list can stand. */
export function clampPosition(position: number, rows: number, viewRows: number): number {
  return Number.isFinite(position) ? Math.min(lastPosition(rows, viewRows), Math.max(0, position)) : 0;
}

/** The position nearest to `position` that shows all of `row`. */
export function revealPosition(row: number, position: number, viewRows: number): number {
  if (row < position || viewRows < 1) return row;
  return row + 1 > position + viewRows ? row + 1 - viewRows : position;
}

/** The position that shows `row` in the middle, or `position` when the row is already on screen. */
export function centrePosition(row: number, position: number, viewRows: number): number {
  if (row >= position && row + 1 <= position + viewRows) return position;
  return row - (viewRows - 1) / 2;
}

export interface Thumb {
  /** Pixels from the upper end of the track. */
  readonly top: number;
  readonly height: number;
}

/** The thumb for a position; nothing when all rows are on screen. */
export function thumbAt(position: number, rows: number, viewRows: number, track: number): Thumb | undefined {
  const last = lastPosition(rows, viewRows);
  if (last <= 0 || track <= 0) return undefined;
  const height = Math.min(track, Math.max(smallestThumb, (track * viewRows) / rows));
  return { top: (position / last) * (track - height), height };
}

/** The position for a thumb that was dragged to `top`. Both ends of the track are both ends of the list. */
export function positionAtThumb(top: number, rows: number, viewRows: number, track: number): number {
  const thumb = thumbAt(0, rows, viewRows, track);
  if (!thumb || track <= thumb.height) return 0;
  return clampPosition((top / (track - thumb.height)) * lastPosition(rows, viewRows), rows, viewRows);
}

/** Pixels from the upper end of the track to a tick for a row: in the middle of the thumb that has the row in the middle. */
export function tickAt(row: number, rows: number, viewRows: number, track: number): number {
  const position = clampPosition(row - (viewRows - 1) / 2, rows, viewRows);
  const thumb = thumbAt(position, rows, viewRows, track);
  if (!thumb) return 0;
  const within = viewRows > 0 ? (row + 0.5 - position) / viewRows : 0.5;
  return Math.round(thumb.top + within * thumb.height - 1);
}
