import type { CaptureTime } from '../core/capture/captureTime.js';
import type { ColumnWish, ListLook, ListRow, TimeWish } from '../rpc/packetList.js';
import type { Marks } from './marks.js';
import type { PacketReader } from './packetReader.js';
import { rowTimeText, timeBase } from './rowTime.js';

/** What cannot be used of a look, and why. */
export interface LookTrouble {
  readonly what: 'column' | 'colour';
  readonly index: number;
  readonly message: string;
}

/** The text of a column for the packet at hand. */
type Cell = (packet: PacketReader) => string;

/** How lists look until their view says otherwise: as a new Wireshark. */
export const usualLook: ListLook = {
  columns: (['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const).map(
    (kind) => ({
      id: kind,
      kind,
    }),
  ),
  time: { form: 'relative' },
  colours: [],
};

/** Makes the rows of a list as its look asks. */
export class RowMaker {
  look: ListLook = usualLook;
  private cells: readonly Cell[];
  /** The moment that times count from, of the packet at hand. */
  private base: CaptureTime | undefined;

  constructor(private readonly marks: Marks) {
    this.cells = usualLook.columns.map((column) => this.cellOf(column));
  }

  /** Takes a look; what cannot be used of it stays empty. */
  use(look: ListLook): readonly LookTrouble[] {
    const troubles: LookTrouble[] = [];
    this.look = look;
    this.cells = look.columns.map((column) => this.cellOf(column));
    return troubles;
  }

  /** The row of a packet. `shownBefore` is the number of the packet in the row above, 0 for none. */
  row(packets: PacketReader, number: number, shownBefore: number): ListRow | undefined {
    const { time } = this.look;
    // Whoever is in another place goes first; from there to the packet itself it may be one hop.
    const other = this.otherBase(packets, time, shownBefore);
    if (!packets.go(number)) return undefined;
    this.base = timeBase(time.form) === 'before' ? packets.before : (other ?? packets.first);
    const { record } = packets;
    const problem = packets.summary.problem || record.flaw !== '';
    return {
      number,
      cells: this.cells.map((cell) => cell(packets)),
      ...(this.marks.has(number) ? { marked: true } : {}),
      ...(packets.comments.length > 0 ? { commented: true } : {}),
      ...(problem ? { problem: true } : {}),
    };
  }

  private otherBase(packets: PacketReader, { form, reference }: TimeWish, shownBefore: number) {
    const base = timeBase(form);
    const number = base === 'before-shown' ? shownBefore : base === 'reference' ? (reference ?? 0) : 0;
    return number > 0 ? packets.timeOf(number) : undefined;
  }

  private cellOf({ kind }: ColumnWish): Cell {
    switch (kind) {
      case 'number':
        return ({ number }) => number.toString();
      case 'time':
        return ({ record }) => (record.timed ? rowTimeText(record, this.base, this.look.time) : '');
      case 'source':
      case 'destination':
      case 'protocol':
      case 'info':
        return ({ summary }) => summary[kind];
      case 'length':
        return ({ record }) => record.wire.toString();
      case 'field':
        return () => '';
    }
  }
}
