import { defineDissector } from '../dissector.js';
import { bytes, readUint, uint } from '../field.js';
import { etherTypes } from '../values/etherTypes.js';
import { emitTrailer, trailerFields } from './trailer.js';

const id = uint('ieee8021ad.id', 'ID', { at: 0, bytes: 2, mask: 0x0fff });
const loose = { ...trailerFields, trailer: bytes('ieee8021ah.trailer', 'Trailer') };

/** Outer tag of a provider bridge (Q-in-Q). Wireshark gives it field names of its own, not those of `vlan`. */
export const ieee8021ad = defineDissector({
  id: 'ieee8021ad',
  title: 'IEEE 802.1ad',
  column: '802.1ad',
  prefix: 'ieee8021a',
  spec: 'https://standards.ieee.org/ieee/802.1Q/10323/',
  claims: [{ table: 'ethertype', keys: [0x88a8] }],
  fields: {
    priority: uint('ieee8021ad.priority', 'Priority', {
      at: 0,
      bytes: 1,
      mask: 0xe0,
      pattern: { width: 16, mask: 0xe000 },
    }),
    dropEligible: uint('ieee8021ad.dei', 'DEI', {
      at: 0,
      bytes: 1,
      mask: 0x10,
      pattern: { width: 16, mask: 0x1000 },
    }),
    id,
    type: uint('ieee8021ah.etype', 'Type', { at: 2, bytes: 2, show: 'hex', values: etherTypes }),
  },
  loose,

  measure(walk) {
    if (walk.header(4)) walk.nextBy('ethertype', walk.u16(2));
  },

  heading: (layer) => (layer.has(2) ? `, ID: ${readUint(layer.frame, layer.start, id)}` : ''),
  info: (layer) =>
    layer.has(2)
      ? `PRI: ${layer.u8(0) >> 5}  DROP: ${(layer.u8(0) >> 4) & 1}  ID: ${readUint(layer.frame, layer.start, id)}`
      : undefined,

  extra(layer, emit) {
    if (layer.has(4)) emitTrailer(layer, emit, loose.trailer, false);
  },

  examples: [
    {
      title: 'service VLAN 100, a customer tag follows',
      hex: '2064 8100',
      fields: {
        'ieee8021ad.priority': 1,
        'ieee8021ad.dei': 0,
        'ieee8021ad.id': 100,
        'ieee8021ah.etype': 0x8100,
      },
    },
  ],
});
