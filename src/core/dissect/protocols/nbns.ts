/** NetBIOS over TCP/IP (RFC 1002): the name service and the datagram service, as Windows hosts still send them. */
import { u16, u8 } from '../../base/bytes.js';
import { ipv4Text } from '../../base/addresses.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { type Field, flag, ipv4, label, nameOf, string, uint, type ValueNames, bytes } from '../field.js';
import { inWords } from '../values/durations.js';
import type { Layer } from '../walk.js';
import { nameEnd } from './dnsNames.js';

const headerLength = 12;
/** A name of 16 bytes takes 32 letters (RFC 1001, section 14.1). */
const encodedLength = 32;
const recordTail = 10;
const nbType = 32;
const statusType = 33;
/** More records than a datagram holds. */
const mostRecords = 256;

const opcodes: Readonly<Record<number, string>> = {
  0: 'Name query',
  5: 'Registration',
  6: 'Release',
  7: 'Wait for acknowledgment',
  8: 'Refresh',
  9: 'Refresh (alternate opcode)',
  15: 'Multi-homed registration',
};
const replies: Readonly<Record<number, string>> = {
  0: 'No error',
  1: 'Request was invalidly formatted',
  2: 'Server failure',
  3: 'Requested name does not exist',
  4: 'Request is not implemented',
  5: 'Request was refused',
  6: 'Name is owned by another node',
  7: 'Name is in conflict',
};
const types: Readonly<Record<number, string>> = { 32: 'NB', 33: 'NBSTAT' };
const classes: ValueNames = { 1: 'IN' };
/** What the last byte of a name says who answers to it. */
const services: Readonly<Record<number, string>> = {
  0x00: 'Workstation/Redirector',
  0x01: 'Browser',
  0x03: 'Messenger service/Main name',
  0x06: 'RAS server service',
  0x1b: 'Domain Master Browser',
  0x1c: 'Domain Controllers',
  0x1d: 'Local Master Browser',
  0x1e: 'Browser Election Service',
  0x1f: 'Net DDE Service',
  0x20: 'Server service',
  0x21: 'RAS client service',
};

/** The name at a place: `HOST<20>`; pointers lead back in the message. Empty where the bytes are no such name. */
function readName(frame: Uint8Array, at: number, message: number, end: number): string {
  let place = at;
  if (u8(frame, place) >= 0xc0) {
    const target = message + (u16(frame, place) & 0x3fff);
    if (target >= at) return '';
    place = target;
  }
  if (u8(frame, place) !== encodedLength || place + 1 + encodedLength > end) return '';
  const codes: number[] = [];
  for (let i = 0; i < encodedLength; i += 2) {
    const [high, low] = [u8(frame, place + 1 + i) - 0x41, u8(frame, place + 2 + i) - 0x41];
    if (high < 0 || high > 15 || low < 0 || low > 15) return '';
    codes.push(16 * high + low);
  }
  return plainName(codes);
}

/** 15 bytes, filled up with blanks, and the kind of service. */
function plainName(codes: readonly number[]): string {
  let length = 15;
  while (length > 0 && codes[length - 1] === 0x20) length--;
  let text = '';
  for (const code of codes.slice(0, length))
    text +=
      code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : `<${code.toString(16).padStart(2, '0')}>`;
  return `${text}<${(codes[15] ?? 0).toString(16).padStart(2, '0')}>`;
}

/** ` (Server service)` */
function serviceNote(name: string): string {
  const service = services[Number.parseInt(name.slice(-3, -1), 16)];
  return service === undefined ? '' : ` (${service})`;
}

const inResponses = ({ frame }: Layer, base: number): boolean => (u8(frame, base + 2) & 0x80) !== 0;
const bit = (
  name: string,
  title: string,
  mask: number,
  no: string,
  yes: string,
  spec: Partial<Field> = {},
): Field => flag(`nbns.flags.${name}`, title, { at: 2, bytes: 2, mask, values: { 0: no, 1: yes }, ...spec });

