/**
 * What a protocol's fields are declared with. One declaration serves the tree, the display filter, completion, the
 * reference pages and the tests: name, label and type as Wireshark has them, and where in the header the value is.
 */
import { u8 } from '../base/bytes.js';
import type { Layer } from './walk.js';

/**
 * Wireshark's field types, folded to what a filter must tell apart. `label` has no value of its own: it groups, or
 * says that something is there.
 */
export type FieldType =
  'uint' | 'flag' | 'ipv4' | 'ipv6' | 'ether' | 'eui64' | 'bytes' | 'string' | 'time' | 'label';

/** How a number is written in a label. The first base leads; a value's name comes before both. */
export type Show = 'dec' | 'hex' | 'dec-hex' | 'hex-dec';

/** Names of numbers: a table, or a function where ranges have names. */
export type ValueNames = Readonly<Record<number, string>> | ((value: number) => string | undefined);

/** A value as it is shown and compared: numbers (`bigint` for 64 bits), else text as {@link Field.type} is written. */
export type FieldValue = number | bigint | string;

/** Where a field was found. */
export interface Place {
  readonly layer: Layer;
  /** First byte in the frame. */
  readonly at: number;
  readonly length: number;
}

/**
 * A declared field. Three kinds, by what is given:
 * - placed (`at` and `bytes`): read from the header, no code;
 * - computed (`compute`): worked out from the layer, where the declaration stands among the others;
 * - loose (neither): reported by the dissector's `extra`, for what has no fixed place, such as options.
 */
export interface Field {
  /** Wireshark's display-filter name; empty for a node that only groups. Our own names start with `cilium.`. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Offset from the layer's start; for children of a loose field from that field's first byte. */
  readonly at?: number;
  /** Bytes the value takes, or `rest`: to the end of the header or of the loose field around it. */
  readonly bytes?: number | 'rest';
  /** Bits of the big-endian number in `bytes` that are the value. */
  readonly mask?: number;
  /** The bit pattern drawn before the label, where it is not `mask` in all of `bytes`; false for none. */
  readonly pattern?: { readonly width: number; readonly mask: number } | false;
  readonly show: Show;
  readonly values?: ValueNames;
  /** What one counts: `ip.hdr_len` counts 4 bytes. The value is the product. */
  readonly scale?: number;
  /** Written after a plain number, with its blank: ` bytes`. */
  readonly unit?: string;
  /** Whether the field is there at all; `base` is what `at` counts from. */
  readonly when?: (layer: Layer, base: number) => boolean;
  /** Works the value out; `undefined` when there is none. */
  readonly compute?: (layer: Layer) => FieldValue | undefined;
  /** Replaces what stands after the label (all of it for type `label`). */
  readonly text?: (value: FieldValue, place: Place) => string;
  /** Is added after what stands after the label. */
  readonly note?: (value: FieldValue, place: Place) => string;
  /** True when the value deserves attention. */
  readonly problem?: (value: FieldValue, place: Place) => boolean;
  /** Worked out, not read. */
  readonly generated?: boolean;
  /** Names of this field that a filter may use as well: `ip.addr` for `ip.src`. */
  readonly aliases?: readonly string[];
  readonly children?: FieldSet;
}

/** Fields by the name that the dissector's own code uses, in the order of the tree. */
export type FieldSet = Readonly<Record<string, Field>>;

type Spec = Partial<Omit<Field, 'name' | 'label' | 'type'>>;

function field(type: FieldType, name: string, label: string, spec: Spec): Field {
  return {
    show: 'dec',
    ...spec,
    type,
    name,
    label,
    generated: spec.generated ?? (spec.compute !== undefined && spec.at === undefined),
  };
}

/** Unsigned number of up to 64 bits, network byte order. */
export const uint = (name: string, label: string, spec: Spec = {}): Field => field('uint', name, label, spec);

/** One bit; `values` name 0 and 1 (else `Not set` and `Set`). */
export const flag = (name: string, label: string, spec: Spec = {}): Field =>
  field('flag', name, label, { values: setOrNot, ...spec });

/** IPv4 address. */
export const ipv4 = (name: string, label: string, spec: Spec = {}): Field =>
  field('ipv4', name, label, { bytes: 4, ...spec });

/** IPv6 address. */
export const ipv6 = (name: string, label: string, spec: Spec = {}): Field =>
  field('ipv6', name, label, { bytes: 16, ...spec });

/** Ethernet address. */
export const ether = (name: string, label: string, spec: Spec = {}): Field =>
  field('ether', name, label, { bytes: 6, ...spec });

/** 64-bit extended unique identifier. */
export const eui64 = (name: string, label: string, spec: Spec = {}): Field =>
  field('eui64', name, label, { bytes: 8, ...spec });

/** A run of bytes. */
export const bytes = (name: string, label: string, spec: Spec = {}): Field =>
  field('bytes', name, label, spec);

/** Text, in UTF-8, up to the first zero byte. */
export const string = (name: string, label: string, spec: Spec = {}): Field =>
  field('string', name, label, spec);

/** A moment; the dissector gives the text. */
export const time = (name: string, label: string, spec: Spec = {}): Field => field('time', name, label, spec);

/** A node without a value: a group, or a thing that is there. Without a name it only groups. */
export const label = (name: string, text: string, spec: Spec = {}): Field => field('label', name, text, spec);

/** The usual names of a bit's two values. */
export const setOrNot: ValueNames = { 0: 'Not set', 1: 'Set' };
export const trueOrFalse: ValueNames = { 0: 'False', 1: 'True' };
export const yesOrNo: ValueNames = { 0: 'No', 1: 'Yes' };

/** The name of a value, if it has one. */
export function nameOf(values: ValueNames | undefined, value: number): string | undefined {
  return typeof values === 'function' ? values(value) : values?.[value];
}

/**
 * The number of a placed field in a header that starts at `start`. Exact up to 48 bits; bytes beyond the frame count
 * as 0, so check the length first.
 */
export function readUint(frame: Uint8Array, start: number, field: Field): number {
  return readMasked(frame, start + (field.at ?? 0), typeof field.bytes === 'number' ? field.bytes : 1, field);
}

/** The number of a field whose first byte is known. */
export function readMasked(frame: Uint8Array, at: number, length: number, field: Field): number {
  let raw = 0;
  for (let i = 0; i < length; i++) raw = raw * 256 + u8(frame, at + i);
  const mask = field.mask;
  if (mask === undefined) return raw * (field.scale ?? 1);
  const lowest = mask & -mask;
  return (((raw & mask) >>> 0) / (lowest >>> 0)) * (field.scale ?? 1);
}

const lists = new WeakMap<FieldSet, readonly Field[]>();

/** The fields of a set in the order of the tree; the same list each time. */
export function fieldList(fields: FieldSet): readonly Field[] {
  let list = lists.get(fields);
  if (!list) lists.set(fields, (list = Object.values(fields)));
  return list;
}

/** All fields of a set with their children, in the order of the tree. */
export function* allFields(fields: FieldSet): Generator<Field> {
  for (const field of Object.values(fields)) {
    yield field;
    if (field.children) yield* allFields(field.children);
  }
}
