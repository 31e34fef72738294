/** How fields read: the value as a filter compares it, and the line in the tree. */
import { ipv4Text, ipv6Text, macText } from '../base/addresses.js';
import { hex } from '../base/bytes.js';
import { type Field, type FieldValue, nameOf, type Place } from './field.js';
import type { Layer } from './walk.js';

/** Bytes of a long value that a label shows. */
const shownBytes = 36;

const utf8 = new TextDecoder('utf-8');

/** The value as a display filter compares it; `undefined` for labels. */
export function valueText(field: Field, value: FieldValue | undefined, place: Place): string | undefined {
  if (value !== undefined) return String(value);
  const { frame } = place.layer;
  switch (field.type) {
    case 'ipv4':
      return ipv4Text(frame, place.at);
    case 'ipv6':
      return ipv6Text(frame, place.at);
    case 'ether':
      return macText(frame, place.at);
    case 'eui64':
    case 'bytes':
      return hex(frame, place.at, place.length, ':');
    case 'string':
      return stringAt(frame, place.at, place.length);
    case 'label':
    case 'time':
    case 'uint':
    case 'flag':
      return undefined;
  }
}

/** The field's line in the tree. */
export function fieldLabel(field: Field, value: FieldValue | undefined, place: Place): string {
  const given = value ?? valueText(field, value, place) ?? '';
  const note = field.note?.(given, place) ?? '';
  if (field.type === 'label') return (field.text?.(given, place) ?? field.label) + note;
  const text = field.text?.(given, place) ?? plainText(field, given, place);
  return `${bitPattern(field, given, place)}${field.label}: ${text}${note}`;
}

/** What stands after the label where the field does not say it in its own way. */
export function plainText(field: Field, value: FieldValue, place: Place): string {
  if (field.type === 'bytes') return shortHex(place.layer.frame, place.at, place.length);
  if (typeof value === 'string') return value;
  const number = Number(value);
  const name = nameOf(field.values, number);
  if (field.type === 'flag') return name ?? String(value);
  const shown = based(field, value, place.length);
  if (field.values === undefined) return shown + (field.unit ?? '');
  return `${name ?? 'Unknown'} (${shown})`;
}

/** `0x0800`: as many digits as the field has bits. */
export function hexNumber(value: FieldValue, digits: number): string {
  return `0x${typeof value === 'string' ? value : value.toString(16).padStart(digits, '0')}`;
}

/** Bytes without separators, cut with an ellipsis where they are many. */
export function shortHex(frame: Uint8Array, at: number, length: number): string {
  return length > shownBytes ? `${hex(frame, at, shownBytes)}…` : hex(frame, at, length);
}

function based(field: Field, value: FieldValue, length: number): string {
  const digits = field.mask === undefined ? 2 * length : Math.ceil(bitCount(field.mask) / 4);
  switch (field.show) {
    case 'dec':
      return String(value);
    case 'hex':
      return hexNumber(value, digits);
    case 'dec-hex':
      return `${value} (${hexNumber(value, digits)})`;
    case 'hex-dec':
      return `${hexNumber(value, digits)} (${value})`;
  }
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask >>> 0; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** `.1.. .... = ` in front of fields that are some bits of a word. */
function bitPattern(field: Field, value: FieldValue, place: Place): string {
  if (field.mask === undefined || field.pattern === false || typeof value !== 'number') return '';
  const { width, mask } = field.pattern ?? { width: 8 * place.length, mask: field.mask };
  const lowest = 31 - Math.clz32(mask & -mask);
  const bits = value / (field.scale ?? 1);
  let text = '';
  for (let bit = width - 1; bit >= 0; bit--) {
    if (((mask >>> bit) & 1) === 0) text += '.';
    else text += (bits >>> (bit - lowest)) & 1 ? '1' : '0';
    if (bit > 0 && bit % 4 === 0) text += ' ';
  }
  return `${text} = `;
}

/** Text up to the first zero byte; control characters shown as the replacement sign. */
function stringAt(frame: Uint8Array, at: number, length: number): string {
  const bytes = frame.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end)).replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
}

/** The text of a placed address field; `undefined` when it is not there. */
export function fieldAddress(field: Field, layer: Layer): string | undefined {
  const length = typeof field.bytes === 'number' ? field.bytes : 0;
  const at = layer.start + (field.at ?? 0);
  if (at + length > layer.end || field.when?.(layer, layer.start) === false) return undefined;
  return valueText(field, undefined, { layer, at, length });
}
