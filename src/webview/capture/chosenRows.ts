import { noRows, oneRow, rowsBetween, withToggled, type RowSelection } from './rowSelection.js';

/**
 * How a person chooses a row: it alone, it too (or no longer), all from the one chosen before, or only to have the
 * keyboard there.
 */
export type Choice = 'only' | 'toggle' | 'extend' | 'focus';

/** The row of a list that has the keyboard's focus, and the rows that are selected. */
export class ChosenRows {
  /** The row with the focus, counted from 0; -1 when none. */
  row = -1;
  /** Its packet; 0 when none, or not known yet. */
  number = 0;
  /**
   * The packet that the user chose last: changes of the list look for this one, even where it was not shown
   * meanwhile and another row had to stand for it. 0 while it is not known.
   */
  packet = 0;
  selection: RowSelection = noRows;
  /** Where a selection of several rows begins. */
  #pivot = -1;

  /** The user chooses a row. */
  choose(row: number, choice: Choice): void {
    if (choice === 'only') this.selection = oneRow(row);
    else if (choice === 'toggle') this.selection = withToggled(this.selection, row);
    else if (choice === 'extend') this.selection = rowsBetween(this.#pivot < 0 ? row : this.#pivot, row);
    if (choice !== 'extend' || this.#pivot < 0) this.#pivot = row;
    this.row = row;
    this.number = 0;
    this.packet = 0;
  }

  /** The chosen packet, or the one that stands for it, is in another row now; -1 when it is in none. */
  carry(row: number): void {
    this.row = row;
    this.#pivot = row;
    this.selection = oneRow(row);
  }

  /** The packet of the row with the focus is known. */
  name(number: number): void {
    this.number = number;
    if (this.packet === 0) this.packet = number;
  }
}
