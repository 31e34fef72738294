/**
 * Zstandard frames (RFC 8878, section 3.1), one behind the other:
 *
 *     28 b5 2f fd, descriptor u8 [, window u8] [, dictionary] [, content size]
 *     blocks: last (1 bit), type (2 bits), length (21 bits), bytes
 *     [checksum of the contents u32]
 *
 * Blocks are unpacked by fzstd, one at a time, so that frames can be told apart and nothing large is unpacked before
 * it is needed. It cannot begin inside a frame: its state there is as large as the window, megabytes. And it does not
 * check the checksum.
 */
import { Decompress } from 'fzstd';
import { u16le, u32le } from '../base/bytes.js';
import { grouped } from '../base/words.js';
import type { ByteSource } from '../capture/byteSource.js';
import { standing, type Packing, type Standing, type Unpacker } from './unpacker.js';

const frameMagic = 0xfd2fb528;
/** The frames that are to be skipped have sixteen magic numbers: those with these upper 28 bits. */
const skippable = 0x184d2a5;
const longestHeader = 18;
/** Blocks are not larger (section 3.1.1.2.3), neither packed nor unpacked. */
const largestBlock = 128 * 1024;
/** fzstd begins with no less than this. */
const leastPush = 18;
/** What the program zstd takes without being told to (`--long`): a hostile frame must not ask for all memory. */
const largestWindow = 128 * 1024 * 1024;

const blockType = { repeated: 1, reserved: 3 } as const;

export const zstd: Packing = {
  name: 'Zstandard',
  window: 0,
  overrun: largestBlock + leastPush,
  sniff: (head) => head.length >= 4 && u32le(head, 0) === frameMagic,
  begin: (archive) => new ZstdUnpacker(archive, 0),
};

interface Frame {
  readonly decoder: Decompress;
  /** Bytes of the checksum behind the last block. */
  readonly sumLength: number;
}

class ZstdUnpacker implements Unpacker {
  standing: Standing = standing.more;
  flaw = '';
  /** The frame that is being unpacked; undefined between frames. */
  private frame: Frame | undefined;
  /** What is still to be given to its decoder. */
  private pending: Uint8Array = new Uint8Array(0);
  /** What the decoder gave for the last block. */
  private given: Uint8Array[] = [];

  constructor(
    private readonly archive: ByteSource,
    public position: number,
    private readonly began = position,
  ) {}

  restart(): (() => Unpacker) | undefined {
    if (this.frame) return undefined;
    const { archive, position } = this;
    return () => new ZstdUnpacker(archive, position);
  }

  run(output: Uint8Array, at: number, until: number): number {
    let filled = at;
    if (this.standing !== standing.damaged) this.standing = standing.more;
    while (filled < until && this.standing === standing.more) {
      if (this.frame === undefined) this.readFrameHeader();
      else if (this.readBlock(this.frame))
        for (const bytes of this.given) {
          output.set(bytes, filled);
          filled += bytes.length;
        }
    }
    return filled;
  }

  private readFrameHeader(): void {
    const { archive, position } = this;
    if (position === archive.size && position > this.began) {
      this.standing = standing.end;
      return;
    }
    const head = archive.read(position, longestHeader);
    const magic = head.length < 8 ? 0 : u32le(head, 0);
    if (magic >>> 4 === skippable) {
      this.position += 8 + u32le(head, 4);
      return;
    }
    const descriptor = head[4] ?? 0;
    const length = headerLength(descriptor);
    // No frame is shorter than its header and one block without bytes.
    if (head.length < Math.min(longestHeader, length + 3)) this.standing = standing.cut;
    else if (magic !== frameMagic || (descriptor & 8) !== 0) this.damaged('the header of a frame is none');
    else if ((descriptor & 3) !== 0) this.damaged('a frame needs a dictionary');
    else if (windowLength(head) > largestWindow) this.damaged('a frame needs more than 128 MiB of memory');
    else {
      const decoder = new Decompress((bytes) => this.given.push(bytes));
      this.frame = { decoder, sumLength: (descriptor & 4) !== 0 ? 4 : 0 };
      this.pending = head.slice(0, length);
      this.position += length;
    }
  }

  /** Unpacks one block into `given`; false when it is not there or damaged. */
  private readBlock({ decoder, sumLength }: Frame): boolean {
    const { archive, position } = this;
    const head = archive.read(position, 3);
    const word = u24le(head);
    const last = (word & 1) === 1;
    const type = (word >> 1) & 3;
    const size = word >> 3;
    if (type === blockType.reserved || size > largestBlock) return this.damaged('a block is none');
    const length = 3 + (type === blockType.repeated ? 1 : size) + (last ? sumLength : 0);
    const bytes = archive.read(position, length);
    if (head.length < 3 || bytes.length < length) {
      this.standing = standing.cut;
      return false;
    }
    // A copy in any case: fzstd keeps what it is given, and a source may give views of something large.
    const block = new Uint8Array(this.pending.length + length);
    block.set(this.pending);
    block.set(bytes, this.pending.length);
    this.given = [];
    if (this.pending.length > 0 && block.length < leastPush && !last) this.pending = block;
    else {
      this.pending = new Uint8Array(0);
      try {
        decoder.push(block, last);
      } catch {
        return this.damaged('a block makes no sense');
      }
      if (this.given.reduce((sum, part) => sum + part.length, 0) > largestBlock + leastPush)
        return this.damaged('a block is too large');
    }
    this.position += length;
    if (last) this.frame = undefined;
    return true;
  }

  private damaged(problem: string): false {
    this.standing = standing.damaged;
    if (this.flaw === '')
      this.flaw = `the Zstandard archive is damaged at byte ${grouped(this.position)} (${problem}); what lies behind is left out`;
    return false;
  }
}

/** Length of a frame's header, by its descriptor (section 3.1.1.1). */
function headerLength(descriptor: number): number {
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const size = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  return 5 + (single ? 0 : 1) + dictionary + size;
}

/** How far blocks of a frame may refer back: the size of its window, or of all it holds (section 3.1.1.1.2). */
function windowLength(head: Uint8Array): number {
  const descriptor = head[4] ?? 0;
  if ((descriptor & 0x20) === 0) {
    const exponent = (head[5] ?? 0) >> 3;
    return 2 ** (10 + exponent) * (1 + ((head[5] ?? 0) & 7) / 8);
  }
  switch (descriptor >> 6) {
    case 0:
      return head[5] ?? 0;
    case 1:
      return u16le(head, 5) + 256;
    case 2:
      return u32le(head, 5);
    default:
      return u32le(head, 5) + u32le(head, 9) * 2 ** 32;
  }
}

function u24le(bytes: Uint8Array): number {
  return ((bytes[2] ?? 0) << 16) | ((bytes[1] ?? 0) << 8) | (bytes[0] ?? 0);
}
