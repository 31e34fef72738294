/** Works out what operands are worth in a packet. */
import { FieldValues, type PacketView } from './fieldValues.js';
import type {
  ArithmeticOperand,
  ArithmeticSign,
  ByteRange,
  FieldOperand,
  FunctionOperand,
  Operand,
  SliceOperand,
  TimeValue,
} from './typed.js';
import { valueAsText, valueLength } from './valueText.js';
import { Bytes, type ByteOrder, compareValues, type Value, valueOf, wholeOf } from './value.js';

/** All values of an operand in a packet. */
export type ValuesOf = (packet: PacketView) => readonly Value[];

export const orderOf = (operand: Operand): ByteOrder => (operand.type === 'string' ? 'text' : 'bytes');

/** Makes an operand ready to be asked. */
export function valuesOf(operand: Operand): ValuesOf {
  switch (operand.kind) {
    case 'constant': {
      const values = [valueOf(operand.value)];
      return () => values;
    }
    case 'field': {
      const field = new FieldValues(operand);
      return (packet) => field.all(packet);
    }
    case 'slice':
      return sliceValues(operand);
    case 'function':
      return functionValues(operand);
    case 'arithmetic':
      return arithmeticValues(operand);
  }
}

/** As {@link valuesOf}; of protocols the header alone. */
function ownValuesOf(operand: Operand): ValuesOf {
  if (operand.kind !== 'field') return valuesOf(operand);
  const field = new FieldValues(operand, true);
  return (packet) => field.all(packet);
}

function sliceValues({ operand, ranges }: SliceOperand): ValuesOf {
  const values = ownValuesOf(operand);
  return (packet) =>
    values(packet).flatMap((value) => (value instanceof Bytes ? [sliced(value, ranges)] : []));
}

/** The ranges of a value, one after the other; one that does not fit wholly is left out. */
function sliced(value: Bytes, ranges: readonly ByteRange[]): Bytes {
  const parts: Bytes[] = [];
  for (const { from, length } of ranges) {
    const start = from < 0 ? value.length + from : from;
    const end = length === undefined ? value.length : start + length;
    if (start >= 0 && end <= value.length && end > start)
      parts.push(new Bytes(value.bytes, value.from + start, value.from + end));
  }
  const [first] = parts;
  if (!first) return new Bytes(value.bytes, value.from, value.from);
  if (parts.length === 1) return first;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part.bytes.subarray(part.from, part.to), at);
    at += part.length;
  }
  return wholeOf(joined);
}

function functionValues(operand: FunctionOperand): ValuesOf {
  const [first] = operand.operands;
  if (!first) return () => [];
  switch (operand.name) {
    case 'count': {
      const values = valuesOf(first);
      return (packet) => {
        const { length } = values(packet);
        return length === 0 ? [] : [length];
      };
    }
    case 'len': {
      const values = ownValuesOf(first);
      const size = valueLength(first as FieldOperand);
      return (packet) => values(packet).map(size);
    }
    case 'lower':
      return mapped(first, (value) => (value instanceof Bytes ? changedCase(value, 65, 32) : value));
    case 'upper':
      return mapped(first, (value) => (value instanceof Bytes ? changedCase(value, 97, -32) : value));
    case 'string':
      return mapped(first, (value) => valueAsText(value, first.type));
    case 'abs':
      return mapped(first, absolute);
    case 'max':
    case 'min':
      return extreme(operand);
  }
}

function mapped(operand: Operand, change: (value: Value) => Value): ValuesOf {
  const values = valuesOf(operand);
  return (packet) => values(packet).map(change);
}

/** Letters of ASCII from `first` on moved by `by`. */
function changedCase({ bytes, from, to }: Bytes, first: number, by: number): Bytes {
  return wholeOf(
    bytes.slice(from, to).map((byte) => (byte >= first && byte < first + 26 ? byte + by : byte)),
  );
}

