import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import type { Field } from '../field.js';
import { declared } from '../shapes.js';
import type { Layer } from '../walk.js';
import {
  addresses,
  type AddressFields,
  credentials,
  headers,
  parts,
  shortHeaders,
  via,
  viaParameters,
} from './sipFields.js';

/** Longer lines are not looked into, and more of them neither. */
const longestLine = 4096;
const mostLines = 512;

/** Bytes of a message as characters, one each, so that places in the text are places in the message. */
function characters(frame: Uint8Array, from: number, end: number): string {
  let text = '';
  for (let at = from; at < end; at++) text += String.fromCharCode(u8(frame, at));
  return text;
}

/** A line of the message; `next` is the place of the line after it. */
interface Line {
  readonly at: number;
  readonly end: number;
  readonly next: number;
}

function lineAt(frame: Uint8Array, at: number, end: number): Line {
  let place = at;
  while (place < end && u8(frame, place) !== 10) place++;
  const hasReturn = place > at && u8(frame, place - 1) === 13;
  return { at, end: hasReturn ? place - 1 : place, next: Math.min(place + 1, end) };
}

const isBlank = (code: number): boolean => code === 0x20 || code === 9;

/** The headers: lines that begin with blanks go on with the one before. The last one is empty, if it is there. */
function* headerLines(frame: Uint8Array, from: number, end: number): Generator<Line> {
  let at = from;
  for (let count = 0; at < end && count < mostLines; count++) {
    let line = lineAt(frame, at, end);
    while (line.end > line.at && line.next < end && isBlank(u8(frame, line.next))) {
      const more = lineAt(frame, line.next, end);
      line = { at, end: more.end, next: more.next };
    }
    yield line;
    if (line.end === line.at) return;
    at = line.next;
  }
}

interface FirstLine extends Line {
  readonly words: readonly [string, string, string];
  readonly isResponse: boolean;
}

/** `INVITE sip:bob@example.com SIP/2.0` or `SIP/2.0 200 OK`; nothing when the message begins otherwise. */
function firstLine(layer: Layer): FirstLine | undefined {
  const { frame, start, end } = layer;
  const line = lineAt(frame, start, Math.min(end, start + longestLine));
  const text = characters(frame, line.at, line.end);
  const first = text.indexOf(' ');
  const second = text.indexOf(' ', first + 1);
  if (first <= 0 || second < 0) return undefined;
  const words = [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)] as const;
  const isResponse = words[0] === 'SIP/2.0';
  return isResponse || words[2].startsWith('SIP/') ? { ...line, words, isResponse } : undefined;
}

/** For `measure`: does the first line say SIP? Looks at bytes only. */
function looksLikeSip(frame: Uint8Array, start: number, end: number): boolean {
  const isSip = (at: number): boolean =>
    u8(frame, at) === 0x53 &&
    u8(frame, at + 1) === 0x49 &&
    u8(frame, at + 2) === 0x50 &&
    u8(frame, at + 3) === 0x2f;
  if (start + 4 <= end && isSip(start)) return true;
  const limit = Math.min(end, start + longestLine);
  for (let at = start; at + 5 <= limit; at++) {
    const code = u8(frame, at);
    if (code === 10) return false;
    if (code === 0x20 && isSip(at + 1)) return true;
  }
  return false;
}

/** A piece of a header's text, with its place in the frame. */
class Piece {
  constructor(
    readonly text: string,
    readonly at: number,
  ) {}

  slice(from: number, to = this.text.length): Piece {
    return new Piece(this.text.slice(from, to), this.at + from);
  }

  trim(): Piece {
    const from = this.text.length - this.text.trimStart().length;
    return this.slice(from, from + this.text.trim().length);
  }