/** `, Response, Opcode: Name query, Authoritative, Reply code: No error` */
function flagWords(value: number): string {
  const words = [
    value & 0x8000 ? 'Response' : '',
    `Opcode: ${opcodes[(value >> 11) & 15] ?? 'Unknown'}`,
    value & 0x8000 && value & 0x0400 ? 'Authoritative' : '',
    value & 0x0200 ? 'Truncated' : '',
    value & 0x0100 ? 'Recursion desired' : '',
    value & 0x8000 && value & 0x0080 ? 'Recursion available' : '',
    value & 0x0010 ? 'Broadcast' : '',
    value & 0x8000 ? `Reply code: ${replies[value & 15] ?? 'Unknown'}` : '',
  ];
  return words.map((word) => (word === '' ? '' : `, ${word}`)).join('');
}

const loose = {
  group: label('', 'Records', { text: String }),
  name: string('nbns.name', 'Name', { note: (value) => serviceNote(String(value)) }),
  type: uint('nbns.type', 'Type', { values: types }),
  class: uint('nbns.class', 'Class', { values: classes }),
  timeToLive: uint('nbns.ttl', 'Time to live', { text: (value) => inWords(Number(value)) }),
  dataLength: uint('nbns.data_length', 'Data length'),
  data: bytes('nbns.data', 'Data'),
  nameFlags: uint('nbns.nb_flags', 'Name flags', {
    show: 'hex',
    children: {
      group: flag('nbns.nb_flags.group', 'Name type', {
        at: 0,
        bytes: 2,
        mask: 0x8000,
        values: { 0: 'Unique name', 1: 'Group name' },
      }),
      node: uint('nbns.nb_flags.ont', 'ONT', {
        at: 0,
        bytes: 2,
        mask: 0x6000,
        values: { 0: 'B-node', 1: 'P-node', 2: 'M-node' },
      }),
    },
  }),
  address: ipv4('nbns.addr', 'Addr'),
  nameCount: uint('nbns.number_of_names', 'Number of names'),
};

const sections = ['Queries', 'Answers', 'Authoritative nameservers', 'Additional records'] as const;

interface NameRecord {
  readonly section: number;
  readonly at: number;
  readonly behindName: number;
  readonly next: number;
}

function* recordsOf(layer: Layer): Generator<NameRecord> {
  const { frame, start, end } = layer;
  if (!layer.has(headerLength)) return;
  let at = start + headerLength;
  let left = mostRecords;
  for (let section = 0; section < sections.length; section++)
    for (let i = u16(frame, start + 4 + 2 * section); i > 0 && left > 0; i--, left--) {
      const behindName = nameEnd(frame, at, end);
      if (behindName < 0 || behindName + 4 > end) return;
      if (section > 0 && behindName + recordTail > end) return;
      const next = behindName + (section === 0 ? 4 : recordTail + u16(frame, behindName + 8));
      yield { section, at, behindName, next: Math.min(next, end) };
      if (next > end) return;
      at = next;
    }
}

const typeWord = (type: number): string => types[type] ?? 'Unknown';

function words(layer: Layer): string | undefined {
  if (!layer.has(4)) return undefined;
  const { frame, start, end } = layer;
  const flags = layer.u16(2);
  const isResponse = (flags & 0x8000) !== 0;
  const failed = isResponse && (flags & 15) !== 0 ? `, ${replies[flags & 15] ?? 'Unknown error'}` : '';
  const found = [
    `${opcodes[(flags >> 11) & 15] ?? 'Unknown operation'}${isResponse ? ' response' : ''}${failed}`,
  ];

  for (const { section, at, behindName, next } of recordsOf(layer)) {
    const type = u16(frame, behindName);
    if (section > 1 || found.length > 16) break;
    found.push(typeWord(type));
    if (section === 0) found.push(readName(frame, at, start, end));
    else if (type === nbType && behindName + recordTail + 6 <= next)
      found.push(ipv4Text(frame, behindName + recordTail + 2));
  }
  return found.join(' ');
}

