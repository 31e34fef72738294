import { grouped } from '../core/base/words.js';
import { sortOrder, sortTexts, type SortColumn } from '../core/columns/sortOrder.js';
import type { ColumnWish, TimeWish } from '../rpc/packetList.js';
import type { CaptureGround } from './captureGround.js';
import { PacketReader, passChunk } from './packetReader.js';
import { numbersOf, type PacketSet } from './packetSet.js';
import type { RowMaker } from './rowMaker.js';
import { timeBase } from './rowTime.js';
import type { Job } from './turns.js';

/** Packets read between two looks at the clock. */
const looksAtOnce = 64;
/** So many different texts are held in memory to sort by; more would take too much of it. */
const mostTexts = 2_000_000;
/** Where texts are read packet by packet, reading takes about this share of the time, sorting the rest. */
const readingShare = 0.9;

export type SortResult = { readonly order: Uint32Array } | { readonly trouble: string };

/** What is sorted, by which column of the list. */
export interface SortTask {
  readonly set: PacketSet;
  readonly column: ColumnWish;
  readonly descending: boolean;
  readonly rows: RowMaker;
}

/** Sorts the packets of a set by a column of the list, in the background. Those that are equal stay in their order. */
export class SortRun implements Job {
  /** How far the sorting is, 0 to 1. */
  share = 0;
  private readonly work: Iterator<number, SortResult>;

  constructor(
    task: SortTask,
    ground: CaptureGround,
    private readonly hooks: {
      ended(result: SortResult): void;
      /** Told after each slice. */
      went(): void;
    },
  ) {
    this.work = sorted(task, ground);
  }

  step(until: number): boolean {
    do {
      const { done, value } = this.work.next();
      if (done) {
        this.hooks.ended(value);
        return true;
      }
      this.share = value;
    } while (performance.now() < until);
    this.hooks.went();
    return false;
  }

  failed(error: unknown): void {
    this.hooks.ended({ trouble: error instanceof Error ? error.message : String(error) });
  }
}

/** Yields the share that is done, returns the order. */
function* sorted(task: SortTask, ground: CaptureGround): Generator<number, SortResult> {
  const { set, column, descending, rows } = task;
  const numbers = numbersOf(set);
  // A set is in the order of the file.
  if (column.kind === 'number') return { order: descending ? numbers.reverse() : numbers };
  const by = columnOf(column, rows.look.time);
  if (by !== undefined && (yield* columnsReach(numbers.at(-1) ?? 0, ground))) {
    const { columns } = ground.columns;
    const packets = new PacketReader(ground.index, ground.marks);
    const summaryOf = (number: number): PacketReader['summary'] =>
      packets.go(number)
        ? packets.summary
        : { source: '', destination: '', protocol: '', info: '', problem: false };
    if (columns) return { order: yield* sortOrder(columns, numbers, { by, descending, summaryOf }) };
  }
  return yield* sortedByTexts(numbers, task, ground);
}

/** What the columns have that orders packets as a column of the list does. */
function columnOf({ kind }: ColumnWish, time: TimeWish): SortColumn | undefined {
  switch (kind) {
    case 'number':
    case 'length':
    case 'source':
    case 'destination':
    case 'protocol':
      return kind;
    case 'time':
      // The time since the packet before has an order of its own.
      return timeBase(time.form) === 'before' || timeBase(time.form) === 'before-shown' ? undefined : 'time';
    case 'info':
    case 'field':
      return undefined;
  }
}

/** Makes columns as far as a packet, where they may reach that far; true when they do. */
function* columnsReach(number: number, { columns }: CaptureGround): Generator<number, boolean> {
  while (columns.packets < number && columns.canGrow) {
    columns.step(0);
    yield 0;
  }
  return columns.packets >= number && columns.columns !== undefined;
}

/** By what the rows show: read packet by packet. */
function* sortedByTexts(
  numbers: Uint32Array,
  { column, descending, rows }: SortTask,
  { index, marks }: CaptureGround,
): Generator<number, SortResult> {
  const packets = new PacketReader(index, marks, passChunk);
  const place = rows.look.columns.indexOf(column);
  /** One string for all equal ones. */
  const known = new Map<string, string>();
  const texts: string[] = [];
  for (let row = 0; row < numbers.length; row++) {
    if (row % looksAtOnce === 0) yield (readingShare * row) / numbers.length;
    const text = rows.cell(place, packets, numbers[row] ?? 0, numbers[row - 1] ?? 0) ?? '';
    const same = known.get(text);
    texts.push(same ?? text);
    if (same !== undefined) continue;
    if (known.size === mostTexts)
      return {
        trouble: `There are more than ${grouped(mostTexts)} different values, too many to sort by. Show fewer packets with a filter first.`,
      };
    known.set(text, text);
  }
  const sorting = sortTexts(numbers, texts, descending);
  for (;;) {
    const step = sorting.next();
    if (step.done) return { order: step.value };
    yield readingShare + (1 - readingShare) * step.value;
  }
}
