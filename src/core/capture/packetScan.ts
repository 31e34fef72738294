import { ByteWindow } from './byteWindow.js';
import type { CaptureIndex } from './captureIndex.js';
import { found, RecordView } from './record.js';

/** As the index reads: larger chunks were not measurably faster, smaller ones were. */
const defaultChunkSize = 4 * 1024 * 1024;

/**
 * Goes through the packets that an index knows, one after the other, from any of them: for passes over very many
 * packets (filters, columns, export). When the index has grown, `next` goes on where it stopped.
 */
export class PacketScan {
  readonly record = new RecordView();
  /** Number of the packet in `record` (from 1); one less than the packet that `next` gives before there is one. */
  number = 0;
  private readonly window: ByteWindow;

  /** `chunkSize`: bytes fetched at once (at least). */
  constructor(
    private readonly index: CaptureIndex,
    chunkSize = defaultChunkSize,
  ) {
    this.window = new ByteWindow(index.source, chunkSize);
    this.record.next = index.reader.first;
  }

  /** Makes `number` the packet that the next `next` gives; false when the index has no such packet (yet). */
  seek(number: number): boolean {
    if (!(number >= 1 && number <= this.index.packets)) return false;
    const checkpoint = this.index.checkpoint(number);
    if (this.number < checkpoint.number || this.number >= number) {
      this.number = checkpoint.number - 1;
      this.record.next = checkpoint.offset;
    }
    while (this.number < number - 1) if (!this.next()) return false;
    return true;
  }

  /** Goes on to the next packet, over what the index found no packets in; false behind the last that it knows. */
  next(): boolean {
    if (this.number >= this.index.packets) return false;
    const { window, record } = this;
    const { reader, leaps } = this.index;
    let offset = record.next;
    window.refresh();
    for (;;) {
      const what = reader.read(window, offset, record);
      if (what === found.packet) {
        this.number++;
        return true;
      }
      if (what === found.end) break;
      const target = leaps.target(offset);
      if (target >= 0) offset = target;
      else if (what === found.other) offset = record.next;
      else break;
    }
    // The file is no longer what was indexed: begin anew if asked again.
    this.number = 0;
    record.next = reader.first;
    return false;
  }

  /** The piece of the file that is in memory, with the captured bytes of the packet in `record` after {@link place}. */
  get chunk(): DataView {
    return this.window.view;
  }

  /**
   * Brings the captured bytes of the packet in `record` into {@link chunk} and tells where they begin there; -1 when
   * the file has them no more. Allocates nothing, unlike {@link bytes}.
   */
  place(): number {
    const { window, record } = this;
    return window.has(record.data, record.captured) ? record.data - window.base : -1;
  }

  /** The captured bytes of the packet in `record`: a view, good until the scan goes on. */
  bytes(): Uint8Array {
    return this.window.slice(this.record.data, this.record.captured);
  }

  /** The comments that the file gives the packet in `record`. */
  comments(): readonly string[] {
    return this.index.reader.comments(this.window, this.record);
  }
}
