/**
 * What the value of an option, attribute or element may look like: declared once, read by the tree, by filters and by
 * the reference.
 */
import { inWords } from './values/durations.js';
import {
  bytes,
  type Field,
  type FieldSet,
  flag,
  ipv4,
  ipv6,
  string,
  uint,
  type ValueNames,
} from './field.js';
import type { FieldCursor } from './fieldCursor.js';

/** The form of a value whose length the protocol gives. */
export interface Shape {
  /** Every field that it may report. */
  readonly fields: readonly Field[];
  /** Whether a value of so many bytes can have this form. Without it, any can. */
  fits?(length: number): boolean;
  /** Reports the value, which lies between the cursor and its end. */
  report(cursor: FieldCursor): void;
}

/** Exactly one field of a fixed size. */
export const single = (field: Field, size: number): Shape => ({
  fields: [field],
  fits: (length) => length === size,
  report: (cursor) => void cursor.field(field, size),
});

/** One or more fields of a fixed size. */
export const repeated = (field: Field, size: number): Shape => ({
  fields: [field],
  fits: (length) => length >= size,
  report(cursor) {
    while (cursor.left >= size) cursor.field(field, size);
  },
});

/** One field that takes it all. */
export const whole = (field: Field): Shape => ({
  fields: [field],
  report: (cursor) => {
    cursor.rest(field);
  },
});

/** Fields of fixed sizes, one behind the other; the last may take what is left. */
export const sequence = (...parts: readonly (readonly [Field, number | 'rest'])[]): Shape => ({
  fields: parts.map(([field]) => field),
  fits: (length) => length >= parts.reduce((sum, [, size]) => sum + (size === 'rest' ? 0 : size), 0),
  report(cursor) {
    for (const [field, size] of parts)
      if (size === 'rest') cursor.rest(field);
      else cursor.field(field, size);
  },
});

/** A form that code reports. */
export const custom = (
  fields: FieldSet,
  report: (cursor: FieldCursor) => void,
  fits?: (length: number) => boolean,
): Shape => ({ fields: Object.values(fields), report, ...(fits ? { fits } : {}) });

export const number = (name: string, title: string, size: number, values?: ValueNames): Shape =>
  single(uint(name, title, values ? { values } : {}), size);

export const numbers = (name: string, title: string, size: number, values?: ValueNames): Shape =>
  repeated(uint(name, title, values ? { values } : {}), size);

export const address = (name: string, title: string): Shape => single(ipv4(name, title), 4);
export const addresses = (name: string, title: string): Shape => repeated(ipv4(name, title), 4);
export const address6 = (name: string, title: string): Shape => single(ipv6(name, title), 16);
export const addresses6 = (name: string, title: string): Shape => repeated(ipv6(name, title), 16);
export const text = (name: string, title: string): Shape => whole(string(name, title));
export const blob = (name: string, title: string): Shape => whole(bytes(name, title));

/** One byte that is true or false. */
export const choice = (name: string, title: string, values: ValueNames): Shape =>
  single(flag(name, title, { values }), 1);

/** A length of time in seconds, 4 bytes: `(86400s) 1 day`. The largest number means forever. */
export const seconds = (name: string, title: string): Shape => single(secondsField(name, title), 4);

/** The field of {@link seconds}. */
export const secondsField = (name: string, title: string): Field =>
  uint(name, title, {
    text: (value) => `(${value}s) ${Number(value) === 0xffffffff ? 'infinity' : inWords(Number(value))}`,
  });

/** All fields of some shapes, to be declared with a dissector. */
export const shapeFields = (shapes: Iterable<Shape | undefined>): FieldSet =>
  fieldsByName([...shapes].flatMap((shape) => shape?.fields ?? []));

/** All fields of some sets, to be declared with a dissector, though the sets may use the same words for them. */
export const declared = (...sets: readonly FieldSet[]): FieldSet =>
  fieldsByName(sets.flatMap((set) => Object.values(set)));

function fieldsByName(fields: readonly Field[]): FieldSet {
  return Object.fromEntries([...new Set(fields)].map((field, at) => [`${field.name} ${at}`, field]));
}
