/**
 * The Domain Name System over UDP and TCP, and its kin on the local link: multicast DNS and LLMNR, which have the same
 * messages. Reading a message for the tree follows names; `measure` only steps over them.
 */
import { u16, u8 } from '../../base/bytes.js';
import { defineDissector, type Dissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, type FieldSet, flag, label, nameOf, string, uint } from '../field.js';
import { classNames, opcodeNames, replyNames, typeNames, typeWord } from '../values/dnsTypes.js';
import { inWords } from '../values/durations.js';
import type { Layer, Walk } from '../walk.js';
import { nameEnd, readName } from './dnsNames.js';
import { optionFields, reportOptions } from './dnsOptions.js';
import { recordFields, recordKind, reportParts } from './dnsRecords.js';

const headerLength = 12;
/** Bytes of a question behind its name, of a record behind its name. */
const questionTail = 4;
const recordTail = 10;
const srvType = 33;
const optType = 41;
const dynamicUpdate = 5;
/** More records than a message of 64 KiB can hold. */
const mostRecords = 0x10000 / 5;

type Flavour = 'dns' | 'mdns' | 'llmnr';

const opcodeAt = (frame: Uint8Array, message: number): number => (u8(frame, message + 2) >> 3) & 15;
const isResponseAt = (frame: Uint8Array, message: number): boolean => (u8(frame, message + 2) & 0x80) !== 0;

/** Where the layer's message begins: over TCP a length of two bytes stands before it. */
const messageOf = (layer: Layer): number => layer.start + (isOverTcp(layer) ? 2 : 0);

function isOverTcp(layer: Layer): boolean {
  return (layer.before('tcp')?.index ?? -1) > (layer.before('udp')?.index ?? -1);
}

/** The same, for a layer that is being measured. */
function measuresOverTcp(walk: Walk): boolean {
  for (let index = walk.count - 2; index >= 0; index--) {
    const { id } = walk.dissectorAt(index);
    if (id === 'tcp') return true;
    if (id === 'udp') return false;
  }
  return false;
}

const bit = (name: string, title: string, mask: number, spec: Partial<Field> = {}): Field =>
  flag(name, title, { at: 0, bytes: 2, mask, ...spec });
const inResponses = ({ frame }: Layer, base: number): boolean => (u8(frame, base) & 0x80) !== 0;
/** Wireshark tells of a query only that it wants authenticated answers. */
const inAskingQueries = ({ frame }: Layer, base: number): boolean => (u16(frame, base) & 0x8020) === 0x0020;

const flagBits = {
  response: bit('dns.flags.response', 'Response', 0x8000, {
    values: { 0: 'Message is a query', 1: 'Message is a response' },
  }),
  opcode: uint('dns.flags.opcode', 'Opcode', { at: 0, bytes: 2, mask: 0x7800, values: opcodeNames }),
  authoritative: bit('dns.flags.authoritative', 'Authoritative', 0x0400, {
    when: inResponses,
    values: { 0: 'Server is not an authority for domain', 1: 'Server is an authority for domain' },
  }),
  truncated: bit('dns.flags.truncated', 'Truncated', 0x0200, {
    values: { 0: 'Message is not truncated', 1: 'Message is truncated' },
  }),
  recursionDesired: bit('dns.flags.recdesired', 'Recursion desired', 0x0100, {
    values: { 0: "Don't do query recursively", 1: 'Do query recursively' },
  }),
  recursionAvailable: bit('dns.flags.recavail', 'Recursion available', 0x0080, {
    when: inResponses,
    values: { 0: "Server can't do recursive queries", 1: 'Server can do recursive queries' },
  }),
  z: bit('dns.flags.z', 'Z', 0x0040, { values: { 0: 'reserved (0)', 1: 'reserved - incorrect!' } }),
  adBit: bit('dns.flags.authenticated', 'AD bit', 0x0020, { when: inAskingQueries }),
  authenticated: bit('dns.flags.authenticated', 'Answer authenticated', 0x0020, {
    when: inResponses,
    values: {
      0: 'Answer/authority portion was not authenticated by the server',
      1: 'Answer/authority portion was authenticated by the server',
    },
  }),
  checkingDisabled: bit('dns.flags.checkdisable', 'Non-authenticated data', 0x0010, {
    values: { 0: 'Unacceptable', 1: 'Acceptable' },
  }),
  replyCode: uint('dns.flags.rcode', 'Reply code', {
    at: 0,
    bytes: 2,
    mask: 0x000f,
    when: inResponses,
    values: replyNames,
  }),
};

