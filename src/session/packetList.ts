import { compileFilter } from '../core/filter/displayFilter.js';
import type {
  FilterMistake,
  FindOrder,
  FindReply,
  ListId,
  ListLook,
  ListRow,
  ListSort,
  ListState,
} from '../rpc/packetList.js';
import type { CaptureGround } from './captureGround.js';
import { FilterRun } from './filterRun.js';
import { FindRun } from './findRun.js';
import { findTest } from './findTest.js';
import type { PacketReader } from './packetReader.js';
import type { PacketSet } from './packetSet.js';
import { RowMaker, usualLook, type LookTrouble } from './rowMaker.js';
import { RowOrder } from './rowOrder.js';
import { SortRun } from './sortRun.js';
import type { SessionSurroundings } from './surroundings.js';
import type { Turns } from './turns.js';

/** More rows than any screen shows; a call for more is cut to this. */
const mostRows = 5000;
/** Milliseconds between two events of a kind. */
const tellInterval = 100;
/** Up to so many rows, a list is sorted anew by itself when packets have come in; sorting more would be noticed. */
const resortedRows = 200_000;

/** What a list needs of its session. */
export interface ListSurroundings extends CaptureGround {
  /** Reads packets for answers that are waited for. */
  readonly packets: PacketReader;
  readonly all: PacketSet;
  readonly turns: Turns;
  send: SessionSurroundings['send'];
}

/** The list of one view: which packets it shows, in what order, and how they look. */
export class PacketList {
  private rowMaker = new RowMaker(usualLook);
  private age = 0;
  private order: RowOrder;
  private filterText = '';
  private filtering: FilterRun | undefined;
  private isStopped = false;
  /** The order that is wanted; `sortedBy` is the one that the rows have. */
  private sortWish: ListSort | undefined;
  private sortedBy: ListSort | undefined;
  private sorting: SortRun | undefined;
  private trouble: string | undefined;
  private finding: FindRun | undefined;
  private readonly lastTold = { list: 0, find: 0 };

  constructor(
    readonly id: ListId,
    private readonly surroundings: ListSurroundings,
  ) {
    this.order = new RowOrder(surroundings.all, undefined);
  }