function reportRecord(
  layer: Layer,
  cursor: FieldCursor,
  { section, at, behindName, next }: NameRecord,
): void {
  const { frame, start, end } = layer;
  const name = readName(frame, at, start, end);
  const type = u16(frame, behindName);
  const class_ = nameOf(classes, u16(frame, behindName + 2)) ?? 'Unknown';
  cursor.group(
    loose.group,
    next - at,
    (record) => {
      // Wireshark counts the name of a record from its first letter on, that of a question from its length.
      const before = section === 0 ? 0 : 1;
      record.skip(before);
      record.field(
        loose.name,
        behindName - at - before,
        section === 0 || type !== nbType ? name : name + serviceNote(name),
      );
      record.field(loose.type, 2);
      record.field(loose.class, 2);
      if (section === 0) return;
      record.field(loose.timeToLive, 4);
      record.field(loose.dataLength, 2);
      if (type === nbType)
        while (record.left >= 6) {
          record.field(loose.nameFlags, 2);
          record.field(loose.address, 4);
        }
      else if (type === statusType) record.field(loose.nameCount, 1);
      else record.rest(loose.data);
    },
    `${name}: type ${typeWord(type)}, class ${class_}`,
  );
}

export const nbns = defineDissector({
  id: 'nbns',
  title: 'NetBIOS Name Service',
  column: 'NBNS',
  spec: 'https://www.rfc-editor.org/rfc/rfc1002',
  claims: [{ table: 'udp.port', keys: [137] }],
  fields: {
    id: uint('nbns.id', 'Transaction ID', { at: 0, bytes: 2, show: 'hex' }),
    flags: uint('nbns.flags', 'Flags', {
      at: 2,
      bytes: 2,
      show: 'hex',
      note: (value) => flagWords(Number(value)),
      children: {
        response: bit('response', 'Response', 0x8000, 'Message is a query', 'Message is a response'),
        opcode: uint('nbns.flags.opcode', 'Opcode', { at: 2, bytes: 2, mask: 0x7800, values: opcodes }),
        authoritative: bit(
          'authoritative',
          'Authoritative',
          0x0400,
          'Server is not an authority for domain',
          'Server is an authority for domain',
          { when: inResponses },
        ),
        truncated: bit('truncated', 'Truncated', 0x0200, 'Message is not truncated', 'Message is truncated'),
        desired: bit(
          'recdesired',
          'Recursion desired',
          0x0100,
          "Don't do query recursively",
          'Do query recursively',
        ),
        available: bit(
          'recavail',
          'Recursion available',
          0x0080,
          "Server can't do recursive queries",
          'Server can do recursive queries',
          { when: inResponses },
        ),
        broadcast: bit('broadcast', 'Broadcast', 0x0010, 'Not a broadcast packet', 'Broadcast packet'),
        reply: uint('nbns.flags.rcode', 'Reply code', {
          at: 2,
          bytes: 2,
          mask: 0x000f,
          when: inResponses,
          values: replies,
        }),
      },
    }),
    queries: uint('nbns.count.queries', 'Questions', { at: 4, bytes: 2 }),
    answers: uint('nbns.count.answers', 'Answer RRs', { at: 6, bytes: 2 }),
    authorities: uint('nbns.count.auth_rr', 'Authority RRs', { at: 8, bytes: 2 }),
    additional: uint('nbns.count.add_rr', 'Additional RRs', { at: 10, bytes: 2 }),
  },
  loose,

  measure(walk) {
    if (walk.header(headerLength)) walk.whole();
  },
  info: words,

  extra(layer, emit) {
    const found = [...recordsOf(layer)];
    sections.forEach((title, section) => {
      const mine = found.filter((record) => record.section === section);
      const [first, last] = [mine[0], mine.at(-1)];
      if (!first || !last || !emit.open(loose.group, first.at, last.next - first.at, title)) return;
      const cursor = new FieldCursor(layer, emit, first.at, last.next);
      for (const record of mine) reportRecord(layer, cursor, record);
      emit.close();
    });
  },

  examples: [
    {
      title: 'who is WPAD',
      hex: `8096 0110 0001 0000 0000 0000
            20 4648464145424545434143414341434143414341434143414341434143414141 00 0020 0001`,
      fields: { 'nbns.flags.broadcast': 1, 'nbns.name': 'WPAD<00>', 'nbns.type': 32 },
      info: 'Name query NB WPAD<00>',
    },
  ],
});