/** RFC 4795, section 2.1.1. */
const linkLocalBits = {
  response: flagBits.response,
  opcode: flagBits.opcode,
  conflict: bit('dns.flags.conflict', 'Conflict', 0x0400, {
    values: { 0: 'The name is considered unique', 1: 'The name is not considered unique' },
  }),
  truncated: flagBits.truncated,
  tentative: bit('dns.flags.tentative', 'Tentative', 0x0100, {
    values: { 0: 'Not tentative', 1: 'Tentative' },
  }),
  replyCode: flagBits.replyCode,
};

/** `Standard query response, No error` */
function flagWords(flags: number): string {
  const opcode = nameOf(opcodeNames, (flags >> 11) & 15) ?? 'Unknown operation';
  if ((flags & 0x8000) === 0) return opcode;
  return `${opcode} response, ${nameOf(replyNames, flags & 15) ?? 'Unknown error'}`;
}

const flags = (children: FieldSet): Field =>
  uint('dns.flags', 'Flags', {
    bytes: 2,
    show: 'hex',
    note: (value) => ` ${flagWords(Number(value))}`,
    children,
  });

const head = {
  length: uint('dns.length', 'Length', { bytes: 2 }),
  id: uint('dns.id', 'Transaction ID', { bytes: 2, show: 'hex' }),
  flags: flags(flagBits),
  linkLocalFlags: flags(linkLocalBits),
  extraneous: bytes('dns.extraneous.data', 'Extraneous Data Bytes', { problem: () => true }),
  extraneousLength: uint('dns.extraneous.length', 'Extraneous Data Length', { bytes: 4, generated: true }),
};

/** A section of a message: its count, and its name in usual messages and in dynamic updates (RFC 2136). */
const sections = [
  {
    count: uint('dns.count.queries', 'Questions', { bytes: 2 }),
    updateCount: uint('dns.count.zones', 'Zones', { bytes: 2 }),
    title: 'Queries',
    updateTitle: 'Zone',
  },
  {
    count: uint('dns.count.answers', 'Answer RRs', { bytes: 2 }),
    updateCount: uint('dns.count.prerequisites', 'Prerequisites', { bytes: 2 }),
    title: 'Answers',
    updateTitle: 'Prerequisites',
  },
  {
    count: uint('dns.count.auth_rr', 'Authority RRs', { bytes: 2 }),
    updateCount: uint('dns.count.updates', 'Updates', { bytes: 2 }),
    title: 'Authoritative nameservers',
    updateTitle: 'Updates',
  },
  {
    count: uint('dns.count.add_rr', 'Additional RRs', { bytes: 2 }),
    updateCount: uint('dns.count.add_rr', 'Additional RRs', { bytes: 2 }),
    title: 'Additional records',
    updateTitle: 'Additional records',
  },
] as const;

const group = label('', 'Records', { text: String });

const question = {
  name: string('dns.qry.name', 'Name'),
  nameLength: uint('dns.qry.name.len', 'Name Length', { bytes: 2 }),
  labels: uint('dns.count.labels', 'Label Count', { bytes: 2 }),
  type: uint('dns.qry.type', 'Type', { bytes: 2, values: typeNames }),
  class: uint('dns.qry.class', 'Class', { bytes: 2, show: 'hex', values: classNames }),
  localClass: uint('dns.qry.class', 'Class', { bytes: 2, mask: 0x7fff, show: 'hex', values: classNames }),
  unicast: flag('dns.qry.qu', '"QU" question', { bytes: 2, mask: 0x8000, values: { 0: 'False', 1: 'True' } }),
};

