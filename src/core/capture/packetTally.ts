import { counted, grouped } from '../base/words.js';
import { compareTimes, timeBetween, timeText, type CaptureTime } from './captureTime.js';
import type { RecordView } from './record.js';
import type { RecordBatch } from './recordBatch.js';
import type { Damage } from './recordScanner.js';

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
 * Adds up what the headers of packets tell, in the order of the file: statistics, and what is odd without being
 * damage (packets earlier than the one before, more bytes captured than there were, no bytes at all).
 */
export class PacketTally {
  /** Packets added so far. */
  packets = 0;

  private timed = 0;
  private first: CaptureTime | undefined;
  private readonly previous = new Moment();
  private readonly earliest = new Moment();
  private readonly latest = new Moment();
  private wireBytes = 0;
  private capturedBytes = 0;
  private shortened = 0;
  private readonly perInterface: number[] = [];

  private readonly backwards = new Oddity();
  private readonly overlong = new Oddity();
  private readonly empty = new Oddity();

  /** Adds one packet. */
  add(record: RecordView): void {
    const { captured, wire, offset } = record;
    this.packets++;
    this.wireBytes += wire;
    this.capturedBytes += captured;
    if (captured < wire) this.shortened++;
    else if (captured > wire) this.noteOverlong(this.packets, offset, captured, wire);
    if (captured === 0) this.noteEmpty(this.packets, offset, wire);
    if (record.interface >= 0) this.count(record.interface, 1);
    if (record.timed) {
      this.timed++;
      this.noteTime(record, this.packets, offset);
    }
  }

  /** Adds the packets of a batch: the same as adding each of them, much faster. */
  addBatch(batch: RecordBatch): void {
    const { count, captured, wire, seconds, fraction, digits } = batch;
    const interfaces = batch.interface;
    const before = this.packets;
    let wireBytes = 0;
    let capturedBytes = 0;
    let shortened = 0;
    // Times need a closer look only where a row of ascending times begins and ends; interfaces where they change.
    let ascendingFrom = 0;
    let sameFrom = 0;
    for (let index = 0; index < count; index++) {
      const kept = captured[index] ?? 0;
      const whole = wire[index] ?? 0;
      wireBytes += whole;
      capturedBytes += kept;
      if (kept < whole) shortened++;
      else if (kept > whole) this.noteOverlong(before + index + 1, batch.offset(index), kept, whole);
      if (kept === 0) this.noteEmpty(before + index + 1, batch.offset(index), whole);
      if (index === 0) continue;
      const later = (seconds[index] ?? 0) - (seconds[index - 1] ?? 0);
      const follows =
        (later > 0 || (later === 0 && (fraction[index] ?? 0) >= (fraction[index - 1] ?? 0))) &&
        digits[index] === digits[index - 1];
      if (!follows) {
        this.noteAscending(batch, ascendingFrom, index - 1);
        ascendingFrom = index;
      }
      if (interfaces[index] !== interfaces[sameFrom]) {
        this.count(interfaces[sameFrom] ?? 0, index - sameFrom);
        sameFrom = index;
      }
    }
    if (count === 0) return;
    this.noteAscending(batch, ascendingFrom, count - 1);
    this.count(interfaces[sameFrom] ?? 0, count - sameFrom);
    this.wireBytes += wireBytes;
    this.capturedBytes += capturedBytes;
    this.shortened += shortened;
    this.timed += count;
    this.packets += count;
  }

  /** How things stand; `interfaces` is how many the file has described. */
  statistics(interfaces: number): CaptureStatistics {
    const some = this.timed > 0;
    const open = this.backwards.count === 0 && this.timed < this.packets;
    return {
      first: this.first,
      earliest: some ? this.earliest.copy() : undefined,
      latest: some ? this.latest.copy() : undefined,
      ordered: open ? undefined : this.backwards.count === 0,
      wireBytes: this.wireBytes,
      capturedBytes: this.capturedBytes,
      shortened: this.shortened,
      perInterface: Array.from({ length: interfaces }, (_, at) => this.perInterface[at] ?? 0),
    };
  }

  /** From the earliest to the latest packet. */
  get duration(): CaptureTime | undefined {
    return this.timed > 0 ? timeBetween(this.earliest, this.latest) : undefined;
  }

  /** What is odd, each kind told once: its first packet, and how many more there are. */
  get oddities(): readonly Damage[] {
    return [this.backwards, this.overlong, this.empty].flatMap((oddity) => oddity.note ?? []);
  }

  private count(at: number, packets: number): void {
    this.perInterface[at] = (this.perInterface[at] ?? 0) + packets;
  }

  /** Takes in times that do not descend from one packet of a batch to another. */
  private noteAscending(batch: RecordBatch, from: number, to: number): void {
    for (const index of from === to ? [from] : [from, to]) {
      const time = {
        seconds: batch.seconds[index] ?? 0,
        fraction: batch.fraction[index] ?? 0,
        digits: batch.digits[index] ?? 0,
      };
      this.noteTime(time, this.packets + index + 1, batch.offset(index));
    }
  }

  private noteTime(time: CaptureTime, number: number, offset: number): void {
    const { previous, earliest, latest } = this;
    if (this.first === undefined) {
      this.first = { seconds: time.seconds, fraction: time.fraction, digits: time.digits };
      earliest.take(time);
      latest.take(time);
    } else if (compareTimes(time, previous) < 0) {
      if (this.backwards.isFirst) {
        const step = timeText(timeBetween(time, previous));
        this.backwards.describe(number, offset, `is ${step} seconds earlier than the packet before it`);
      }
      this.backwards.count++;
      if (compareTimes(time, earliest) < 0) earliest.take(time);
    } else if (compareTimes(time, latest) > 0) latest.take(time);
    previous.take(time);
  }

  private noteOverlong(number: number, offset: number, captured: number, wire: number): void {
    if (this.overlong.isFirst) {
      const lengths = `${counted(captured, 'captured byte')}, but only ${grouped(wire)} on the wire`;
      this.overlong.describe(number, offset, `has ${lengths}`);
    }
    this.overlong.count++;
  }

  private noteEmpty(number: number, offset: number, wire: number): void {
    if (this.empty.isFirst) {
      const words = wire === 0 ? 'has no bytes' : `has none of its ${counted(wire, 'byte')} captured`;
      this.empty.describe(number, offset, words);
    }
    this.empty.count++;
  }
}

/** Something odd that may be true of very many packets. */
class Oddity {
  /** How many packets. */
  count = 0;
  private offset = 0;
  private number = 0;
  private words = '';

  get isFirst(): boolean {
    return this.count === 0;
  }

  /** Tells of the first packet; `words` make a sentence that begins with it. */
  describe(number: number, offset: number, words: string): void {
    this.number = number;
    this.offset = offset;
    this.words = words;
  }

  get note(): Damage | undefined {
    if (this.isFirst) return undefined;
    const more =
      this.count === 1
        ? ''
        : this.count === 2
          ? '; 1 more packet is like it'
          : `; ${grouped(this.count - 1)} more packets are like it`;
    return {
      offset: this.offset,
      afterPacket: this.number - 1,
      message: `Packet ${grouped(this.number)} ${this.words}${more}.`,
    };
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
