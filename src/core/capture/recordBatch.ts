import type { RecordView } from './record.js';

/** Packets a batch has room for: few enough for its columns to stay in the fastest cache. */
export const packetsPerBatch = 512;

/**
 * Plain packets that follow each other without a gap, as columns: what a pass over millions reads instead of one
 * record at a time. Plain is a packet with a time of at most nine digits on an interface that the file describes, and
 * with nothing wrong. All others come one by one (`RecordReader.read`).
 */
export class RecordBatch {
  /** How many packets there are. */
  count = 0;
  /** Offset in the file that `start` counts from. */
  base = 0;
  /** Bytes from the start of a record to its captured bytes: the same for all. */
  header = 0;
  /** Captured bytes are filled up to a multiple of this; options follow. */
  alignment = 1;
  /** Where records begin; the entry behind the last tells where the next record begins. */
  readonly start = new Int32Array(packetsPerBatch + 1);
  readonly captured = new Uint32Array(packetsPerBatch);
  readonly wire = new Uint32Array(packetsPerBatch);
  readonly seconds = new Uint32Array(packetsPerBatch);
  readonly fraction = new Uint32Array(packetsPerBatch);
  /** Decimal digits of `fraction`. */
  readonly digits = new Uint8Array(packetsPerBatch);
  /** Indices into the reader's `interfaces`. */
  readonly interface = new Uint16Array(packetsPerBatch);

  /** Offset in the file of a record; of index `count`: of what follows. */
  offset(index: number): number {
    return this.base + (this.start[index] ?? 0);
  }

  /** Fills a view with one of the packets. */
  show(index: number, record: RecordView): void {
    const offset = this.offset(index);
    const captured = this.captured[index] ?? 0;
    record.offset = offset;
    record.next = this.offset(index + 1);
    record.data = offset + this.header;
    record.captured = captured;
    record.wire = this.wire[index] ?? 0;
    record.options = record.data + ((captured + this.alignment - 1) & -this.alignment);
    record.timed = true;
    record.seconds = this.seconds[index] ?? 0;
    record.fraction = this.fraction[index] ?? 0;
    record.digits = this.digits[index] ?? 0;
    record.interface = this.interface[index] ?? 0;
    record.flaw = '';
  }
}
