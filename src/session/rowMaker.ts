import type { CaptureTime } from '../core/capture/captureTime.js';
import { compileFilter, type DisplayFilter } from '../core/filter/displayFilter.js';
import { fieldReader } from '../core/filter/fieldReader.js';
import type { ColumnWish, ListLook, ListRow, TimeWish } from '../rpc/packetList.js';
import type { PacketReader } from './packetReader.js';
import { rowTimeText, timeBase } from './rowTime.js';

/** What cannot be used of a look, and why. */
export interface LookTrouble {
  readonly what: 'column' | 'colour';
  readonly index: number;
  readonly message: string;
}

/** The text of a column for the packet at hand; `base` is the moment that its time counts from. */
type Cell = (packets: PacketReader, base: CaptureTime | undefined) => string;

/** How lists look until their view says otherwise: as a new Wireshark. */
export const usualLook: ListLook = {
  columns: (['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const).map(
    (kind) => ({ id: kind, kind }),
  ),
  time: { form: 'relative' },
  colours: [],
};

/** Makes the rows of a list as its look asks. A maker does not change: a new look gets a new one. */
export class RowMaker {
  /** What of the look cannot be used. Such columns are empty, such rules colour nothing. */
  readonly troubles: readonly LookTrouble[];
  private readonly cellMakers: readonly Cell[];
  /** The filters of the colour rules; `undefined` where a rule cannot be used. */
  private readonly rules: readonly (DisplayFilter | undefined)[];

  constructor(readonly look: ListLook) {
    const troubles: LookTrouble[] = [];
    this.cellMakers = look.columns.map((column, index) => {
      const made = cellMaker(column, look.time);
      if (typeof made === 'function') return made;
      troubles.push({ what: 'column', index, ...made });
      return () => '';
    });
    this.rules = look.colours.map(({ filter }, index) => {
      const result = compileFilter(filter);
      if ('filter' in result) return result.filter;
      troubles.push({ what: 'colour', index, message: result.mistakes[0]?.message ?? '' });
      return undefined;
    });
    this.troubles = troubles;
  }

  /** The row of a packet. `shownBefore` is the number of the packet in the row above, 0 for none. */
  row(packets: PacketReader, number: number, shownBefore: number): ListRow | undefined {
    const cells = this.cells(packets, number, shownBefore);
    if (!cells) return undefined;
    const { walk, facts, record } = packets;
    const rule = this.rules.findIndex((filter) => filter?.matches(walk, facts));
    const problem = packets.summary.problem || record.flaw !== '';
    return {
      number,
      cells,
      ...(rule >= 0 ? { rule } : {}),
      ...(facts.marked ? { marked: true } : {}),
      ...(packets.hasComment ? { commented: true } : {}),
      ...(problem ? { problem: true } : {}),
    };
  }

  /** The texts of a row; makes its packet the one at hand. */
  cells(packets: PacketReader, number: number, shownBefore: number): string[] | undefined {
    const since = this.goTo(packets, number, shownBefore);
    return since && this.cellMakers.map((cell) => cell(packets, since.base));
  }

  /** One of them, by the place of its column. */
  cell(place: number, packets: PacketReader, number: number, shownBefore: number): string | undefined {
    const since = this.goTo(packets, number, shownBefore);
    return since && this.cellMakers[place]?.(packets, since.base);
  }

  /** Makes a packet the one at hand and tells what its time counts from; `undefined` when it cannot be read. */
  private goTo(
    packets: PacketReader,
    number: number,
    shownBefore: number,
  ): { base: CaptureTime | undefined } | undefined {
    const { time } = this.look;
    // Whoever is in another place goes first; from there to the packet itself it may be one hop.
    const other = otherBase(packets, time, shownBefore);
    if (!packets.go(number)) return undefined;
    const base = timeBase(time.form);
    return { base: base === 'before' ? packets.before : base === 'first' ? packets.first : other };
  }
}

/** The time of the packet that times count from, where that is neither the first nor the one before in the file. */
function otherBase(packets: PacketReader, { form, reference }: TimeWish, shownBefore: number) {
  const base = timeBase(form);
  const number = base === 'before-shown' ? shownBefore : base === 'reference' ? (reference ?? 1) : 0;
  return number > 0 ? packets.timeOf(number) : undefined;
}

function cellMaker({ kind, field = '' }: ColumnWish, time: TimeWish): Cell | { readonly message: string } {
  switch (kind) {
    case 'number':
      return ({ number }) => number.toString();
    case 'time':
      return ({ record }, base) => (record.timed ? rowTimeText(record, base, time) : '');
    case 'source':
    case 'destination':
    case 'protocol':
    case 'info':
      return ({ summary }) => summary[kind];
    case 'length':
      return ({ record }) => record.wire.toString();
    case 'field':
      return fieldCell(field);
  }
}

/** `ip.ttl`: all values of a packet; `ip.ttl#2`: the second. */
function fieldCell(field: string): Cell | { readonly message: string } {
  const reader = fieldReader(field);
  if ('message' in reader) return { message: reader.message };
  return ({ walk, facts }) => reader.read(walk, facts).join(',');
}