  /** What stands between the separators, leaving those within quotation marks and brackets alone. */
  split(separator: string): Piece[] {
    const found: Piece[] = [];
    let from = 0;
    let quoted = false;
    let depth = 0;
    for (let i = 0; i < this.text.length; i++) {
      const character = this.text[i];
      if (character === '"') quoted = !quoted;
      else if (!quoted && character === '<') depth++;
      else if (!quoted && character === '>') depth = Math.max(0, depth - 1);
      else if (!quoted && depth === 0 && character === separator) {
        found.push(this.slice(from, i));
        from = i + 1;
      }
    }
    found.push(this.slice(from));
    return found;
  }
}

/** Adds a field for a piece; the bytes are the value. */
function add(cursor: FieldCursor, field: Field, piece: Piece, value?: number): void {
  if (piece.text !== '') cursor.emit.add(field, piece.at, piece.text.length, value);
}

/** `sip:bob@example.com:5062;transport=tcp` with its parts. */
function reportUri(cursor: FieldCursor, fields: AddressFields, uri: Piece): void {
  if (uri.text === '' || !cursor.emit.open(fields.address, uri.at, uri.text.length)) return;
  const scheme = uri.text.indexOf(':');
  if (scheme > 0 && /^sips?$/i.test(uri.text.slice(0, scheme))) {
    const cut = uri.text.search(/[;?]/);
    const core = uri.slice(scheme + 1, cut < 0 ? undefined : cut);
    const at = core.text.indexOf('@');
    // A user of one letter is not shown by Wireshark; it is one all the same.
    if (at > 0) add(cursor, fields.user, core.slice(0, at));
    const where = core.slice(at + 1);
    const bracket = where.text.startsWith('[') ? where.text.indexOf(']') : -1;
    const colon = where.text.indexOf(':', bracket < 0 ? 0 : bracket);
    add(
      cursor,
      fields.host,
      bracket > 0 ? where.slice(1, bracket) : where.slice(0, colon < 0 ? undefined : colon),
    );
    if (colon > 0) add(cursor, fields.port, where.slice(colon + 1));
  }
  cursor.emit.close();
}

/** `"Bob" <sip:bob@example.com>;tag=1` */
function reportAddress(cursor: FieldCursor, fields: AddressFields, value: Piece): void {
  const [head, ...parameters] = value.split(';');
  if (!head) return;
  const open = head.text.indexOf('<');
  const close = head.text.indexOf('>', open);
  if (open >= 0) {
    // What stands before the bracket, up to the closing quotation mark where there are some.
    const before = head.slice(0, open);
    const quote = before.text.lastIndexOf('"');
    if (fields.display) add(cursor, fields.display, quote > 0 ? before.slice(0, quote + 1) : before);
    reportUri(cursor, fields, head.slice(open + 1, close < 0 ? undefined : close));
  } else if (/^[a-z][a-z+.-]*:/i.test(head.text)) reportUri(cursor, fields, head.trim());
  for (const parameter of parameters.map((one) => one.trim())) {
    if (fields.tag && parameter.text.startsWith('tag=')) add(cursor, fields.tag, parameter.slice(4));
    if (fields.parameter) add(cursor, fields.parameter, parameter);
  }
}

/** `SIP/2.0/UDP 127.0.1.1:5060;branch=z9hG4bK;rport` */
function reportVia(cursor: FieldCursor, value: Piece): void {
  const [head, ...parameters] = value.split(';');
  if (!head) return;
  const blank = head.text.indexOf(' ');
  if (blank < 0) return;
  add(cursor, via.transport, head.slice(head.text.lastIndexOf('/', blank) + 1, blank));
  const where = head.slice(blank).trim();
  const bracket = where.text.startsWith('[') ? where.text.indexOf(']') : -1;
  const colon = where.text.indexOf(':', Math.max(0, bracket));
  add(
    cursor,
    via.address,
    bracket > 0 ? where.slice(1, bracket) : where.slice(0, colon < 0 ? undefined : colon),
  );
  const port = colon < 0 ? undefined : where.slice(colon + 1);
  if (port && /^\d{1,5}$/.test(port.text)) add(cursor, via.port, port, Number(port.text));
  for (const parameter of parameters.map((one) => one.trim())) {
    const equals = parameter.text.indexOf('=');
    const name = (equals < 0 ? parameter.text : parameter.text.slice(0, equals)).toLowerCase();
    const field = viaParameters[name];
    if (field) add(cursor, field, parameter.slice(equals + 1));
  }
}

