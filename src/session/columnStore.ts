import type { CaptureIndex } from '../core/capture/captureIndex.js';
import type { CaptureColumns } from '../core/columns/captureColumns.js';
import { ColumnPass } from '../core/columns/columnPass.js';
import type { Job } from './turns.js';

/** Bytes of the file gone through between two looks at the clock. */
const columnStep = 1024 * 1024;

/** The columns of a capture, made in the background, or sooner when someone waits for them. */
export class ColumnStore implements Job {
  private readonly pass: ColumnPass | undefined;

  /** `budget`: most bytes of memory they may take; 0 for none at all. */
  constructor(
    private readonly index: CaptureIndex,
    budget: number,
  ) {
    if (budget > 0) this.pass = new ColumnPass(index, { budget });
  }

  get columns(): CaptureColumns | undefined {
    return this.pass?.columns;
  }

  /** Packets whose columns are there, from the first. */
  get packets(): number {
    return this.pass?.columns.packets ?? 0;
  }

  /** Whether the memory that columns may take is used up before the last packet. */
  get isFull(): boolean {
    return this.pass?.exceeded ?? true;
  }

  /** Whether there are packets whose columns can still be made. */
  get canGrow(): boolean {
    return !this.isFull && this.packets < this.index.packets;
  }

  /** Takes note that the file has grown. */
  grown(): void {
    this.pass?.grown();
  }

  step(until: number): boolean {
    const { pass } = this;
    if (!pass) return true;
    let done = false;
    do done = pass.step(columnStep);
    while (!done && performance.now() < until);
    return done;
  }
}