const resource = {
  name: string('dns.resp.name', 'Name'),
  service: string('dns.srv.service', 'Service'),
  serviceProtocol: string('dns.srv.proto', 'Protocol'),
  serviceDomain: string('dns.srv.name', 'Name'),
  type: uint('dns.resp.type', 'Type', { bytes: 2, values: typeNames }),
  class: uint('dns.resp.class', 'Class', { bytes: 2, show: 'hex', values: classNames }),
  localClass: uint('dns.resp.class', 'Class', { bytes: 2, mask: 0x7fff, show: 'hex', values: classNames }),
  cacheFlush: flag('dns.resp.cache_flush', 'Cache flush', {
    bytes: 2,
    mask: 0x8000,
    values: { 0: 'False', 1: 'True' },
  }),
  timeToLive: uint('dns.resp.ttl', 'Time to live', {
    bytes: 4,
    note: (value) => ` (${inWords(Number(value))})`,
  }),
  dataLength: uint('dns.resp.len', 'Data length', { bytes: 2 }),
};

const edns = {
  payloadSize: uint('dns.rr.udp_payload_size', 'UDP payload size', { bytes: 2 }),
  localPayloadSize: uint('dns.rr.udp_payload_size', 'UDP payload size', { bytes: 2, mask: 0x7fff }),
  upperCode: uint('dns.resp.ext_rcode', 'Higher bits in extended RCODE', { bytes: 1, show: 'hex' }),
  version: uint('dns.resp.edns0_version', 'EDNS0 version', { bytes: 1 }),
  z: uint('dns.resp.z', 'Z', {
    bytes: 2,
    show: 'hex',
    children: {
      dnssecOk: bit('dns.resp.z.do', 'DO bit', 0x8000, {
        values: { 0: 'Cannot handle DNSSEC security RRs', 1: 'Accepts DNSSEC security RRs' },
      }),
      reserved: uint('dns.resp.z.reserved', 'Reserved', { at: 0, bytes: 2, mask: 0x7fff, show: 'hex' }),
    },
  }),
};

const loose: FieldSet = {
  ...head,
  ...Object.fromEntries(
    sections.flatMap(({ count, updateCount }, at) => [
      [`count${at}`, count],
      [`updateCount${at}`, updateCount],
    ]),
  ),
  ...prefixed('question', question),
  ...prefixed('resource', resource),
  ...prefixed('edns', edns),
  ...prefixed('option', optionFields),
  ...recordFields,
};

function prefixed(word: string, fields: FieldSet): FieldSet {
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [`${word} ${key}`, field]));
}

/**
 * Where a message that begins at `message` ends, by stepping over its records; when it goes on beyond `end`, a place
 * behind that.
 */
function messageEnd(frame: Uint8Array, message: number, end: number): number {
  const questions = u16(frame, message + 4);
  const records = u16(frame, message + 6) + u16(frame, message + 8) + u16(frame, message + 10);
  let at = message + headerLength;
  for (let i = 0; i < questions + records; i++) {
    const behindName = nameEnd(frame, at, end);
    if (behindName < 0) return end + 1;
    at = behindName + questionTail;
    if (i >= questions) at = behindName + recordTail + u16(frame, behindName + 8);
    if (at > end) return at;
  }
  return at;
}

/** Goes through the records of a message that is whole, up to the end of what is there. */
function eachRecord(
  frame: Uint8Array,
  message: number,
  end: number,
  visit: (section: number, at: number, behindName: number, next: number) => void,
): void {
  let at = message + headerLength;
  let left = mostRecords;
  for (let section = 0; section < sections.length; section++)
    for (let i = u16(frame, message + 4 + 2 * section); i > 0 && left > 0; i--, left--) {
      const behindName = nameEnd(frame, at, end);
      if (behindName < 0 || behindName + questionTail > end) return;
      const next = behindName + (section === 0 ? questionTail : recordTail + u16(frame, behindName + 8));
      if (section > 0 && behindName + recordTail > end) return;
      visit(section, at, behindName, Math.min(next, end));
      if (next > end) return;
      at = next;
    }
}

