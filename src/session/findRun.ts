import type { FindReply } from '../rpc/packetList.js';
import type { Job } from './turns.js';

/** Rows that a search backwards takes at once: files are read forwards. */
const blockRows = 512;
/** Rows looked at between two looks at the clock. */
const looksAtOnce = 16;

/** What a search is about. */
export interface FindWish {
  /** Rows there are to look at. */
  readonly size: number;
  /** The row to begin at, which is looked at last; outside of the list: at its start or end. */
  readonly from: number;
  readonly backwards: boolean;
  /** Whether a row is one that is looked for. */
  test(row: number): boolean;
  /** The number of the packet in a row. */
  numberAt(row: number): number;
}

/** Goes through the rows of a list until one is found, round the end of the list when need be. */
export class FindRun implements Job {
  private readonly search: Iterator<undefined, number>;
  private looks = 0;
  private isOver = false;

  constructor(
    private readonly wish: FindWish,
    private readonly hooks: {
      ended(reply: FindReply): void;
      failed(error: unknown): void;
      /** Told after each slice how far the search is, 0 to 1. */
      went(share: number): void;
    },
  ) {
    this.search = wish.backwards ? searchBackwards(wish) : searchForwards(wish);
  }

  step(until: number): boolean {
    for (;;) {
      const { done, value } = this.search.next();
      if (done) {
        this.end(value < 0 ? {} : this.hit(value));
        return true;
      }
      if (++this.looks % looksAtOnce === 0 && performance.now() >= until) break;
    }
    this.hooks.went(this.looks / this.wish.size);
    return false;
  }

  /** Ends the search without a result, unless it has one. */
  stop(): void {
    this.end({ stopped: true });
  }

  failed(error: unknown): void {
    this.isOver = true;
    this.hooks.failed(error);
  }

  private end(reply: FindReply): void {
    if (!this.isOver) this.hooks.ended(reply);
    this.isOver = true;
  }

  private hit(row: number): FindReply {
    const { from, backwards } = this.wish;
    return { row, number: this.wish.numberAt(row), wrapped: backwards ? row >= from : row <= from };
  }
}

/** Yields after each look, returns the row that was found or -1. */
function* searchForwards(wish: FindWish): Generator<undefined, number> {
  const { size, from } = wish;
  const first = Math.min(Math.max(-1, from), size - 1) + 1;
  for (let looked = 0; looked < size; looked++) {
    const row = (first + looked) % size;
    if (wish.test(row)) return row;
    yield;
  }
  return -1;
}

function* searchBackwards(wish: FindWish): Generator<undefined, number> {
  const { size, from } = wish;
  const last = Math.min(Math.max(0, from), size);
  for (const [lowest, highest] of [
    [0, last],
    [last, size],
  ] as const)
    for (let end = highest; end > lowest; end -= blockRows) {
      let found = -1;
      for (let row = Math.max(lowest, end - blockRows); row < end; row++) {
        if (wish.test(row)) found = row;
        yield;
      }
      if (found >= 0) return found;
    }
  return -1;
}
