/** The constants of DEFLATE (RFC 1951, sections 3.2.5 to 3.2.7) as tables. */
import { baseEntry, endEntry, HuffmanTable, invalidEntry } from './huffman.js';

/** Extra bits of lengths (symbols 257 to 285) and of distances. */
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5];
const distanceExtra = Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1));

/** Bytes, the end of the block, lengths from 3 to 258; the last two symbols are never used. */
function literalMeanings(): Int32Array {
  const meanings = new Int32Array(288).fill(invalidEntry);
  for (let byte = 0; byte < 256; byte++) meanings[byte] = byte << 4;
  meanings[256] = endEntry;
  let length = 3;
  for (const [at, extra] of lengthExtra.entries()) {
    meanings[257 + at] = baseEntry(length, extra);
    length += 1 << extra;
  }
  meanings[285] = baseEntry(258, 0);
  return meanings;
}

/** Distances from 1 to 32,768; the last two symbols are never used. */
function distanceMeanings(): Int32Array {
  const meanings = new Int32Array(32).fill(invalidEntry);
  let distance = 1;
  for (const [at, extra] of distanceExtra.entries()) {
    meanings[at] = baseEntry(distance, extra);
    distance += 1 << extra;
  }
  return meanings;
}

/** Symbols of the code that code lengths are written in: `entry >> 4` is the symbol. */
const codeLengthMeanings = Int32Array.from({ length: 19 }, (_, symbol) => symbol << 4);

const literals = literalMeanings();
const distances = distanceMeanings();

/** The order in which the lengths of that code are written. */
export const codeLengthOrder = Uint8Array.of(
  ...[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15],
);

/** The most literals and lengths, and the most distances, that a block may declare codes for. */
export const mostLiterals = 286;
export const mostDistances = 30;

/** Widths of 10 and 8 bits keep both tables in the fastest memory; `room` is more than any code needs of them. */
export const literalTable = (): HuffmanTable => new HuffmanTable(literals, 10, 2048);
export const distanceTable = (): HuffmanTable => new HuffmanTable(distances, 8, 1024);
export const codeLengthTable = (): HuffmanTable => new HuffmanTable(codeLengthMeanings, 7, 128);

/** The two codes of blocks that declare none (section 3.2.6), as code lengths: first literals, then distances. */
export const fixedLengths = new Uint8Array(288 + 32)
  .fill(8, 0, 144)
  .fill(9, 144, 256)
  .fill(7, 256, 280)
  .fill(8, 280, 288)
  .fill(5, 288);
export const fixedLiterals = 288;
export const fixedDistances = 32;