function measure(walk: Walk): void {
  const overTcp = measuresOverTcp(walk);
  const before = overTcp ? 2 : 0;
  if (!walk.header(before + headerLength)) return;
  if (overTcp) {
    const claimed = 2 + walk.u16(0);
    if (claimed < 2 + headerLength) {
      walk.bad('the message is shorter than its header');
      return;
    }
    const left = walk.limit - walk.start;
    // The rest of the message comes in the next segments.
    if (claimed > left) walk.isFragment();
    if (walk.header(claimed) && claimed < left) walk.nextIs('dns');
    return;
  }
  const message = walk.start;
  const there = Math.min(walk.limit, walk.frame.length);
  const end = messageEnd(walk.frame, message, there);
  if (walk.header(Math.max(headerLength, end - message))) walk.whole();
}

/** One question or record in words: `A kernel.org`, `MX 20 alt1.aspmx.l.google.com`. */
function recordWords(
  frame: Uint8Array,
  flavour: Flavour,
  message: number,
  section: number,
  at: number,
  behindName: number,
  next: number,
): string {
  const type = u16(frame, behindName);
  const local = flavour === 'mdns';
  const upper = (u8(frame, behindName + 2) & 0x80) !== 0;
  if (section === 0) {
    const kind = local ? `, "${upper ? 'QU' : 'QM'}" question` : '';
    return `${typeWord(type)} ${readName(frame, at, message, next).text}${kind}`;
  }
  const from = behindName + recordTail;
  const words = from < next ? recordKind(type).words?.(frame, from, message, next) : undefined;
  const flush = local && upper && type !== optType ? ', cache flush' : '';
  return `${typeWord(type)}${flush}${words === undefined ? '' : ` ${words}`}`;
}

/** Records that the packet list names; a zone transfer has thousands. */
const mostNamed = 64;

function info(layer: Layer, flavour: Flavour): string | undefined {
  const { frame } = layer;
  const message = messageOf(layer);
  if (message + headerLength > layer.end) return undefined;
  const bits = u16(frame, message + 2);
  const operation = nameOf(opcodeNames, (bits >> 11) & 15) ?? `Unknown operation (${(bits >> 11) & 15})`;
  const id = `0x${u16(frame, message).toString(16).padStart(4, '0')}`;
  const words = [`${operation}${isResponseAt(frame, message) ? ' response' : ''} ${id}`];
  const code = bits & 15;
  if (isResponseAt(frame, message) && code !== 0) words.push(nameOf(replyNames, code) ?? 'Unknown error');
  eachRecord(frame, message, layer.end, (section, at, behindName, next) => {
    if (words.length < mostNamed)
      words.push(recordWords(frame, flavour, message, section, at, behindName, next));
  });
  return words.join(' ');
}

function reportQuestion(
  layer: Layer,
  emit: Emit,
  flavour: Flavour,
  message: number,
  at: number,
  behindName: number,
): void {
  const { frame } = layer;
  const { text, length } = readName(frame, at, message, layer.end);
  const type = u16(frame, behindName);
  const local = flavour === 'mdns';
  const class_ = u16(frame, behindName + 2) & (local ? 0x7fff : 0xffff);
  const line = `${text}: type ${typeWord(type)}, class ${classNames[class_] ?? 'Unknown'}`;
  const ask = local ? `, "${u8(frame, behindName + 2) & 0x80 ? 'QU' : 'QM'}" question` : '';
  if (!emit.open(group, at, behindName + questionTail - at, line + ask)) return;
  emit.add(question.name, at, length, text);
  emit.add(question.nameLength, at, length, text.length);
  emit.add(question.labels, at, length, text.split('.').length);
  emit.add(question.type, behindName, 2);
  if (local) {
    emit.add(question.localClass, behindName + 2, 2);
    emit.add(question.unicast, behindName + 2, 2);
  } else emit.add(question.class, behindName + 2, 2);
  emit.close();
}

