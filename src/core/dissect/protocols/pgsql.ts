import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { nameOf, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const port = 5432;
/** No server takes longer messages without asking for it. */
const longestMessage = 1 << 26;
/** Requests before a session, which have no type byte: their first number says what they are. */
const untyped: Readonly<Record<number, string>> = {
  0x00030000: 'Startup message',
  80877102: 'Cancel request',
  80877103: 'SSL request',
  80877104: 'GSS encrypt request',
};

/** Types of messages, of the client and of the server, by their letter. */
const clientTypes: Readonly<Record<string, string>> = {
  B: 'Bind',
  C: 'Close',
  D: 'Describe',
  E: 'Execute',
  F: 'Function call',
  H: 'Flush',
  P: 'Parse',
  Q: 'Simple query',
  S: 'Sync',
  X: 'Termination',
  c: 'Copy completion',
  d: 'Copy data',
  f: 'Copy failure',
  p: 'Authentication message',
};
const serverTypes: Readonly<Record<string, string>> = {
  '1': 'Parse completion',
  '2': 'Bind completion',
  '3': 'Close completion',
  A: 'Notification response',
  C: 'Command completion',
  D: 'Data row',
  E: 'Error',
  G: 'CopyIn response',
  H: 'CopyOut response',
  I: 'Empty query',
  K: 'Backend key data',
  N: 'Notice',
  R: 'Authentication request',
  S: 'Parameter status',
  T: 'Row description',
  V: 'Function call response',
  W: 'CopyBoth response',
  Z: 'Ready for query',
  c: 'Copy completion',
  d: 'Copy data',
  n: 'No data',
  s: 'Portal suspended',
  t: 'Parameter description',
};

const loose = {
  type: string('pgsql.type', 'Type'),
  length: uint('pgsql.length', 'Length'),
  major: uint('pgsql.version_major', 'Protocol major version'),
  minor: uint('pgsql.version_minor', 'Protocol minor version'),
  parameterName: string('pgsql.parameter_name', 'Parameter name'),
  parameterValue: string('pgsql.parameter_value', 'Parameter value'),
  query: string('pgsql.query', 'Query'),
  tag: string('pgsql.tag', 'Tag'),
  status: uint('pgsql.status', 'Status', {
    values: { 0x49: 'Idle', 0x54: 'In a transaction', 0x45: 'In a failed transaction' },
  }),
  authentication: uint('pgsql.authtype', 'Authentication type', {
    values: {
      0: 'Success',
      2: 'Kerberos V5',
      3: 'Plaintext password',
      5: 'MD5 password',
      7: 'GSSAPI',
      8: 'GSSAPI continue',
      9: 'SSPI',
      10: 'SASL',
      11: 'SASL continue',
      12: 'SASL complete',
    },
  }),
  severity: string('pgsql.severity', 'Severity'),
  code: string('pgsql.code', 'Code'),
  message: string('pgsql.message', 'Message'),
};

const isFromServer = (layer: Layer): boolean => layer.before('tcp')?.u16(0) === port;
const letterAt = (layer: Layer): string => String.fromCharCode(layer.u8(0));
const typesOf = (layer: Layer): Readonly<Record<string, string>> =>
  isFromServer(layer) ? serverTypes : clientTypes;

/** A message without a type begins with its length, and that with a zero. */
const isUntyped = (layer: Layer): boolean => layer.u8(0) === 0;

function typeName(layer: Layer): string {
  if (isUntyped(layer)) return layer.has(8) ? (nameOf(untyped, layer.u32(4)) ?? 'Unknown') : 'Unknown';
  return typesOf(layer)[letterAt(layer)] ?? 'Unknown';
}

/** Bytes of the text at the cursor with its closing zero, at most all that is left. */
function textLength(cursor: FieldCursor): number {
  let length = 0;
  while (length < cursor.left && u8(cursor.frame, cursor.at + length) !== 0) length++;
  return Math.min(length + 1, cursor.left);
}

function reportParameters(cursor: FieldCursor): void {
  while (cursor.left > 1) {
    cursor.field(loose.parameterName, textLength(cursor));
    if (cursor.left > 0) cursor.field(loose.parameterValue, textLength(cursor));
  }
}

/** Parts of an error: a letter that says what, then a text. */
function reportError(cursor: FieldCursor): void {
  while (cursor.left > 1) {
    const what = cursor.u8();
    cursor.skip(1);
    const field =
      what === 0x53 ? loose.severity : what === 0x43 ? loose.code : what === 0x4d ? loose.message : undefined;
    const length = textLength(cursor);
    if (field) cursor.field(field, length);
    else cursor.skip(length);
  }
}

function reportBody(layer: Layer, cursor: FieldCursor): void {
  const letter = letterAt(layer);
  if (!isFromServer(layer)) {
    if (letter === 'Q') cursor.rest(loose.query);
    return;
  }
  if (letter === 'C') cursor.rest(loose.tag);
  else if (letter === 'Z') cursor.field(loose.status, 1);
  else if (letter === 'R') cursor.field(loose.authentication, 4);
  else if (letter === 'S') reportParameters(cursor);
  else if (letter === 'E' || letter === 'N') reportError(cursor);
}

/** PostgreSQL: what is asked and what comes back, by the type of each message. */
export const pgsql = defineDissector({
  id: 'pgsql',
  title: 'PostgreSQL',
  column: 'PGSQL',
  spec: 'https://www.postgresql.org/docs/current/protocol.html',
  claims: [{ table: 'tcp.port', keys: [port] }],
  fields: {},
  loose,

  measure(walk) {
    const before = walk.available > 0 && walk.u8(0) === 0 ? 0 : 1;
    const claimed = walk.available >= before + 4 ? before + walk.u32(before) : 0;
    // A server's answer to a request for TLS is one byte; other things that make no sense are parts of messages.
    if (claimed < before + 4 || claimed > longestMessage) {
      walk.whole();
      return;
    }
    const left = walk.limit - walk.start;
    if (claimed > left) walk.isFragment();
    if (walk.header(claimed) && claimed < left) walk.nextIs('pgsql');
  },

  info(layer) {
    if (!layer.has(5)) return isFromServer(layer) ? '<' : '>';
    const letters: string[] = [];
    let one: Layer | undefined = layer;
    for (; one && letters.length < 64; one = one.before('pgsql'))
      letters.unshift(isUntyped(one) ? '' : letterAt(one));
    return `${isFromServer(layer) ? '<' : '>'}${letters.join('/').replace(/[^ -~]/g, '\ufffd')}`;
  },

  extra(layer, emit) {
    if (!layer.has(5)) return;
    const cursor = new FieldCursor(layer, emit, layer.start, layer.end);
    if (!isUntyped(layer)) {
      cursor.field(loose.type, 1, typeName(layer));
      cursor.field(loose.length, 4);
      reportBody(layer, cursor);
      return;
    }
    cursor.peek(loose.type, 0, typeName(layer));
    cursor.field(loose.length, 4);
    if (cursor.u16() !== 3) return;
    cursor.field(loose.major, 2);
    cursor.field(loose.minor, 2);
    reportParameters(cursor);
  },

  examples: [
    {
      title: 'a query',
      hex: '51 0000000d 53454c454354203100',
      fields: { 'pgsql.type': 'Simple query', 'pgsql.query': 'SELECT 1' },
      info: '>Q',
    },
    {
      title: 'a session begins',
      hex: '00000012 0003 0000 7573657200 61646d00 00',
      fields: { 'pgsql.version_major': 3, 'pgsql.parameter_value': 'adm' },
      info: '>',
    },
  ],
});
