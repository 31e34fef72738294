import type { FilterMistake, ListId, ListLook, ListRow, ListState } from '../rpc/packetList.js';
import type { Marks } from './marks.js';
import type { PacketReader } from './packetReader.js';
import { rowIn, type PacketSet } from './packetSet.js';
import { RowMaker, type LookTrouble } from './rowMaker.js';

/** More rows than any screen shows; a call for more is cut to this. */
const mostRows = 5000;
/** Milliseconds between two `list` events of a list. */
const tellInterval = 100;

/** What a list needs of its session. */
export interface ListSurroundings {
  readonly packets: PacketReader;
  readonly marks: Marks;
  readonly all: PacketSet;
  tell(state: ListState): void;
}

/** The list of one view: which packets it shows, in what order, and how they look. */
export class PacketList {
  private readonly rowMaker: RowMaker;
  private age = 0;
  private readonly shown: PacketSet;
  private lastTold = 0;

  constructor(
    readonly id: ListId,
    private readonly surroundings: ListSurroundings,
  ) {
    this.rowMaker = new RowMaker(surroundings.marks);
    this.shown = surroundings.all;
  }

  get state(): ListState {
    const packets = this.surroundings.all.size;
    return {
      list: this.id,
      age: this.age,
      filter: '',
      sort: undefined,
      shown: this.shown.size,
      examined: packets,
      packets,
      phase: 'ready',
    };
  }

  look(look: ListLook): readonly LookTrouble[] {
    this.age++;
    return this.rowMaker.use(look);
  }

  filter(text: string): readonly FilterMistake[] {
    return text.trim() === '' ? [] : [{ start: 0, end: text.length, message: 'Filters are not there yet.' }];
  }

  sort(): void {
    // The order of the file is all there is.
  }

  rows(first: number, count: number): readonly ListRow[] {
    const rows: ListRow[] = [];
    const end = Math.min(this.shown.size, first + Math.min(count, mostRows));
    for (let at = Math.max(0, first); at < end; at++) {
      const row = this.rowMaker.row(this.surroundings.packets, this.shown.at(at), this.shown.at(at - 1));
      if (row === undefined) break;
      rows.push(row);
    }
    return rows;
  }

  /** The numbers of the packets shown, in the order of the rows. */
  *numbers(): Generator<number> {
    for (let row = 0; row < this.shown.size; row++) yield this.shown.at(row);
  }

  /** The row of a packet, or of the next that is shown, else the last; -1 in an empty list. */
  rowOf(number: number): number {
    return Math.min(this.shown.rowFrom(number), this.shown.size - 1);
  }

  /** The marked packet after or before a packet, the other way round the ends of the list when there is none. */
  nextMark(
    number: number,
    backwards: boolean,
  ): { readonly row: number; readonly number: number } | undefined {
    const here: { row: number; number: number }[] = [];
    for (const marked of this.surroundings.marks.numbers()) {
      const row = rowIn(this.shown, marked);
      if (row >= 0) here.push({ row, number: marked });
    }
    return backwards
      ? (here.findLast((mark) => mark.number < number) ?? here.at(-1))
      : (here.find((mark) => mark.number > number) ?? here[0]);
  }

  /** Rows that were given out are no longer what they were. */
  renew(): void {
    this.age++;
    this.tell();
  }

  /** Tells the view how the list stands, unless it was told a moment ago and can wait. */
  tell({ soon = false } = {}): void {
    const now = performance.now();
    if (soon && now - this.lastTold < tellInterval) return;
    this.lastTold = now;
    this.surroundings.tell(this.state);
  }
}