const datagramHeader = 10;
const datagramTypes: Readonly<Record<number, string>> = {
  0x10: 'Direct_unique datagram',
  0x11: 'Direct_group datagram',
  0x12: 'Broadcast datagram',
  0x13: 'Datagram error',
  0x14: 'Datagram query request',
  0x15: 'Datagram positive query response',
  0x16: 'Datagram negative query response',
};
const hasNames = (type: number): boolean => type >= 0x10 && type <= 0x12;
/** Lengths and offset, then two names of 34 bytes. */
const namesAt = 14;
const wholeName = 34;

const datagram = {
  length: uint('nbdgm.dgram_len', 'Datagram length', { unit: ' bytes' }),
  offset: uint('nbdgm.pkt_offset', 'Packet offset', { unit: ' bytes' }),
  source: string('nbdgm.source_name', 'Source name', { note: (value) => serviceNote(String(value)) }),
  destination: string('nbdgm.destination_name', 'Destination name', {
    note: (value) => serviceNote(String(value)),
  }),
};

export const nbdgm = defineDissector({
  id: 'nbdgm',
  title: 'NetBIOS Datagram Service',
  column: 'NBDS',
  spec: 'https://www.rfc-editor.org/rfc/rfc1002',
  claims: [{ table: 'udp.port', keys: [138] }],
  fields: {
    type: uint('nbdgm.type', 'Message Type', { at: 0, bytes: 1, values: datagramTypes }),
    flags: uint('nbdgm.flags', 'Flags', {
      at: 1,
      bytes: 1,
      show: 'hex',
      children: {
        next: flag('nbdgm.next', 'More fragments follow', {
          at: 1,
          bytes: 1,
          mask: 1,
          values: { 0: 'No', 1: 'Yes' },
        }),
        first: flag('nbdgm.first', 'This is first fragment', {
          at: 1,
          bytes: 1,
          mask: 2,
          values: { 0: 'No', 1: 'Yes' },
        }),
        node: uint('nbdgm.node_type', 'Node Type', {
          at: 1,
          bytes: 1,
          mask: 0x0c,
          values: { 0: 'B node', 1: 'P node', 2: 'M node', 3: 'NBDD' },
        }),
      },
    }),
    id: uint('nbdgm.dgram_id', 'Datagram ID', { at: 2, bytes: 2, show: 'hex' }),
    sourceAddress: ipv4('nbdgm.src.ip', 'Source IP', { at: 4 }),
    sourcePort: uint('nbdgm.src.port', 'Source Port', { at: 8, bytes: 2 }),
  },
  loose: datagram,

  measure(walk) {
    if (!walk.header(datagramHeader)) return;
    if (!hasNames(walk.u8(0))) {
      walk.whole();
      return;
    }
    if (walk.header(namesAt + 2 * wholeName)) walk.nextIsData();
  },

  info: (layer) => (layer.has(1) ? (datagramTypes[layer.u8(0)] ?? 'Unknown') : undefined),

  extra(layer, emit) {
    if (!layer.has(namesAt) || !hasNames(layer.u8(0))) return;
    const { frame } = layer;
    const cursor = new FieldCursor(layer, emit, layer.start + datagramHeader, layer.end);
    cursor.field(datagram.length, 2);
    cursor.field(datagram.offset, 2);
    for (const field of [datagram.source, datagram.destination])
      cursor.field(field, wholeName, readName(frame, cursor.at, cursor.at, layer.end));
  },

  examples: [
    {
      title: 'to the browsers of a workgroup',
      hex: `11 02 8661 c0a80210 008a 0048 0000
            20 4645434143414341434143414341434143414341434143414341434143414341 00
            20 4645434143414341434143414341434143414341434143414341434143414241 00`,
      fields: { 'nbdgm.type': 17, 'nbdgm.src.ip': '192.168.2.16' },
    },
  ],
});
