/**
 * LZ4 frames (https://github.com/lz4/lz4, doc/lz4_Frame_format.md and lz4_Block_format.md), one behind the other:
 *
 *     04 22 4d 18, flags u8, block size u8 [, content size u64] [, dictionary u32], header checksum u8
 *     blocks: length u32 (its highest bit: not packed), bytes [, checksum u32]; a length of 0 is the end
 *     [checksum of the contents u32]
 *
 * Small enough to be read without a library; those for JavaScript are unkempt.
 */
import { u32le } from '../base/bytes.js';
import { grouped } from '../base/words.js';
import type { ByteSource } from '../capture/byteSource.js';
import { standing, type Packing, type Standing, type Unpacker } from './unpacker.js';
import { Xxh32 } from './xxh32.js';

const frameMagic = 0x184d2204;
/** The frames that are to be skipped have sixteen magic numbers: those with these upper 28 bits. */
const skippable = 0x184d2a5;
const longestHeader = 19;
const largestBlock = 4 * 1024 * 1024;

export const lz4: Packing = {
  name: 'LZ4',
  window: 64 * 1024,
  overrun: largestBlock,
  sniff: (head) => head.length >= 4 && u32le(head, 0) === frameMagic,
  begin: (archive) => new Lz4Unpacker(archive, { offset: 0, frame: undefined }),
};

/** What the header of a frame says. */
interface Frame {
  readonly linked: boolean;
  readonly blockSums: boolean;
  readonly contentSum: boolean;
  /** Largest unpacked block. */
  readonly blockSize: number;
}

/** Where a pass stands: at a frame, or at a block inside of one. */
interface Lz4Place {
  readonly offset: number;
  readonly frame: Frame | undefined;
}

class Lz4Unpacker implements Unpacker {
  standing: Standing = standing.more;
  flaw = '';
  position: number;
  private frame: Frame | undefined;
  /** Checksum of the contents of the frame so far; undefined when the pass began inside of it. */
  private sum: Xxh32 | undefined;
  /** How many bytes of the frame came out of it: as far as blocks may refer back. */
  private before: number;

  constructor(
    private readonly archive: ByteSource,
    private readonly from: Lz4Place,
  ) {
    this.position = from.offset;
    this.frame = from.frame;
    this.before = from.frame ? Infinity : 0;
  }

  restart(): () => Unpacker {
    const { archive, position: offset, frame } = this;
    return () => new Lz4Unpacker(archive, { offset, frame });
  }

  run(output: Uint8Array, at: number, until: number): number {
    let filled = at;
    if (this.standing !== standing.damaged) this.standing = standing.more;
    while (filled < until && this.standing === standing.more) {
      if (this.frame) filled = this.readBlock(this.frame, output, filled);
      else this.readFrameHeader();
    }
    return filled;
  }

  private readFrameHeader(): void {
    const { position } = this;
    const head = this.archive.read(position, longestHeader);
    if (position === this.archive.size && position > this.from.offset) {
      this.standing = standing.end;
      return;
    }
    if (head.length < 8) {
      this.cut();
      return;
    }
    const magic = u32le(head, 0);
    if (magic >>> 4 === skippable) {
      this.position += 8 + u32le(head, 4);
      return;
    }
    const flags = head[4] ?? 0;
    const size = ((head[5] ?? 0) >> 4) & 7;
    if (magic !== frameMagic || flags >> 6 !== 1 || size < 4) {
      this.damaged(position, 'the header of a frame is none');
      return;
    }
    const length = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
    if (head.length < length) {
      this.cut();
      return;
    }
    if (((new Xxh32().add(head.subarray(4, length - 1)).sum >> 8) & 0xff) !== head[length - 1]) {
      this.damaged(position, 'the checksum of a frame’s header does not match');
      return;
    }
    this.frame = {
      linked: (flags & 0x20) === 0,
      blockSums: (flags & 0x10) !== 0,
      contentSum: (flags & 4) !== 0,
      blockSize: 1 << (8 + 2 * size),
    };
    this.sum = new Xxh32();
    this.before = 0;
    this.position += length;
  }

