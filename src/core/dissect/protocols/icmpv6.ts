import { ipv6Text, macText } from '../../base/addresses.js';
import { u16, u8 } from '../../base/bytes.js';
import { expectedChecksum, onesSum } from '../checksum.js';
import { checksumFields } from '../checksumFields.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, type FieldSet, ipv6, label, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import type { Layer, Walk } from '../walk.js';
import { emitIcmpExtensions, icmpExtensionFields } from './icmpExtensions.js';
import { messages, unknownMessage } from './icmpv6Messages.js';
import { emitNdOptions, icmpv6OptionFields, ndOptionsIn } from './icmpv6Options.js';
import { icmpv6Codes, icmpv6Types } from './icmpv6Types.js';

const type = (layer: Layer): number => layer.u8(0);
const messageOf = (kind: number) => messages[kind] ?? unknownMessage;

function codeName(layer: Layer): string | undefined {
  const names = icmpv6Codes[type(layer)];
  return names && (names[layer.u8(1)] ?? `Unknown (${layer.u8(1)})`);
}

/** Where the packet goes in the end: behind a routing header with segments left that is not what the IPv6 header says. */
function finalDestination(layer: Layer, ip: Layer): number {
  const routing = layer.before('ipv6.routing');
  if (routing && routing.index > ip.index && routing.u8(3) > 0) {
    const isSegmentList = routing.u8(2) === 4;
    const last = isSegmentList ? routing.start + 8 : routing.end - 16;
    if (last >= routing.start + 8 && routing.has(24)) return last;
  }
  return ip.start + 24;
}

/** The right checksum, over the pseudo-header too; `undefined` when not all it covers was captured. */
function rightChecksum(layer: Layer): number | undefined {
  const ip = layer.before('ipv6');
  if (!ip || layer.limit > layer.frame.length || layer.walk.isPiece(layer.index)) return undefined;
  const { frame, start, limit } = layer;
  const length = limit - start;
  const destination = finalDestination(layer, ip);
  let sum = onesSum(frame, ip.start + 8, ip.start + 24);
  sum = onesSum(frame, destination, destination + 16, sum);
  sum += (length >>> 16) + (length & 0xffff) + 58;
  sum = (sum & 0xffff) + (sum >>> 16);
  return expectedChecksum(layer.u16(2), onesSum(frame, start, limit, sum));
}

const recordTypes: Readonly<Record<number, string>> = {
  1: 'Include',
  2: 'Exclude',
  3: 'Changed to include',
  4: 'Changed to exclude',
  5: 'Allow new sources',
  6: 'Block old sources',
};
const loose = {
  ...icmpv6OptionFields,
  ...icmpExtensionFields,
  querySource: ipv6('icmpv6.mld.source_address', 'Source Address'),
  record: label('icmpv6.mldr.mar', 'Multicast Address Record', {
    note: (_, { layer, at }) =>
      ` ${recordTypes[u8(layer.frame, at)] ?? 'Unknown'}: ${ipv6Text(layer.frame, at + 4)}`,
    children: {
      type: uint('icmpv6.mldr.mar.record_type', 'Record Type', { at: 0, bytes: 1, values: recordTypes }),
      auxiliary: uint('icmpv6.mldr.mar.aux_data_len', 'Aux Data Len', { at: 1, bytes: 1 }),
      sources: uint('icmpv6.mldr.mar.nb_sources', 'Number of Sources', { at: 2, bytes: 2 }),
      address: ipv6('icmpv6.mldr.mar.multicast_address', 'Multicast Address', { at: 4 }),
    },
  }),
  homeAgent: ipv6('icmpv6.mip6.home_agent_address', 'Home Agent Address'),
  recordSource: ipv6('icmpv6.mldr.mar.source_address', 'Source Address'),
  recordData: bytes('icmpv6.mldr.mar.auxiliary_data', 'Auxiliary Data'),
} satisfies FieldSet;

