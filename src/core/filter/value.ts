/** Values while a filter runs, and how they compare. */
import type { ConstantValue, Relation, TimeValue } from './typed.js';

/** Bytes from `from` up to `to`: of the frame, or of a constant. Addresses, byte strings, and texts in UTF-8. */
export class Bytes {
  constructor(
    readonly bytes: Uint8Array,
    readonly from: number,
    readonly to: number,
    /** Leading bits that are compared; all where absent. */
    readonly prefix?: number,
  ) {}

  get length(): number {
    return this.to - this.from;
  }
}

/** Numbers beyond 2^53 are big, so that they stay exact. */
export type Value = number | bigint | Bytes | TimeValue;

export const wholeOf = (bytes: Uint8Array, prefix?: number): Bytes =>
  new Bytes(bytes, 0, bytes.length, prefix);

/** The value of a constant. */
export function valueOf(constant: ConstantValue): Value {
  if ('number' in constant) return constant.big ?? constant.number;
  if ('time' in constant) return constant.time;
  return wholeOf(constant.bytes, constant.prefix);
}

/** How texts compare: byte by byte. Byte strings and addresses: the shorter is less, as in Wireshark. */
export type ByteOrder = 'text' | 'bytes';

/** Below 0 when `one` is less, 0 when they are equal. Values of different kinds are never equal. */
export function compareValues(one: Value, other: Value, order: ByteOrder): number {
  if (one instanceof Bytes) return other instanceof Bytes ? compareBytes(one, other, order) : 1;
  if (typeof one === 'object') {
    if (typeof other !== 'object' || other instanceof Bytes) return 1;
    return one.seconds - other.seconds || one.nanos - other.nanos;
  }
  if (typeof other === 'object') return 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareBytes(one: Bytes, other: Bytes, order: ByteOrder): number {
  const prefix = other.prefix ?? one.prefix;
  if (prefix !== undefined) return comparePrefix(one, other, prefix);
  if (order === 'bytes' && one.length !== other.length) return one.length - other.length;
  const common = Math.min(one.length, other.length);
  for (let at = 0; at < common; at++) {
    const difference = (one.bytes[one.from + at] ?? 0) - (other.bytes[other.from + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function comparePrefix(one: Bytes, other: Bytes, prefix: number): number {
  if (one.length !== other.length) return one.length - other.length;
  for (let at = 0, rest = prefix; rest > 0; at++, rest -= 8) {
    const mask = rest >= 8 ? 0xff : (0xff00 >> rest) & 0xff;
    const difference =
      ((one.bytes[one.from + at] ?? 0) & mask) - ((other.bytes[other.from + at] ?? 0) & mask);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What a relation asks of a comparison's result. */
export function holding(relation: Relation): (order: number) => boolean {
  switch (relation) {
    case 'eq':
      return (order) => order === 0;
    case 'ne':
      return (order) => order !== 0;
    case 'gt':
      return (order) => order > 0;
    case 'ge':
      return (order) => order >= 0;
    case 'lt':
      return (order) => order < 0;
    case 'le':
      return (order) => order <= 0;
  }
}

/** Whether `part` stands somewhere in `whole`; nothing stands nowhere. */
export function containsBytes(whole: Bytes, part: Bytes): boolean {
  const length = part.length;
  if (length === 0) return false;
  const first = part.bytes[part.from] ?? 0;
  const last = whole.to - length;
  for (let at = whole.bytes.indexOf(first, whole.from); at >= 0 && at <= last;) {
    let same = 1;
    while (same < length && whole.bytes[at + same] === part.bytes[part.from + same]) same++;
    if (same === length) return true;
    at = whole.bytes.indexOf(first, at + 1);
  }
  return false;
}
