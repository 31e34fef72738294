import { ByteWindow } from './byteWindow.js';
import type { CaptureIndex } from './captureIndex.js';
import { found, RecordView, type FileDetail } from './record.js';
import { RecordBatch } from './recordBatch.js';

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
  /**
   * Where the packet in `record` is, for passes to which even a view of its bytes is too dear: after
   * `window.has(record.data, record.captured)` they are at `record.data - window.base`.
   */
  readonly window: ByteWindow;
  /** Packets at hand; the one in `record` is at `place` when it came from here. */
  readonly batch = new RecordBatch();
  private place = 0;
  /** After {@link nextRun}: which packets of `batch` it gave, the last excluded. */
  runFrom = 0;
  runTo = 0;

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
      this.batch.count = 0;
    }
    while (this.number < number - 1) if (!this.next()) return false;
    return true;
  }

  /** Goes on to the next packet, over what the index found no packets in; false behind the last that it knows. */
  next(): boolean {
    if (this.number >= this.index.packets) return false;
    if (++this.place >= this.batch.count && !this.fetch()) return this.hop();
    this.batch.show(this.place, this.record);
    this.number++;
    return true;
  }

  /**
   * Goes on over as many packets as are at hand in `batch`, from `runFrom` to `runTo`, to the last of them; their bytes
   * are in {@link chunk}. False where the next packet is not so plain, or there is none: `next` tells.
   */
  nextRun(): boolean {
    const left = this.index.packets - this.number;
    if (left <= 0) return false;
    if (++this.place >= this.batch.count && !this.fetch()) return false;
    this.runFrom = this.place;
    this.runTo = Math.min(this.batch.count, this.place + left);
    this.number += this.runTo - this.runFrom;
    this.place = this.runTo - 1;
    this.batch.show(this.place, this.record);
    return true;
  }

  /** Fills the batch with what follows the packet in `record`; false when no plain packet does. */
  private fetch(): boolean {
    const { next } = this.record;
    this.place = 0;
    this.index.reader.readBatch(this.window, next, this.index.leaps.nextFrom(next), this.batch);
    return this.batch.count > 0;
  }

  /** Goes on to the next packet, whatever there is. */
  private hop(): boolean {
    const { window, record } = this;
    const { reader, leaps } = this.index;
    let offset = record.next;
    window.refresh();
    for (;;) {
      const target = leaps.target(offset);
      if (target >= 0) {
        offset = target;
        continue;
      }
      const what = reader.read(window, offset, record);
      if (what === found.packet) {
        this.number++;
        return true;
      }
      if (what !== found.other) break;
      offset = record.next;
    }
    // The file is no longer what was indexed: begin anew if asked again.
    this.number = 0;
    record.next = reader.first;
    return false;
  }

  /** The piece of the file that is in memory, with the captured bytes of the packet in `record` after {@link locate}. */
  get chunk(): DataView {
    return this.window.view;
  }

  /**
   * Brings the captured bytes of the packet in `record` into {@link chunk} and tells where they begin there; -1 when
   * the file has them no more. Allocates nothing, unlike {@link bytes}.
   */
  locate(): number {
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

  /** Whether the file gives the packet in `record` comments; cheaper than reading them. */
  get hasComment(): boolean {
    return this.index.reader.hasComment(this.window, this.record);
  }

  /** All options that the file gives the packet in `record`. */
  options(): readonly FileDetail[] {
    return this.index.reader.packetOptions(this.window, this.record);
  }
}
