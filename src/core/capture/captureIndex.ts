import type { ByteSource } from './byteSource.js';
import { compareTimes, timeBetween, type CaptureTime } from './captureTime.js';
import { NumberColumn } from './numberColumn.js';
import type { RecordReader, RecordView } from './record.js';
import { RecordScanner, type Damage, type Leaps } from './recordScanner.js';

/** One place is remembered of every so many packets: an eighth of a byte a packet, and at most 63 hops to any. */
export const packetsPerCheckpoint = 64;

/** 4 MiB: larger chunks were not measurably faster, smaller ones were. */
const defaultChunkSize = 4 * 1024 * 1024;

/** What a pass over all packet headers tells without decoding any. */
export interface CaptureStatistics {
  /** Time of the first packet that has one, in the order of the file. */
  readonly first: CaptureTime | undefined;
  /** Earliest and latest time of all. */
  readonly earliest: CaptureTime | undefined;
  readonly latest: CaptureTime | undefined;
  /** Whether no packet is earlier than the one before it; undefined where packets without a time leave that open. */
  readonly ordered: boolean | undefined;
  /** Bytes on the wire and bytes captured of all packets. */
  readonly wireBytes: number;
  readonly capturedBytes: number;
  /** Packets of which not all bytes were captured. */
  readonly shortened: number;
  /** Packets of each of the reader's interfaces. */
  readonly perInterface: readonly number[];
}

/**
 * Where the packets of a capture are: built a step at a time, so that the first rows show at once and the rest
 * follows while the user reads. Holds a checkpoint for every 64th packet; {@link CaptureCursor} hops from there.
 */
export class CaptureIndex {
  private readonly scanner: RecordScanner;
  private readonly checkpoints = new NumberColumn();

  private first: CaptureTime | undefined;
  private readonly earliest = new Moment();
  private readonly latest = new Moment();
  private timed = 0;
  private ordered = true;
  private wireBytes = 0;
  private capturedBytes = 0;
  private shortened = 0;
  private readonly perInterface: number[] = [];

  constructor(
    readonly source: ByteSource,
    readonly reader: RecordReader,
    chunkSize = defaultChunkSize,
  ) {
    this.scanner = new RecordScanner(source, reader, chunkSize);
  }

  /** Packets found so far. */
  get packets(): number {
    return this.scanner.packets;
  }

  /** Bytes of the file gone through so far. */
  get position(): number {
    return Math.min(this.scanner.position, this.source.size);
  }

  get done(): boolean {
    return this.scanner.done;
  }

  get damage(): readonly Damage[] {
    return this.scanner.damage;
  }

  get leaps(): Leaps {
    return this.scanner.leaps;
  }

  get statistics(): CaptureStatistics {
    const some = this.timed > 0;
    return {
      first: this.first,
      earliest: some ? this.earliest.copy() : undefined,
      latest: some ? this.latest.copy() : undefined,
      ordered: this.ordered && this.timed < this.packets ? undefined : this.ordered,
      wireBytes: this.wireBytes,
      capturedBytes: this.capturedBytes,
      shortened: this.shortened,
      perInterface: this.reader.interfaces.map((_, at) => this.perInterface[at] ?? 0),
    };
  }

  /** From the earliest to the latest packet. */
  get duration(): CaptureTime | undefined {
    return this.timed > 0 ? timeBetween(this.earliest, this.latest) : undefined;
  }

  /** Offset of the last checkpoint at or before a packet (numbers from 1), and the number of the packet there. */
  checkpoint(number: number): { readonly offset: number; readonly number: number } {
    const at = Math.floor((number - 1) / packetsPerCheckpoint);
    return { offset: this.checkpoints.at(at), number: at * packetsPerCheckpoint + 1 };
  }

  /** Goes on through about `bytes` more bytes of the file; true when its end is reached. */
  step(bytes: number): boolean {
    const { scanner } = this;
    const { record } = scanner;
    const stop = scanner.position + bytes;
    while (scanner.next(stop)) {
      if ((scanner.packets - 1) % packetsPerCheckpoint === 0) this.checkpoints.push(record.offset);
      this.wireBytes += record.wire;
      this.capturedBytes += record.captured;
      if (record.captured < record.wire) this.shortened++;
      if (record.interface >= 0)
        this.perInterface[record.interface] = (this.perInterface[record.interface] ?? 0) + 1;
      if (record.timed) this.noteTime(record);
    }
    return scanner.done;
  }

  /** Takes note that the source has grown; further steps read what is new. */
  grown(): void {
    this.scanner.grown();
  }

  private noteTime(record: RecordView): void {
    const { earliest, latest } = this;
    if (this.timed++ === 0) {
      this.first = { seconds: record.seconds, fraction: record.fraction, digits: record.digits };
      earliest.take(record);
      latest.take(record);
      return;
    }
    // As long as the packets are in order, the latest is the one before this.
    if (compareTimes(record, latest) >= 0) latest.take(record);
    else {
      this.ordered = false;
      if (compareTimes(record, earliest) < 0) earliest.take(record);
    }
  }
}

/** A time that is overwritten in place. */
class Moment implements CaptureTime {
  seconds = 0;
  fraction = 0;
  digits = 6;

  take({ seconds, fraction, digits }: CaptureTime): void {
    this.seconds = seconds;
    this.fraction = fraction;
    this.digits = digits;
  }

  copy(): CaptureTime {
    return { seconds: this.seconds, fraction: this.fraction, digits: this.digits };
  }
}
