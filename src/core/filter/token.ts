/** Cuts a filter's text into tokens. What is no token becomes one that says why, so that the parser meets it in its place. */
import type { Span } from './typed.js';

/**
 * - `word`: names, numbers, addresses, bytes: what stands without quotes;
 * - `text`: a string in double quotes; `character`: one in single quotes;
 * - `ranges`: `[…]` after a value; `layer`: `#2` or `#[…]`;
 * - `sign`: operators and brackets, also those spelled as words (`eq`), under one spelling;
 * - `wrong`: no token; `end`: behind the last.
 */
export type TokenKind = 'word' | 'text' | 'character' | 'ranges' | 'layer' | 'sign' | 'wrong' | 'end';

export interface Token extends Span {
  readonly kind: TokenKind;
  /**
   * Words without a leading mark; texts as they were written between the quotes; signs in the leading spelling; the
   * message of `wrong`.
   */
  readonly text: string;
  /** What a text or character stands for. */
  readonly bytes?: Uint8Array;
  /** `.name` is a field, `:value` a literal, whatever else they might be. */
  readonly only?: 'field' | 'literal';
}

/** Operators spelled as words, with the sign that they stand for. */
export const wordSigns: ReadonlyMap<string, string> = new Map([
  ['eq', '=='],
  ['any_eq', '=='],
  ['all_eq', '==='],
  ['ne', '!='],
  ['all_ne', '!='],
  ['any_ne', '!=='],
  ['gt', '>'],
  ['lt', '<'],
  ['ge', '>='],
  ['le', '<='],
  ['contains', 'contains'],
  ['matches', 'matches'],
  ['in', 'in'],
  ['and', '&&'],
  ['or', '||'],
  ['xor', '^^'],
  ['not', '!'],
  ['bitwise_and', '&'],
  ['any', 'any'],
  ['all', 'all'],
]);

/** Longest first: the first that fits is taken. */
const signs = [
  '===',
  '!==',
  '==',
  '!=',
  '~=',
  '>=',
  '<=',
  '&&',
  '||',
  '^^',
  '..',
  '>',
  '<',
  '!',
  '~',
  '&',
  '+',
  '-',
  '*',
  '/',
  '%',
  '(',
  ')',
  '{',
  '}',
  ',',
];

/** Signs that mean the same as another. */
const sameSign: Readonly<Record<string, string>> = { '~=': '!==', '~': 'matches' };

/** A name, a number, or an address without colons. May hold `-`, as Wireshark's names do. */
const word = /[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*/y;
/** A dotted address with its prefix; without the prefix it is a {@link word}. */
const networkV4 = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\/\d+/y;
/** Bytes or an IPv6 address, with or without a prefix. Holds at least one colon (checked by the caller). */
const withColons = /[0-9A-Fa-f:]+(?:\.[0-9]+)*(?:\/\d+)?/y;
const blanks = /\s*/y;
const layerNumber = /#\d+/y;

const utf8 = new TextEncoder();

/** All tokens of a text, the last of kind `end`; cut short after one of kind `wrong`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += matchAt(blanks, text, at).length;
    if (at >= text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    if (token.kind === 'wrong') break;
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function tokenAt(text: string, start: number): Token {
  const first = text.charAt(start);
  if (first === '"') return quoted(text, start, start + 1, false);
  if ((first === 'r' || first === 'R') && text[start + 1] === '"')
    return quoted(text, start, start + 2, true);
  if (first === "'") return character(text, start);
  if (first === '[') return bracketed(text, start, start, 'ranges');
  if (first === '#') return layer(text, start);
  return plainWord(text, start) ?? sign(text, start);
}

function sign(text: string, start: number): Token {
  const found = signs.find((one) => text.startsWith(one, start));
  if (found !== undefined)
    return { kind: 'sign', text: sameSign[found] ?? found, start, end: start + found.length };
  const one = text.charAt(start);
  const hint =
    one === '='
      ? ': equal is written =='
      : one === '|'
        ? ': or is written ||'
        : one === '^'
          ? ': exclusive or is written ^^'
          : '';
  return wrong(`'${one}' has no meaning here${hint}`, start, start + 1);
}

const wrong = (message: string, start: number, end: number): Token => ({
  kind: 'wrong',
  text: message,
  start,
  end,
});

function plainWord(text: string, start: number): Token | undefined {
  const network = matchAt(networkV4, text, start);
  if (network !== '') return { kind: 'word', text: network, start, end: start + network.length };
  const colons = matchAt(withColons, text, start);
  if (colons.includes(':') && colons !== ':') {
    const end = start + colons.length;
    // A leading colon that begins no `::` marks a literal.
    const marked = colons.startsWith(':') && !colons.startsWith('::');
    return marked
      ? { kind: 'word', text: colons.slice(1), only: 'literal', start, end }
      : { kind: 'word', text: colons, start, end };
  }
  const only = text[start] === '.' ? 'field' : undefined;
  const found = matchAt(word, text, only ? start + 1 : start);
  if (found === '') return undefined;
  const end = start + found.length + (only ? 1 : 0);
  if (only) return { kind: 'word', text: found, only, start, end };
  const spelled = wordSigns.get(found);
  return spelled === undefined
    ? { kind: 'word', text: found, start, end }
    : { kind: 'sign', text: spelled, start, end };
}

function bracketed(text: string, start: number, open: number, kind: 'ranges' | 'layer'): Token {
  const close = text.indexOf(']', open);
  if (close < 0) return wrong('the closing ] is missing', open, text.length);
  return { kind, text: text.slice(open + 1, close), start, end: close + 1 };
}

function layer(text: string, start: number): Token {
  if (text[start + 1] === '[') return bracketed(text, start, start + 1, 'layer');
  const found = matchAt(layerNumber, text, start);
  if (found === '') return wrong('# is followed by the number of a layer: ip.src#2', start, start + 1);
  return { kind: 'layer', text: found.slice(1), start, end: start + found.length };
}

/** What a backslash and a letter stand for. */
const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  '"': 34,
  "'": 39,
  '?': 63,
};
const hexEscape = /x[0-9A-Fa-f]{1,2}/y;
const octalEscape = /[0-7]{1,3}/y;
const codePoint = /u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}/y;

