/** Which rows of a list are selected, as ranges: all of ten million rows are one of them. */

/** Rows from `first` to `last`, counted from 0, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** In ascending order, without overlaps. */
export type RowSelection = readonly RowRange[];

export const noRows: RowSelection = [];

/** A selection of one row; of none for a row that is not there. */
export function oneRow(row: number): RowSelection {
  return row < 0 ? noRows : [{ first: row, last: row }];
}

/** The rows between two, both included. */
export function rowsBetween(one: number, other: number): RowSelection {
  return [{ first: Math.min(one, other), last: Math.max(one, other) }];
}

export function isSelected(selection: RowSelection, row: number): boolean {
  return selection.some(({ first, last }) => row >= first && row <= last);
}

export function countRows(selection: RowSelection): number {
  return selection.reduce((count, { first, last }) => count + last - first + 1, 0);
}

/** The selection with a row added, or taken out when it was in it. */
export function withToggled(selection: RowSelection, row: number): RowSelection {
  if (isSelected(selection, row))
    return selection.flatMap(({ first, last }) =>
      row < first || row > last
        ? [{ first, last }]
        : [
            ...(first < row ? [{ first, last: row - 1 }] : []),
            ...(row < last ? [{ first: row + 1, last }] : []),
          ],
    );
  const sorted = [...selection, { first: row, last: row }].sort((a, b) => a.first - b.first);
  const joined: RowRange[] = [];
  for (const range of sorted) {
    const before = joined.at(-1);
    if (before && before.last + 1 >= range.first)
      joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    else joined.push(range);
  }
  return joined;
}

/** The selected ones of a list's first `total` rows. */
export function withinRows(selection: RowSelection, total: number): RowSelection {
  return selection.flatMap(({ first, last }) =>
    first < total ? [{ first, last: Math.min(last, total - 1) }] : [],
  );
}