  get state(): ListState {
    const { order, filtering, sorting, trouble } = this;
    const { packets } = this.surroundings.index;
    return {
      list: this.id,
      age: this.age,
      filter: this.filterText,
      sort: this.sortWish,
      shown: order.size,
      examined: filtering?.examined ?? packets,
      packets,
      phase: this.isFiltering ? 'filtering' : sorting ? 'sorting' : 'ready',
      ...(sorting && !this.isFiltering ? { share: sorting.share } : {}),
      ...(this.isStopped ? { stopped: true } : {}),
      ...(order.unsorted > 0 ? { unsorted: order.unsorted } : {}),
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  /** The packets of the rows, as they stand now. */
  get rowOrder(): RowOrder {
    return this.order;
  }

  /** What makes the rows. */
  get maker(): RowMaker {
    return this.rowMaker;
  }

  look(look: ListLook): readonly LookTrouble[] {
    const before = this.sortColumn;
    this.rowMaker = new RowMaker(look);
    this.age++;
    const column = this.sortColumn;
    if (before && !column) this.sort(undefined);
    else if (before && column && (before.kind !== column.kind || before.field !== column.field))
      this.sortAnew();
    return this.rowMaker.troubles;
  }

  /** Shows the packets that match, as they are found. What is wrong with the filter leaves the list as it is. */
  filter(text: string): readonly FilterMistake[] {
    const result = compileFilter(text);
    if ('mistakes' in result) return result.mistakes;
    const { surroundings } = this;
    this.dropWork();
    this.age++;
    this.filterText = text.trim();
    this.isStopped = false;
    this.trouble = undefined;
    this.sortedBy = undefined;
    if (result.filter.tree.kind === 'everything') {
      this.filtering = undefined;
      this.order = new RowOrder(surroundings.all, undefined);
      this.sortAnew();
    } else {
      const run = new FilterRun(result.filter, surroundings, () => {
        this.filterWent();
      });
      this.filtering = run;
      this.order = new RowOrder(run.found, undefined);
      // Small files, and filters that columns answer, are done before the answer to this call is on its way.
      surroundings.turns.begin(run);
    }
    this.tell();
    return [];
  }

  /** Orders the rows by a column, or puts them back in the order of the file. */
  sort(by: ListSort | undefined): void {
    this.sortWish = by;
    this.trouble = undefined;
    if (by) this.sortAnew();
    else {
      this.dropSorting();
      if (this.order.isSorted) this.take(undefined, undefined);
    }
    this.tell();
  }

  /** Stops whatever is under way; what there is stays. */
  stop(): void {
    if (this.isFiltering) this.isStopped = true;
    this.dropWork();
    this.sortWish = this.sortedBy;
    this.tell();
  }

  rows(first: number, count: number): readonly ListRow[] {
    const { order, rowMaker } = this;
    const rows: ListRow[] = [];
    const start = Math.max(0, first);
    const end = Math.min(order.size, first + count, start + mostRows);
    for (let at = start; at < end; at++) {
      const row = rowMaker.row(this.surroundings.packets, order.at(at), order.at(at - 1));
      if (row === undefined) break;
      rows.push(row);
    }
    return rows;
  }

  rowOf(number: number): number {
    return this.order.rowOf(number);
  }

  /** Looks for a row in the background; a search that is still going on ends. */
  find(find: FindOrder): Promise<FindReply> {
    this.stopFinding();
    const { order, surroundings } = this;
    const result = findTest(find, order, this.rowMaker, surroundings);
    if ('mistakes' in result) return Promise.resolve({ mistakes: result.mistakes });
    return new Promise((resolve, reject) => {
      const run: FindRun = new FindRun(
        {
          // Rows that come in while the search goes on are not part of it.
          size: order.size,
          from: find.from,
          backwards: find.backwards ?? false,
          test: result.test,
          numberAt: (row) => order.at(row),
        },
        {
          ended: (reply) => {
            if (this.finding === run) this.finding = undefined;
            resolve(reply);
          },
          failed: reject,
          went: (share) => {
            if (this.isTimeToTell('find')) surroundings.send('work', { list: this.id, what: 'find', share });
          },
        },
      );
      this.finding = run;
      surroundings.turns.add(run);
    });
  }

  /** The marked packet after or before a packet, round the end of the list when there is none. */
  nextMark(
    number: number,
    backwards: boolean,
  ): { readonly row: number; readonly number: number } | undefined {
    const { order } = this;
    const { marks } = this.surroundings;
    if (marks.count === 0) return undefined;
    if (order.isSorted) {
      // Here the order of the rows is not that of the marks.
      const start = order.rowOf(number);
      for (let step = 1; step <= order.size; step++) {
        const row = (start + (backwards ? -step : step) + order.size) % order.size;
        if (marks.has(order.at(row))) return { row, number: order.at(row) };
      }
      return undefined;
    }
    const next = (from: number): number => (backwards ? marks.upTo(from - 1) : marks.from(from + 1));
    for (const from of [number, backwards ? Infinity : 0])
      for (
        let mark = next(Math.min(from, this.surroundings.index.packets + 1));
        mark > 0;
        mark = next(mark)
      ) {
        const row = order.exactRowOf(mark);
        if (row >= 0) return { row, number: mark };
      }
    return undefined;
  }

  /** Rows that were given out are no longer what they were. */
  renew(): void {
    this.age++;
    this.tell();
  }

  /** More packets are known, or all are. */
  grown(): void {
    const { filtering, surroundings } = this;
    if (filtering && !this.isStopped) surroundings.turns.add(filtering);
    else this.settled();
  }

  /** The view is gone. */
  close(): void {
    this.dropWork();
  }

  private get isFiltering(): boolean {
    const { filtering } = this;
    const { index } = this.surroundings;
    return filtering !== undefined && !this.isStopped && (filtering.examined < index.packets || !index.done);
  }

  /** The column that the rows are, or are to be, sorted by. */
  private get sortColumn() {
    return this.rowMaker.look.columns.find(({ id }) => id === this.sortWish?.column);
  }

  private filterWent(): void {
    if (this.filtering?.trouble !== undefined) {
      this.trouble = this.filtering.trouble;
      this.isStopped = true;
    }
    if (this.isFiltering) this.tellSoon();
    else this.settled();
  }

  /** All packets there are have their rows: what is sorted is sorted anew, where that costs little. */
  private settled(): void {
    const { order, surroundings } = this;
    if (!surroundings.index.done) {
      this.tellSoon();
      return;
    }
    if (this.sortWish && !this.sorting && (!order.isSorted || order.unsorted > 0) && this.isSortable)
      this.sortAnew();
    this.tell();
  }

  /** Lists that were never sorted whole, or are small. */
  private get isSortable(): boolean {
    const { order } = this;
    return !order.isSorted || order.size <= resortedRows || order.unsorted * 2 > order.size;
  }

  private sortAnew(): void {
    this.dropSorting();
    const { sortWish, sortColumn, order, surroundings } = this;
    if (!sortWish || !sortColumn || this.isFiltering) return;
    const task = { set: order.set, column: sortColumn, descending: sortWish.descending, rows: this.rowMaker };
    const run = new SortRun(task, surroundings, {
      went: () => {
        this.tellSoon();
      },
      ended: (result) => {
        this.sorting = undefined;
        if ('trouble' in result) {
          this.trouble = result.trouble;
          this.sortWish = this.sortedBy;
        } else this.take(result.order, sortWish);
        this.tell();
      },
    });
    this.sorting = run;
    surroundings.turns.add(run);
  }

  /** Shows the rows in another order. */
  private take(sorted: Uint32Array | undefined, by: ListSort | undefined): void {
    this.order = new RowOrder(this.order.set, sorted);
    this.sortedBy = by;
    this.age++;
  }

  private dropSorting(): void {
    if (this.sorting) this.surroundings.turns.drop(this.sorting);
    this.sorting = undefined;
  }

  private stopFinding(): void {
    if (!this.finding) return;
    this.surroundings.turns.drop(this.finding);
    this.finding.stop();
  }

  private dropWork(): void {
    if (this.filtering) this.surroundings.turns.drop(this.filtering);
    this.dropSorting();
    this.stopFinding();
  }

  /** Tells the view how the list stands. */
  private tell(): void {
    this.lastTold.list = performance.now();
    this.surroundings.send('list', this.state);
  }

  /** The same, unless it was told a moment ago. */
  private tellSoon(): void {
    if (this.isTimeToTell('list')) this.surroundings.send('list', this.state);
  }

  private isTimeToTell(what: 'list' | 'find'): boolean {
    const now = performance.now();
    if (now - this.lastTold[what] < tellInterval) return false;
    this.lastTold[what] = now;
    return true;
  }
}
