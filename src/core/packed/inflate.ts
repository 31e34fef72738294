import type { ByteSource } from '../capture/byteSource.js';
import { BitInput } from './bitInput.js';
import {
  codeLengthOrder,
  codeLengthTable,
  distanceTable,
  fixedDistances,
  fixedLengths,
  fixedLiterals,
  literalTable,
  mostDistances,
  mostLiterals,
} from './deflateTables.js';
import { kind, notLiteral } from './huffman.js';

/** How far back what is repeated may lie (RFC 1951, section 2). */
export const deflateWindow = 32 * 1024;
/** A repeat is written whole, so that unpacking may run over the end it was given by its length. */
export const deflateOverrun = 258;

/** What {@link Inflater} is at, between two runs. */
export const inflating = {
  /** The header of a block comes next. */
  header: 0,
  /** In a block whose bytes are not packed. */
  stored: 1,
  /** In a block of Huffman codes. */
  codes: 2,
  /** Behind the last block. */
  done: 3,
  /** At something that is no DEFLATE; `problem` says what. */
  failed: 4,
} as const;

/** A place between two symbols of a DEFLATE stream where unpacking can begin, given the bytes before it. */
export interface DeflatePlace {
  /** Where the next symbol, stored byte or block header begins, in bits. */
  readonly bit: number;
  readonly at: (typeof inflating)[keyof typeof inflating];
  /** Where the header of the block begins and ends, in bits: it holds the codes. */
  readonly header: number;
  readonly headerEnd: number;
  /** Bytes left of a stored block. */
  readonly stored: number;
  /** Whether the block is the last one. */
  readonly last: boolean;
  /** Bytes that came out of the stream before. */
  readonly before: number;
}

/** The start of a stream. */
export function deflateStart(bit: number): DeflatePlace {
  return { bit, at: inflating.header, header: bit, headerEnd: bit, stored: 0, last: false, before: 0 };
}

/**
 * Unpacks one DEFLATE stream (RFC 1951) out of an archive, as far as it is asked. Other decoders hide where they
 * are; this one can tell its place at any time, so that random access to a large archive needs one pass and then a
 * small number of places.
 */
export class Inflater {
  /** What is wrong, when `state` is `failed`; a clause. */
  problem = '';
  state: DeflatePlace['at'];

  private readonly input: BitInput;
  private readonly literals = literalTable();
  private readonly distances = distanceTable();
  private readonly codeLengths = codeLengthTable();
  private readonly lengths = new Uint8Array(mostLiterals + mostDistances);
  private header: number;
  private headerEnd: number;
  private stored: number;
  private last: boolean;
  private before: number;

  constructor(archive: ByteSource, from: DeflatePlace) {
    this.input = new BitInput(archive, from.bit);
    this.state = from.at;
    this.header = from.header;
    this.headerEnd = from.headerEnd;
    this.stored = from.stored;
    this.last = from.last;
    this.before = from.before;
    if (from.at === inflating.codes) {
      this.input.place = from.header;
      this.readHeader();
      this.input.place = from.bit;
    }
  }

  /** Begins with another stream of the archive. */
  restart(bit: number): void {
    this.input.place = bit;
    this.state = inflating.header;
    this.before = 0;
  }

  get place(): DeflatePlace {
    const { header, headerEnd, stored, last, before } = this;
    return { bit: this.input.place, at: this.state, header, headerEnd, stored, last, before };
  }

  /**
   * Unpacks into `output` from `at` on until `until` or more of it is filled ({@link deflateOverrun} more at most).
   * What came before must stand before `at`. Returns how far it is filled: less than `until` when the stream or the
   * archive has ended, or something is wrong.
   */
  run(output: Uint8Array, at: number, until: number): number {
    let filled = at;
    while (filled < until) {
      const start = filled;
      const { state } = this;
      if (state === inflating.stored) filled = this.copyStored(output, start, until);
      else if (state === inflating.codes) filled = this.decode(output, start, until);
      else if (state !== inflating.header || !this.readHeader()) break;
      this.before += filled - start;
      // Nothing came out and no block has ended: nothing more is there.
      if (filled === start && state !== inflating.header && state === this.state) break;
    }
    return filled;
  }

  private fail(problem: string): false {
    this.problem = problem;
    this.state = inflating.failed;
    return false;
  }

  /** Reads the header of a block; false when the archive ends before it does (then it can be read again), or it is wrong. */
  private readHeader(): boolean {
    const { input } = this;
    input.fill();
    this.header = input.place;
    this.last = input.take(1) === 1;
    const good = this.readBlockType(input.take(2));
    if (input.ranOut) {
      // The zeros behind the end prove nothing.
      this.state = inflating.header;
      input.place = this.header;
      return false;
    }
    this.headerEnd = input.place;
    return good;
  }

  private readBlockType(type: number): boolean {
    switch (type) {
      case 0:
        return this.readStoredHeader();
      case 1:
        this.literals.fill(fixedLengths, 0, fixedLiterals, false);
        this.distances.fill(fixedLengths, fixedLiterals, fixedDistances, false);
        this.state = inflating.codes;
        return true;
      case 2:
        return this.readCodes();
      default:
        return this.fail('a block has a type that does not exist');
    }
  }

  private readStoredHeader(): boolean {
    const { input } = this;
    input.align();
    const length = input.take(16);
    if ((input.take(16) ^ length) !== 0xffff) return this.fail('the length of a stored block is damaged');
    this.stored = length;
    this.state = length > 0 ? inflating.stored : this.afterBlock();
    return true;
  }

