/** IPv6 extension headers: options, routing, fragment. In the tree they stand inside their IPv6 header. */
import { ipv6Text } from '../../base/addresses.js';
import { u8 } from '../../base/bytes.js';
import { defineDissector, type Dissector } from '../dissector.js';
import { bytes, type Field, type FieldSet, flag, ipv6, uint, yesOrNo } from '../field.js';
import { ipProtocols } from '../values/ipProtocols.js';
import type { Layer, Walk } from '../walk.js';
import { emitIpv6Options, ipv6OptionFields } from './ipv6Options.js';

const next = (id: string, words = 'Next Header'): Field =>
  uint(`${id}.nxt`, words, { at: 0, bytes: 1, values: ipProtocols });

/** The length byte counts eight bytes each and leaves the first eight out. */
const lengthFields = (id: string): FieldSet => ({
  length: uint(`${id}.len`, 'Length', { at: 1, bytes: 1 }),
  lengthInBytes: uint(`${id}.len_oct`, 'Length', {
    at: 1,
    bytes: 1,
    unit: ' bytes',
    generated: true,
    compute: (layer) => 8 * (layer.u8(1) + 1),
  }),
});

/** Measures a header with the usual length byte. */
function measure(walk: Walk): void {
  if (!walk.header(2)) return;
  const all = walk.header(8 * (walk.u8(1) + 1));
  walk.partOf('ipv6');
  if (all) walk.nextBy('ip.proto', walk.u8(0));
}

function optionsHeader(id: string, title: string, number: number): Dissector {
  return defineDissector({
    id,
    title,
    prefix: 'ipv6',
    spec: 'https://www.rfc-editor.org/rfc/rfc8200',
    claims: [{ table: 'ip.proto', keys: [number] }],
    fields: { next: next(id), ...lengthFields(id) },
    loose: ipv6OptionFields,
    measure,
    extra(layer, emit) {
      emitIpv6Options(layer, emit, layer.start + 2, layer.end);
    },
    examples: [
      {
        title: 'router alert, then padding',
        hex: '3a 00 05020000 0100',
        fields: { [`${id}.nxt`]: 58, [`${id}.len_oct`]: 8, 'ipv6.opt.router_alert': 0 },
      },
    ],
  });
}

export const hopByHop = optionsHeader('ipv6.hopopts', 'IPv6 Hop-by-Hop Option', 0);
export const destinationOptions = optionsHeader('ipv6.dstopts', 'Destination Options for IPv6', 60);

const routingTypes: Readonly<Record<number, string>> = {
  0: 'Source Route',
  1: 'Nimrod',
  2: 'Type 2 Routing',
  3: 'RPL Source Route',
  4: 'Segment Routing',
  5: 'Compact Routing Header 16',
  6: 'Compact Routing Header 32',
  253: 'Experiment 1',
  254: 'Experiment 2',
};
const sourceRoute = 0;
const mobility = 2;
const segmentRouting = 4;

const routingLoose = {
  address: ipv6('ipv6.routing.src.addr', 'Address'),
  homeAddress: ipv6('ipv6.routing.mipv6.home_address', 'Home Address'),
  segment: ipv6('ipv6.routing.srh.addr', 'Address'),
  unknown: bytes('ipv6.routing.unknown_data', 'Type-Specific Data'),
};
const isRouting = (wanted: number) => (layer: { u8(offset: number): number }) => layer.u8(2) === wanted;

/** With segments left the packet is still on its way: the header names the last stop. */
function finalDestination(layer: Layer): string | undefined {
  const kind = layer.u8(2);
  if (layer.u8(3) === 0 || !layer.has(24)) return undefined;
  if (kind === segmentRouting) return ipv6Text(layer.frame, layer.start + 8);
  return kind === sourceRoute || kind === mobility ? ipv6Text(layer.frame, layer.end - 16) : undefined;
}

