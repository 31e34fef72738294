/** Sets of byte values: classes of patterns. Letters are those of ASCII, as where PCRE2 knows no character set. */
import type { ByteSet } from './node.js';

export const setOf = (has: (byte: number) => boolean): ByteSet =>
  Uint8Array.from({ length: 256 }, (_, byte) => (has(byte) ? 1 : 0));

export const single = (byte: number): ByteSet => setOf((one) => one === byte);
export const without = (set: ByteSet): ByteSet => set.map((mark) => 1 - mark);

const inside = (from: string, to: string) => (byte: number) =>
  byte >= from.charCodeAt(0) && byte <= to.charCodeAt(0);
const among = (text: string) => (byte: number) => byte < 128 && text.includes(String.fromCharCode(byte));
const either =
  (...tests: ((byte: number) => boolean)[]) =>
  (byte: number) =>
    tests.some((test) => test(byte));

const isDigit = inside('0', '9');
const isUpper = inside('A', 'Z');
const isLower = inside('a', 'z');
const isLetter = either(isUpper, isLower);
const isPrinting = inside('!', '~');

export const isWordByte = either(isLetter, isDigit, among('_'));

const isHorizontal = (byte: number): boolean => byte === 9 || byte === 32 || byte === 0xa0;
const isVertical = (byte: number): boolean => (byte >= 10 && byte <= 13) || byte === 0x85;

/** `\d` and its like; the capital letter is the rest. */
export const letterClasses: Readonly<Record<string, ByteSet>> = {
  d: setOf(isDigit),
  w: setOf(isWordByte),
  s: setOf(among(' \t\n\v\f\r')),
  h: setOf(isHorizontal),
  v: setOf(isVertical),
};

/** `[:alpha:]` and its like. */
export const namedClasses: Readonly<Record<string, ByteSet>> = {
  alnum: setOf(either(isLetter, isDigit)),
  alpha: setOf(isLetter),
  ascii: setOf((byte) => byte < 128),
  blank: setOf(among(' \t')),
  cntrl: setOf((byte) => byte < 32 || byte === 127),
  digit: setOf(isDigit),
  graph: setOf(isPrinting),
  lower: setOf(isLower),
  print: setOf(either(isPrinting, among(' '))),
  punct: setOf((byte) => isPrinting(byte) && !isLetter(byte) && !isDigit(byte)),
  space: setOf(among(' \t\n\v\f\r')),
  upper: setOf(isUpper),
  word: setOf(isWordByte),
  xdigit: setOf(either(isDigit, inside('A', 'F'), inside('a', 'f'))),
};

export const anyByte = setOf(() => true);
export const anyButNewline = setOf((byte) => byte !== 10);

/** Adds the other case of each letter. */
export function caseless(set: ByteSet): ByteSet {
  const wide = set.slice();
  for (let upper = 65; upper <= 90; upper++) {
    const lower = upper + 32;
    if (set[upper] === 1 || set[lower] === 1) wide[upper] = wide[lower] = 1;
  }
  return wide;
}