/** Fields of all messages, each under its type. */
const bodies: FieldSet = Object.fromEntries(
  Object.entries(messages).flatMap(([kind, message]) =>
    Object.entries(message.fields).map(([key, field]) => [`${key}Of${kind}`, field]),
  ),
);

const echoRequest = 128;
const echoReply = 129;
const unreachable = 1;
const timeExceeded = 3;

/** ICMPv6 with neighbour discovery and multicast listener discovery. The packet an error quotes is decoded inside it. */
export const icmpv6 = defineDissector({
  id: 'icmpv6',
  title: 'Internet Control Message Protocol v6',
  column: 'ICMPv6',
  spec: 'https://www.rfc-editor.org/rfc/rfc4443',
  claims: [{ table: 'ip.proto', keys: [58] }],
  fields: {
    type: uint('icmpv6.type', 'Type', {
      at: 0,
      bytes: 1,
      values: icmpv6Types,
      text: (value) => `${icmpv6Types[Number(value)] ?? 'Unknown'} (${value})`,
    }),
    code: uint('icmpv6.code', 'Code', {
      at: 1,
      bytes: 1,
      note(_, { layer }) {
        const name = codeName(layer);
        return name === undefined ? '' : ` (${name})`;
      },
    }),
    ...checksumFields({
      name: 'icmpv6.checksum',
      label: 'Checksum',
      statusLabel: 'Checksum Status',
      at: 2,
      header: 4,
      right: rightChecksum,
    }),
  },
  loose: { ...bodies, ...loose },

  measure(walk) {
    if (!walk.header(4)) return;
    walk.whole();
    const kind = walk.u8(0);
    const message = messageOf(kind);
    if (message.data !== undefined) {
      if (walk.available > message.data) walk.insideData(message.data);
    } else if (message.quotes !== undefined && walk.available > message.quotes) {
      const claimed = kind === unreachable || kind === timeExceeded ? 8 * walk.u8(4) : 0;
      walk.quotes(message.quotes, claimed || Infinity);
      walk.nextIs('ipv6');
    } else if (message.options !== undefined) {
      const redirected = redirectedPacket(walk, message.options);
      if (redirected > 0) {
        walk.quotes(redirected + 8, 8 * walk.u8(redirected + 1) - 8);
        walk.nextIs('ipv6');
      }
    }
  },

  info(layer) {
    if (!layer.has(4)) return undefined;
    const kind = type(layer);
    const name = icmpv6Types[kind] ?? `Unknown (${kind})`;
    const code = codeName(layer);
    return `${name}${code === undefined ? '' : ` (${code})`}${detail(layer, kind)}`;
  },

  extra(layer, emit) {
    if (!layer.has(4)) return;
    const kind = type(layer);
    const message = messageOf(kind);
    emit.fields(message.fields, layer.start, layer.end);
    if (message.options !== undefined) emitNdOptions(layer, emit, layer.start + message.options, layer.end);
    if (kind === 130) emitQuerySources(layer, emit);
    if (kind === 145)
      for (let at = layer.start + 8; at + 16 <= layer.end; at += 16) emit.add(loose.homeAgent, at, 16);
    if (kind === 143) emitRecords(layer, emit);
    emit.inner();
    if (kind === 160) emitIcmpExtensions(layer, emit, layer.start + 8);
    const quoted = 8 * layer.u8(4);
    if ((kind === unreachable || kind === timeExceeded) && quoted > 0)
      emitIcmpExtensions(layer, emit, layer.start + 8 + quoted);
  },

  examples: [
    {
      title: 'neighbour solicitation',
      hex: '8700 0000 00000000 fe80000000000000c00054fffef50000 0101 c20054f50000',
      fields: {
        'icmpv6.type': 135,
        'icmpv6.nd.ns.target_address': 'fe80::c000:54ff:fef5:0',
        'icmpv6.opt.linkaddr': 'c2:00:54:f5:00:00',
      },
      info: 'Neighbor Solicitation for fe80::c000:54ff:fef5:0 from c2:00:54:f5:00:00',
    },
    {
      title: 'router advertisement with a prefix and an MTU',
      hex:
        '8600 0000 40 00 0708 00000000 00000000 0304 40c0 00278d00 00093a80 00000000 20010db8000000000000000000000000' +
        '0501 0000 000005dc',
      fields: {
        'icmpv6.nd.ra.router_lifetime': 1800,
        'icmpv6.opt.prefix': '2001:db8::',
        'icmpv6.opt.mtu': 1500,
      },
      info: 'Router Advertisement',
    },
    {
      title: 'echo request',
      hex: '8000 0000 04d2 0001 61626364',
      fields: {
        'icmpv6.echo.identifier': 1234,
        'icmpv6.echo.sequence_number': 1,
        'data.data': '61:62:63:64',
      },
    },
  ],
});

