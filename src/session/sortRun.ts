import { roundedSeconds, timeBetween } from '../core/capture/captureTime.js';
import type { ColumnWish } from '../rpc/packetList.js';
import type { CaptureGround } from './captureGround.js';
import { mergeSort } from './mergeSort.js';
import { PacketReader, passChunk } from './packetReader.js';
import type { PacketSet } from './packetSet.js';
import type { RowMaker } from './rowMaker.js';
import type { Job } from './turns.js';

/** Packets read between two looks at the clock. */
const looksAtOnce = 64;
/** So many different texts are held in memory to sort by; more would take too much of it. */
const mostTexts = 2_000_000;
/** Reading takes about this share of the time, sorting the rest. */
const readingShare = 0.8;

export type SortResult = { readonly order: Uint32Array } | { readonly trouble: string };

/** Sorts the packets of a set by a column of the list, in the background. Those that are equal stay in their order. */
export class SortRun implements Job {
  /** How far the sorting is, 0 to 1. */
  share = 0;
  private readonly work: Iterator<undefined, SortResult>;

  constructor(
    set: PacketSet,
    column: ColumnWish,
    descending: boolean,
    rows: RowMaker,
    ground: CaptureGround,
    private readonly hooks: {
      ended(result: SortResult): void;
      /** Told after each slice. */
      went(): void;
    },
  ) {
    this.work = this.sorted(set, column, descending, rows, ground);
  }

  step(until: number): boolean {
    do {
      const { done, value } = this.work.next();
      if (done) {
        this.hooks.ended(value);
        return true;
      }
    } while (performance.now() < until);
    this.hooks.went();
    return false;
  }

  failed(error: unknown): void {
    this.hooks.ended({ trouble: error instanceof Error ? error.message : String(error) });
  }

  private *sorted(
    set: PacketSet,
    column: ColumnWish,
    descending: boolean,
    rows: RowMaker,
    ground: CaptureGround,
  ): Generator<undefined, SortResult> {
    const count = set.size;
    const sign = descending ? -1 : 1;
    const keys = new Float64Array(count);
    const texts = new Map<string, number>();
    const packets = new PacketReader(ground.index, ground.marks, passChunk);
    const index = rows.look.columns.indexOf(column);
    for (let row = 0; row < count; row++) {
      if (row % looksAtOnce === 0) {
        this.share = (row / count) * readingShare;
        yield;
      }
      const number = set.at(row);
      if (column.kind === 'number') keys[row] = number;
      else if (!packets.go(number)) continue;
      else if (column.kind === 'length') keys[row] = packets.record.wire;
      else if (column.kind === 'time') keys[row] = timeKey(packets);
      else {
        const text = rows.cells(packets, number, 0)?.[index] ?? '';
        const known = texts.get(text);
        if (known === undefined && texts.size === mostTexts)
          return {
            trouble: `There are more than ${mostTexts.toLocaleString('en')} different values, too many to sort by. Filter first.`,
          };
        keys[row] = known ?? texts.size;
        if (known === undefined) texts.set(text, texts.size);
      }
    }
    if (texts.size > 0) {
      const list = [...texts.keys()];
      const inOrder = yield* mergeSort(list.length, (a, b) => compareTexts(list[a] ?? '', list[b] ?? ''));
      const ranks = new Uint32Array(list.length);
      inOrder.forEach((text, rank) => (ranks[text] = rank));
      for (let row = 0; row < count; row++) keys[row] = ranks[keys[row] ?? 0] ?? 0;
    }
    this.share = readingShare;
    const order = yield* mergeSort(count, (a, b) => sign * ((keys[a] ?? 0) - (keys[b] ?? 0)));
    return { order: order.map((row) => set.at(row)) };
  }
}

/** Nanoseconds since the first packet; packets without a time come first. */
function timeKey({ record, first }: PacketReader): number {
  if (!record.timed || !first) return -Infinity;
  return roundedSeconds(timeBetween(first, record));
}

const collator = new Intl.Collator('en', { numeric: true });

function compareTexts(a: string, b: string): number {
  return collator.compare(a, b);
}
