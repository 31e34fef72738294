/**
 * gzip archives (RFC 1952): members one behind the other, each
 *
 *     1f 8b, method u8, flags u8, time u32, two more u8 [, extra field, name, comment, checksum of these]
 *     DEFLATE stream, CRC-32 u32, length modulo 2^32 u32
 */
import { u16le, u32le } from '../base/bytes.js';
import { grouped } from '../base/words.js';
import type { ByteSource } from '../capture/byteSource.js';
import { crc32 } from './crc32.js';
import {
  deflateOverrun,
  deflateStart,
  deflateWindow,
  Inflater,
  inflating,
  type DeflatePlace,
} from './inflate.js';
import { standing, type Packing, type Standing, type Unpacker } from './unpacker.js';

export const gzip: Packing = {
  name: 'gzip',
  window: deflateWindow,
  overrun: deflateOverrun,
  sniff: isMember,
  begin: (archive) => new GzipUnpacker(archive, { offset: 0 }),
};

const headerLength = 10;
const trailerLength = 8;
const deflateMethod = 8;
const headerFlag = { checksum: 2, extra: 4, name: 8, comment: 16 } as const;
/** No name or comment is longer than this; a hostile one must not be searched for its end for ever. */
const longestText = 64 * 1024;
const textPiece = 256;
/** What may follow the last member: zeros, on tapes; looked through in pieces of this. */
const paddingPiece = 64 * 1024;

function isMember(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Where a pass stands: at the header of a member (an offset in bytes), or in its DEFLATE stream. */
type GzipPlace = { readonly offset: number } | DeflatePlace;

class GzipUnpacker implements Unpacker {
  standing: Standing = standing.more;
  flaw = '';

  private readonly inflater: Inflater;
  /** Offset of the header or trailer that comes next; -1 inside a DEFLATE stream. */
  private header: number;
  private trailer = -1;
  /** Checksum and length of the member so far. Not known when the pass began inside of it. */
  private sum = 0;
  private length = 0;
  private readonly began: number;
  private checked: boolean;

  constructor(
    private readonly archive: ByteSource,
    from: GzipPlace,
  ) {
    const inside = 'bit' in from;
    this.header = inside ? -1 : from.offset;
    this.checked = !inside;
    this.began = inside ? -1 : from.offset;
    this.inflater = new Inflater(archive, inside ? from : deflateStart(from.offset * 8));
  }

  get position(): number {
    if (this.header >= 0) return this.header;
    return this.trailer >= 0 ? this.trailer : Math.ceil(this.inflater.place.bit / 8);
  }

  restart(): () => Unpacker {
    const { archive } = this;
    // At a trailer the stream is over; a pass that begins there finds just that.
    const from: GzipPlace = this.header >= 0 ? { offset: this.header } : this.inflater.place;
    return () => new GzipUnpacker(archive, from);
  }

  run(output: Uint8Array, at: number, until: number): number {
    let filled = at;
    if (this.standing !== standing.damaged) this.standing = standing.more;
    while (filled < until && this.standing === standing.more) {
      if (this.header >= 0) this.readHeader();
      else if (this.trailer >= 0) this.readTrailer();
      else filled = this.inflate(output, filled, until);
    }
    return filled;
  }

  private inflate(output: Uint8Array, at: number, until: number): number {
    const { inflater } = this;
    const filled = inflater.run(output, at, until);
    if (this.checked) this.sum = crc32(this.sum, output.subarray(at, filled));
    this.length += filled - at;
    if (inflater.state === inflating.done) this.trailer = Math.ceil(inflater.place.bit / 8);
    else if (inflater.state === inflating.failed) this.damaged(this.position, inflater.problem);
    else if (filled < until) this.cut();
    return filled;
  }

  /** The header of a member; behind the last one, nothing or zeros. */
  private readHeader(): void {
    const { archive, header } = this;
    const fixed = archive.read(header, headerLength);
    if (header > this.began && !isMember(fixed)) {
      this.readBehind(fixed);
      return;
    }
    if (fixed.length < headerLength) {
      this.cut();
      return;
    }
    const flags = fixed[3] ?? 0;
    if (!isMember(fixed) || fixed[2] !== deflateMethod || flags > 31) {
      this.damaged(header, 'the header of a member is none');
      return;
    }
    let offset = header + headerLength;
    if (flags & headerFlag.extra) offset += 2 + u16le(archive.read(offset, 2), 0);
    for (const flag of [headerFlag.name, headerFlag.comment]) {
      if ((flags & flag) === 0) continue;
      offset = this.textEnd(offset);
      if (offset < 0) return;
    }
    if (flags & headerFlag.checksum) offset += 2;
    this.header = -1;
    this.sum = 0;
    this.length = 0;
    this.checked = true;
    this.inflater.restart(offset * 8);
  }

  /** Offset behind a text that ends with a zero byte; -1 when it does not, which is noted. */
  private textEnd(offset: number): number {
    for (let at = offset; at < offset + longestText; at += textPiece) {
      const piece = this.archive.read(at, textPiece);
      const end = piece.indexOf(0);
      if (end >= 0) return at + end + 1;
      if (piece.length < textPiece) {
        this.cut();
        return -1;
      }
    }
    this.damaged(offset, 'the name of the packed file does not end');
    return -1;
  }

  private readTrailer(): void {
    const bytes = this.archive.read(this.trailer, trailerLength);
    if (bytes.length < trailerLength) {
      this.cut();
      return;
    }
    const good = (u32le(bytes, 0) | 0) === this.sum && u32le(bytes, 4) === this.length >>> 0;
    if (this.checked && !good)
      this.note(
        `the checksum of the gzip archive at byte ${grouped(this.trailer)} does not match: some of what was unpacked is wrong`,
      );
    this.header = this.trailer + trailerLength;
    this.trailer = -1;
  }

  /** Behind a member, where no other begins. */
  private readBehind(first: Uint8Array): void {
    let offset = this.header;
    let bytes = first;
    while (bytes.length > 0 && bytes.every((byte) => byte === 0)) {
      offset += bytes.length;
      bytes = this.archive.read(offset, paddingPiece);
    }
    if (bytes.length === 0 || (bytes.length === 1 && bytes[0] === 0x1f)) {
      this.standing = standing.end;
      return;
    }
    this.note(
      `the gzip archive ends at byte ${grouped(this.header)}; what lies behind is no part of it and is left out`,
    );
    this.standing = standing.damaged;
  }

  private cut(): void {
    this.standing = standing.cut;
  }

  private damaged(at: number, problem: string): void {
    this.standing = standing.damaged;
    this.note(
      `the gzip archive is damaged at byte ${grouped(at)} (${problem}); what lies behind is left out`,
    );
  }

  /** Keeps the first thing that is wrong: others often follow from it. */
  private note(flaw: string): void {
    if (this.flaw === '') this.flaw = flaw;
  }
}