/** The bytes of a backslash escape and how many characters follow the backslash; a sentence when there is none. */
function escape(text: string, at: number): { readonly bytes: Uint8Array; readonly length: number } | string {
  const next = text.charAt(at);
  const hex = matchAt(hexEscape, text, at);
  if (hex !== '') return { bytes: Uint8Array.of(Number.parseInt(hex.slice(1), 16)), length: hex.length };
  const octal = matchAt(octalEscape, text, at);
  if (octal !== '') {
    const value = Number.parseInt(octal, 8);
    return value > 255
      ? `\\${octal} is more than a byte holds (\\377)`
      : { bytes: Uint8Array.of(value), length: octal.length };
  }
  const point = matchAt(codePoint, text, at);
  if (point !== '') {
    const value = Number.parseInt(point.slice(1), 16);
    if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return `\\${point} is no character`;
    return { bytes: utf8.encode(String.fromCodePoint(value)), length: point.length };
  }
  const value = escapes[next];
  return value === undefined
    ? `\\${next} is no escape: a backslash itself is written \\\\`
    : { bytes: Uint8Array.of(value), length: 1 };
}

/** A string in double quotes; raw ones keep their backslashes, which patterns need. */
function quoted(text: string, start: number, from: number, raw: boolean): Token {
  const parts: Uint8Array[] = [];
  let at = from;
  let plain = from;
  const keep = (): void => {
    if (at > plain) parts.push(utf8.encode(text.slice(plain, at)));
  };
  while (at < text.length && text[at] !== '"') {
    if (text[at] !== '\\') at++;
    else if (raw) at += 2;
    else {
      keep();
      const found = escape(text, at + 1);
      if (typeof found === 'string') return wrong(found, at, Math.min(text.length, at + 2));
      parts.push(found.bytes);
      at += 1 + found.length;
      plain = at;
    }
  }
  if (at >= text.length) return wrong('the closing quote is missing', start, text.length);
  keep();
  return { kind: 'text', text: text.slice(from, at), bytes: joined(parts), start, end: at + 1 };
}

/** One byte in single quotes: `'A'`, `'\x41'`. */
function character(text: string, start: number): Token {
  let bytes: Uint8Array;
  let at = start + 1;
  if (text[at] === '\\') {
    const found = escape(text, at + 1);
    if (typeof found === 'string') return wrong(found, at, Math.min(text.length, at + 2));
    bytes = found.bytes;
    at += 1 + found.length;
  } else {
    const close = text.indexOf("'", at);
    bytes = utf8.encode(text.slice(at, Math.max(at, close)));
    at = close;
  }
  if (at < 0 || text[at] !== "'") {
    return wrong('the closing quote is missing; a single quote holds one character', start, text.length);
  }
  if (bytes.length !== 1)
    return wrong('single quotes hold one character of one byte; texts stand in double quotes', start, at + 1);
  return { kind: 'character', text: text.slice(start + 1, at), bytes, start, end: at + 1 };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
