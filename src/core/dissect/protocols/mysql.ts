import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { label, nameOf, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const port = 3306;
const headerLength = 4;
const greetingProtocol = 10;
const queryCommand = 3;

const commands: Readonly<Record<number, string>> = Object.fromEntries(
  [
    ...[
      'SLEEP',
      'Quit',
      'Use Database',
      'Query',
      'Show Fields',
      'Create Database',
      'Drop Database',
      'Refresh',
    ],
    ...[
      'Shutdown',
      'Statistics',
      'Process List',
      'Connect',
      'Kill Server Thread',
      'Dump Debuginfo',
      'Ping',
      'Time',
    ],
    ...['Insert Delayed', 'Change User', 'Send Binlog', 'Send Table', 'Slave Connect', 'Register Slave'],
    ...[
      'Prepare Statement',
      'Execute Statement',
      'Send BLOB',
      'Close Statement',
      'Reset Statement',
      'Set Option',
    ],
    ...['Fetch Data', 'Daemon', 'Send Binlog GTID', 'Reset Connection'],
  ].map((name, code) => [code, name]),
);
const responses: Readonly<Record<number, string>> = {
  0x00: 'OK Packet',
  0xff: 'ERR Packet',
  0xfe: 'EOF Packet',
};

const loose = {
  length: uint('mysql.packet_length', 'Packet Length'),
  number: uint('mysql.packet_number', 'Packet Number'),
  request: label('mysql.request', 'Request Command', { text: (value) => `Request Command ${value}` }),
  command: uint('mysql.command', 'Command', { values: commands }),
  query: string('mysql.query', 'Statement'),
  schema: string('mysql.schema', 'Schema'),
  greeting: label('mysql.server_greeting', 'Server Greeting'),
  protocol: uint('mysql.protocol', 'Protocol'),
  version: string('mysql.version', 'Version'),
  thread: uint('mysql.thread_id', 'Thread ID'),
  response: uint('mysql.response_code', 'Response Code', { show: 'hex', values: responses }),
  errorCode: uint('mysql.error_code', 'Error Code'),
};

const isFromServer = (layer: Layer): boolean => layer.before('tcp')?.u16(0) === port;
const littleEndian = (frame: Uint8Array, at: number, size: number): number => {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + u8(frame, at + i);
  return value;
};

type Kind = 'greeting' | 'command' | 'response' | 'other';

/**
 * What the packet at the layer's start is, by its number in the exchange: a server greets with number 0, a client's
 * commands have it, answers begin with 1.
 */
function kindOf(layer: Layer): Kind {
  const number = layer.u8(3);
  const first = layer.u8(headerLength);
  if (isFromServer(layer)) {
    if (number === 0 && first === greetingProtocol) return 'greeting';
    return number > 0 && responses[first] !== undefined ? 'response' : 'other';
  }
  return number === 0 && commands[first] !== undefined ? 'command' : 'other';
}

function versionLength(layer: Layer): number {
  let at = layer.start + headerLength + 1;
  while (at < layer.end && u8(layer.frame, at) !== 0) at++;
  return Math.min(at + 1, layer.end) - layer.start - headerLength - 1;
}

function words(layer: Layer): string | undefined {
  if (!layer.has(headerLength + 1)) return undefined;
  const first = layer.u8(headerLength);
  switch (kindOf(layer)) {
    case 'greeting': {
      let version = '';
      for (let i = 0; i < Math.min(versionLength(layer) - 1, 64); i++) {
        const code = layer.u8(headerLength + 1 + i);
        version += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
      }
      return `Server Greeting  proto=${first} version=${version} `;
    }
    case 'command':
      return `Request ${nameOf(commands, first) ?? 'Unknown'}`;
    case 'response':
      return `Response ${first === 0xff ? ' Error ' : first === 0xfe ? ' EOF ' : ' OK '}`;
    case 'other':
      return isFromServer(layer) ? 'Response' : 'Request';
  }
}

/** MySQL and its kin: greetings, commands with their statements, and how they ended. */
export const mysql = defineDissector({
  id: 'mysql',
  title: 'MySQL Protocol',
  column: 'MySQL',
  spec: 'https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html',
  claims: [{ table: 'tcp.port', keys: [port] }],
  fields: {},
  loose,

  measure(walk) {
    if (walk.limit - walk.start < headerLength) walk.isFragment();
    if (!walk.header(headerLength)) return;
    const claimed = headerLength + littleEndian(walk.frame, walk.start, 3);
    const left = walk.limit - walk.start;
    if (claimed > left) walk.isFragment();
    if (walk.header(claimed) && claimed < left) walk.nextIs('mysql');
  },

  heading(layer) {
    if (!layer.has(headerLength + 1) || kindOf(layer) !== 'response') return '';
    return ` - response ${(nameOf(responses, layer.u8(headerLength)) ?? '').replace(' Packet', '')}`;
  },
  info: words,

  extra(layer, emit) {
    if (!layer.has(headerLength)) return;
    const { frame, start, end } = layer;
    const cursor = new FieldCursor(layer, emit, start, end);
    cursor.field(loose.length, 3, littleEndian(frame, start, 3));
    cursor.field(loose.number, 1);
    if (cursor.left === 0) return;
    const first = cursor.u8();
    switch (kindOf(layer)) {
      case 'command':
        cursor.group(
          loose.request,
          cursor.left,
          (request) => {
            request.field(loose.command, 1);
            if (first === queryCommand || first === 22) request.rest(loose.query);
            else if (first === 2) request.rest(loose.schema);
          },
          nameOf(commands, first) ?? '',
        );
        break;
      case 'greeting':
        cursor.group(loose.greeting, cursor.left, (greeting) => {
          greeting.field(loose.protocol, 1);
          greeting.field(loose.version, versionLength(layer));
          greeting.field(loose.thread, 4, littleEndian(frame, greeting.at, 4));
        });
        break;
      case 'response':
        cursor.field(loose.response, 1);
        if (first === 0xff) cursor.field(loose.errorCode, 2, littleEndian(frame, cursor.at, 2));
        break;
      case 'other':
        break;
    }
  },

  examples: [
    {
      title: 'a query',
      hex: '090000 00 03 53454c4543542031',
      fields: { 'mysql.command': 3, 'mysql.query': 'SELECT 1', 'mysql.packet_length': 9 },
      info: 'Request Query',
    },
  ],
});