/** The name of a service is shown in its parts: `_http._tcp.example.org` (RFC 2782). */
function reportService(emit: Emit, at: number, length: number, name: string): boolean {
  const [service, protocol, ...domain] = name.split('.');
  if (!service?.startsWith('_') || !protocol?.startsWith('_')) return false;
  emit.add(resource.service, at, length, service);
  emit.add(resource.serviceProtocol, at, length, protocol);
  emit.add(resource.serviceDomain, at, length, domain.join('.'));
  return true;
}

function reportRecord(
  layer: Layer,
  emit: Emit,
  flavour: Flavour,
  message: number,
  at: number,
  behindName: number,
  next: number,
): void {
  const { frame } = layer;
  const { text, length } = readName(frame, at, message, layer.end);
  const type = u16(frame, behindName);
  const kind = recordKind(type);
  const from = behindName + recordTail;
  const local = flavour === 'mdns';
  const class_ = u16(frame, behindName + 2);
  const data = from < next ? kind.words?.(frame, from, message, next) : undefined;
  const className = classNames[local ? class_ & 0x7fff : class_] ?? 'Unknown';
  const flush = local && class_ & 0x8000 ? ', cache flush' : '';
  const line =
    type === optType
      ? `${text}: type OPT`
      : `${text}: type ${typeWord(type)}, class ${className}${flush}${data === undefined ? '' : `, ${[kind.lead, data].filter(Boolean).join(' ')}`}`;
  if (!emit.open(group, at, next - at, line)) return;
  if (type !== srvType || !reportService(emit, at, length, text)) emit.add(resource.name, at, length, text);
  emit.add(resource.type, behindName, 2);
  if (type === optType) {
    emit.add(local ? edns.localPayloadSize : edns.payloadSize, behindName + 2, 2);
    if (local) emit.add(resource.cacheFlush, behindName + 2, 2);
    emit.add(edns.upperCode, behindName + 4, 1);
    emit.add(edns.version, behindName + 5, 1);
    emit.add(edns.z, behindName + 6, 2);
  } else {
    if (local) {
      emit.add(resource.localClass, behindName + 2, 2);
      emit.add(resource.cacheFlush, behindName + 2, 2);
    } else emit.add(resource.class, behindName + 2, 2);
    emit.add(resource.timeToLive, behindName + 4, 4);
  }
  emit.add(resource.dataLength, behindName + 8, 2);
  if (type === optType) reportOptions(layer, emit, from, next);
  else if (from < next) reportParts(kind.parts, { layer, emit, message, end: next }, from);
  emit.close();
}

function report(layer: Layer, emit: Emit, flavour: Flavour): void {
  const { frame, end } = layer;
  const message = messageOf(layer);
  if (message > layer.start && layer.has(2)) emit.add(head.length, layer.start, 2);
  const number = (field: Field, at: number): void => {
    if (at + 2 <= end) emit.add(field, at, 2);
  };
  number(head.id, message);
  number(flavour === 'llmnr' ? head.linkLocalFlags : head.flags, message + 2);
  const isUpdate = opcodeAt(frame, message) === dynamicUpdate;
  sections.forEach((section, at) => {
    number(isUpdate ? section.updateCount : section.count, message + 4 + 2 * at);
  });
  if (message + headerLength > end) return;
  const ends = sectionEnds(frame, message, end);
  let open = -1;
  eachRecord(frame, message, end, (section, at, behindName, next) => {
    if (section !== open) {
      if (open >= 0) emit.close();
      const titles = sections[section];
      const title = (isUpdate ? titles?.updateTitle : titles?.title) ?? '';
      emit.open(group, at, (ends[section] ?? next) - at, title);
      open = section;
    }
    if (section === 0) reportQuestion(layer, emit, flavour, message, at, behindName);
    else reportRecord(layer, emit, flavour, message, at, behindName, next);
  });
  if (open >= 0) emit.close();
  const last = messageEnd(frame, message, end);
  if (last < end) {
    emit.add(head.extraneous, last, end - last);
    emit.add(head.extraneousLength, last, 0, end - last);
  }
}

