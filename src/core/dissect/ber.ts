/** ASN.1 in the Basic Encoding Rules (ITU-T X.690), as far as management protocols use it. */
import { u8 } from '../base/bytes.js';

/** An element: a tag, a length, and the content between `from` and `end`. */
export interface Element {
  /** The tag byte, with class and kind. */
  readonly tag: number;
  /** The tag's own place. */
  readonly at: number;
  readonly from: number;
  readonly end: number;
}

/** The longest length in bytes that is read; more than 4 bytes of it are more than any packet has. */
const longestLength = 4;

/**
 * The element at a place, with tags of one byte and lengths that are known. Nothing when it does not end before `end`.
 */
export function elementAt(frame: Uint8Array, at: number, end: number): Element | undefined {
  if (at + 2 > end) return undefined;
  const tag = u8(frame, at);
  if ((tag & 0x1f) === 0x1f) return undefined;
  let length = u8(frame, at + 1);
  let from = at + 2;
  if (length >= 0x80) {
    const bytes = length & 0x7f;
    if (bytes === 0 || bytes > longestLength || from + bytes > end) return undefined;
    length = 0;
    for (let i = 0; i < bytes; i++) length = length * 256 + u8(frame, from + i);
    from += bytes;
  }
  return from + length <= end ? { tag, at, from, end: from + length } : undefined;
}

/** Bytes of the element that begins at a place, with tag and length; -1 when its length is not one. */
export function elementLength(frame: Uint8Array, at: number, end: number): number {
  const first = at + 1 < end ? u8(frame, at + 1) : -1;
  if (first < 0) return 2;
  if (first < 0x80) return 2 + first;
  const bytes = first & 0x7f;
  if (bytes === 0 || bytes > longestLength) return -1;
  if (at + 2 + bytes > end) return 2 + bytes;
  let length = 0;
  for (let i = 0; i < bytes; i++) length = length * 256 + u8(frame, at + 2 + i);
  return 2 + bytes + length;
}

/** A number with a sign, as text when it is too large for a double. */
export function integerOf(frame: Uint8Array, from: number, end: number): number | bigint {
  if (end - from <= 6) {
    let value = from < end && u8(frame, from) >= 0x80 ? -1 : 0;
    for (let at = from; at < end; at++) value = value * 256 + u8(frame, at);
    return value;
  }
  let value = 0n;
  for (let at = from; at < Math.min(end, from + 9); at++) value = (value << 8n) | BigInt(u8(frame, at));
  return value;
}

/** More parts than an object identifier has (RFC 2578 allows 128). */
const mostParts = 128;

/** `1.3.6.1.2.1.1.1.0` */
export function objectIdentifier(frame: Uint8Array, from: number, end: number): string {
  const parts: number[] = [];
  let value = 0;
  for (let at = from; at < end && parts.length < mostParts; at++) {
    const code = u8(frame, at);
    value = value * 128 + (code & 0x7f);
    if (code & 0x80) continue;
    if (parts.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      parts.push(first, value - 40 * first);
    } else parts.push(value);
    value = 0;
  }
  return parts.join('.');
}