function absolute(value: Value): Value {
  if (value instanceof Bytes) return value;
  if (typeof value === 'object') return value.seconds < 0 ? negative(value) : value;
  return value < 0 ? -value : value;
}

function extreme({ name, operands }: FunctionOperand): ValuesOf {
  const [first] = operands;
  const order = first ? orderOf(first) : 'bytes';
  const all = operands.map(valuesOf);
  return (packet) => {
    let best: Value | undefined;
    for (const values of all)
      for (const value of values(packet)) {
        const by = best === undefined ? 1 : compareValues(value, best, order);
        if (best === undefined || (name === 'max' ? by > 0 : by < 0)) best = value;
      }
    return best === undefined ? [] : [best];
  };
}

function arithmeticValues({ sign, left, right }: ArithmeticOperand): ValuesOf {
  const rights = valuesOf(right);
  if (!left)
    return (packet) =>
      rights(packet).flatMap((value) => {
        if (value instanceof Bytes) return [];
        return [typeof value === 'object' ? negative(value) : -value];
      });
  const lefts = valuesOf(left);
  return (packet) => {
    const others = rights(packet);
    return lefts(packet).flatMap((one) =>
      others.flatMap((other) => {
        const value = calculated(sign, one, other);
        return value === undefined ? [] : [value];
      }),
    );
  };
}

/** Undefined where there is no result: division by 0, byte strings of different lengths. */
function calculated(sign: ArithmeticSign, one: Value, other: Value): Value | undefined {
  if (one instanceof Bytes || other instanceof Bytes)
    return one instanceof Bytes && other instanceof Bytes ? bitsOfBoth(one, other) : undefined;
  if (typeof one === 'object' || typeof other === 'object')
    return typeof one === 'object' && typeof other === 'object'
      ? sum(one, sign === '-' ? negative(other) : other)
      : undefined;
  return typeof one === 'number' && typeof other === 'number'
    ? (numbers(sign, one, other) ?? smallest(bigNumbers(sign, BigInt(one), BigInt(other))))
    : smallest(bigNumbers(sign, BigInt(one), BigInt(other)));
}

/** In plain numbers; undefined where the result is too large for them, or none. */
function numbers(sign: ArithmeticSign, one: number, other: number): number | undefined {
  const result = plainNumbers(sign, one, other);
  return Number.isSafeInteger(result) ? result : undefined;
}

function plainNumbers(sign: ArithmeticSign, one: number, other: number): number {
  switch (sign) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case '/':
      return Math.trunc(one / other);
    case '%':
      return one % other;
    case '&':
      // Bits beyond the 31st are lost in JavaScript's own &.
      return one <= 0x7fffffff && other <= 0x7fffffff ? one & other : Number(BigInt(one) & BigInt(other));
  }
}

function bigNumbers(sign: ArithmeticSign, one: bigint, other: bigint): bigint | undefined {
  switch (sign) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case '/':
      return other === 0n ? undefined : one / other;
    case '%':
      return other === 0n ? undefined : one % other;
    case '&':
      return one & other;
  }
}

/** A plain number where one will do. */
function smallest(value: bigint | undefined): number | bigint | undefined {
  const number = Number(value);
  return value !== undefined && Number.isSafeInteger(number) ? number : value;
}

function bitsOfBoth(one: Bytes, other: Bytes): Bytes | undefined {
  if (one.length !== other.length) return undefined;
  return wholeOf(
    one.bytes.slice(one.from, one.to).map((byte, at) => byte & (other.bytes[other.from + at] ?? 0)),
  );
}

function negative({ seconds, nanos }: TimeValue): TimeValue {
  return nanos === 0 ? { seconds: 0 - seconds, nanos } : { seconds: -seconds - 1, nanos: 1e9 - nanos };
}

function sum(one: TimeValue, other: TimeValue): TimeValue {
  const nanos = one.nanos + other.nanos;
  const carry = nanos >= 1e9 ? 1 : 0;
  return { seconds: one.seconds + other.seconds + carry, nanos: nanos - carry * 1e9 };
}
