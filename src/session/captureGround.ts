import type { CaptureIndex } from '../core/capture/captureIndex.js';
import type { ColumnStore } from './columnStore.js';
import type { Marks } from './marks.js';

/** What all work on the packets of an open capture stands on. */
export interface CaptureGround {
  readonly index: CaptureIndex;
  readonly columns: ColumnStore;
  readonly marks: Marks;
}
