import type { CaptureViewCalls } from '../../rpc/captureView.js';
import type { ListRow } from '../../rpc/packetList.js';
import type { AskHost } from './captureModel.js';
import type { ListModel } from './listModel.js';
import { countRows } from './rowSelection.js';

/** Rows asked for at once where more are needed than are on screen. */
const rowsAtOnce = 1000;

/** What is done with the selected packets: most of them are only known to the session. */
export class SelectedPackets {
  constructor(
    private readonly ask: AskHost,
    private readonly list: ListModel,
  ) {}

  /** How many rows are selected. */
  get count(): number {
    return countRows(this.list.selection);
  }

  get isAll(): boolean {
    return this.list.total > 1 && this.count >= this.list.total;
  }

  /** Their numbers, in the list's order; none when all rows are selected. */
  async numbers(): Promise<readonly number[]> {
    const { list } = this;
    if (this.isAll) return [];
    if (!list.isWhole) return (await this.rows(list.total)).map(({ number }) => number);
    return list.selection.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index + 1),
    );
  }

  /** Their rows from the first on, at most so many. */
  async rows(most: number): Promise<readonly ListRow[]> {
    const { list } = this.list.state;
    const chosen: ListRow[] = [];
    for (const { first, last } of this.list.selection) {
      for (let row = first; row <= last && chosen.length < most;) {
        const known = this.list.currentRow(row);
        if (known) {
          chosen.push(known);
          row++;
          continue;
        }
        const count = Math.min(rowsAtOnce, last - row + 1, most - chosen.length);
        const { rows } = await this.ask('rows', { list, first: row, count });
        if (rows.length === 0) break;
        for (const one of rows) chosen.push(one);
        row += rows.length;
      }
    }
    return chosen;
  }

  /** Marks them, or takes their marks away when the one with the focus is marked. */
  async toggleMarks(): Promise<void> {
    const { list } = this;
    if (list.active < 0) return;
    const marked = list.row(list.active)?.marked !== true;
    await this.mark(this.isAll ? { shown: list.state.list } : await this.numbers(), marked);
  }

  /** Marks packets, or takes their marks away. */
  async mark(which: Parameters<CaptureViewCalls['mark']>[0]['which'], marked: boolean): Promise<void> {
    await this.list.apply(() => this.ask('mark', { which, marked }));
    this.list.renewRows();
  }
}
