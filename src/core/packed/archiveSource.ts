import { grouped } from '../base/words.js';
import {
  ByteSourceError,
  unknownSize,
  type ArchiveProgress,
  type ByteSource,
} from '../capture/byteSource.js';
import { standing, type Packing, type Unpacker } from './unpacker.js';

/** Unpacked bytes between two places where unpacking can begin again, as long as the archive is not very large. */
export const usualDistance = 2 * 1024 * 1024;
/** Memory for what those places need of the bytes before them. When it is used up, every second place is given up. */
const windowMemory = 64 * 1024 * 1024;
/** Unpacked bytes that are kept for reading again. */
const keptMemory = 12 * 1024 * 1024;
/**
 * Unpacked bytes that are kept where unpacking cannot begin again, as inside a frame of Zstandard: to go back there
 * would mean to unpack all of it once more.
 */
export const mostHeld = 1024 * 1024 * 1024;
/** So many bytes are unpacked at least when some are asked for: a fraction of a frame's time on a screen. */
const stride = 256 * 1024;

/** What {@link ArchiveSource} may be told. */
export interface ArchiveOptions {
  /** The most bytes that are unpacked; see {@link mostUnpacked}. */
  readonly limit?: number;
  /** See {@link usualDistance}; and how much is held as in {@link mostHeld}. Tests give small ones. */
  readonly distance?: number;
  readonly held?: number;
}

/**
 * As much as is unpacked of an archive unless the user says otherwise: some bytes can unpack to any number (a
 * decompression bomb). What is unpacked is not kept, so this limits the time that an archive can take, not the
 * memory; it is about as much as one minute unpacks.
 */
export const mostUnpacked = 16 * 1024 * 1024 * 1024;

/** A place where unpacking can begin. */
interface Place {
  /** Offset of the next byte in what is unpacked. */
  readonly start: number;
  /** What comes before it, as far as it can be referred to. */
  readonly window: Uint8Array;
  /** Makes an unpacker for this place; undefined where there is none: then the piece from here on is never let go. */
  readonly restart: (() => Unpacker) | undefined;
}

/** Unpacked bytes from one place on. Grows at its end only, so views of it stay as they are. */
class Piece {
  end: number;
  private filled: number;

  /** `room`: how many bytes it can hold (and the overrun of the unpacker). */
  constructor(
    readonly place: Place,
    readonly room: number,
    private readonly unpacker: Unpacker,
    private readonly buffer: Uint8Array,
  ) {
    buffer.set(place.window);
    this.filled = place.window.length;
    this.end = place.start;
  }

  get start(): number {
    return this.place.start;
  }

  /** Unpacks until it reaches `offset`; not as far when the archive does not. */
  reach(offset: number): void {
    const more = Math.min(offset - this.start, this.room) - (this.end - this.start);
    if (more <= 0) return;
    const filled = this.unpacker.run(this.buffer, this.filled, this.filled + more);
    this.end += filled - this.filled;
    this.filled = filled;
  }

  /** A view of the bytes from `from` to `to`, which must be there. */
  view(from: number, to: number): Uint8Array {
    const origin = this.place.window.length - this.start;
    return this.buffer.subarray(origin + from, origin + to);
  }

  /** The last bytes, `most` of them, of which some may be from before the piece. */
  tail(most: number): Uint8Array {
    return this.buffer.slice(Math.max(0, this.filled - most), this.filled);
  }
}

/**
 * What an archive holds, as a source of bytes. The archive is unpacked as its bytes are asked for, by one pass that
 * goes only as far as somebody has read: the first rows of a large capture do not wait for the last, and `size` is
 * {@link unknownSize} until the pass has met the end (see `archive` for how far it is). The pass leaves places behind
 * where unpacking can begin again, so that any byte before can be read at the price of unpacking a few megabytes.
 * Memory is bounded whatever the archive unpacks to.
 *
 * Why an inflater of our own: zlib as Node offers it does not tell where it is in the archive, so places would have
 * to be guessed, and pako, which does, took twice the time on captures. Ours does both passes with the same code, at
 * two thirds to nine tenths of native speed (180 to 440 MB/s unpacked), and runs where there is no Node.
 */
