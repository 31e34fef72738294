/**
 * Tables that decode DEFLATE's Huffman codes (RFC 1951, section 3.2): one look-up for codes up to the width of the
 * table, a second one in a smaller table for longer ones.
 *
 * An entry, from its lowest bit: length of the code (4 bits), then for a literal its byte. What is no literal is
 * {@link notLiteral} or more: extra bits (bits 4 to 7), kind (from bit 12), value (from bit 16).
 */

/** Entries below this are literals: `entry >> 4` is the byte. */
export const notLiteral = 0x1000;

/** What an entry that is no literal is: `(entry >> 12) & 7`. */
export const kind = {
  /** A length or distance: its smallest value, and how many extra bits are to be added. */
  base: 1,
  /** A longer code: where its table begins, and how many bits (in place of the extra bits) it looks at. */
  longer: 2,
  /** The end of the block. */
  end: 3,
  /** A code that stands for nothing. */
  invalid: 4,
} as const;

/** An entry without the length of its code. */
export function baseEntry(value: number, extraBits: number): number {
  return (value << 16) | (kind.base << 12) | (extraBits << 4);
}

/** The entry of the end of a block, without the length of its code. */
export const endEntry = kind.end << 12;
/** The entry of a symbol that may have a code but must not be used. */
export const invalidEntry = kind.invalid << 12;

/** The longest code there is, in bits. */
const longestCode = 15;

/** A table for one of a block's codes, filled anew for every block. */
export class HuffmanTable {
  readonly entries: Int32Array;
  /** For looking up: `(1 << width) - 1`. */
  readonly mask: number;
  private readonly counts = new Uint16Array(longestCode + 1);
  private readonly starts = new Uint16Array(longestCode + 2);
  private readonly sorted: Uint16Array;

  /**
   * `meanings`: entries of the symbols, without the lengths of their codes. `width`: how many bits the first look-up
   * sees. `room`: entries that the table and its smaller tables need at most.
   */
  constructor(
    private readonly meanings: Int32Array,
    private readonly width: number,
    room: number,
  ) {
    this.entries = new Int32Array(room);
    this.mask = (1 << width) - 1;
    this.sorted = new Uint16Array(meanings.length);
  }

  /**
   * Fills the table from the code lengths of symbols 0 to `count - 1`, which stand in `lengths` from `from` on. False
   * when they are no code: too many, or too few. Too few are let pass where there is one code only, of one bit, or
   * none at all (`mayBeIncomplete`), as zlib does.
   */
  fill(lengths: Uint8Array, from: number, count: number, mayBeIncomplete: boolean): boolean {
    const { counts, starts, sorted, entries, width } = this;
    counts.fill(0);
    for (let symbol = 0; symbol < count; symbol++) {
      const length = lengths[from + symbol] ?? 0;
      counts[length] = (counts[length] ?? 0) + 1;
    }
    counts[0] = 0;
    let longest = longestCode;
    while (longest > 0 && counts[longest] === 0) longest--;
    starts[1] = 0;
    let left = 1;
    for (let length = 1; length <= longestCode; length++) {
      left = left * 2 - (counts[length] ?? 0);
      if (left < 0) return false;
      starts[length + 1] = (starts[length] ?? 0) + (counts[length] ?? 0);
    }
    if (left > 0 && !(mayBeIncomplete && longest <= 1)) return false;
    // What no code leads to stays invalid; an incomplete code has such places.
    if (left > 0) entries.fill(invalidEntry | 1, 0, 1 << width);
    for (let symbol = 0; symbol < count; symbol++) {
      const length = lengths[from + symbol] ?? 0;
      if (length === 0) continue;
      const place = starts[length] ?? 0;
      starts[length] = place + 1;
      sorted[place] = symbol;
    }
    this.place(longest);
    return true;
  }

  /** Gives each symbol, in the order of its code, its places. Codes are read from their highest bit: reversed. */
  private place(longest: number): void {
    const { counts, sorted, entries, meanings, width } = this;
    const size = 1 << width;
    let code = 0;
    let at = 0;
    let used = size;
    let prefix = -1;
    let table = 0;
    let tableBits = 0;
    for (let length = 1; length <= longest; length++) {
      for (let left = counts[length] ?? 0; left > 0; left--) {
        const meaning = meanings[sorted[at++] ?? 0] ?? invalidEntry;
        if (length <= width) {
          const entry = meaning | length;
          for (let i = code; i < size; i += 1 << length) entries[i] = entry;
        } else {
          if ((code & this.mask) !== prefix) {
            prefix = code & this.mask;
            tableBits = this.widthOfLonger(length, left, longest);
            table = used;
            used += 1 << tableBits;
            entries[prefix] = (table << 16) | (kind.longer << 12) | (tableBits << 4) | width;
          }
          const entry = meaning | (length - width);
          for (let i = code >> width; i < 1 << tableBits; i += 1 << (length - width))
            entries[table + i] = entry;
        }
        // The next code, counted up in reversed bits.
        let bit = 1 << (length - 1);
        while ((code & bit) !== 0) bit >>= 1;
        code = bit === 0 ? 0 : (code & (bit - 1)) | bit;
      }
    }
  }

  /** How many bits a smaller table needs for all codes that begin alike, the first of which has `length` bits. */
  private widthOfLonger(length: number, leftOfLength: number, longest: number): number {
    let bits = length - this.width;
    let free = (1 << bits) - leftOfLength;
    while (free > 0 && this.width + bits < longest) {
      bits++;
      free = free * 2 - (this.counts[this.width + bits] ?? 0);
    }
    return bits;
  }
}
