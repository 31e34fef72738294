import type { ByteSource } from './byteSource.js';
import type { CaptureTime } from './captureTime.js';
import { NumberColumn } from './numberColumn.js';
import { PacketTally, type CaptureStatistics } from './packetTally.js';
import { RecordView, type RecordReader } from './record.js';
import { RecordBatch } from './recordBatch.js';
import { RecordScanner, type Damage, type Leaps } from './recordScanner.js';

/** One place is remembered of every so many packets: an eighth of a byte a packet, and at most 63 hops to any. */
export const packetsPerCheckpoint = 64;

/** Bytes of the shortest option, and of the block's length behind it: shorter tails hold no comment. */
const leastOption = 8;

/** 4 MiB: larger chunks were not measurably faster, smaller ones were. */
const defaultChunkSize = 4 * 1024 * 1024;

/**
 * Where the packets of a capture are: built a step at a time, so that the first rows show at once and the rest
 * follows while the user reads. Holds a checkpoint for every 64th packet; {@link CaptureCursor} hops from there.
 */
export class CaptureIndex {
  private readonly scanner: RecordScanner;
  private readonly checkpoints = new NumberColumn();

  private readonly tally = new PacketTally();
  private readonly batch = new RecordBatch();
  /** A packet of the batch, for a closer look. */
  private readonly closer = new RecordView();
  private withComments = 0;

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

  /** Bytes of memory that grow with the file. */
  get bytes(): number {
    return this.checkpoints.bytes + this.scanner.leaps.bytes;
  }

  get damage(): readonly Damage[] {
    return this.scanner.damage;
  }

  get leaps(): Leaps {
    return this.scanner.leaps;
  }

  /** What is odd in the file without being damage: each kind once, with its first packet and how many more there are. */
  get oddities(): readonly Damage[] {
    return this.tally.oddities;
  }

  /** How many packets found so far have comments. */
  get commented(): number {
    return this.withComments;
  }

  get statistics(): CaptureStatistics {
    return this.tally.statistics(this.reader.interfaces.length);
  }

  /** From the earliest to the latest packet. */
  get duration(): CaptureTime | undefined {
    return this.tally.duration;
  }

  /** Offset of the last checkpoint at or before a packet (numbers from 1), and the number of the packet there. */
  checkpoint(number: number): { readonly offset: number; readonly number: number } {
    const at = Math.floor((number - 1) / packetsPerCheckpoint);
    return { offset: this.checkpoints.at(at), number: at * packetsPerCheckpoint + 1 };
  }

  /** Goes on through about `bytes` more bytes of the file; true when its end is reached. */
  step(bytes: number): boolean {
    const { scanner, reader, batch, tally } = this;
    const stop = scanner.position + bytes;
    while (scanner.position < stop) {
      scanner.nextBatch(stop, batch);
      if (batch.count > 0) {
        // The first of these that a checkpoint falls on, and every 64th from there.
        let index = (packetsPerCheckpoint - (tally.packets % packetsPerCheckpoint)) % packetsPerCheckpoint;
        for (; index < batch.count; index += packetsPerCheckpoint) this.checkpoints.push(batch.offset(index));
        tally.addBatch(batch);
        if (reader.canComment) this.countComments();
      } else if (scanner.next(stop)) {
        if (tally.packets % packetsPerCheckpoint === 0) this.checkpoints.push(scanner.record.offset);
        tally.add(scanner.record);
        if (reader.canComment && reader.hasComment(scanner.window, scanner.record)) this.withComments++;
      } else break;
    }
    return scanner.done;
  }

  /** Looks for comments in the batch: only behind packets whose record has room for more than its own end. */
  private countComments(): void {
    const { scanner, reader, batch, closer } = this;
    const { start, captured, header, alignment, count } = batch;
    for (let index = 0; index < count; index++) {
      const plain = header + (((captured[index] ?? 0) + alignment - 1) & -alignment) + leastOption;
      if ((start[index + 1] ?? 0) - (start[index] ?? 0) < plain) continue;
      batch.show(index, closer);
      if (reader.hasComment(scanner.window, closer)) this.withComments++;
    }
  }

  /** Takes note that the source has grown; further steps read what is new. */
  grown(): void {
    this.scanner.grown();
  }
}