/** Routing header: type 0 (deprecated), mobile IPv6, and segment routing (SRv6). */
export const routing = defineDissector({
  id: 'ipv6.routing',
  title: 'Routing Header for IPv6',
  prefix: 'ipv6',
  spec: 'https://www.rfc-editor.org/rfc/rfc8754',
  claims: [{ table: 'ip.proto', keys: [43] }],
  fields: {
    next: next('ipv6.routing'),
    ...lengthFields('ipv6.routing'),
    type: uint('ipv6.routing.type', 'Type', { at: 2, bytes: 1, values: routingTypes }),
    left: uint('ipv6.routing.segleft', 'Segments Left', { at: 3, bytes: 1 }),
    reserved: bytes('ipv6.routing.src.reserved', 'Reserved', {
      at: 4,
      bytes: 4,
      when: isRouting(sourceRoute),
    }),
    mobilityReserved: bytes('ipv6.routing.mipv6.reserved', 'Reserved', {
      at: 4,
      bytes: 4,
      when: isRouting(mobility),
    }),
    lastEntry: uint('ipv6.routing.srh.last_entry', 'Last Entry', {
      at: 4,
      bytes: 1,
      when: isRouting(segmentRouting),
    }),
    flags: uint('ipv6.routing.srh.flags', 'Flags', {
      at: 5,
      bytes: 1,
      show: 'hex',
      when: isRouting(segmentRouting),
    }),
    tag: bytes('ipv6.routing.srh.tag', 'Tag', { at: 6, bytes: 2, when: isRouting(segmentRouting) }),
  },
  loose: routingLoose,
  measure,
  destination: finalDestination,
  heading: (layer) => (layer.has(3) ? ` (${routingTypes[layer.u8(2)] ?? 'Unknown'})` : ''),

  extra(layer, emit) {
    if (!layer.has(8)) return;
    const kind = layer.u8(2);
    const from = layer.start + 8;
    if (kind === mobility) emit.add(routingLoose.homeAddress, from, 16);
    else if (kind === sourceRoute)
      for (let at = from; at + 16 <= layer.end; at += 16) emit.add(routingLoose.address, at, 16);
    else if (kind === segmentRouting) {
      const count = layer.u8(4) + 1;
      for (let i = 0, at = from; i < count && at + 16 <= layer.end; i++, at += 16)
        emit.add(routingLoose.segment, at, 16);
    } else if (layer.end > layer.start + 4)
      emit.add(routingLoose.unknown, layer.start + 4, layer.end - layer.start - 4);
  },

  examples: [
    {
      title: 'segment routing by two segments',
      hex: '29 04 04 01 01 00 0000 000a000b000c000300000000000000d6 000a000b000c00020000000000f10000',
      fields: { 'ipv6.routing.type': 4, 'ipv6.routing.segleft': 1, 'ipv6.routing.srh.last_entry': 1 },
    },
  ],
});

const moreFragments = flag('ipv6.fraghdr.more', 'More Fragments', {
  at: 2,
  bytes: 2,
  mask: 0x0001,
  values: yesOrNo,
});

/** Fragment header. Fragments are named and not put together. */
export const fragmentHeader = defineDissector({
  id: 'ipv6.fraghdr',
  title: 'Fragment Header for IPv6',
  prefix: 'ipv6',
  spec: 'https://www.rfc-editor.org/rfc/rfc8200',
  claims: [{ table: 'ip.proto', keys: [44] }],
  fields: {
    next: next('ipv6.fraghdr', 'Next header'),
    reservedByte: uint('ipv6.fraghdr.reserved_octet', 'Reserved octet', { at: 1, bytes: 1, show: 'hex' }),
    offset: uint('ipv6.fraghdr.offset', 'Offset', {
      at: 2,
      bytes: 2,
      mask: 0xfff8,
      note: (value) => ` (${8 * Number(value)} bytes)`,
    }),
    reservedBits: uint('ipv6.fraghdr.reserved_bits', 'Reserved bits', { at: 2, bytes: 2, mask: 0x0006 }),
    moreFragments,
    id: uint('ipv6.fraghdr.ident', 'Identification', { at: 4, bytes: 4, show: 'hex' }),
  },

  measure(walk) {
    const all = walk.header(8);
    walk.partOf('ipv6');
    if (!all) return;
    const word = walk.u16(2);
    if (word & 0xfff8) walk.nextIsData();
    else {
      if (word & 1) walk.isFragment();
      walk.nextBy('ip.proto', walk.u8(0));
    }
  },

  info(layer) {
    if (!layer.has(8)) return undefined;
    const more = layer.u16(2) & 1 ? 'y' : 'n';
    const id = layer.u32(4).toString(16).padStart(8, '0');
    return `IPv6 fragment (off=${layer.u16(2) & 0xfff8} more=${more} ident=0x${id} nxt=${u8(layer.frame, layer.start)})`;
  },

  examples: [
    {
      title: 'second fragment',
      hex: '11 00 05a9 00000001',
      fields: { 'ipv6.fraghdr.nxt': 17, 'ipv6.fraghdr.offset': 181, 'ipv6.fraghdr.more': 1 },
      info: 'IPv6 fragment (off=1448 more=y ident=0x00000001 nxt=17)',
    },
  ],
});
