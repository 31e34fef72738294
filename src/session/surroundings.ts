import type { CaptureEvents } from '../rpc/capture.js';
import type { FileSink } from './exportRun.js';

/** What a session needs of whoever runs it. */
export interface SessionSurroundings {
  /** Tells the views something. */
  send<K extends keyof CaptureEvents>(name: K, payload: CaptureEvents[K]): void;
  /** Runs a task after other work that waits, such as calls that have arrived, has had its turn. */
  defer(task: () => void): void;
  /** Begins a file; throws with a sentence for the user when it cannot. Absent where there is no file system. */
  create?(path: string): FileSink;
}

/** How much memory a session may take for what only makes it faster. */
export interface SessionLimits {
  /** Bytes for the columns from which filters answer at once; 0 for none. */
  readonly columns: number;
}

/** Room for some twenty million packets. */
export const usualLimits: SessionLimits = { columns: 400e6 };
