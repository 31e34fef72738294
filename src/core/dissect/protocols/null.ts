import { u32, u32le } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { etherTypes } from '../values/etherTypes.js';
import type { Layer } from '../walk.js';

/** AF_ numbers: IPv4 is 2 everywhere; IPv6 differs between the BSDs, macOS and Linux. */
const families: Readonly<Record<number, string>> = {
  2: 'IP',
  7: 'OSI',
  10: 'IPv6',
  16: 'Appletalk',
  23: 'Netware IPX/SPX',
  24: 'IPv6',
  28: 'IPv6',
  30: 'IPv6',
};
const ipv4Family = 2;
const ipv6Families: readonly number[] = [10, 24, 28, 30];

const openBsdLoop = 108;

/** OpenBSD writes network byte order. Elsewhere, families being small, what looks large is in the other order. */
function familyAt(frame: Uint8Array, at: number, linkType: number): number {
  const family = u32(frame, at);
  return family > 0xffff && linkType !== openBsdLoop ? u32le(frame, at) : family;
}
const familyOf = (layer: Layer): number => familyAt(layer.frame, layer.start, layer.walk.linkType);

/** Some systems write an EtherType; no family is that large. */
const smallestEtherType = 1536;
const isFamily = (layer: Layer): boolean => familyOf(layer) < smallestEtherType;

/** The four bytes that stand for a link layer on BSD-like loopback interfaces, in the host's byte order. */
export const nullLoopback = defineDissector({
  id: 'null',
  title: 'Null/Loopback',
  column: 'NULL',
  spec: 'https://www.tcpdump.org/linktypes.html',
  claims: [{ table: 'link', keys: [0, 108] }],
  fields: {
    family: uint('null.family', 'Family', {
      at: 0,
      bytes: 4,
      values: families,
      when: isFamily,
      compute: familyOf,
    }),
    type: uint('null.type', 'Type', {
      at: 0,
      bytes: 4,
      when: (layer) => !isFamily(layer),
      compute: familyOf,
      text: (value) => `${etherTypes[Number(value)] ?? 'Unknown'} (${hexNumber(value, 4)})`,
    }),
  },

  measure(walk) {
    if (!walk.header(4)) return;
    const family = familyAt(walk.frame, walk.start, walk.linkType);
    if (family >= smallestEtherType) walk.nextBy('ethertype', family);
    else if (family === ipv4Family) walk.nextIs('ip');
    else if (ipv6Families.includes(family)) walk.nextIs('ipv6');
    else walk.nextIsData();
  },

  info: (layer) => families[familyOf(layer)],

  examples: [
    { title: 'IPv4, written by a little-endian host', hex: '02000000', fields: { 'null.family': 2 } },
    { title: 'IPv6 on macOS', hex: '1e000000', fields: { 'null.family': 30 } },
  ],
});