  /** Unpacks the next block whole; the end of the frame is one without bytes. */
  private readBlock(frame: Frame, output: Uint8Array, at: number): number {
    const { archive, position } = this;
    const head = archive.read(position, 4);
    if (head.length < 4) return this.cut(at);
    const word = u32le(head, 0);
    const length = word & 0x7fffffff;
    if (length === 0) return this.endFrame(frame, at);
    if (length > frame.blockSize) return this.damaged(position, 'a block is too large', at);
    const bytes = archive.read(position + 4, length);
    if (bytes.length < length) return this.cut(at);
    let filled = at + length;
    if (word >>> 31 === 1) output.set(bytes, at);
    else {
      const floor = at - (frame.linked ? this.before : 0);
      filled = unpackBlock(bytes, output, at, at + frame.blockSize, Math.max(0, floor));
      if (filled < 0) return this.damaged(position, 'the bytes of a block make no sense', at);
    }
    this.before += filled - at;
    this.sum?.add(output.subarray(at, filled));
    this.position += 4 + length + (frame.blockSums ? 4 : 0);
    return filled;
  }

  private endFrame(frame: Frame, at: number): number {
    let length = 4;
    if (frame.contentSum) {
      const bytes = this.archive.read(this.position + 4, 4);
      if (bytes.length < 4) return this.cut(at);
      length += 4;
      if (this.sum && this.sum.sum !== u32le(bytes, 0))
        this.note(
          `the checksum of the LZ4 archive at byte ${grouped(this.position + 4)} does not match: some of what was unpacked is wrong`,
        );
    }
    this.frame = undefined;
    this.position += length;
    return at;
  }

  private cut(at = 0): number {
    this.standing = standing.cut;
    return at;
  }

  private damaged(place: number, problem: string, at = 0): number {
    this.standing = standing.damaged;
    this.note(
      `the LZ4 archive is damaged at byte ${grouped(place)} (${problem}); what lies behind is left out`,
    );
    return at;
  }

  private note(flaw: string): void {
    if (this.flaw === '') this.flaw = flaw;
  }
}

/**
 * Unpacks one block into `output` from `start` on, `end` at most; repeats may refer back to `floor`. Returns how far
 * it came, or -1 when the block is damaged. A block is sequences of a token (two lengths of 4 bits), more length,
 * literals, an offset u16 and more length of the repeat; the last one ends behind its literals.
 */
function unpackBlock(
  bytes: Uint8Array,
  output: Uint8Array,
  start: number,
  end: number,
  floor: number,
): number {
  let at = start;
  let next = 0;
  while (next < bytes.length) {
    const token = bytes[next++] ?? 0;
    let length = token >> 4;
    if (length === 15) {
      let more = 255;
      while (more === 255 && next < bytes.length) length += more = bytes[next++] ?? 0;
    }
    if (length > 0) {
      if (next + length > bytes.length || at + length > end) return -1;
      if (length > 24) output.set(bytes.subarray(next, next + length), at);
      else for (let i = 0; i < length; i++) output[at + i] = bytes[next + i] ?? 0;
      at += length;
      next += length;
    }
    if (next === bytes.length) return at;
    if (next + 2 > bytes.length) return -1;
    const back = (bytes[next] ?? 0) | ((bytes[next + 1] ?? 0) << 8);
    next += 2;
    length = token & 15;
    if (length === 15) {
      let more = 255;
      while (more === 255 && next < bytes.length) length += more = bytes[next++] ?? 0;
    }
    length += 4;
    let from = at - back;
    if (back === 0 || from < floor || at + length > end) return -1;
    for (const stop = at + length; at < stop; at++, from++) output[at] = output[from] ?? 0;
  }
  return -1;
}