/** `Digest realm="asterisk",nonce="…"` */
function reportCredentials(cursor: FieldCursor, value: Piece): void {
  const blank = value.text.indexOf(' ');
  if (blank < 0) return;
  add(cursor, parts.scheme, value.slice(0, blank));
  for (const parameter of value.slice(blank).split(',')) {
    const { text, at } = parameter.trim();
    const equals = text.indexOf('=');
    const field = credentials[text.slice(0, Math.max(0, equals)).toLowerCase()];
    if (field) add(cursor, field, new Piece(text, at).slice(equals + 1));
  }
}

/** What a header holds; none, for those that are text only. */
const reports: Readonly<Record<string, (cursor: FieldCursor, value: Piece) => void>> = {
  via: reportVia,
  from: (cursor, value) => {
    reportAddress(cursor, addresses.from, value);
  },
  to: (cursor, value) => {
    reportAddress(cursor, addresses.to, value);
  },
  contact: (cursor, value) => {
    for (const one of value.split(',')) reportAddress(cursor, addresses.contact, one.trim());
  },
  cseq: (cursor, value) => {
    const blank = value.text.indexOf(' ');
    const number = value.slice(0, Math.max(0, blank));
    if (!/^\d{1,10}$/.test(number.text)) return;
    add(cursor, parts.sequence, number, Number(number.text));
    add(cursor, parts.sequenceMethod, value.slice(blank).trim());
  },
  authorization: reportCredentials,
  'proxy-authorization': reportCredentials,
  'www-authenticate': reportCredentials,
  'proxy-authenticate': reportCredentials,
};

function reportHeader(cursor: FieldCursor, line: Line): void {
  const text = characters(cursor.frame, line.at, line.end);
  const colon = text.indexOf(':');
  if (colon < 0) {
    cursor.emit.add(parts.unknown, line.at, line.next - line.at, printable(text));
    return;
  }
  const word = text.slice(0, colon).trim().toLowerCase();
  const name = shortHeaders[word] ?? word;
  const value = new Piece(text, line.at).slice(colon + 1).trim();
  const field = headers.get(name);
  const number = field?.type === 'uint' ? /^\d{1,10}$/.exec(value.text) : undefined;
  if (!field || number === null) {
    cursor.emit.add(parts.unknown, line.at, line.next - line.at, printable(text));
    return;
  }
  const shown = number
    ? Number(value.text)
    : utf8.decode(cursor.frame.subarray(value.at, value.at + value.text.length));
  if (!cursor.emit.open(field, line.at, line.next - line.at, shown)) return;
  if (text.length <= longestLine) reports[name]?.(cursor, value);
  cursor.emit.close();
  if (name === 'call-id') cursor.emit.add(parts.callId, line.at, line.next - line.at, value.text);
}

const utf8 = new TextDecoder('utf-8');
const printable = (text: string): string => text.replace(/[^ -~]/g, '\ufffd');

/** The value of the first header of that name. */
function headerValue(layer: Layer, from: number, wanted: string): string | undefined {
  const { frame, end } = layer;
  for (const line of headerLines(frame, from, end)) {
    const text = characters(frame, line.at, Math.min(line.end, line.at + longestLine));
    const colon = text.indexOf(':');
    const word = text.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if ((shortHeaders[word] ?? word) === wanted) return text.slice(colon + 1).trim();
  }
  return undefined;
}

