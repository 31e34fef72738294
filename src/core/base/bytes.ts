/**
 * Reading numbers out of bytes. Every reader is safe on hostile input: a byte beyond the end reads as 0, so a
 * caller that has not checked the length gets a wrong number, never an exception. Callers check once per header.
 */

/** One byte, 0 beyond the end. */
export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

/** Unsigned 16 bits, network byte order. */
export function u16(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1);
}

/** Unsigned 24 bits, network byte order. */
export function u24(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 16) | (u8(bytes, at + 1) << 8) | u8(bytes, at + 2);
}

/** Unsigned 32 bits, network byte order. */
export function u32(bytes: Uint8Array, at: number): number {
  return ((u8(bytes, at) << 24) | u24(bytes, at + 1)) >>> 0;
}

/** Unsigned 16 bits, little-endian. */
export function u16le(bytes: Uint8Array, at: number): number {
  return u8(bytes, at) | (u8(bytes, at + 1) << 8);
}

/** Unsigned 32 bits, little-endian. */
export function u32le(bytes: Uint8Array, at: number): number {
  return (u16le(bytes, at) | (u16le(bytes, at + 2) << 16)) >>> 0;
}

/** Unsigned 64 bits, network byte order. Not for loops: `bigint` allocates. */
export function u64(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32(bytes, at)) << 32n) | BigInt(u32(bytes, at + 4));
}

/** Unsigned 64 bits, little-endian. Not for loops: `bigint` allocates. */
export function u64le(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32le(bytes, at + 4)) << 32n) | BigInt(u32le(bytes, at));
}

const hexPairs = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Two hex digits of a byte value (0 to 255). */
export function hexByte(value: number): string {
  return hexPairs[value & 0xff] ?? '00';
}

/** Hex digits of `length` bytes from `at` (stops at the end), with `separator` between bytes. */
export function hex(bytes: Uint8Array, at = 0, length = bytes.length - at, separator = ''): string {
  const end = Math.min(at + length, bytes.length);
  let text = '';
  for (let i = at; i < end; i++) text += (i > at ? separator : '') + hexByte(u8(bytes, i));
  return text;
}

/** Bytes of a hex text; blanks, colons and line breaks between digits do not count. An odd digit at the end is left out. */
export function bytesFromHex(text: string): Uint8Array {
  const digits = text.replace(/[^0-9a-f]/gi, '');
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
