import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, label, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const port = 6379;
/** Of a line that holds a number or a text. */
const longestLine = 4096;
/** Arrays in arrays; more are not followed. */
const deepest = 16;
/** Elements of an array that the tree shows, and words of a command that the list does. */
const mostElements = 1024;
const mostWords = 8;

const [plus, minus, colon, dollar, star] = [0x2b, 0x2d, 0x3a, 0x24, 0x2a];

const fields = {
  text: string('resp.string', 'String'),
  error: string('resp.error', 'Error'),
  integer: uint('resp.integer', 'Integer', { text: String }),
  bulk: label('resp.bulk_string', 'Bulk String', { text: (value) => `Bulk String: ${value}` }),
  bulkLength: uint('resp.bulk_string.length', 'Length', { text: String }),
  bulkValue: bytes('resp.bulk_string.value', 'Value'),
  array: label('resp.array', 'Array', { text: (value) => `Array: ${value}` }),
  arrayLength: uint('resp.array.length', 'Length', { text: String }),
  fragment: label('', 'Part of a value', { text: String }),
} satisfies Record<string, Field>;

/** Where the line that begins at a place ends, without its line end; -1 when it does not end. */
function lineEnd(frame: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end - 1, at + longestLine);
  for (let place = at; place < limit; place++)
    if (u8(frame, place) === 13 && u8(frame, place + 1) === 10) return place;
  return -1;
}

function characters(frame: Uint8Array, from: number, end: number): string {
  let text = '';
  for (let at = from; at < end; at++) {
    const code = u8(frame, at);
    text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
  }
  return text;
}

/** The number on a line, not a number when there is none. */
function numberOn(frame: Uint8Array, from: number, end: number): number {
  const text = characters(frame, from, Math.min(end, from + 20));
  return /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/**
 * Bytes of the value at a place; -1 when it is no value or does not end here. An array is as long as its elements.
 */
function valueLength(frame: Uint8Array, at: number, end: number, depth = 0): number {
  const line = lineEnd(frame, at, end);
  if (line < 0) return -1;
  const next = line + 2;
  switch (u8(frame, at)) {
    case plus:
    case minus:
    case colon:
      return next - at;
    case dollar: {
      const size = numberOn(frame, at + 1, line);
      if (Number.isNaN(size) || size < -1) return -1;
      if (size < 0) return next - at;
      return next + size + 2 <= end ? next + size + 2 - at : -1;
    }
    case star: {
      const count = numberOn(frame, at + 1, line);
      if (Number.isNaN(count) || depth >= deepest || count > mostElements) return -1;
      let place = next;
      for (let i = 0; i < count; i++) {
        const length = valueLength(frame, place, end, depth + 1);
        if (length < 0) return -1;
        place += length;
      }
      return place - at;
    }
    default:
      return -1;
  }
}

/** One value; false when it is none, or goes on in the next segment. */
function reportValue(cursor: FieldCursor): boolean {
  const { frame, at, end } = cursor;
  const length = valueLength(frame, at, end);
  if (length < 0) return false;
  const line = lineEnd(frame, at, end);
  const text = characters(frame, at + 1, line);
  switch (u8(frame, at)) {
    case plus:
      return cursor.field(fields.text, length, text);
    case minus:
      return cursor.field(fields.error, length, text);
    case colon:
      return cursor.field(fields.integer, length, numberOn(frame, at + 1, line));
    case dollar: {
      const size = numberOn(frame, at + 1, line);
      const shown = size < 0 ? '[NULL]' : characters(frame, line + 2, line + 2 + Math.min(size, 64));
      cursor.group(
        fields.bulk,
        length,
        (bulk) => {
          bulk.field(fields.bulkLength, line + 2 - at, size);
          if (size > 0) bulk.field(fields.bulkValue, size);
        },
        shown,
      );
      return true;
    }
    default: {
      const count = numberOn(frame, at + 1, line);
      cursor.group(
        fields.array,
        length,
        (array) => {
          array.field(fields.arrayLength, line + 2 - at, count);
          while (array.left > 0 && reportValue(array));
        },
        count < 0 ? 'NULL' : `Length ${count}`,
      );
      return true;
    }
  }
}

/** What the value says in a few words: `GET key`. */
function valueWords(frame: Uint8Array, at: number, end: number): string {
  const line = lineEnd(frame, at, end);
  if (line < 0) return '';
  switch (u8(frame, at)) {
    case minus:
      return `Error: ${characters(frame, at + 1, line)}`;
    case dollar: {
      const size = numberOn(frame, at + 1, line);
      return size > 0 ? characters(frame, line + 2, Math.min(end, line + 2 + Math.min(size, 64))) : '';
    }
    case star: {
      const words: string[] = [];
      let place = line + 2;
      const count = numberOn(frame, at + 1, line);
      for (let i = 0; i < Math.min(count, mostWords); i++) {
        const length = valueLength(frame, place, end, 1);
        if (length < 0) break;
        if (u8(frame, place) !== star) words.push(valueWords(frame, place, end));
        place += length;
      }
      return words.join(' ');
    }
    default:
      return characters(frame, at + 1, line);
  }
}

const isFromServer = (layer: Layer): boolean => layer.before('tcp')?.u16(0) === port;

/** What Redis speaks: RESP version 2, each segment by itself. */
export const resp = defineDissector({
  id: 'resp',
  title: 'REdis Serialization Protocol',
  column: 'RESP',
  spec: 'https://redis.io/docs/latest/develop/reference/protocol-spec/',
  claims: [{ table: 'tcp.port', keys: [port] }],
  fields: {},
  loose: fields,

  measure(walk) {
    walk.whole();
  },

  info(layer) {
    const { frame, start, end } = layer;
    const words = valueWords(frame, start, end);
    return `${isFromServer(layer) ? 'Response:' : 'Request:'}${words === '' ? '' : ` ${words}`}`;
  },

  extra(layer, emit) {
    const cursor = new FieldCursor(layer, emit, layer.start, layer.end);
    while (cursor.left > 0)
      if (!reportValue(cursor)) {
        cursor.rest(fields.fragment, 'Part of a value; the rest is in other segments');
        return;
      }
  },

  examples: [
    {
      title: 'GET key',
      hex: '2a320d0a 24330d0a4745540d0a 24330d0a6b65790d0a',
      fields: { 'resp.array.length': 2, 'resp.bulk_string.value': '6b:65:79' },
      info: 'Request: GET key',
    },
    {
      title: 'an error',
      hex: '2d45525220780d0a',
      fields: { 'resp.error': 'ERR x' },
      info: 'Request: Error: ERR x',
    },
  ],
});
