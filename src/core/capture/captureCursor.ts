import { ByteWindow } from './byteWindow.js';
import type { CaptureIndex } from './captureIndex.js';
import { found, RecordView } from './record.js';

/** Enough for a screen of full-sized packets in one read. */
const defaultChunkSize = 256 * 1024;

/**
 * Goes to any packet that the index knows: to the checkpoint before it, then from record to record. Going on to the
 * next packet is one hop.
 */
export class CaptureCursor {
  readonly record = new RecordView();
  /** Number of the packet in `record` (from 1); 0 before any. */
  number = 0;
  private readonly window: ByteWindow;

  constructor(
    private readonly index: CaptureIndex,
    chunkSize = defaultChunkSize,
  ) {
    this.window = new ByteWindow(index.source, chunkSize);
  }

  /** Goes to a packet by number (from 1); false when the index has no such packet (yet). */
  seek(number: number): boolean {
    if (!(number >= 1 && number <= this.index.packets)) return false;
    if (number === this.number) return true;
    const checkpoint = this.index.checkpoint(number);
    if (this.number < checkpoint.number || this.number > number) {
      this.number = checkpoint.number - 1;
      this.record.next = checkpoint.offset;
    }
    while (this.number < number) if (!this.hop()) return false;
    return true;
  }

  /** The captured bytes of the packet in `record`: a view, good until the cursor moves. */
  bytes(): Uint8Array {
    return this.window.slice(this.record.data, this.record.captured);
  }

  /** The comments that the file gives the packet in `record`. */
  comments(): readonly string[] {
    return this.index.reader.comments(this.window, this.record);
  }

  /** To the next packet, over what the index found no packets in. */
  private hop(): boolean {
    let offset = this.record.next;
    this.window.refresh();
    for (;;) {
      const what = this.index.reader.read(this.window, offset, this.record);
      if (what === found.packet) {
        this.number++;
        return true;
      }
      if (what === found.end) break;
      const target = this.index.leaps.target(offset);
      if (target >= 0) offset = target;
      else if (what === found.other) offset = this.record.next;
      else break;
    }
    this.number = 0;
    this.record.next = 0;
    return false;
  }
}
