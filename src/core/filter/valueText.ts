/** Values as text: what `string()` gives, and what `len()` counts. */
import { ipv4Text, ipv6Text } from '../base/addresses.js';
import { hex } from '../base/bytes.js';
import { filterNames } from './catalogue.js';
import type { FieldOperand, ValueType } from './typed.js';
import { Bytes, type Value, wholeOf } from './value.js';

const utf8 = new TextEncoder();

/** Numbers in decimal, addresses as they are usually written. */
export function valueAsText(value: Value, type: ValueType): Value {
  if (!(value instanceof Bytes)) return wholeOf(utf8.encode(typeof value === 'object' ? '' : String(value)));
  const { bytes, from, length } = value;
  const text =
    type === 'ipv4'
      ? ipv4Text(bytes, from)
      : type === 'ipv6'
        ? ipv6Text(bytes, from)
        : hex(bytes, from, length, ':');
  return wholeOf(utf8.encode(text));
}

/** How many bytes a value of a field has: numbers those of their type, flags and times none. */
export function valueLength({ name, type }: FieldOperand): (value: Value) => number {
  const bits = filterNames().get(name)?.bits ?? 0;
  return (value) => (value instanceof Bytes ? value.length : type === 'uint' ? bits / 8 : 0);
}