/** Where each section ends. */
function sectionEnds(frame: Uint8Array, message: number, end: number): number[] {
  const ends: number[] = [];
  eachRecord(frame, message, end, (section, _, __, next) => {
    ends[section] = next;
  });
  return ends;
}

/** What DNS and its kin have in common. */
function flavoured(
  flavour: Flavour,
): Pick<Dissector, 'prefix' | 'fields' | 'loose' | 'measure' | 'heading' | 'info' | 'extra'> {
  return {
    prefix: 'dns',
    fields: {},
    loose,
    measure,
    heading(layer) {
      const message = messageOf(layer);
      if (message + headerLength > layer.end) return '';
      return ` (${isResponseAt(layer.frame, message) ? 'response' : 'query'})`;
    },
    info: (layer) => info(layer, flavour),
    extra: (layer, emit) => {
      report(layer, emit, flavour);
    },
  };
}

export const dns = defineDissector({
  ...flavoured('dns'),
  id: 'dns',
  title: 'Domain Name System',
  column: 'DNS',
  spec: 'https://www.rfc-editor.org/rfc/rfc1035',
  claims: [
    { table: 'udp.port', keys: [53] },
    { table: 'tcp.port', keys: [53] },
  ],
  examples: [
    {
      title: 'asking for the address of a service',
      hex: `4943 0100 0001 0000 0000 0000
            03 737663 07 64656661756c74 05 6c6f63616c 00 0001 0001`,
      fields: {
        'dns.id': 0x4943,
        'dns.flags.recdesired': 1,
        'dns.qry.name': 'svc.default.local',
        'dns.qry.type': 1,
      },
      info: 'Standard query 0x4943 A svc.default.local',
    },
    {
      title: 'answer with a pointer back to the question',
      hex: `4943 8180 0001 0001 0000 0000
            03 737663 00 0001 0001
            c00c 0001 0001 0000001e 0004 0a600064`,
      fields: { 'dns.resp.name': 'svc', 'dns.resp.ttl': 30, 'dns.a': '10.96.0.100' },
      info: 'Standard query response 0x4943 A svc A 10.96.0.100',
    },
  ],
});

export const mdns = defineDissector({
  ...flavoured('mdns'),
  id: 'mdns',
  title: 'Multicast Domain Name System',
  column: 'MDNS',
  spec: 'https://www.rfc-editor.org/rfc/rfc6762',
  claims: [{ table: 'udp.port', keys: [5353] }],
  examples: [
    {
      title: 'who prints',
      hex: '0000 0000 0001 0000 0000 0000 04 5f697070 05 6c6f63616c 00 000c 8001',
      fields: { 'dns.qry.name': '_ipp.local', 'dns.qry.qu': 1, 'dns.qry.class': 1 },
      info: 'Standard query 0x0000 PTR _ipp.local, "QU" question',
    },
  ],
});

export const llmnr = defineDissector({
  ...flavoured('llmnr'),
  id: 'llmnr',
  title: 'Link-local Multicast Name Resolution',
  column: 'LLMNR',
  spec: 'https://www.rfc-editor.org/rfc/rfc4795',
  claims: [{ table: 'udp.port', keys: [5355] }],
  examples: [
    {
      title: 'a host looks for a proxy',
      hex: '6747 0000 0001 0000 0000 0000 04 77706164 00 0001 0001',
      fields: { 'dns.qry.name': 'wpad', 'dns.flags.conflict': 0 },
      info: 'Standard query 0x6747 A wpad',
    },
  ],
});
