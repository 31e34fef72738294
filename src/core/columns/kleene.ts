/** Logic with a third value, for what is not known: what must hold whatever the unknown is. */

/** Numbers, because there is one for every packet of a capture. */
export const verdict = { no: 0, yes: 1, unknown: 2 } as const;
const { no, yes, unknown } = verdict;

/** A connective as a table: its values for `3 * left + right`. */
export type Connective = Uint8Array;

const connective = (of: (left: number, right: number) => number): Connective =>
  Uint8Array.from({ length: 9 }, (_, index) => of(Math.floor(index / 3), index % 3));

export const connectives = {
  and: connective((left, right) =>
    left === no || right === no ? no : left === yes && right === yes ? yes : unknown,
  ),
  or: connective((left, right) =>
    left === yes || right === yes ? yes : left === no && right === no ? no : unknown,
  ),
  xor: connective((left, right) =>
    left === unknown || right === unknown ? unknown : left === right ? no : yes,
  ),
} as const;

export function opposite(value: number): number {
  return value === unknown ? unknown : yes - value;
}
