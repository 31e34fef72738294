import type { ByteSource } from '../capture/byteSource.js';

/** Bytes taken from an archive at once. */
const chunkLength = 256 * 1024;
/** So many bytes are there whenever `fill` says so: more than the largest block header and any symbol. */
const lookahead = 1024;

/**
 * The archive as a row of bits, from the lowest bit of each byte up. A place is a number of bits from the start of
 * the archive, so reading can stop between any two bits and go on there later, also by somebody else.
 *
 * The bytes that are there end with zeros that are not the archive's: a decoder may look behind its end, and then
 * `ranOut` tells.
 */
export class BitInput {
  /** What is there of the archive, for reading bits: `view.getUint32(next >> 3, true) >>> (next & 7)` has 25 of them. */
  view: DataView = new DataView(new ArrayBuffer(0));
  /** The next bit, counted from the start of `view`. */
  next = 0;
  /** Up to this bit of `view`, a symbol may begin and be decoded without a look at the end. */
  safe = -1;

  private bytes: Uint8Array = new Uint8Array(0);
  /** Offset in the archive of the first of `bytes`, and how many of them are the archive's. */
  private base = 0;
  private length = 0;
  private scratch = new Uint8Array(0);
  /** Size of the archive when it was found to have no more bytes than are there. */
  private ending = -1;

  /** `place`: where to begin, in bits. */
  constructor(
    private readonly archive: ByteSource,
    place: number,
  ) {
    this.place = place;
  }

  /** Where the next bit is in the archive. */
  get place(): number {
    return this.base * 8 + this.next;
  }

  set place(place: number) {
    const next = place - this.base * 8;
    if (next >= 0 && next <= this.length * 8) {
      this.next = next;
      return;
    }
    this.base = Math.floor(place / 8);
    this.next = place % 8;
    this.length = 0;
    this.safe = -1;
    this.ending = -1;
  }

  /** Whether more bits were used than the archive has. */
  get ranOut(): boolean {
    return this.next > this.length * 8;
  }

  /** Gets more bytes where few are left; false when the archive has not as many as a decoder may want to see. */
  fill(): boolean {
    const at = this.next >> 3;
    if (this.length - at >= lookahead) return true;
    if (this.ending === this.archive.size) return false;
    const base = this.base + at;
    if (this.scratch.length === 0) this.scratch = new Uint8Array(chunkLength + lookahead);
    const read = this.archive.readInto(this.scratch.subarray(0, chunkLength), base, lookahead);
    const whole = read.length >= lookahead;
    let bytes = read;
    if (!whole) {
      bytes = this.scratch.subarray(0, read.length + lookahead);
      bytes.set(read);
      bytes.fill(0, read.length);
    }
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.base = base;
    this.next &= 7;
    this.length = read.length;
    this.ending = whole ? -1 : this.archive.size;
    this.safe = whole ? (read.length - 16) * 8 : -1;
    return whole;
  }

  /** The next bits, 16 at most, still to be taken; `fill` comes first. */
  peek(bits: number): number {
    return (this.view.getUint32(this.next >> 3, true) >>> (this.next & 7)) & ((1 << bits) - 1);
  }

  take(bits: number): number {
    const value = this.peek(bits);
    this.next += bits;
    return value;
  }

  /** Goes on to the next whole byte. */
  align(): void {
    this.next = (this.next + 7) & ~7;
  }

  /** Takes up to `most` whole bytes; `fill` comes first. The bytes are good until it is called again. */
  takeBytes(most: number): Uint8Array {
    const at = this.next >> 3;
    const taken = this.bytes.subarray(at, Math.max(at, Math.min(at + most, this.length)));
    this.next += taken.length * 8;
    return taken;
  }
}
