import { macText } from '../../base/addresses.js';
import { defineDissector } from '../dissector.js';
import { bytes, ether, type FieldSet, flag, uint, type ValueNames } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { etherTypes } from '../values/etherTypes.js';
import type { Layer } from '../walk.js';
import { emitTrailer, trailerFields } from './trailer.js';

const localOrGlobal: ValueNames = {
  0: 'Globally unique address (factory default)',
  1: 'Locally administered address (this is NOT the factory default)',
};
const groupOrOne: ValueNames = {
  0: 'Individual address (unicast)',
  1: 'Group address (multicast/broadcast)',
};

const addressParts = (side: 'dst' | 'src', at: number): FieldSet => ({
  address: ether('eth.addr', 'Address', { at }),
  local: flag(`eth.${side}.lg`, 'LG bit', {
    at,
    bytes: 3,
    mask: 0x020000,
    values: localOrGlobal,
    aliases: ['eth.lg'],
  }),
  group: flag(`eth.${side}.ig`, 'IG bit', {
    at,
    bytes: 3,
    mask: 0x010000,
    values: groupOrOne,
    aliases: ['eth.ig'],
  }),
});

const destination = ether('eth.dst', 'Destination', { at: 0, children: addressParts('dst', 0) });
const source = ether('eth.src', 'Source', { at: 6, children: addressParts('src', 6) });

/** Values of up to 1500 in the type field are a length (IEEE 802.3); the numbers in between are neither. */
const largestLength = 1500;
const smallestType = 1536;

const loose = {
  ...trailerFields,
  trailer: bytes('eth.trailer', 'Trailer'),
};

const typeOf = (layer: Layer): number => layer.u16(12);
const isNeither = (type: number): boolean => type > largestLength && type < smallestType;

/**
 * Ethernet II, and IEEE 802.3 frames with a length. What lies behind the payload is told apart as Wireshark does:
 * zeros up to 60 bytes are padding; of the rest, the last four bytes of a frame of 64 or more are taken for the frame
 * check sequence.
 */
export const eth = defineDissector({
  id: 'eth',
  title: 'Ethernet',
  column(layer) {
    const type = typeOf(layer);
    if (!layer.has(14) || isNeither(type)) return 'Ethernet';
    if (type <= largestLength) return 'LLC';
    return etherTypes[type] === undefined ? hexNumber(type, 4) : 'Ethernet';
  },
  spec: 'https://standards.ieee.org/ieee/802.3/10422/',
  claims: [
    { table: 'link', keys: [1] },
    { table: 'ethertype', keys: [0x6558] },
    { table: 'gre.proto', keys: [0x6400, 0x6558] },
  ],
  fields: {
    destination,
    source,
    type: uint('eth.type', 'Type', {
      at: 12,
      bytes: 2,
      show: 'hex',
      values: etherTypes,
      when: (layer) => typeOf(layer) >= smallestType,
    }),
    length: uint('eth.len', 'Length', { at: 12, bytes: 2, when: (layer) => typeOf(layer) <= largestLength }),
    invalid: uint('eth.invalid_lentype', 'Invalid length/type', {
      at: 12,
      bytes: 2,
      show: 'hex-dec',
      problem: () => true,
      when: (layer) => isNeither(typeOf(layer)),
    }),
  },
  loose,
  aliases: { 'eth.addr': [destination, source] },
  source,
  destination,

  measure(walk) {
    if (!walk.header(14)) return;
    const type = walk.u16(12);
    if (type >= smallestType) walk.nextBy('ethertype', type);
    else if (type <= largestLength) {
      walk.payloadEnds(14 + type);
      walk.nextIs('llc');
    } else walk.nextIsData();
  },

  heading(layer) {
    const kind = typeOf(layer) >= smallestType ? ' II' : '';
    if (!layer.has(12)) return '';
    const { frame, start } = layer;
    return `${typeOf(layer) <= largestLength ? '' : kind}, Src: ${macText(frame, start + 6)}, Dst: ${macText(frame, start)}`;
  },

  info(layer) {
    if (!layer.has(14)) return undefined;
    const type = typeOf(layer);
    if (isNeither(type)) return `Ethernet Unknown: Invalid length/type: ${hexNumber(type, 4)} (${type})`;
    return etherTypes[type] ?? 'Ethernet II';
  },

  extra(layer, emit) {
    emitTrailer(layer, emit, loose.trailer);
  },

  examples: [
    {
      title: 'IPv4 between two locally administered addresses',
      hex: 'c66d95cd34a2 42eff87a9ef7 0800',
      fields: {
        'eth.dst': 'c6:6d:95:cd:34:a2',
        'eth.src': '42:ef:f8:7a:9e:f7',
        'eth.type': 0x0800,
        'eth.dst.lg': 1,
        'eth.src.ig': 0,
      },
    },
    {
      title: '802.3 frame with a length',
      hex: '0180c2000000 001c0e877885 0026',
      fields: { 'eth.len': 38, 'eth.dst.ig': 1 },
    },
  ],
});
