/**
 * What stands in ICMPv6 messages behind type, code and checksum: RFC 4443, 4861, 2710, 3810, 4620, 6275, 3971, 4286,
 * 8335. Offsets count from the message's first byte.
 */
import { bytes, type Field, type FieldSet, flag, ipv6, trueOrFalse, uint } from '../field.js';
import { extendedEchoStates } from '../values/extendedEcho.js';
import { namedFlags } from '../values/flagNotes.js';
import { wordsOfName } from '../values/names.js';
import type { Layer } from '../walk.js';

/** One kind of message. */
export interface Message {
  readonly fields: FieldSet;
  /** Where neighbour discovery options start. */
  readonly options?: number;
  /** Where the packet starts that an error quotes. */
  readonly quotes?: number;
  /** Where plain data starts. */
  readonly data?: number;
}

const reserved = (at: number, length: number): Field =>
  bytes('icmpv6.reserved', 'Reserved', { at, bytes: length });
const reservedFour: FieldSet = { reserved: reserved(4, 4) };

/** Errors that may say how much they quote (RFC 4884): in words of eight bytes. */
const saysLength = (layer: Layer): boolean => layer.u8(4) !== 0;
const quotedLength: FieldSet = {
  length: uint('icmpv6.length', 'Length of original datagram', { at: 4, bytes: 1, when: saysLength }),
  reservedRest: bytes('icmpv6.reserved', 'Reserved', { at: 5, bytes: 3, when: saysLength }),
  reserved: bytes('icmpv6.reserved', 'Reserved', { at: 4, bytes: 4, when: (layer) => !saysLength(layer) }),
};

const routerFlags = {
  managed: flag('icmpv6.nd.ra.flag.m', 'Managed address configuration', { at: 5, bytes: 1, mask: 0x80 }),
  other: flag('icmpv6.nd.ra.flag.o', 'Other configuration', { at: 5, bytes: 1, mask: 0x40 }),
  homeAgent: flag('icmpv6.nd.ra.flag.h', 'Home Agent', { at: 5, bytes: 1, mask: 0x20 }),
  preference: uint('icmpv6.nd.ra.flag.prf', 'Prf (Default Router Preference)', {
    at: 5,
    bytes: 1,
    mask: 0x18,
    values: { 0: 'Medium', 1: 'High', 2: 'Reserved', 3: 'Low' },
  }),
  proxy: flag('icmpv6.nd.ra.flag.p', 'Proxy', { at: 5, bytes: 1, mask: 0x04 }),
  reserved: uint('icmpv6.nd.ra.flag.rsv', 'Reserved', { at: 5, bytes: 1, mask: 0x03 }),
};

const neighbourFlags = {
  router: flag('icmpv6.nd.na.flag.r', 'Router', { at: 4, bytes: 4, mask: 0x80000000 }),
  solicited: flag('icmpv6.nd.na.flag.s', 'Solicited', { at: 4, bytes: 4, mask: 0x40000000 }),
  override: flag('icmpv6.nd.na.flag.o', 'Override', { at: 4, bytes: 4, mask: 0x20000000 }),
  reserved: uint('icmpv6.nd.na.flag.rsv', 'Reserved', { at: 4, bytes: 4, mask: 0x1fffffff }),
};

/** MLDv2 queries are told from MLDv1 by their length (RFC 3810, section 8.1). */
const isVersion2 = (layer: Layer): boolean => layer.limit - layer.start >= 28;
const isVersion1 = (layer: Layer): boolean => !isVersion2(layer);

const listener: FieldSet = {
  delay: uint('icmpv6.mld.maximum_response_delay', 'Maximum Response Delay [ms]', { at: 4, bytes: 2 }),
  reserved: reserved(6, 2),
  address: ipv6('icmpv6.mld.multicast_address', 'Multicast Address', { at: 8 }),
};

const queryFlags = {
  suppress: flag('icmpv6.mld.flag.s', 'Suppress Router-Side Processing', {
    at: 24,
    bytes: 1,
    mask: 0x08,
    values: trueOrFalse,
  }),
  robustness: uint('icmpv6.mld.flag.qrv', "QRV (Querier's Robustness Variable)", {
    at: 24,
    bytes: 1,
    mask: 0x07,
  }),
  reserved: uint('icmpv6.mld.flag.reserved', 'Reserved', { at: 24, bytes: 1, mask: 0xf0 }),
};

