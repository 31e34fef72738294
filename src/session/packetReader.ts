import { PacketScan } from '../core/capture/packetScan.js';
import type { CaptureIndex } from '../core/capture/captureIndex.js';
import type { CaptureTime } from '../core/capture/captureTime.js';
import type { RecordView } from '../core/capture/record.js';
import { Decoder, type PacketSummary } from '../core/dissect/decoder.js';
import type { Walk } from '../core/dissect/walk.js';
import type { FrameFacts } from '../core/frame/frameField.js';
import type { Marks } from './marks.js';

/** For packets here and there: the 64 packets behind a checkpoint seldom take more. */
const jumpChunk = 64 * 1024;
/** For whoever goes through all packets: as the index reads. */
export const passChunk = 4 * 1024 * 1024;

/**
 * Goes to packets by number and decodes them, one at a time; the next packet is one hop. What it gives out is the
 * same object for every packet, and good until it goes on.
 */
export class PacketReader {
  readonly decoder = new Decoder();
  readonly facts: FrameFacts;
  private readonly scan: PacketScan;
  private readonly earlier = new EarlierTime();
  private there = false;
  private firstTime: CaptureTime | undefined;
  private walked: Walk | undefined;
  private summed: PacketSummary | undefined;

  /** `chunkSize`: bytes fetched at once; large ones for packets in a row. */
  constructor(
    readonly index: CaptureIndex,
    marks: Marks,
    chunkSize = jumpChunk,
  ) {
    this.scan = new PacketScan(index, chunkSize);
    this.facts = frameFacts(this, marks);
  }

  /** Goes to a packet; false when the index has no such packet (yet). */
  go(number: number): boolean {
    const { scan } = this;
    if (this.there && scan.number === number) return true;
    this.walked = undefined;
    this.summed = undefined;
    if (!this.there || scan.number !== number - 1) {
      // By way of the packet before, for its time.
      this.there = number > 1 && scan.seek(number - 1) && scan.next();
      if (!this.there && !(number === 1 && scan.seek(1))) return false;
    }
    this.earlier.take(this.there ? scan.record : undefined);
    this.there = scan.next();
    return this.there;
  }

  /** Number of the packet at hand. */
  get number(): number {
    return this.scan.number;
  }

  get record(): RecordView {
    return this.scan.record;
  }

  /** The captured bytes: a view. */
  get bytes(): Uint8Array {
    return this.scan.bytes();
  }

  get walk(): Walk {
    return (this.walked ??= this.walkNow());
  }

  get summary(): PacketSummary {
    return (this.summed ??= this.decoder.summary(this.walk));
  }

  /** When the first packet of the file that has a time was captured. */
  get first(): CaptureTime | undefined {
    return (this.firstTime ??= this.index.statistics.first);
  }

  /** When the packet before this one in the file was captured. */
  get before(): CaptureTime | undefined {
    return this.earlier.known ? this.earlier : undefined;
  }

  get comments(): readonly string[] {
    return this.scan.comments();
  }

  /** Whether there are any comments: cheaper than they are. */
  get hasComment(): boolean {
    return this.scan.hasComment;
  }

  /** When a packet was captured, to be kept; `undefined` where the file does not say. Goes to that packet. */
  timeOf(number: number): CaptureTime | undefined {
    return this.go(number) ? copyTime(this.record) : undefined;
  }

  private walkNow(): Walk {
    const { record } = this.scan;
    const linkType = this.index.reader.interfaces[record.interface]?.linkType ?? -1;
    return this.decoder.walk(
      this.scan.bytes(),
      linkType,
      record.wire,
      record.timed ? record.seconds : undefined,
    );
  }
}

/** The time of a record, to be kept; `undefined` where it has none. */
export function copyTime({ seconds, fraction, digits, timed }: RecordView): CaptureTime | undefined {
  return timed ? { seconds, fraction, digits } : undefined;
}

/** The time of the packet before, overwritten in place. */
class EarlierTime implements CaptureTime {
  known = false;
  seconds = 0;
  fraction = 0;
  digits = 0;

  take(record: RecordView | undefined): void {
    this.known = record?.timed ?? false;
    if (!record) return;
    this.seconds = record.seconds;
    this.fraction = record.fraction;
    this.digits = record.digits;
  }
}

/** What the file knows of the packet that a reader has at hand. */
function frameFacts(reader: PacketReader, marks: Marks): FrameFacts {
  const comments = (): readonly string[] => reader.comments;
  return {
    get number() {
      return reader.number;
    },
    get record() {
      return reader.record;
    },
    get reader() {
      return reader.index.reader;
    },
    get first() {
      return reader.first;
    },
    get before() {
      return reader.before;
    },
    get marked() {
      return marks.has(reader.number);
    },
    comments,
  };
}
