import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, nameOf, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const requestMagic = 0x80;
const responseMagic = 0x81;
const headerLength = 24;
/** Longer lines belong to values. */
const longestLine = 512;

const opcodes: Readonly<Record<number, string>> = Object.fromEntries(
  [
    ...[
      'Get',
      'Set',
      'Add',
      'Replace',
      'Delete',
      'Increment',
      'Decrement',
      'Quit',
      'Flush',
      'Get Quietly',
      'No-op',
    ],
    ...[
      'Version',
      'Get Key',
      'Get Key Quietly',
      'Append',
      'Prepend',
      'Statistics',
      'Set Quietly',
      'Add Quietly',
    ],
    ...['Replace Quietly', 'Delete Quietly', 'Increment Quietly', 'Decrement Quietly', 'Quit Quietly'],
    ...['Flush Quietly', 'Append Quietly', 'Prepend Quietly'],
  ].map((name, code) => [code, name]),
);
const statuses = {
  0: 'No error',
  1: 'Key not found',
  2: 'Key exists',
  3: 'Value too big',
  4: 'Invalid arguments',
  5: 'Item not stored',
  129: 'Unknown command',
  130: 'Out of memory',
};

const isBinary = ({ frame }: Layer, base: number): boolean =>
  u8(frame, base) === requestMagic || u8(frame, base) === responseMagic;
const isAsked = ({ frame }: Layer, base: number): boolean => u8(frame, base) === requestMagic;
const isAnswered = ({ frame }: Layer, base: number): boolean => u8(frame, base) === responseMagic;
const head = (name: string, title: string, at: number, size: number, spec: Partial<Field> = {}): Field =>
  uint(`memcache.${name}`, title, { at, bytes: size, when: isBinary, ...spec });

const loose = {
  extras: bytes('memcache.extras', 'Extras'),
  key: string('memcache.key', 'Key'),
  value: string('memcache.value', 'Value'),
  command: string('memcache.command', 'Command'),
  response: string('memcache.response', 'Response'),
};

/** Words that begin a request in the text form, and what may come back. */
const commands = new Set(
  'get gets gat gats set add replace append prepend cas delete incr decr touch stats flush_all version verbosity quit mg ms md ma me mn'.split(
    ' ',
  ),
);
const answers = new Set(
  'VALUE STORED NOT_STORED EXISTS NOT_FOUND DELETED TOUCHED END ERROR CLIENT_ERROR SERVER_ERROR OK STAT VERSION HD VA EN NS EX NF MN'.split(
    ' ',
  ),
);

/** The first line in the text form, without its end. */
function firstLine({ frame, start, end }: Layer): string {
  let text = '';
  for (let at = start; at < Math.min(end, start + longestLine); at++) {
    const code = u8(frame, at);
    if (code === 10 || code === 13) break;
    text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
  }
  return text;
}

const wordOf = (line: string): string => line.split(' ', 1)[0] ?? '';

/** Memcached, in its binary form (requests, responses, keys) and its text form (the first line of a segment). */
export const memcache = defineDissector({
  id: 'memcache',
  title: 'Memcache Protocol',
  column: 'MEMCACHE',
  spec: 'https://github.com/memcached/memcached/blob/master/doc/protocol.txt',
  claims: [
    { table: 'tcp.port', keys: [11211] },
    { table: 'udp.port', keys: [11211] },
  ],
  fields: {
    magic: head('magic', 'Magic', 0, 1, { values: { 128: 'Request', 129: 'Response' } }),
    opcode: head('opcode', 'Opcode', 1, 1, { values: opcodes }),
    keyLength: head('key.length', 'Key Length', 2, 2),
    extrasLength: head('extras.length', 'Extras length', 4, 1),
    dataType: head('data_type', 'Data type', 5, 1, { values: { 0: 'Raw bytes' } }),
    reserved: head('reserved', 'Reserved', 6, 2, { when: isAsked }),
    status: head('status', 'Status', 6, 2, { when: isAnswered, values: statuses }),
    bodyLength: head('total_body_length', 'Total body length', 8, 4),
    opaque: head('opaque', 'Opaque', 12, 4),
    cas: head('cas', 'CAS', 16, 8),
  },
  loose,

  measure(walk) {
    const first = walk.available > 0 ? walk.u8(0) : 0;
    if (first !== requestMagic && first !== responseMagic) {
      walk.whole();
      return;
    }
    if (!walk.header(headerLength)) return;
    const length = headerLength + walk.u32(8);
    const left = walk.limit - walk.start;
    // The rest of the value comes in the next segments.
    if (length > left) walk.isFragment();
    if (walk.header(length) && length < left) walk.nextIs('memcache');
  },

  heading: (layer) =>
    isBinary(layer, layer.start) && layer.has(2)
      ? `, ${nameOf(opcodes, layer.u8(1)) ?? 'Unknown'} ${layer.u8(0) === requestMagic ? 'Request' : 'Response'}`
      : '',

  info(layer) {
    if (!layer.has(2)) return undefined;
    if (!isBinary(layer, layer.start)) {
      const line = firstLine(layer);
      return commands.has(wordOf(line)) || answers.has(wordOf(line)) ? `${line} ` : 'MEMCACHE Continuation';
    }
    return `${nameOf(opcodes, layer.u8(1)) ?? 'Unknown'} ${layer.u8(0) === requestMagic ? 'Request' : 'Response'}`;
  },

  extra(layer, emit) {
    const cursor = new FieldCursor(layer, emit, layer.start, layer.end);
    if (isBinary(layer, layer.start)) {
      if (!layer.has(headerLength)) return;
      cursor.skip(headerLength);
      if (layer.u8(4) > 0) cursor.field(loose.extras, layer.u8(4));
      if (layer.u16(2) > 0) cursor.field(loose.key, layer.u16(2));
      cursor.rest(loose.value);
      return;
    }
    const line = firstLine(layer);
    const word = wordOf(line);
    const [, key] = line.split(' ', 2);
    if (commands.has(word)) cursor.field(loose.command, word.length);
    else if (answers.has(word) && word !== 'VALUE') cursor.field(loose.response, word.length);
    else cursor.skip(word.length);
    const hasKey = key !== undefined && key !== '' && (commands.has(word) || word === 'VALUE');
    cursor.skip(1);
    if (hasKey) cursor.field(loose.key, key.length);
  },

  examples: [
    {
      title: 'get in the binary form',
      hex: '80 00 0005 00 00 0000 00000005 00000000 0000000000000000 68656c6c6f',
      fields: { 'memcache.opcode': 0, 'memcache.key': 'hello' },
      info: 'Get Request',
    },
    {
      title: 'get in the text form',
      hex: '67657420 6b657931 0d0a',
      fields: { 'memcache.command': 'get', 'memcache.key': 'key1' },
      info: 'get key1 ',
    },
  ],
});