const nodeFlags = {
  global: flag('icmpv6.ni.flag.g', 'Global-scope addresses', { at: 6, bytes: 2, mask: 0x20 }),
  site: flag('icmpv6.ni.flag.s', 'Site-local addresses', { at: 6, bytes: 2, mask: 0x10 }),
  link: flag('icmpv6.ni.flag.l', 'Link-local addresses', { at: 6, bytes: 2, mask: 0x08 }),
  compression: flag('icmpv6.ni.flag.c', 'Compression', { at: 6, bytes: 2, mask: 0x04 }),
  all: flag('icmpv6.ni.flag.a', 'Unicast Addresses', {
    at: 6,
    bytes: 2,
    mask: 0x02,
    values: { 0: 'Unicast addresses on the queried interface', 1: 'All unicast address' },
  }),
  truncated: flag('icmpv6.ni.flag.t', 'Truncated', { at: 6, bytes: 2, mask: 0x01 }),
  reserved: uint('icmpv6.ni.flag.rsv', 'Reserved', { at: 6, bytes: 2, mask: 0xffc0, show: 'hex' }),
};

const nodeInformation: FieldSet = {
  queryType: uint('icmpv6.ni.qtype', 'Qtype', {
    at: 4,
    bytes: 2,
    values: {
      0: 'NOOP',
      1: 'Supported query types (Obsolete)',
      2: 'Node Name',
      3: 'Node addresses',
      4: 'IPv4 node addresses',
    },
  }),
  flags: uint('icmpv6.ni.flag', 'Flags', {
    at: 6,
    bytes: 2,
    show: 'hex',
    note: namedFlags(Object.values(nodeFlags)),
    children: nodeFlags,
  }),
  nonce: uint('icmpv6.ni.nonce', 'Nonce', { at: 8, bytes: 8, show: 'hex' }),
};

const codeIs =
  (code: number) =>
  (layer: Layer): boolean =>
    layer.u8(1) === code;
const queryIs =
  (type: number) =>
  (layer: Layer): boolean =>
    layer.u16(4) === type;

const renumberingFlags = {
  test: flag('icmpv6.rr.flag.t', 'Test Command', { at: 9, bytes: 1, mask: 0x80 }),
  result: flag('icmpv6.rr.flag.r', 'Result requested', { at: 9, bytes: 1, mask: 0x40 }),
  all: flag('icmpv6.rr.flag.a', 'All Interfaces', { at: 9, bytes: 1, mask: 0x20 }),
  site: flag('icmpv6.rr.flag.s', 'Site-specific', { at: 9, bytes: 1, mask: 0x10 }),
  processed: flag('icmpv6.rr.flag.p', 'Processed previously', { at: 9, bytes: 1, mask: 0x08 }),
  reserved: uint('icmpv6.rr.flag.rsv', 'Reserved', { at: 9, bytes: 1, mask: 0x07 }),
};

const mobileIdentifier = uint('icmpv6.mip6.identifier', 'Identifier', { at: 4, bytes: 2, show: 'dec-hex' });
const mobileFlags = {
  managed: flag('icmpv6.mip6.flag.m', 'Managed address configuration', { at: 6, bytes: 2, mask: 0x8000 }),
  other: flag('icmpv6.mip6.flag.o', 'Other configuration', { at: 6, bytes: 2, mask: 0x4000 }),
  reserved: uint('icmpv6.mip6.flag.rsv', 'Reserved', { at: 6, bytes: 2, mask: 0x3fff }),
};

const echo: FieldSet = {
  identifier: uint('icmpv6.echo.identifier', 'Identifier', { at: 4, bytes: 2, show: 'hex' }),
  sequence: uint('icmpv6.echo.sequence_number', 'Sequence', { at: 6, bytes: 2 }),
};
const extendedEcho: FieldSet = {
  identifier: uint('icmpv6.echo.identifier', 'Identifier', { at: 4, bytes: 2, show: 'hex' }),
  sequence: uint('icmpv6.ext.echo.seq', 'Sequence number', { at: 6, bytes: 1, show: 'dec-hex' }),
};
const replyFlag = (name: string, label: string, mask: number): Field =>
  flag(`icmpv6.ext.echo.rsp.${name}`, label, { at: 7, bytes: 1, mask });

