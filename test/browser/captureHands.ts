/** What tests of large captures do with the packet list in the workbench, and how they look at it. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Frame, Locator } from 'playwright-core';
import type { CaptureTruth } from './captureTruth.js';
import type { Workbench } from './workbench.js';

/** A row on screen: its number, and the texts of the cells behind number and time. */
export interface SeenRow {
  readonly number: number;
  readonly cells: readonly string[];
}

export type Export = { readonly part: string; readonly format: 'pcap' | 'pcapng'; readonly target: string };

export class CaptureHands {
  constructor(
    readonly workbench: Workbench,
    readonly view: Frame,
  ) {}

  get field(): Locator {
    return this.view.locator('cl-filter-bar input');
  }

  rowOf(number: number): Locator {
    return this.view.locator(`cl-packet-list .row[data-number="${number}"]`);
  }

  chip(text: string | RegExp): Locator {
    return this.view.locator('cl-filter-bar .chip .long', { hasText: text });
  }

  /** Rows on screen that have come, from the top. */
  rows(): Promise<SeenRow[]> {
    return this.view.locator('cl-packet-list .row').evaluateAll((rows) =>
      rows
        .filter((row) => row instanceof HTMLElement && row.dataset['number'] !== undefined)
        .map((row) => ({
          number: Number(row.getAttribute('data-number')),
          cells: [...row.querySelectorAll('[role=gridcell] .text')]
            .slice(2)
            .map((text) => text.textContent.trim()),
        })),
    );
  }

  /** Waits until every row on screen has come and `wanted` takes them, from the top, and returns them. */
  async settled(what: string, wanted: (rows: readonly SeenRow[]) => boolean): Promise<readonly SeenRow[]> {
    return this.workbench.eventually(what, async () => {
      const rows = await this.rows();
      const all = await this.view.locator('cl-packet-list .row').count();
      return rows.length > 0 && rows.length === all && wanted(rows) && rows;
    });
  }

  /** Compares rows on screen with what the core says of their packets. */
  compare(rows: readonly SeenRow[], truth: CaptureTruth): void {
    assert.ok(rows.length > 0);
    for (const { number, cells } of rows) assert.deepEqual(cells, truth.cells(number), `packet ${number}`);
  }

  /** Puts the keyboard on the list without choosing another row. */
  async focusList(): Promise<void> {
    await this.view.locator('cl-packet-list .grid').focus();
  }

  /** Drags the thumb of the scroll bar to a share of its way, 0 to 1; beyond its ends as hands do. */
  async dragTo(share: number): Promise<void> {
    const bar = await boxOf(this.view.locator('cl-scroll-bar'));
    const thumb = await boxOf(this.view.locator('cl-scroll-bar .thumb'));
    const x = bar.x + bar.width / 2;
    const { mouse } = this.workbench.page;
    await mouse.move(x, thumb.y + thumb.height / 2);
    await mouse.down();
    await mouse.move(x, bar.y + thumb.height / 2 + share * (bar.height - thumb.height), { steps: 8 });
    await mouse.up();
  }

  /** Goes to a packet by Ctrl+G. */
  async goTo(number: number): Promise<void> {
    const { keyboard } = this.workbench.page;
    await this.focusList();
    await keyboard.press('Control+G');
    await this.view.locator('cl-go-to-packet input:focus').waitFor();
    await keyboard.type(String(number));
    await keyboard.press('Enter');
    await this.view.locator(`cl-packet-list .row.selected[data-number="${number}"]`).waitFor();
  }

  /** Clicks the title of a column and goes to the first row, until that is this packet; returns the rows there. */
  async sort(
    column: string,
    order: 'ascending' | 'descending' | 'none',
    first: number,
  ): Promise<readonly SeenRow[]> {
    await this.view.locator(`cl-column-header [data-column=${column}]`).click();
    await this.view.locator(`cl-column-header [data-column=${column}][aria-sort=${order}]`).waitFor();
    await this.view.locator('cl-column-header .share').waitFor({ state: 'detached', timeout: 180_000 });
    await this.workbench.eventually(`packet ${first} on top`, async () => {
      // The list keeps the selected packet on screen when it goes over to another order, perhaps only after this.
      await this.focusList();
      await this.workbench.page.keyboard.press('Home');
      return (await this.rows())[0]?.number === first;
    });
    return this.settled(`packet ${first} on top`, ([top]) => top?.number === first);
  }

  /** Writes a filter over the one in the field and enters it. */
  async filter(text: string): Promise<void> {
    await this.focusList();
    await this.workbench.page.keyboard.press('Control+/');
    await this.view.locator('cl-filter-input input:focus').waitFor();
    await this.field.fill(text);
    await this.workbench.page.keyboard.press('Enter');
  }

  /** Waits until all packets are indexed and can be filtered by columns. */
  async indexed(): Promise<void> {
    await this.view
      .locator('cl-status-line .indexed')
      .getByText('indexed 100 %', { exact: true })
      .waitFor({ timeout: 240_000 });
  }

  /** Exports by the command and the dialogs of the workbench, and waits until the view says that it is done. */
  async export({ part, format, target }: Export): Promise<void> {
    const { page } = this.workbench;
    await this.workbench.runAndAnswer('Cilium Lens: Export Packets…', part);
    await this.workbench.answer(format);
    const input = page.locator('.quick-input-widget input.input');
    await this.workbench.eventually('the dialog for the target', async () =>
      (await input.inputValue()).endsWith(`.${format}`),
    );
    await input.fill(target);
    await this.workbench.eventually(
      'the target in the dialog',
      async () => (await input.inputValue()) === target,
    );
    await page.keyboard.press('Enter');
    await this.workbench.eventually(target, () => Promise.resolve(existsSync(target)));
    await this.view.locator('cl-notice-bar', { hasText: 'Exported' }).last().waitFor();
    await this.view.getByRole('button', { name: 'Dismiss' }).last().click();
  }
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  assert.ok(box);
  return box;
}
