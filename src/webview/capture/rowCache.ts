import type { PacketRow } from '../../rpc/capture.js';

/** Rows are asked for in pages: few calls while scrolling, and none larger than a screen or two. */
const pageRows = 128;
/** Some 8,000 rows: several screens either way, whatever the size of the capture. */
const keptPages = 64;
/** Two calls under way keep the worker busy; more would only be stale when they are answered. */
const callsAtOnce = 2;

interface Page {
  rows: readonly PacketRow[];
  /** How many rows the list had when the page was asked for: a short page is worth asking again only when it grew. */
  total: number;
}

/**
 * The rows that were on screen lately. The list says what it shows (`want`); what is missing of that is fetched, the
 * rows on screen first, and what scrolled away meanwhile is never asked for.
 */
export class RowCache {
  readonly #fetch: (first: number, count: number) => Promise<readonly PacketRow[]>;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  /** By page number, the least recently wanted first. */
  #pages = new Map<number, Page>();
  #underWay = new Set<number>();
  #wanted: readonly number[] = [];
  #total = 0;
  /** Grows when the cache is emptied, so that late answers to the old capture are known. */
  #age = 0;

  /** `changed` is called when rows came in, `failed` when they could not be had. */
  constructor(
    fetch: (first: number, count: number) => Promise<readonly PacketRow[]>,
    changed: () => void,
    failed: (error: unknown) => void,
  ) {
    this.#fetch = fetch;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** The row at an index counted from 0, when it is here. */
  row(index: number): PacketRow | undefined {
    return this.#pages.get(Math.floor(index / pageRows))?.rows[index % pageRows];
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

  /** Forgets everything; answers that are still on their way are dropped. */
  clear(): void {
    this.#age++;
    this.#pages.clear();
    this.#underWay.clear();
    this.#wanted = [];
    this.#total = 0;
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
    while (this.#underWay.size < callsAtOnce) {
      const number = this.#wanted.find((page) => this.#isMissing(page));
      if (number === undefined) return;
      void this.#load(number);
    }
  }

  async #load(number: number): Promise<void> {
    const age = this.#age;
    const total = this.#total;
    this.#underWay.add(number);
    let rows: readonly PacketRow[] = [];
    try {
      rows = await this.#fetch(number * pageRows, pageRows);
    } catch (error) {
      // The page stays empty, and is asked for again only when the list grows or is opened anew.
      if (age === this.#age) this.#failed(error);
    }
    if (age !== this.#age) return;
    this.#underWay.delete(number);
    this.#pages.delete(number);
    this.#pages.set(number, { rows, total });
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= keptPages) break;
      this.#pages.delete(oldest);
    }
    this.#changed();
    this.#ask();
  }
}