const body = (length: number): Field => bytes('icmpv6.data', 'Data', { at: length, bytes: 'rest' });

/** Messages by type. What is not here shows its body as bytes. */
export const messages: Readonly<Record<number, Message>> = {
  1: { fields: quotedLength, quotes: 8 },
  2: { fields: { mtu: uint('icmpv6.mtu', 'MTU', { at: 4, bytes: 4 }) }, quotes: 8 },
  3: { fields: quotedLength, quotes: 8 },
  4: { fields: { pointer: uint('icmpv6.pointer', 'Pointer', { at: 4, bytes: 4 }) }, quotes: 8 },
  128: { fields: echo, data: 8 },
  129: { fields: echo, data: 8 },
  130: {
    fields: {
      delay: uint('icmpv6.mld.maximum_response_delay', 'Maximum Response Delay [ms]', {
        at: 4,
        bytes: 2,
        when: isVersion1,
      }),
      code: uint('icmpv6.mld.maximum_response_code', 'Maximum Response Code', {
        at: 4,
        bytes: 2,
        when: isVersion2,
      }),
      reserved: reserved(6, 2),
      address: ipv6('icmpv6.mld.multicast_address', 'Multicast Address', { at: 8 }),
      flags: uint('icmpv6.mld.flag', 'Flags', {
        at: 24,
        bytes: 1,
        show: 'hex',
        when: isVersion2,
        note: namedFlags([queryFlags.suppress]),
        children: queryFlags,
      }),
      interval: uint('icmpv6.mld.qqi', "QQIC (Querier's Query Interval Code)", {
        at: 25,
        bytes: 1,
        when: isVersion2,
      }),
      sources: uint('icmpv6.mld.nb_sources', 'Number of Sources', { at: 26, bytes: 2, when: isVersion2 }),
    },
  },
  131: { fields: listener },
  132: { fields: listener },
  133: { fields: reservedFour, options: 8 },
  134: {
    fields: {
      hopLimit: uint('icmpv6.nd.ra.cur_hop_limit', 'Cur hop limit', { at: 4, bytes: 1 }),
      flags: uint('icmpv6.nd.ra.flag', 'Flags', {
        at: 5,
        bytes: 1,
        show: 'hex',
        note: namedFlags(Object.values(routerFlags)),
        children: routerFlags,
      }),
      lifetime: uint('icmpv6.nd.ra.router_lifetime', 'Router lifetime (s)', { at: 6, bytes: 2 }),
      reachable: uint('icmpv6.nd.ra.reachable_time', 'Reachable time (ms)', { at: 8, bytes: 4 }),
      retransmit: uint('icmpv6.nd.ra.retrans_timer', 'Retrans timer (ms)', { at: 12, bytes: 4 }),
    },
    options: 16,
  },
  135: {
    fields: { ...reservedFour, target: ipv6('icmpv6.nd.ns.target_address', 'Target Address', { at: 8 }) },
    options: 24,
  },
  136: {
    fields: {
      flags: uint('icmpv6.nd.na.flag', 'Flags', {
        at: 4,
        bytes: 4,
        show: 'hex',
        note: namedFlags(Object.values(neighbourFlags)),
        children: neighbourFlags,
      }),
      target: ipv6('icmpv6.nd.na.target_address', 'Target Address', { at: 8 }),
    },
    options: 24,
  },
  137: {
    fields: {
      ...reservedFour,
      target: ipv6('icmpv6.nd.rd.target_address', 'Target Address', { at: 8 }),
      destination: ipv6('icmpv6.rd.na.destination_address', 'Destination Address', { at: 24 }),
    },
    options: 40,
  },
  138: {
    fields: {
      sequence: uint('icmpv6.rr.sequence_number', 'Sequence Number', { at: 4, bytes: 4 }),
      segment: uint('icmpv6.rr.segment_number', 'Segment Number', { at: 8, bytes: 1 }),
      flags: uint('icmpv6.rr.flag', 'Flags', {
        at: 9,
        bytes: 1,
        show: 'hex',
        note: namedFlags(Object.values(renumberingFlags)),
        children: renumberingFlags,
      }),
      delay: uint('icmpv6.rr.maxdelay', 'Max Delay', { at: 10, bytes: 2 }),
      reserved: reserved(12, 4),
    },
  },
  139: {
    fields: {
      ...nodeInformation,
      address6: ipv6('icmpv6.ni.query.subject_ipv6', 'IPv6 subject address', { at: 16, when: codeIs(0) }),
      name: {
        ...bytes('icmpv6.ni.query.subject_fqdn', 'FQDN subject', { at: 16, bytes: 'rest', when: codeIs(1) }),
        type: 'string',
        compute: (layer) => wordsOfName(layer.frame, layer.start + 16, layer.end),
      },
    },
  },
  140: {
    fields: {
      ...nodeInformation,
      lifetime: uint('icmpv6.ni.reply.node_ttl', 'TTL', {
        at: 16,
        bytes: 4,
        when: (layer) => queryIs(2)(layer) || queryIs(3)(layer),
      }),
      name: {
        ...bytes('icmpv6.ni.reply.node_name', 'Name Node', { at: 20, bytes: 'rest', when: queryIs(2) }),
        type: 'string',
        compute: (layer) => wordsOfName(layer.frame, layer.start + 20, layer.end),
      },
      address: ipv6('icmpv6.ni.reply.node_address', 'IPv6 Node address', { at: 20, when: queryIs(3) }),
    },
  },
  141: { fields: reservedFour, options: 8 },
  142: { fields: reservedFour, options: 8 },
  143: {
    fields: {
      reserved: reserved(4, 2),
      records: uint('icmpv6.mldr.nb_mcast_records', 'Number of Multicast Address Records', {
        at: 6,
        bytes: 2,
      }),
    },
  },
  144: { fields: { identifier: mobileIdentifier, reserved: reserved(6, 2) } },
  145: { fields: { identifier: mobileIdentifier, reserved: reserved(6, 2) } },
  146: { fields: { identifier: mobileIdentifier, reserved: reserved(6, 2) } },
  147: {
    fields: {
      identifier: mobileIdentifier,
      flags: uint('icmpv6.mip6.flag', 'Flags', {
        at: 6,
        bytes: 2,
        show: 'hex',
        note: namedFlags(Object.values(mobileFlags)),
        children: mobileFlags,
      }),
    },
    options: 8,
  },
  148: {
    fields: {
      identifier: uint('icmpv6.send.identifier', 'Identifier', { at: 4, bytes: 2 }),
      component: uint('icmpv6.send.component', 'Component', { at: 6, bytes: 2 }),
    },
    options: 8,
  },
  149: {
    fields: {
      identifier: uint('icmpv6.send.identifier', 'Identifier', { at: 4, bytes: 2 }),
      all: uint('icmpv6.send.all_components', 'All Components', { at: 6, bytes: 2 }),
      component: uint('icmpv6.send.component', 'Component', { at: 8, bytes: 2 }),
      reserved: reserved(10, 2),
    },
    options: 12,
  },
  151: {
    fields: {
      interval: uint('icmpv6.mcast_ra.query_interval', 'Query Interval', { at: 4, bytes: 2 }),
      robustness: uint('icmpv6.mcast_ra.robustness_variable', 'Robustness Variable', { at: 6, bytes: 2 }),
    },
  },
  152: { fields: {} },
  153: { fields: {} },
  160: {
    fields: {
      ...extendedEcho,
      reserved: uint('icmpv6.ext.echo.req.res', 'Reserved', { at: 7, bytes: 1, mask: 0xfe, show: 'hex' }),
      local: flag('icmpv6.ext.echo.req.local', 'Local bit', { at: 7, bytes: 1, mask: 0x01 }),
    },
  },
  161: {
    fields: {
      ...extendedEcho,
      state: uint('icmpv6.ext.echo.rsp.state', 'State', {
        at: 7,
        bytes: 1,
        mask: 0xe0,
        values: extendedEchoStates,
      }),
      reserved: uint('icmpv6.ext.echo.rsp.res', 'Reserved', { at: 7, bytes: 1, mask: 0x18, show: 'hex' }),
      active: replyFlag('active', 'Active bit', 0x04),
      ipv4: replyFlag('ipv4', 'IPv4 bit', 0x02),
      ipv6: replyFlag('ipv6', 'IPv6 bit', 0x01),
    },
  },
};

/** For types that nobody declared. */
export const unknownMessage: Message = { fields: { data: body(4) } };
