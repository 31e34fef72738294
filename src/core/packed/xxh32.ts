/** xxHash, 32 bits, with seed 0 (https://github.com/Cyan4973/xxHash, doc/xxhash_spec.md): the checksum of LZ4 frames. */

const prime1 = 0x9e3779b1;
const prime2 = 0x85ebca77;
const prime3 = 0xc2b2ae3d;
const prime4 = 0x27d4eb2f;
const prime5 = 0x165667b1;

/** Bytes that are taken in one step. */
const stripe = 16;

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function round(lane: number, input: number): number {
  return Math.imul(rotated((lane + Math.imul(input, prime2)) | 0, 13), prime1);
}

/** A sum over bytes that come in pieces. */
export class Xxh32 {
  private lane1 = (prime1 + prime2) | 0;
  private lane2 = prime2 | 0;
  private lane3 = 0;
  private lane4 = -prime1 | 0;
  private length = 0;
  /** Bytes that do not make a stripe yet. */
  private readonly rest = new Uint8Array(stripe);
  private resting = 0;

  add(bytes: Uint8Array): this {
    this.length += bytes.length;
    let at = 0;
    if (this.resting > 0) {
      at = Math.min(stripe - this.resting, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.resting);
      this.resting += at;
      if (this.resting < stripe) return this;
      this.stripes(this.rest);
    }
    const whole = at + Math.floor((bytes.length - at) / stripe) * stripe;
    this.stripes(bytes.subarray(at, whole));
    this.rest.set(bytes.subarray(whole));
    this.resting = bytes.length - whole;
    return this;
  }

  /** The sum as an unsigned number. */
  get sum(): number {
    const { lane1, lane2, lane3, lane4, rest, resting } = this;
    let sum =
      this.length >= stripe
        ? rotated(lane1, 1) + rotated(lane2, 7) + rotated(lane3, 12) + rotated(lane4, 18)
        : prime5;
    sum = (sum + this.length) | 0;
    const view = new DataView(rest.buffer);
    let at = 0;
    for (; at + 4 <= resting; at += 4)
      sum = Math.imul(rotated((sum + Math.imul(view.getUint32(at, true), prime3)) | 0, 17), prime4);
    for (; at < resting; at++)
      sum = Math.imul(rotated((sum + Math.imul(view.getUint8(at), prime5)) | 0, 11), prime1);
    sum = Math.imul(sum ^ (sum >>> 15), prime2);
    sum = Math.imul(sum ^ (sum >>> 13), prime3);
    return (sum ^ (sum >>> 16)) >>> 0;
  }

  private stripes(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let { lane1, lane2, lane3, lane4 } = this;
    for (let at = 0; at < bytes.length; at += stripe) {
      lane1 = round(lane1, view.getInt32(at, true));
      lane2 = round(lane2, view.getInt32(at + 4, true));
      lane3 = round(lane3, view.getInt32(at + 8, true));
      lane4 = round(lane4, view.getInt32(at + 12, true));
    }
    this.lane1 = lane1;
    this.lane2 = lane2;
    this.lane3 = lane3;
    this.lane4 = lane4;
  }
}
