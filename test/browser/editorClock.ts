/** How long things take until they are on screen, by the clocks of the workbench's page and of the view in it. */
import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench.js';

declare global {
  interface Window {
    /** In the page of a view: when the first frame with rows had been painted, in milliseconds since 1970. */
    rowsPainted?: number;
    /** In the workbench's page: when Enter was pressed last. */
    enterPressed?: number;
  }
}

/** Milliseconds from Enter in quick open. */
export interface OpeningTimes {
  /** Until the workbench began to load the view's page. */
  readonly page: number;
  /** Until a frame with rows had been painted. */
  readonly painted: number;
}

/** From now on, views note when their first rows are painted. */
export async function watchOpening({ page }: Workbench): Promise<void> {
  await page.addInitScript(() => {
    if (window === window.top) return;
    // The workbench writes the view's page into a frame that is there already, which ends all callbacks of frames.
    const timer = setInterval(() => {
      const list = document
        .querySelector('cl-capture-app')
        ?.shadowRoot?.querySelector('cl-capture-panes')
        ?.shadowRoot?.querySelector('cl-packet-list');
      if (!list?.shadowRoot?.querySelector('.row[data-number="1"]')) return;
      clearInterval(timer);
      requestAnimationFrame(() => {
        // Painted when the next thing is done after the frame.
        setTimeout(() => (window.rowsPainted = performance.timeOrigin + performance.now()));
      });
    }, 4);
  });
  await page.evaluate(() => {
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') window.enterPressed = performance.timeOrigin + event.timeStamp;
      },
      true,
    );
  });
}

/** How long it took to open what the view shows; `watchOpening` was called before. */
export async function openingTimes(workbench: Workbench, view: Frame): Promise<OpeningTimes> {
  const painted = await workbench.eventually('the first painted rows', () =>
    view.evaluate(() => window.rowsPainted),
  );
  const pressed = await workbench.page.evaluate(() => window.enterPressed ?? NaN);
  const loaded = await view.evaluate(() => performance.timeOrigin);
  return { page: loaded - pressed, painted: painted - pressed };
}

/** Milliseconds from a movement of the scroll bar. */
export interface JumpTimes {
  /** Until a frame with the list at its new place had been painted, with the rows' numbers. */
  readonly moved: number;
  /** Until one with all texts of all rows had. */
  readonly filled: number;
}

/** Moves the list as the scroll bar does, to places all over it. */
export function jumpTimes(view: Frame, jumps: number): Promise<JumpTimes[]> {
  return view.evaluate(async (count) => {
    const list = document
      .querySelector('cl-capture-app')
      ?.shadowRoot?.querySelector('cl-capture-panes')
      ?.shadowRoot?.querySelector('cl-packet-list')?.shadowRoot;
    const bar = list?.querySelector('cl-scroll-bar');
    const total = Number(list?.querySelector('.grid')?.getAttribute('aria-rowcount')) - 1;
    if (!list || !bar) throw new Error('there is no list');
    // Methods, since the transpiler gives functions in constants their names by a helper that is not in the page.
    const wait = {
      frame() {
        return new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            setTimeout(resolve);
          });
        });
      },
    };
    const times: JumpTimes[] = [];
    for (let jump = 1; jump <= count; jump++) {
      // Steps of the golden section come near every place and never twice to one.
      const row = Math.floor(((jump * 0.618034) % 1) * (total - 100));
      await wait.frame();
      const start = performance.now();
      bar.dispatchEvent(new CustomEvent('bar-moved', { detail: row }));
      let moved = 0;
      for (let isFilled = false; !isFilled;) {
        await wait.frame();
        const rows = [...list.querySelectorAll<HTMLElement>('.row')];
        if (Number(rows[0]?.dataset['row']) !== row) continue;
        const now = performance.now() - start;
        if (moved === 0) moved = now;
        isFilled = rows.every((one) => one.dataset['number'] !== undefined);
        if (isFilled) times.push({ moved, filled: now });
      }
    }
    return times;
  }, jumps);
}

/** The value that so large a share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