export class ArchiveSource implements ByteSource {
  readonly name: string;
  readonly packing: string;

  private readonly limit: number;
  private readonly held: number;
  private distance: number;
  private readonly mostPlaces: number;
  /** In the order of their starts. The last one is where `frontier` began. */
  private places: Place[];
  /** The pass through the archive, and what it has unpacked since the last place. */
  private readonly pass: Unpacker;
  private frontier: Piece;
  private finished = false;
  private limitNote = '';
  private limited = false;
  /** Pieces that can be made again, in the order of their last use. */
  private kept: Piece[] = [];
  /** Pieces that cannot, in the order of their starts. */
  private readonly pinned: Piece[] = [];
  private open = true;

  constructor(
    private readonly source: ByteSource,
    private readonly method: Packing,
    options: ArchiveOptions = {},
  ) {
    this.name = source.name;
    this.packing = method.name;
    this.limit = options.limit ?? mostUnpacked;
    this.held = options.held ?? mostHeld;
    this.distance = options.distance ?? usualDistance;
    this.mostPlaces = Math.max(2, Math.floor(windowMemory / Math.max(method.window, 16 * 1024)));
    const first: Place = { start: 0, window: new Uint8Array(0), restart: () => method.begin(source) };
    this.places = [first];
    this.pass = method.begin(source);
    this.frontier = this.piece(first, this.roomAt(0), this.pass);
  }

  get size(): number {
    return this.finished ? this.frontier.end : unknownSize;
  }

  get archive(): ArchiveProgress {
    return {
      position: Math.min(this.pass.position, this.source.size),
      size: this.source.size,
      unpacked: this.frontier.end,
      limited: this.limited,
    };
  }

  get flaw(): string | undefined {
    if (this.limitNote !== '') return this.limitNote;
    if (this.pass.flaw !== '') return this.pass.flaw;
    return this.pass.standing === standing.cut
      ? `the ${this.packing} archive is cut off after ${grouped(this.source.size)} bytes; the rest is missing`
      : undefined;
  }

  read(offset: number, length: number): Uint8Array {
    this.unpackTo(offset + length);
    const end = Math.min(offset + length, this.frontier.end);
    if (end <= offset) return new Uint8Array(0);
    const piece = this.pieceAt(offset, end);
    if (piece.end >= end) return piece.view(offset, end);
    const joined = new Uint8Array(end - offset);
    this.copy(joined, offset);
    return joined;
  }

  readInto(scratch: Uint8Array, offset: number, atLeast: number): Uint8Array {
    this.unpackTo(offset + atLeast);
    const end = Math.min(offset + scratch.length, this.frontier.end);
    if (end <= offset) return scratch.subarray(0, 0);
    const piece = this.pieceAt(offset, Math.min(end, offset + Math.max(atLeast, stride)));
    if (piece.end >= Math.min(offset + atLeast, this.frontier.end))
      return piece.view(offset, Math.min(end, piece.end));
    return this.copy(scratch.subarray(0, Math.min(scratch.length, Math.max(atLeast, stride))), offset);
  }

  /** Whether the archive has grown; then there may be more to unpack, and `size` is unknown once more. */
  refresh(): boolean {
    if (!this.source.refresh()) return false;
    if (!this.finished || this.limitNote !== '' || this.pass.standing === standing.damaged) return false;
    this.finished = false;
    return true;
  }

  close(): void {
    this.open = false;
    this.source.close();
    this.kept = [];
    this.pinned.length = 0;
  }

  /** Takes the pass through the archive on until the byte before `offset` is there, or the end is met. */
  private unpackTo(offset: number): void {
    while (!this.finished && this.frontier.end < offset) {
      if (!this.open) throw new ByteSourceError(this.name, `is closed.`);
      const { frontier } = this;
      const before = frontier.end;
      // One byte above the limit shows that there is more.
      frontier.reach(Math.min(Math.max(offset, before + stride), this.limit + 1));
      if (frontier.end > this.limit) {
        this.limited = true;
        this.stop(this.limit, `more than ${grouped(this.limit)} bytes; the rest is left out`);
      } else if (this.pass.standing !== standing.more) this.finished = true;
      else if (frontier.end - frontier.start >= frontier.room) this.nextPlace();
    }
  }

