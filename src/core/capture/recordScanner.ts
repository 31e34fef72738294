import { grouped } from '../base/words.js';
import { unknownSize, type ByteSource } from './byteSource.js';
import { ByteWindow } from './byteWindow.js';
import { NumberColumn } from './numberColumn.js';
import { found, RecordView, searchReach, type RecordReader } from './record.js';
import type { RecordBatch } from './recordBatch.js';

/** A note on a place of the file, such as what is damaged there. */
export interface Damage {
  /** Byte offset in the file. */
  readonly offset: number;
  /** How many packets come before it. */
  readonly afterPacket: number;
  /** One sentence with figures. */
  readonly message: string;
}

/** Places that a reader must leap over: bytes that are no records, and long runs of records that are no packets. */
export class Leaps {
  private readonly from = new NumberColumn();
  private readonly to = new NumberColumn();

  get length(): number {
    return this.from.length;
  }

  /** Bytes of memory they take. */
  get bytes(): number {
    return this.from.bytes + this.to.bytes;
  }

  /** `from` must be larger than in any leap before. */
  add(from: number, to: number): void {
    this.from.push(from);
    this.to.push(to);
  }

  /** Where to go on from a place; -1 when no leap begins there. */
  target(from: number): number {
    if (this.from.length === 0) return -1;
    const at = this.search(from);
    return at < this.from.length && this.from.at(at) === from ? this.to.at(at) : -1;
  }

  /** Where the first leap at or behind a place begins; Infinity when there is none. */
  nextFrom(place: number): number {
    const at = this.search(place);
    return at < this.from.length ? this.from.at(at) : Infinity;
  }

