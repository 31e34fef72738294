import type { ListRow } from '../../rpc/packetList.js';

/** Rows are asked for in pages: few calls while scrolling, and none larger than a screen or two. */
const pageRows = 128;
/** Some 8,000 rows: several screens either way, whatever the size of the capture. */
const keptPages = 64;
/** Two calls under way keep the worker busy; more would only be stale when they are answered. */
const callsAtOnce = 2;

/** Fetches rows of a list, with the age that the list then had. */
export type FetchRows = (
  first: number,
  count: number,
) => Promise<{ readonly age: number; readonly rows: readonly ListRow[] }>;

interface Page {
  readonly rows: readonly ListRow[];
  /** How many rows the list had when the page was asked for: a short page is worth asking again only when it grew. */
  readonly total: number;
}

/**
 * The rows of one age of a list that were on screen lately. The list says what it shows (`want`); what is missing of
 * that is fetched, the rows on screen first, and what scrolled away meanwhile is never asked for.
 */
export class RowCache {
  /** By page number, the least recently wanted first. */
  readonly #pages = new Map<number, Page>();
  readonly #underWay = new Set<number>();
  /** Who waits for all that is wanted to be here. */
  readonly #waiting: (() => void)[] = [];
  #wanted: readonly number[] = [];
  #total = 0;
  #isClosed = false;

  /**
   * `columns` are the ids of the cells of the rows; `changed` is called when rows came in, `failed` when they could
   * not be had.
   */
  constructor(
    readonly age: number,
    private readonly columns: readonly string[],
    private readonly fetch: FetchRows,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** The row at an index counted from 0, when it is here. */
  row(index: number): ListRow | undefined {
    return this.#pages.get(Math.floor(index / pageRows))?.rows[index % pageRows];
  }

  /** The text of a row in a column; empty when that column was not asked for. */
  cell(row: ListRow, column: string): string {
    return row.cells[this.columns.indexOf(column)] ?? '';
  }

  /** The list now has this many rows. */
  grow(total: number): void {
    this.#total = total;
    this.#ask();
  }

  /** The list shows `count` rows from `first`. */
  want(first: number, count: number): void {
    const from = Math.floor(Math.max(0, first) / pageRows);
    const to = Math.floor(Math.max(0, first + count - 1) / pageRows);
    const pages: number[] = [];
    for (let page = from; page <= to; page++) pages.push(page);
    pages.push(to + 1);
    if (from > 0) pages.push(from - 1);
    this.#wanted = pages;
    for (const number of pages) this.#touch(number);
    this.#ask();
  }

  /** Resolves when nothing that is wanted is missing any more. */
  async settled(): Promise<void> {
    if (this.#underWay.size > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Nothing more is asked for; answers that are still on their way are dropped. */
  close(): void {
    this.#isClosed = true;
    this.#release();
  }

  #touch(number: number): void {
    const page = this.#pages.get(number);
    if (!page) return;
    this.#pages.delete(number);
    this.#pages.set(number, page);
  }

  #isMissing(number: number): boolean {
    const first = number * pageRows;
    if (first >= this.#total || this.#underWay.has(number)) return false;
    const page = this.#pages.get(number);
    return !page || (page.rows.length < Math.min(pageRows, this.#total - first) && page.total < this.#total);
  }

  #ask(): void {
    while (this.#underWay.size < callsAtOnce && !this.#isClosed) {
      const number = this.#wanted.find((page) => this.#isMissing(page));
      if (number === undefined) break;
      void this.#load(number);
    }
    if (this.#underWay.size === 0) this.#release();
  }

  async #load(number: number): Promise<void> {
    const total = this.#total;
    this.#underWay.add(number);
    let rows: readonly ListRow[] = [];
    let isOld = false;
    try {
      const answer = await this.fetch(number * pageRows, pageRows);
      // Rows of another age come with an event that says so; whoever hears it makes a cache for that age.
      isOld = answer.age !== this.age;
      if (!isOld) rows = answer.rows;
    } catch (error) {
      // The page stays empty, and is asked for again only when the list grows or is opened anew.
      if (!this.#isClosed) this.failed(error);
    }
    if (this.#isClosed) return;
    this.#underWay.delete(number);
    if (!isOld || !this.#pages.has(number)) {
      this.#pages.delete(number);
      this.#pages.set(number, { rows, total });
    }
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= keptPages) break;
      this.#pages.delete(oldest);
    }
    this.changed();
    this.#ask();
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
