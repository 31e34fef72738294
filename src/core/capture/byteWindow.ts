import { unknownSize, type ByteSource } from './byteSource.js';

/**
 * The piece of a source that is in memory, moved along by whoever reads. One buffer is used again and again, so a
 * pass over a file of gigabytes allocates a few megabytes. A reader asks `has` for the bytes it needs and then finds
 * them at `offset - base`; where chunks of the file begin and end is nobody's concern but this class's.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Offset in the source of the first byte of `bytes`. */
  base = 0;
  /** Offset in the source behind the last byte of `bytes`. */
  end = 0;
  /** Size of the source, as of the last load or `refresh`. */
  size: number;

  private scratch = new Uint8Array(0);
  /** What `bytes` is a view of, and where in it they begin: asking `bytes` for them each time is slow. */
  private buffer: ArrayBufferLike = this.bytes.buffer;
  private origin = 0;

  /** `chunkSize`: how many bytes a load fetches (at least). */
  constructor(
    readonly source: ByteSource,
    private readonly chunkSize: number,
  ) {
    this.size = source.size;
  }

  /**
   * Brings `length` bytes from `offset` into the window. False where the source ends before that; the window may
   * have moved all the same.
   */
  has(offset: number, length: number): boolean {
    return (offset >= this.base && offset + length <= this.end) || this.load(offset, length);
  }

  /** `length` bytes from `offset` (fewer at the end), good until the window moves. */
  slice(offset: number, length: number): Uint8Array {
    if (!(offset >= this.base && offset + length <= this.end))
      this.has(offset, Math.min(length, Math.max(0, this.size - offset)));
    const start = Math.min(Math.max(0, offset - this.base), this.bytes.length);
    const end = Math.min(this.bytes.length, start + Math.max(0, length));
    // A view made like this costs half of what `subarray` does, which counts when it is made of every packet.
    return new Uint8Array(this.buffer, this.origin + start, end - start);
  }

  /** Takes note that the source has grown or shrunk. */
  refresh(): void {
    this.size = this.source.size;
  }

  private load(offset: number, length: number): boolean {
    if (offset + length > this.size) return false;
    const room = Math.max(
      length,
      Math.min(this.chunkSize, this.size === unknownSize ? Infinity : this.size - offset),
    );
    if (this.scratch.length < room) this.scratch = new Uint8Array(room);
    const scratch = this.scratch.length > room ? this.scratch.subarray(0, room) : this.scratch;
    const bytes = this.source.readInto(scratch, offset, length);
    this.bytes = bytes;
    this.buffer = bytes.buffer;
    this.origin = bytes.byteOffset;
    this.view = new DataView(this.buffer, this.origin, bytes.byteLength);
    this.base = offset;
    this.end = offset + bytes.length;
    this.size = this.source.size;
    return bytes.length >= length;
  }
}
