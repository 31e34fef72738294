import type { CaptureViewStart, RememberedLook } from '../../rpc/captureView.js';
import type { ColourRule, ListLook, TimeWish } from '../../rpc/packetList.js';
import { columnWishes, readColumns, shownColumns, usualColumns, type ListColumn } from './columns.js';
import { readTime } from './viewState.js';

/** How the list is to look: columns and times as the user has chosen them, colours as the settings say. */
export class Look {
  #columns: readonly ListColumn[];
  #shown: readonly ListColumn[];
  #time: TimeWish;
  #colours: readonly ColourRule[];

  /**
   * `reference` is the packet that times count from, 0 for none. `changed` is called after every change, `remember`
   * with what is to be kept for the workspace.
   */
  constructor(
    start: Pick<CaptureViewStart, 'columns' | 'time' | 'colours'>,
    reference: number,
    private readonly told: {
      readonly changed: () => void;
      readonly remember: (look: RememberedLook) => void;
    },
  ) {
    this.#columns = readColumns(start.columns);
    this.#shown = shownColumns(this.#columns);
    const time = readTime(start.time);
    this.#time = reference > 0 ? { ...time, reference } : usable(time);
    this.#colours = start.colours;
  }

  /** All columns, hidden ones too. */
  get columns(): readonly ListColumn[] {
    return this.#columns;
  }

  get shown(): readonly ListColumn[] {
    return this.#shown;
  }

  get time(): TimeWish {
    return this.#time;
  }

  get colours(): readonly ColourRule[] {
    return this.#colours;
  }

  /** What the session is told. */
  get wish(): ListLook {
    return { columns: columnWishes(this.#columns), time: this.#time, colours: this.#colours };
  }

  setColumns(columns: readonly ListColumn[]): void {
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#shown = shownColumns(columns);
    this.#remember();
    this.told.changed();
  }

  resetColumns(): void {
    this.setColumns(usualColumns);
  }

  /** Takes another form of times; the reference stays when none is given. */
  setTime(time: TimeWish): void {
    const { reference } = { ...this.#time, ...time };
    this.#time = usable({ ...time, ...(reference === undefined ? {} : { reference }) });
    this.#remember();
    this.told.changed();
  }

  /** Times count from a packet; or, when they already do, from the first one again. */
  toggleReference(number: number): void {
    const { form, digits, reference } = this.#time;
    const isOff = form === 'reference' && reference === number;
    const rest = digits === undefined ? {} : { digits };
    this.#time = isOff ? { form: 'relative', ...rest } : { form: 'reference', reference: number, ...rest };
    this.#remember();
    this.told.changed();
  }

  setColours(colours: readonly ColourRule[]): void {
    this.#colours = colours;
    this.told.changed();
  }

  #remember(): void {
    const { form, digits } = this.#time;
    this.told.remember({
      columns: this.#columns,
      time: { form, ...(digits === undefined ? {} : { digits }) },
    });
  }
}

/** Times cannot count from a packet that nobody has named. */
function usable(time: TimeWish): TimeWish {
  return time.form === 'reference' && time.reference === undefined ? { ...time, form: 'relative' } : time;
}
