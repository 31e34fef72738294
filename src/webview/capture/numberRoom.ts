import { columnWidth, type ListColumn } from './columns.js';

type Widths = Readonly<Record<string, number>>;

/** Pixels beside the digits: the cell's padding and a mark. */
const besideDigits = 34;

/** Keeps the column of packet numbers wide enough for the largest one, where nobody has chosen its width. */
export class NumberRoom {
  #digits = 0;
  #room = 0;

  /** `digitWidth`: pixels that a digit takes in a row; asked for when there are more digits than before. */
  constructor(private readonly digitWidth: () => number) {}

  /** The widths to show: those that were chosen, with that of the numbers. */
  widths(columns: readonly ListColumn[], chosen: Widths, packets: number): Widths {
    const column = columns.find(({ kind }) => kind === 'number');
    if (!column || Object.hasOwn(chosen, column.id)) return chosen;
    const digits = String(packets).length;
    if (digits !== this.#digits) {
      this.#digits = digits;
      this.#room = Math.ceil(digits * this.digitWidth()) + besideDigits;
    }
    return { ...chosen, [column.id]: Math.max(columnWidth(column, {}), this.#room) };
  }

  /** Those of `sized` that a person has chosen, where `shown` were on screen and `chosen` was chosen before. */
  chosenOf(sized: Widths, shown: Widths, chosen: Widths): Widths {
    const isOwn = (id: string): boolean => !Object.hasOwn(chosen, id) && sized[id] === shown[id];
    return Object.fromEntries(Object.entries(sized).filter(([id]) => !isOwn(id)));
  }
}
