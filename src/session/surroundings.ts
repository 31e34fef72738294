import type { CaptureEvents } from '../rpc/capture.js';

/** What a session needs of whoever runs it. */
export interface SessionSurroundings {
  /** Tells the views something. */
  send<K extends keyof CaptureEvents>(name: K, payload: CaptureEvents[K]): void;
  /** Runs a task after other work that waits, such as calls that have arrived, has had its turn. */
  defer(task: () => void): void;
}