  /** Section 3.2.7: the two codes of the block, as lengths that are Huffman-coded themselves. */
  private readCodes(): boolean {
    const { input, lengths } = this;
    const literals = input.take(5) + 257;
    const distances = input.take(5) + 1;
    const written = input.take(4) + 4;
    if (literals > mostLiterals || distances > mostDistances)
      return this.fail('a block declares too many codes');
    lengths.fill(0, 0, codeLengthOrder.length);
    for (let i = 0; i < written; i++) {
      lengths[codeLengthOrder[i] ?? 0] = input.take(3);
    }
    if (!this.codeLengths.fill(lengths, 0, codeLengthOrder.length, false))
      return this.fail('the code lengths of a block make no code');
    const problem = this.readLengths(literals + distances);
    if (problem !== '') return this.fail(problem);
    if (lengths[256] === 0) return this.fail('a block has no code for its end');
    if (
      !this.literals.fill(lengths, 0, literals, true) ||
      !this.distances.fill(lengths, literals, distances, true)
    )
      return this.fail('the codes of a block are damaged');
    this.state = inflating.codes;
    return true;
  }

  /** Reads `count` code lengths with their repeats; the problem, or nothing. */
  private readLengths(count: number): string {
    const { input, lengths, codeLengths } = this;
    for (let have = 0; have < count;) {
      const entry = codeLengths.entries[input.peek(7)] ?? 0;
      input.next += entry & 15;
      const symbol = entry >> 4;
      if (symbol < 16) {
        lengths[have++] = symbol;
        continue;
      }
      if (symbol > 18) return 'the code lengths of a block are damaged';
      if (symbol === 16 && have === 0) return 'a block repeats a code length before the first';
      const value = symbol === 16 ? (lengths[have - 1] ?? 0) : 0;
      const repeat =
        symbol === 16 ? 3 + input.take(2) : symbol === 17 ? 3 + input.take(3) : 11 + input.take(7);
      if (have + repeat > count) return 'a block has too many code lengths';
      lengths.fill(value, have, have + repeat);
      have += repeat;
    }
    return '';
  }

  private copyStored(output: Uint8Array, at: number, until: number): number {
    const { input } = this;
    input.fill();
    const bytes = input.takeBytes(Math.min(this.stored, until - at));
    output.set(bytes, at);
    this.stored -= bytes.length;
    if (this.stored === 0) this.state = this.afterBlock();
    return at + bytes.length;
  }

  private afterBlock(): DeflatePlace['at'] {
    return this.last ? inflating.done : inflating.header;
  }

  /** Decodes symbols of the block: in one go as long as bytes abound, at the end of the archive one by one. */
  private decode(output: Uint8Array, at: number, until: number): number {
    const { input } = this;
    if (input.fill()) return this.decodeSymbols(output, at, until, input.safe);
    const { place } = input;
    const filled = this.decodeSymbols(output, at, at + 1, input.next);
    if (!input.ranOut) return filled;
    this.state = inflating.codes;
    input.place = place;
    return at;
  }

  /** Decodes symbols that begin up to `safe` in the input, until `until` is reached or the block ends. */
  private decodeSymbols(output: Uint8Array, start: number, until: number, safe: number): number {
    const { input } = this;
    const { view } = input;
    const { entries: literals, mask: literalMask } = this.literals;
    const { entries: distances, mask: distanceMask } = this.distances;
    const floor = start - this.before;
    let { next } = input;
    let at = start;
    while (at < until && next <= safe) {
      let bits = view.getUint32(next >> 3, true) >>> (next & 7);
      let entry = literals[bits & literalMask] ?? 0;
      if (entry < notLiteral) {
        output[at++] = entry >> 4;
        next += entry & 15;
        continue;
      }
      if (((entry >> 12) & 7) === kind.longer) {
        next += entry & 15;
        bits >>>= entry & 15;
        entry = literals[(entry >> 16) + (bits & ((1 << ((entry >> 4) & 15)) - 1))] ?? 0;
        if (entry < notLiteral) {
          output[at++] = entry >> 4;
          next += entry & 15;
          continue;
        }
      }
      next += entry & 15;
      if (((entry >> 12) & 7) !== kind.base) {
        if (((entry >> 12) & 7) === kind.end) this.state = this.afterBlock();
        else this.fail('a code stands for nothing');
        break;
      }
      bits >>>= entry & 15;
      let extra = (entry >> 4) & 15;
      const end = at + (entry >> 16) + (bits & ((1 << extra) - 1));
      next += extra;

      bits = view.getUint32(next >> 3, true) >>> (next & 7);
      entry = distances[bits & distanceMask] ?? 0;
      if (((entry >> 12) & 7) === kind.longer) {
        next += entry & 15;
        bits >>>= entry & 15;
        entry = distances[(entry >> 16) + (bits & ((1 << ((entry >> 4) & 15)) - 1))] ?? 0;
      }
      if (((entry >> 12) & 7) !== kind.base) {
        this.fail('a code stands for no distance');
        break;
      }
      next += entry & 15;
      extra = (entry >> 4) & 15;
      bits = view.getUint32(next >> 3, true) >>> (next & 7);
      next += extra;
      let from = at - (entry >> 16) - (bits & ((1 << extra) - 1));
      if (from < floor) {
        this.fail('a repeat refers to bytes before the start');
        break;
      }
      for (; at < end; at++, from++) output[at] = output[from] ?? 0;
    }
    input.next = next;
    return at;
  }
}