/** Registrations name the bindings that are asked for, or that there are. */
function bindings(layer: Layer, from: number): string {
  const sequence = headerValue(layer, from, 'cseq') ?? '';
  if (!sequence.endsWith('REGISTER')) return '';
  const contact = headerValue(layer, from, 'contact');
  if (contact === undefined) return '';
  const count = new Piece(contact, 0).split(',').length;
  return contact === '*' ? ' (remove all bindings)' : ` (${count} binding${count === 1 ? '' : 's'})`;
}

function words(layer: Layer): string | undefined {
  const first = firstLine(layer);
  if (!first) return undefined;
  const [one, two, three] = first.words;
  const found = bindings(layer, first.next);
  if (!first.isResponse) return printable(`Request: ${one} ${two}${found === '' ? '' : ` ${found}`} | `);
  const method = found === '' ? '' : ' (REGISTER) ';
  return printable(`Status: ${two} ${three}${method}${found} | `);
}

/** The Session Initiation Protocol over UDP, with its main headers in parts. */
export const sip = defineDissector({
  id: 'sip',
  title: 'Session Initiation Protocol',
  column: 'SIP',
  spec: 'https://www.rfc-editor.org/rfc/rfc3261',
  claims: [{ table: 'udp.port', keys: [5060] }],
  fields: {},
  loose: declared(
    parts,
    { ...addresses.request },
    { ...addresses.from },
    { ...addresses.to },
    { ...addresses.contact },
    via,
    viaParameters,
    credentials,
    Object.fromEntries(headers),
  ),

  measure(walk) {
    if (looksLikeSip(walk.frame, walk.start, walk.start + walk.available)) walk.whole();
    else walk.isReally('data');
  },

  heading(layer) {
    const first = firstLine(layer);
    return first ? ` (${printable(first.isResponse ? first.words[1] : first.words[0])})` : '';
  },
  info: words,

  extra(layer, emit) {
    const { frame, start, end } = layer;
    const first = firstLine(layer);
    if (!first) return;
    const cursor = new FieldCursor(layer, emit, start, end);
    const [one, two] = first.words;
    const line = new Piece(characters(frame, first.at, first.end), start);
    if (emit.open(first.isResponse ? parts.statusLine : parts.requestLine, start, first.end - start)) {
      const second = line.slice(one.length + 1, one.length + 1 + two.length);
      if (!first.isResponse) {
        add(cursor, parts.method, line.slice(0, one.length));
        reportUri(cursor, addresses.request, second);
      } else if (/^\d{3}$/.test(two)) add(cursor, parts.statusCode, second, Number(two));
      emit.close();
    }
    if (first.next >= end) return;
    const lines = [...headerLines(frame, first.next, end)];
    const last = lines.at(-1);
    const isEnded = last !== undefined && last.end === last.at;
    const headersEnd = isEnded ? last.next : end;
    const text = utf8.decode(frame.subarray(first.next, headersEnd));
    if (emit.open(parts.header, first.next, headersEnd - first.next, text)) {
      for (const header of lines) if (header.end > header.at) reportHeader(cursor, header);
      emit.close();
    }
    if (last && isEnded && last.next < end) emit.add(parts.body, last.next, end - last.next);
  },

  examples: [
    {
      title: 'a call is asked for',
      hex: [
        '494e56495445207369703a626f6240612e6220534950 2f322e30 0d0a',
        '56 69 61 3a 20 534950 2f322e302f554450 20 31302e302e302e313a35303630 0d0a',
        '43536571 3a 20 31 20 494e56495445 0d0a 0d0a',
      ].join(' '),
      fields: {
        'sip.Method': 'INVITE',
        'sip.r-uri.host': 'a.b',
        'sip.Via.sent-by.port': 5060,
        'sip.CSeq.seq': 1,
      },
      info: 'Request: INVITE sip:bob@a.b | ',
    },
    {
      title: 'it rings',
      hex: '534950 2f322e30 20 313830 20 52696e67696e67 0d0a 0d0a',
      fields: { 'sip.Status-Code': 180 },
      info: 'Status: 180 Ringing | ',
    },
  ],
});
