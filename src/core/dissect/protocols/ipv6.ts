import { ipv6Text, macText } from '../../base/addresses.js';
import { hexByte, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { ether, type Field, ipv4, ipv6 as ipv6Address, uint } from '../field.js';
import { dscpNames, dsNote, ecnNames } from '../values/dscp.js';
import { ipProtocols } from '../values/ipProtocols.js';
import type { Layer } from '../walk.js';

const source = ipv6Address('ipv6.src', 'Source Address', { at: 8, aliases: ['ipv6.src_host', 'ipv6.host'] });
const destination = ipv6Address('ipv6.dst', 'Destination Address', {
  at: 24,
  aliases: ['ipv6.dst_host', 'ipv6.host'],
});

/** The interface id that hosts make from their MAC: `ff:fe` in the middle (RFC 4291, appendix A). */
function slaacMac(layer: Layer, at: number): string | undefined {
  if (!layer.has(at + 16) || layer.u8(at + 11) !== 0xff || layer.u8(at + 12) !== 0xfe) return undefined;
  if ((layer.u8(at + 8) & 0x02) === 0) return undefined;
  const { frame } = layer;
  const from = layer.start + at;
  // The bit for "globally unique" is turned around in the interface id.
  const first = u8(frame, from + 8) ^ 0x02;
  return `${hexByte(first)}${macText(frame, from + 8).slice(2, 8)}:${macText(frame, from + 13).slice(0, 8)}`;
}

const madeFrom = (side: 'src' | 'dst', words: string, at: number): Field =>
  ether(`ipv6.${side}_slaac_mac`, `${words} SLAAC MAC`, {
    at: at + 8,
    bytes: 8,
    generated: true,
    aliases: ['ipv6.slaac_mac'],
    compute: (layer) => slaacMac(layer, at),
  });

const is6to4 = (at: number) => (layer: Layer) => layer.u16(at) === 0x2002;
/** RFC 4380: server, flags, then port and client with all bits turned around. */
const isTeredo = (at: number) => (layer: Layer) => layer.u32(at) === 0x20010000;

const tunnelFields = (side: 'src' | 'dst', words: string, at: number): Record<string, Field> => ({
  gateway: ipv4(`ipv6.${side}_6to4_gw_ipv4`, `${words} 6to4 Gateway IPv4`, {
    at: at + 2,
    when: is6to4(at),
    generated: true,
    aliases: ['ipv6.6to4_gw_ipv4'],
  }),
  site: uint(`ipv6.${side}_6to4_sla_id`, `${words} 6to4 SLA ID`, {
    at: at + 6,
    bytes: 2,
    when: is6to4(at),
    generated: true,
    aliases: ['ipv6.6to4_sla_id'],
  }),
  server: ipv4(`ipv6.${side}_ts_ipv4`, `${words} Teredo Server IPv4`, {
    at: at + 4,
    when: isTeredo(at),
    generated: true,
    aliases: ['ipv6.ts_ipv4'],
  }),
  port: uint(`ipv6.${side}_tc_port`, `${words} Teredo Port`, {
    at: at + 10,
    bytes: 2,
    when: isTeredo(at),
    generated: true,
    compute: (layer) => layer.u16(at + 10) ^ 0xffff,
    aliases: ['ipv6.tc_port'],
  }),
  client: ipv4(`ipv6.${side}_tc_ipv4`, `${words} Teredo Client IPv4`, {
    at: at + 12,
    when: isTeredo(at),
    generated: true,
    compute: (layer) => [12, 13, 14, 15].map((i) => layer.u8(at + i) ^ 0xff).join('.'),
    aliases: ['ipv6.tc_ipv4'],
  }),
});

const prefixed = (prefix: string, set: Record<string, Field>): Record<string, Field> =>
  Object.fromEntries(Object.entries(set).map(([key, field]) => [prefix + key, field]));

const hopByHop = 0;
const noNextHeader = 59;

/** IPv6. Extension headers stand inside it in the tree, each with its own dissector. */
export const ipv6 = defineDissector({
  id: 'ipv6',
  title: 'Internet Protocol Version 6',
  column: 'IPv6',
  spec: 'https://www.rfc-editor.org/rfc/rfc8200',
  claims: [
    { table: 'ethertype', keys: [0x86dd] },
    { table: 'ip.proto', keys: [41] },
    { table: 'link', keys: [229] },
    { table: 'gre.proto', keys: [0x86dd] },
    { table: 'ppp.protocol', keys: [0x0057, 0x86dd] },
  ],
  fields: {
    // A filter may ask either IP for its version, as in Wireshark.
    version: uint('ipv6.version', 'Version', { at: 0, bytes: 1, mask: 0xf0, aliases: ['ip.version'] }),
    trafficClass: uint('ipv6.tclass', 'Traffic Class', {
      at: 0,
      bytes: 4,
      mask: 0x0ff00000,
      show: 'hex',
      note: (value) => dsNote(Number(value)),
      children: {
        dscp: uint('ipv6.tclass.dscp', 'Differentiated Services Codepoint', {
          at: 0,
          bytes: 4,
          mask: 0x0fc00000,
          values: dscpNames,
        }),
        ecn: uint('ipv6.tclass.ecn', 'Explicit Congestion Notification', {
          at: 0,
          bytes: 4,
          mask: 0x00300000,
          values: ecnNames,
        }),
      },
    }),
    flowLabel: uint('ipv6.flow', 'Flow Label', { at: 1, bytes: 3, mask: 0x0fffff, show: 'hex' }),
    payloadLength: uint('ipv6.plen', 'Payload Length', { at: 4, bytes: 2 }),
    next: uint('ipv6.nxt', 'Next Header', { at: 6, bytes: 1, values: ipProtocols }),
    hopLimit: uint('ipv6.hlim', 'Hop Limit', { at: 7, bytes: 1 }),
    source,
    destination,
    sourceMac: madeFrom('src', 'Source', 8),
    destinationMac: madeFrom('dst', 'Destination', 24),
    ...prefixed('source', tunnelFields('src', 'Source', 8)),
    ...prefixed('destination', tunnelFields('dst', 'Destination', 24)),
  },
  aliases: { 'ipv6.addr': [source, destination] },
  source,
  destination,

  measure(walk) {
    if (!walk.header(1)) return;
    if (walk.u8(0) >> 4 === 4) {
      walk.isReally('ip');
      return;
    }
    if (walk.u8(0) >> 4 !== 6) {
      walk.bad('the version is not 6');
      return;
    }
    if (!walk.header(40)) return;
    const payload = walk.u16(4);
    const next = walk.u8(6);
    // 0 with a hop-by-hop header, or with more behind it than 16 bits can say, is a jumbogram (Linux calls it BIG TCP).
    const isJumbo = payload === 0 && (next === hopByHop || walk.limit - walk.start > 40 + 0xffff);
    if (!isJumbo) walk.bound(40 + payload);
    if (isJumbo || payload > 0) walk.nextBy('ip.proto', next);
  },

  heading: (layer) =>
    layer.has(40)
      ? `, Src: ${ipv6Text(layer.frame, layer.start + 8)}, Dst: ${ipv6Text(layer.frame, layer.start + 24)}`
      : '',

  info(layer) {
    if (!layer.has(40)) return undefined;
    const next = layer.u8(6);
    if (next === noNextHeader) return 'IPv6 no next header';
    return ipProtocols[next] ?? `Unknown IP Protocol: ${next}`;
  },

  examples: [
    {
      title: 'neighbour solicitation, with an address made from a MAC',
      hex: '6e0 00000 0020 3a ff fe80000000000000021125fffe8295b5 ff0200000000000000000001ff000001',
      fields: {
        'ipv6.tclass.dscp': 56,
        'ipv6.hlim': 255,
        'ipv6.src': 'fe80::211:25ff:fe82:95b5',
        'ipv6.dst': 'ff02::1:ff00:1',
        'ipv6.src_slaac_mac': '00:11:25:82:95:b5',
      },
    },
  ],
});