  /** Ends the contents at an offset; `than`: what they are too much for, and what is to be done. */
  private stop(end: number, than: string): void {
    this.finished = true;
    this.frontier.end = Math.min(this.frontier.end, end);
    this.limitNote = `the ${this.packing} archive unpacks to ${than}`;
  }

  /** The frontier is full: from here on, unpacking can begin again. */
  private nextPlace(): void {
    const { frontier, pass } = this;
    if (frontier.place.restart) this.keep(frontier);
    else {
      this.pinned.push(frontier);
      const held = this.pinned.reduce((sum, { start, end }) => sum + end - start, 0);
      if (held + this.distance > this.held) {
        const most = `more than the ${grouped(this.held)} bytes that are kept in memory of an archive in one piece`;
        this.stop(frontier.end, `${most}; the rest is left out until you unpack it first`);
        return;
      }
    }
    const place = { start: frontier.end, window: frontier.tail(this.method.window), restart: pass.restart() };
    if (this.places.length >= this.mostPlaces) this.thinPlaces();
    this.places.push(place);
    this.frontier = this.piece(place, this.roomAt(place.start), pass);
  }

  /** Every second place goes: so their number stays bounded, and those for what comes next are set at twice the distance. */
  private thinPlaces(): void {
    let odd = false;
    this.places = this.places.filter((place) => {
      if (place.restart === undefined) return true;
      odd = !odd;
      return odd;
    });
    this.distance *= 2;
    this.kept = [];
  }

  /** Room for the piece that begins at an offset: little in a small archive, so that opening one costs little. */
  private roomAt(start: number): number {
    return Math.min(this.distance, Math.max(stride, start));
  }

  private piece(place: Place, room: number, unpacker: Unpacker): Piece {
    const buffer = new Uint8Array(place.window.length + room + this.method.overrun);
    return new Piece(place, room, unpacker, buffer);
  }

  /** The piece that holds the byte at `offset`, which the pass has met, unpacked up to `end` or its own end. */
  private pieceAt(offset: number, end: number): Piece {
    if (offset >= this.frontier.start) return this.frontier;
    const at = this.placeBefore(offset);
    const place = this.places[at];
    const next = this.places[at + 1]?.start ?? this.frontier.start;
    let piece = this.kept.find((one) => one.start === place?.start) ?? this.pinnedAt(offset);
    if (piece === undefined) {
      const unpacker = place?.restart?.();
      if (place === undefined || unpacker === undefined)
        throw new ByteSourceError(this.name, `cannot be unpacked again at byte ${grouped(offset)}.`);
      piece = this.piece(place, next - place.start, unpacker);
    }
    if (piece.place.restart) this.keep(piece);
    piece.reach(Math.min(end, next));
    if (piece.end <= offset)
      throw new ByteSourceError(this.name, `was changed while it was open. Open it again.`);
    return piece;
  }

  private pinnedAt(offset: number): Piece | undefined {
    return this.pinned.find((piece) => offset >= piece.start && offset < piece.end);
  }

  /** Index of the last place at or before an offset. */
  private placeBefore(offset: number): number {
    let low = 0;
    let high = this.places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.places[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Notes a piece as the one last used, and lets go of those that were not used for long. */
  private keep(piece: Piece): void {
    const at = this.kept.indexOf(piece);
    if (at === this.kept.length - 1 && at >= 0) return;
    if (at >= 0) this.kept.splice(at, 1);
    this.kept.push(piece);
    let memory = this.kept.reduce((sum, { room }) => sum + room, 0);
    // Two stay in any case: a read over the border of two pieces needs both.
    while (memory > keptMemory && this.kept.length > 2) memory -= this.kept.shift()?.room ?? 0;
  }

  /** Fills `target` from `offset` on, out of as many pieces as it takes; returns the part that is filled. */
  private copy(target: Uint8Array, offset: number): Uint8Array {
    const length = Math.min(target.length, this.frontier.end - offset);
    for (let done = 0; done < length;) {
      const at = offset + done;
      const piece = this.pieceAt(at, offset + length);
      const bytes = piece.view(at, Math.min(offset + length, piece.end));
      target.set(bytes, done);
      done += bytes.length;
    }
    return target.subarray(0, length);
  }
}
