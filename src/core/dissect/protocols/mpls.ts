import { defineDissector } from '../dissector.js';
import { uint } from '../field.js';
import type { Layer, Walk } from '../walk.js';

/** Labels with a meaning of their own (IANA, special-purpose MPLS label values). */
const reservedLabels: Readonly<Record<number, string>> = {
  0: 'IPv4 Explicit-Null',
  1: 'Router Alert',
  2: 'IPv6 Explicit-Null',
  3: 'Implicit-Null',
  7: 'Entropy Label Indicator (ELI)',
  13: 'Generic Associated Channel Label (GAL)',
  14: 'OAM Alert',
};
const explicitNull4 = 0;
const explicitNull6 = 2;
const channelLabel = 13;
const largestReserved = 15;

const nameOfLabel = (label: number): string | undefined =>
  label <= largestReserved ? (reservedLabels[label] ?? 'Reserved - Unknown') : undefined;

const labelOf = (layer: Layer): number => layer.u24(0) >>> 4;

/** One label of a stack; the next stands behind it until the one whose S bit says it is the last. */
export const mpls = defineDissector({
  id: 'mpls',
  title: 'MultiProtocol Label Switching Header',
  column: 'MPLS',
  spec: 'https://www.rfc-editor.org/rfc/rfc3032',
  claims: [
    { table: 'ethertype', keys: [0x8847, 0x8848] },
    { table: 'ip.proto', keys: [137] },
    { table: 'gre.proto', keys: [0x8847, 0x8848] },
    { table: 'ppp.protocol', keys: [0x0281, 0x0283] },
    { table: 'udp.port', keys: [6635] },
  ],
  carriesPackets: true,
  fields: {
    label: uint('mpls.label', 'MPLS Label', {
      at: 0,
      bytes: 4,
      mask: 0xfffff000,
      text(value) {
        const name = nameOfLabel(Number(value));
        return name === undefined
          ? `${value} (0x${value.toString(16).padStart(5, '0')})`
          : `${name} (${value})`;
      },
    }),
    experimental: uint('mpls.exp', 'MPLS Experimental Bits', { at: 0, bytes: 4, mask: 0x0e00 }),
    bottom: uint('mpls.bottom', 'MPLS Bottom Of Label Stack', { at: 0, bytes: 4, mask: 0x0100 }),
    ttl: uint('mpls.ttl', 'MPLS TTL', { at: 0, bytes: 4, mask: 0x00ff }),
  },

  measure(walk) {
    if (!walk.header(4)) return;
    const word = walk.u32(0);
    const label = word >>> 12;
    if ((word & 0x100) === 0) walk.nextIs('mpls');
    else if (label === explicitNull4) walk.nextIs('ip');
    else if (label === explicitNull6) walk.nextIs('ipv6');
    else if (label === channelLabel) walk.nextIs('pwach');
    else guessPayload(walk);
  },

  heading(layer) {
    if (!layer.has(4)) return '';
    const label = labelOf(layer);
    const name = nameOfLabel(label);
    const low = layer.u8(2);
    return `, Label: ${label}${name === undefined ? '' : ` (${name})`}, Exp: ${(low >> 1) & 7}, S: ${low & 1}, TTL: ${layer.u8(3)}`;
  },
  info: () => 'MPLS Label Switched Packet',

  examples: [
    {
      title: 'label 29, the last one',
      hex: '0001ddff',
      fields: { 'mpls.label': 29, 'mpls.exp': 6, 'mpls.bottom': 1, 'mpls.ttl': 255 },
    },
    { title: 'explicit null, IPv6 follows', hex: '00002140', fields: { 'mpls.label': 2, 'mpls.ttl': 64 } },
  ],
});

/**
 * A stack does not say what it carries: the first four bits tell, as in Wireshark. Zeros may begin an Ethernet address
 * or a control word before Ethernet: a known EtherType in its place speaks for the former.
 */
function guessPayload(walk: Walk): void {
  if (walk.limit - walk.start <= 4) return;
  const nibble = walk.u8(4) >> 4;
  if (nibble === 4) walk.nextIs('ip');
  else if (nibble === 6) walk.nextIs('ipv6');
  else if (nibble === 1) walk.nextIs('pwach');
  else if (nibble !== 0) walk.nextIsData();
  else if (walk.isClaimed('ethertype', walk.u16(16))) walk.nextIs('eth');
  else walk.nextIs('pwethcw');
}