/** Offset of the option that quotes a packet (RFC 4861, section 4.6.3); 0 without one. */
function redirectedPacket(walk: Walk, options: number): number {
  for (let at = options; at + 8 < walk.available;) {
    const length = 8 * walk.u8(at + 1);
    if (length === 0) return 0;
    if (walk.u8(at) === 4 && length > 8) return at;
    at += length;
  }
  return 0;
}

/** What the packet list adds for some types. */
function detail(layer: Layer, kind: number): string {
  const { frame, start } = layer;
  switch (kind) {
    case echoRequest:
    case echoReply: {
      if (!layer.has(8)) return '';
      const limit = layer.before('ipv6')?.u8(7);
      return ` id=${hexNumber(layer.u16(4), 4)}, seq=${layer.u16(6)}${limit === undefined ? '' : `, hop limit=${limit}`}`;
    }
    case 135:
      return layer.has(24) ? ` for ${ipv6Text(frame, start + 8)}${linkAddress(layer, 24)}` : '';
    case 136: {
      if (!layer.has(24)) return '';
      const flags = ['rtr', 'sol', 'ovr'].filter((_, bit) => layer.u8(4) & (0x80 >> bit));
      return ` ${ipv6Text(frame, start + 8)}${flags.length > 0 ? ` (${flags.join(', ')})` : ''}${linkAddress(layer, 24)}`;
    }
    default: {
      const options = messageOf(kind).options;
      return options === undefined ? '' : linkAddress(layer, options);
    }
  }
}

/** ` from MAC` or ` is at MAC`, by the link-layer address option. */
function linkAddress(layer: Layer, options: number): string {
  let text = '';
  for (const { type: kind, at, length } of ndOptionsIn(layer.frame, layer.start + options, layer.end))
    if (length === 8 && at + 8 <= layer.end && (kind === 1 || kind === 2))
      text += `${kind === 1 ? ' from ' : ' is at '}${macText(layer.frame, at + 2)}`;
  return text;
}

function emitQuerySources(layer: Layer, emit: Emit): void {
  if (!layer.has(28)) return;
  const count = layer.u16(26);
  for (let i = 0, at = layer.start + 28; i < count && at + 16 <= layer.end; i++, at += 16)
    emit.add(loose.querySource, at, 16);
}

/** MLDv2 report records (RFC 3810, section 5.2). */
function emitRecords(layer: Layer, emit: Emit): void {
  const count = layer.u16(6);
  const { frame, end } = layer;
  for (let i = 0, at = layer.start + 8; i < count && at + 20 <= end; i++) {
    const sources = u16(frame, at + 2);
    const extra = 4 * u8(frame, at + 1);
    const length = Math.min(20 + 16 * sources + extra, end - at);
    if (!emit.open(loose.record, at, length)) return;
    let place = at + 20;
    for (let n = 0; n < sources && place + 16 <= end; n++, place += 16)
      emit.add(loose.recordSource, place, 16);
    if (extra > 0 && place < end) emit.add(loose.recordData, place, Math.min(extra, end - place));
    emit.close();
    at += length;
  }
}