  /** Index of the first leap that begins at or behind a place. */
  private search(place: number): number {
    let low = 0;
    let high = this.from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.from.at(middle) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** More notes than this tell nobody anything; the rest is only counted. */
const mostNotes = 200;
/** As many leaps are kept: a file with more damaged places than this is not worth the memory. */
const mostLeaps = 1 << 20;
/** So many records without a packet are worth a leap, so that no one walks them twice. */
const longRun = 4096;

/**
 * Reads the records of a file from first to last, once. It steps over what is no packet, notes what is damaged, and
 * after damage searches for the next place where records go on; no byte is tried more than once.
 */
export class RecordScanner {
  readonly record = new RecordView();
  readonly window: ByteWindow;
  readonly leaps = new Leaps();
  /** Packets so far. */
  packets = 0;
  /** Where reading goes on; what lies before has been read. */
  position: number;
  private readonly notes: Damage[] = [];
  private unlisted = 0;
  /** What is wrong at the end of the file. Not final: the file may grow. */
  private tail: Damage | undefined;
  /** Where a search for the next record stands; -1 when none is under way. */
  private searching = -1;
  private troubleAt = -1;
  /** When the file grows, no place before this need be tried again for the same trouble. */
  private refused = 0;
  private trouble = '';
  private runStart = -1;
  private runLength = 0;

  constructor(
    private readonly source: ByteSource,
    readonly reader: RecordReader,
    chunkSize: number,
  ) {
    this.window = new ByteWindow(source, chunkSize);
    this.position = reader.first;
    if (reader.flaw !== '') this.note(0, reader.flaw);
  }

  /** Whether everything there is now has been read. */
  get done(): boolean {
    return this.position >= this.window.size;
  }

  /** Whether going on means asking the source for more bytes, which a live stream may not have yet. */
  get needsBytes(): boolean {
    return this.position >= this.window.end;
  }

  /** What was found damaged so far, in the order of the file. */
  get damage(): readonly Damage[] {
    const list = [...this.notes];
    const { flaw, size } = this.source;
    // Bytes that end too early explain a record that is cut off, so they are told in its place.
    if (this.done && flaw !== undefined)
      list.push({ offset: size, afterPacket: this.packets, message: sentence(flaw, size) });
    else if (this.tail) list.push(this.tail);
    if (this.unlisted > 0) {
      const more = `${grouped(this.unlisted)} more damaged places are not listed.`;
      list.push({ offset: this.position, afterPacket: this.packets, message: more });
    }
    return list;
  }

  /**
   * Goes on through plain packets up to `stop`, as many as are at hand and have room in the batch; the last is in
   * `record` too. An empty batch says nothing of what comes: ask `next`.
   */
  nextBatch(stop: number, batch: RecordBatch): void {
    batch.count = 0;
    if (this.searching >= 0 || this.runLength > 0) return;
    this.reader.readBatch(this.window, this.position, stop, batch);
    const { count } = batch;
    if (count === 0) return;
    batch.show(count - 1, this.record);
    this.position = batch.offset(count);
    this.packets += count;
  }

  /**
   * Goes on to the next packet and leaves it in `record`; false when `position` has reached `stop` or the end
   * without meeting one.
   */
  next(stop = Infinity): boolean {
    const record = this.record;
    while (this.position < stop) {
      if (this.searching >= 0) {
        if (!this.search(stop)) return false;
        continue;
      }
      let what = this.reader.read(this.window, this.position, record);
      if (what === found.packet) {
        // Only a stream's reader cannot see that the end comes before the packet's.
        if (this.window.size === unknownSize && !this.window.has(record.offset, record.next - record.offset))
          what = found.cut;
        else {
          if (this.runLength > 0) this.endRun();
          this.position = record.next;
          this.packets++;
          if (record.flaw !== '') this.note(record.offset, record.flaw);
          return true;
        }
      }
      if (what === found.end) return false;
      if (what === found.other) {
        if (this.runLength++ === 0) this.runStart = record.offset;
        this.position = record.next;
        if (record.flaw !== '') this.note(record.offset, record.flaw);
      } else this.meetTrouble(what === found.cut);
    }
    return false;
  }

  /** Takes note that the source has grown: what was cut off at its end is read again. */
  grown(): void {
    this.window.refresh();
    if (this.tail === undefined) return;
    this.position = this.troubleAt;
    this.tail = undefined;
  }

  /** Before a packet: a long run of other records becomes a leap. */
  private endRun(): void {
    if (this.runLength >= longRun) this.leaps.add(this.runStart, this.record.offset);
    this.runLength = 0;
  }

  private meetTrouble(cut: boolean): void {
    const again = this.position === this.troubleAt;
    this.troubleAt = this.position;
    // The words take longer than the search: where no more are listed, none are made.
    this.trouble =
      cut || this.notes.length < mostNotes
        ? this.reader.explain(this.window, this.position)
        : 'no packet begins where one should';
    this.runLength = 0;
    if (this.leaps.length >= mostLeaps) {
      this.trouble = `is one damaged place more than the ${grouped(mostLeaps)} that are stepped over; the rest of the file is left out`;
      this.giveUp();
    } else if (cut && this.reader.endsInside(this.window, this.position, this.before)) this.giveUp();
    else this.searching = Math.max(this.position + 1, again ? this.refused : 0);
  }

  /** The rest of the file, from the trouble on, holds nothing to show. */
  private giveUp(): void {
    this.tail = {
      offset: this.troubleAt,
      afterPacket: this.packets,
      message: sentence(this.trouble, this.troubleAt),
    };
    const searched = this.searching >= 0;
    this.position = this.window.size;
    this.refused = searched ? this.position - searchReach : 0;
    this.searching = -1;
  }

  /** The last packet that was read, when there was one. */
  private get before(): RecordView | undefined {
    return this.packets > 0 ? this.record : undefined;
  }

  /** Looks for the place where records go on, up to `stop`; true when the search has ended one way or the other. */
  private search(stop: number): boolean {
    const { before } = this;
    // The size is looked at each time: of a stream it becomes known on the way.
    while (this.searching < stop && this.searching < this.window.size) {
      const until = Math.min(stop, this.lookAhead());
      const place = this.reader.search(this.window, this.searching, until, before);
      this.searching = place >= 0 ? place : until;
      if (place < 0) continue;
      const skipped = place - this.troubleAt;
      this.leaps.add(this.troubleAt, place);
      this.note(
        this.troubleAt,
        this.trouble,
        ` ${grouped(skipped)} bytes are left out; packets go on at offset ${grouped(place)}.`,
      );
      this.position = place;
      this.searching = -1;
      return true;
    }
    if (this.searching < this.window.size) {
      this.position = this.searching;
      return false;
    }
    this.giveUp();
    return true;
  }

  /**
   * Brings what a search looks at into the window, and gives the place up to which it is there. It is twice as much as
   * is needed, so that the window moves on once in very many bytes however small its chunks are. Of a stream, nothing
   * is waited for that may not be needed.
   */
  private lookAhead(): number {
    const { window, searching } = this;
    if (window.size === unknownSize) return searching + 1;
    if (searching < window.base || Math.min(searching + searchReach, window.size) > window.end)
      window.has(searching, Math.min(2 * searchReach, window.size - searching));
    return window.end >= window.size ? window.size : Math.max(searching + 1, window.end - searchReach);
  }

  private note(offset: number, trouble: string, more = ''): void {
    if (this.notes.length >= mostNotes) this.unlisted++;
    else
      this.notes.push({ offset, afterPacket: this.packets, message: `${sentence(trouble, offset)}${more}` });
  }
}

/** `At offset 1,204 a packet claims ….` */
function sentence(trouble: string, offset: number): string {
  return `At offset ${grouped(offset)} ${trouble}.`;
}
