import { type CaptureTime, powerOfTen } from '../capture/captureTime.js';
import type { RecordReader, RecordView } from '../capture/record.js';
import type { RecordBatch } from '../capture/recordBatch.js';
import { FlowTable } from './flowTable.js';
import { chunkBits, chunkMask, LengthColumn, RowColumn, rowsPerChunk } from './rowColumns.js';
import type { SpecimenHeaders } from './specimen.js';
import { Stacks } from './stacks.js';

const nanosPerSecond = 1e9;
/** Nanoseconds of a unit of the last digit, by the number of digits. */
const nanosPerUnit = Float64Array.from({ length: 10 }, (_, digits) => powerOfTen(9 - digits));
/** What a number holds exactly. */
const mostNanos = Number.MAX_SAFE_INTEGER;

/**
 * What is kept of every packet of a capture, in columns: its flow, when it was seen, how long it is, its TCP flags.
 * About 18 bytes a packet. Rows count from 0; the packet with number n is row n - 1.
 */
export class CaptureColumns {
  /** Rows there are. */
  packets = 0;
  /** Numbers of the flows; 0 for packets that none was found for: see {@link FlowTable}. */
  readonly flow = new RowColumn((length) => new Uint32Array(length));
  /** Nanoseconds since {@link origin}; NaN where there is no time, or none that a number of nanoseconds can tell. */
  readonly time = new RowColumn((length) => new Float64Array(length));
  /** Bytes on the wire. */
  readonly wire = new LengthColumn();
  /** Flags of the innermost TCP header: its byte 13. 0 where the packet's flow has none. */
  readonly flags = new RowColumn((length) => new Uint8Array(length));
  readonly stacks = new Stacks();
  readonly flows = new FlowTable();
  /** The headers of one packet for each stack of headers that a flow has. */
  readonly specimens = new Map<number, SpecimenHeaders>();
  /** The whole second (since 1970) that times count from: that of the first packet with a time. */
  origin: number | undefined;
  /** Time of the first packet that has one, as in the column; NaN before there is one. */
  firstTime = NaN;
  /** Bytes captured, in the chunks with a packet that was cut short. */
  private readonly captured = new LengthColumn();

  constructor(readonly reader: RecordReader) {}

  /** Bytes of memory in use. */
  get size(): number {
    return (
      this.flow.size +
      this.time.size +
      this.wire.size +
      this.flags.size +
      this.captured.size +
      this.flows.size
    );
  }

  /** Bytes captured of a packet. */
  capturedAt(row: number): number {
    return this.hasCutPackets(row) ? this.captured.at(row) : this.wire.at(row);
  }

  /** The bytes captured of the packets in a chunk: those on the wire, where none was cut short. */
  capturedChunk(chunk: number): Uint16Array | Uint32Array | undefined {
    return this.captured.chunks[chunk] ?? this.wire.chunks[chunk];
  }

  /** A time as the column has it: exact, or NaN. */
  nanos(time: CaptureTime): number {
    const { seconds, fraction, digits } = time;
    const whole = (seconds - (this.origin ?? seconds)) * nanosPerSecond;
    const nanos =
      whole + (digits <= 9 ? fraction * powerOfTen(9 - digits) : fraction / powerOfTen(digits - 9));
    return Number.isSafeInteger(nanos) ? nanos : NaN;
  }

  /** Adds rows for the packets of a batch from `from` to `to` (exclusive); their flows and flags are at the same places. */
  addBatch(batch: RecordBatch, from: number, to: number, flows: Uint32Array, flags: Uint8Array): void {
    for (let next = from; next < to;) {
      const row = this.packets;
      const place = row & chunkMask;
      const count = Math.min(to - next, rowsPerChunk - place);
      this.flow.chunk(row).set(flows.subarray(next, next + count), place);
      this.flags.chunk(row).set(flags.subarray(next, next + count), place);
      this.addTimes(batch, next, count, row);
      this.addLengths(batch, next, count, row);
      this.packets += count;
      next += count;
    }
  }

  /** Adds the row of a packet that came alone. */
  add(record: RecordView, flow: number, flags: number): void {
    const row = this.packets++;
    const place = row & chunkMask;
    const { wire, captured } = record;
    this.flow.chunk(row)[place] = flow;
    this.flags.chunk(row)[place] = flags;
    const isFirst = record.timed && this.origin === undefined;
    if (isFirst) this.origin = record.seconds;
    const nanos = record.timed ? this.nanos(record) : NaN;
    if (isFirst) this.firstTime = nanos;
    this.time.chunk(row)[place] = nanos;
    this.wire.set(row, wire);
    if (captured !== wire || this.hasCutPackets(row)) this.addCut(row, captured);
  }

  private addTimes(batch: RecordBatch, from: number, count: number, row: number): void {
    const { seconds, fraction, digits } = batch;
    const isFirst = this.origin === undefined;
    const origin = (this.origin ??= seconds[from] ?? 0);
    const times = this.time.chunk(row);
    let place = row & chunkMask;
    for (let at = from; at < from + count; at++) {
      const whole = ((seconds[at] ?? 0) - origin) * nanosPerSecond;
      const nanos = whole + (fraction[at] ?? 0) * (nanosPerUnit[digits[at] ?? 0] ?? NaN);
      times[place++] = nanos >= -mostNanos && nanos <= mostNanos ? nanos : NaN;
    }
    if (isFirst) this.firstTime = times[row & chunkMask] ?? NaN;
  }

  private addLengths(batch: RecordBatch, from: number, count: number, row: number): void {
    const { wire, captured } = batch;
    let largest = 0;
    let cut = this.hasCutPackets(row);
    for (let at = from; at < from + count; at++) {
      const length = wire[at] ?? 0;
      if (length > largest) largest = length;
      if (length !== captured[at]) cut = true;
    }
    const lengths = this.wire.chunk(row, largest);
    let place = row & chunkMask;
    for (let at = from; at < from + count; at++) lengths[place++] = wire[at] ?? 0;
    if (cut) for (let at = 0; at < count; at++) this.addCut(row + at, captured[from + at] ?? 0);
  }

  private hasCutPackets(row: number): boolean {
    return this.captured.chunks[row >>> chunkBits] !== undefined;
  }

  private addCut(row: number, captured: number): void {
    // The rows of the chunk before this one were not cut.
    if (!this.hasCutPackets(row))
      for (let before = row - (row & chunkMask); before < row; before++)
        this.captured.set(before, this.wire.at(before));
    this.captured.set(row, captured);
  }
}
