import { defineDissector } from '../dissector.js';
import { bytes, flag, readUint, uint } from '../field.js';
import { etherTypes } from '../values/etherTypes.js';
import type { Layer } from '../walk.js';
import { emitTrailer, trailerFields } from './trailer.js';

/** IEEE 802.1Q-2018, table I-2. */
const priorities: Readonly<Record<number, string>> = {
  0: 'Best Effort (default)',
  1: 'Background',
  2: 'Excellent Effort',
  3: 'Critical Applications',
  4: 'Video, < 100ms latency and jitter',
  5: 'Voice, < 10ms latency and jitter',
  6: 'Internetwork Control',
  7: 'Network Control',
};

const priority = uint('vlan.priority', 'Priority', { at: 0, bytes: 2, mask: 0xe000, values: priorities });
const dropEligible = flag('vlan.dei', 'DEI', {
  at: 0,
  bytes: 2,
  mask: 0x1000,
  values: { 0: 'Ineligible', 1: 'Eligible' },
});
const id = uint('vlan.id', 'ID', { at: 0, bytes: 2, mask: 0x0fff });
const loose = { ...trailerFields, trailer: bytes('vlan.trailer', 'Trailer') };

const largestLength = 1500;
const typeOf = (layer: Layer): number => layer.u16(2);

/** A VLAN tag; tags may stand one behind the other (802.1ad). */
export const vlan = defineDissector({
  id: 'vlan',
  title: '802.1Q Virtual LAN',
  column: '802.1Q',
  spec: 'https://standards.ieee.org/ieee/802.1Q/10323/',
  claims: [{ table: 'ethertype', keys: [0x8100, 0x9100] }],
  fields: {
    priority,
    dropEligible,
    id,
    type: uint('vlan.etype', 'Type', {
      at: 2,
      bytes: 2,
      show: 'hex',
      values: etherTypes,
      when: (layer) => typeOf(layer) > largestLength,
    }),
    length: uint('vlan.len', 'Length', { at: 2, bytes: 2, when: (layer) => typeOf(layer) <= largestLength }),
  },
  loose,

  measure(walk) {
    if (!walk.header(4)) return;
    const type = walk.u16(2);
    if (type > largestLength) walk.nextBy('ethertype', type);
    else {
      walk.payloadEnds(4 + type);
      walk.nextIs('llc');
    }
  },

  heading: (layer) =>
    layer.has(2)
      ? `, PRI: ${number(layer, priority)}, DEI: ${number(layer, dropEligible)}, ID: ${number(layer, id)}`
      : '',
  info: (layer) =>
    layer.has(4)
      ? `PRI: ${number(layer, priority)} DEI: ${number(layer, dropEligible)} ID: ${number(layer, id)}`
      : undefined,

  extra(layer, emit) {
    if (layer.has(4)) emitTrailer(layer, emit, loose.trailer, false);
  },

  examples: [
    {
      title: 'VLAN 30, IPv4 follows',
      hex: '201e 0800',
      fields: { 'vlan.priority': 1, 'vlan.dei': 0, 'vlan.id': 30, 'vlan.etype': 0x0800 },
    },
  ],
});

function number(layer: Layer, field: typeof id): number {
  return readUint(layer.frame, layer.start, field);
}
