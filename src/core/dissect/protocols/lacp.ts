/** Link aggregation, and the slow protocols it is one of. */
import { macText } from '../../base/addresses.js';
import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import {
  bytes,
  ether,
  type Field,
  type FieldSet,
  flag,
  string,
  uint,
  type ValueNames,
  yesOrNo,
} from '../field.js';

const subtypes: Readonly<Record<number, string>> = {
  1: 'LACP',
  2: 'Marker Protocol',
  3: 'OAM',
  10: 'Organization Specific Slow Protocol',
};
const aggregation = 1;

/** The byte in front of every slow protocol. */
export const slow = defineDissector({
  id: 'slow',
  title: 'Slow Protocols',
  column: 'Slow Protocols',
  spec: 'https://standards.ieee.org/ieee/802.1AX/6768/',
  claims: [{ table: 'ethertype', keys: [0x8809] }],
  fields: {
    subtype: uint('slow.subtype', 'Slow Protocols subtype', {
      at: 0,
      bytes: 1,
      show: 'hex',
      values: subtypes,
    }),
  },
  measure(walk) {
    if (!walk.header(1)) return;
    if (walk.u8(0) === aggregation) walk.nextIs('lacp');
    else walk.nextIsData();
  },
  info: (layer) => (layer.has(1) ? (subtypes[layer.u8(0)] ?? 'Unknown') : undefined),
  examples: [{ title: 'link aggregation', hex: '01 01', fields: { 'slow.subtype': 1 }, info: 'LACP' }],
});

const tlvTypes: Readonly<Record<number, string>> = {
  0: 'Terminator',
  1: 'Actor Information',
  2: 'Partner Information',
  3: 'Collector Information',
};

const stateBits: readonly (readonly [name: string, text: string, values: ValueNames, letter: string])[] = [
  ['activity', 'LACP Activity', { 0: 'Passive', 1: 'Active' }, 'A'],
  ['timeout', 'LACP Timeout', { 0: 'Long Timeout', 1: 'Short Timeout' }, 'S'],
  ['aggregation', 'Aggregation', { 0: 'Individual', 1: 'Aggregatable' }, 'G'],
  ['synchronization', 'Synchronization', { 0: 'Out of Sync', 1: 'In Sync' }, 'S'],
  ['collecting', 'Collecting', { 0: 'Disabled', 1: 'Enabled' }, 'C'],
  ['distributing', 'Distributing', { 0: 'Disabled', 1: 'Enabled' }, 'D'],
  ['defaulted', 'Defaulted', yesOrNo, 'F'],
  ['expired', 'Expired', yesOrNo, 'E'],
];

/** One letter a bit, the highest first; a star for those that are not set. */
const stateText = (state: number): string =>
  stateBits
    .map(([, , , letter], bit) => (state & (1 << bit) ? letter : '*'))
    .reverse()
    .join('');

const tlv = (at: number, name: string): FieldSet => ({
  [`${name}Type`]: uint('lacp.tlv_type', 'TLV Type', { at, bytes: 1, show: 'hex', values: tlvTypes }),
  [`${name}Length`]: uint('lacp.tlv_length', 'TLV Length', { at: at + 1, bytes: 1, show: 'hex' }),
});

/** What one end says of itself, and what it holds of the other: the same fields. */
function end(side: 'actor' | 'partner', word: string, system: string, at: number): FieldSet {
  const name = (part: string): string => `lacp.${side}.${part}`;
  const number = (part: string, text: string, offset: number): Field =>
    uint(name(part), `${word} ${text}`, { at: at + offset, bytes: 2 });
  return {
    ...tlv(at, side),
    [`${side}Priority`]: number('sys_priority', 'System Priority', 2),
    [`${side}System`]: ether(name('sysid'), `${word} ${system}`, { at: at + 4 }),
    [`${side}Key`]: number('key', 'Key', 10),
    [`${side}PortPriority`]: number('port_priority', 'Port Priority', 12),
    [`${side}Port`]: number('port', 'Port', 14),
    [`${side}State`]: uint(name('state'), `${word} State`, {
      at: at + 16,
      bytes: 1,
      show: 'hex',
      note: (value) =>
        stateBits.map(([, text], bit) => (Number(value) & (1 << bit) ? `, ${text}` : '')).join(''),
      children: Object.fromEntries(
        stateBits.map(([part, text, values], bit) => [
          part,
          flag(name(`state.${part}`), text, { at: at + 16, bytes: 1, mask: 1 << bit, values }),
        ]),
      ),
    }),
    [`${side}Flags`]: string(name('state_str'), `${word} State Flags`, {
      at: at + 16,
      bytes: 1,
      compute: ({ frame, start }) => stateText(u8(frame, start + at + 16)),
    }),
    [`${side}Reserved`]: bytes(name('reserved'), 'Reserved', { at: at + 17, bytes: 3 }),
  };
}

const messageLength = 109;

/** Link aggregation control. */
export const lacp = defineDissector({
  id: 'lacp',
  title: 'Link Aggregation Control Protocol',
  column: 'LACP',
  spec: 'https://standards.ieee.org/ieee/802.1AX/6768/',
  claims: [],
  fields: {
    version: uint('lacp.version', 'LACP Version', { at: 0, bytes: 1, show: 'hex' }),
    ...end('actor', 'Actor', 'System ID', 1),
    ...end('partner', 'Partner', 'System', 21),
    ...tlv(41, 'collector'),
    delay: uint('lacp.collector.max_delay', 'Collector Max Delay', { at: 43, bytes: 2 }),
    collectorReserved: bytes('lacp.coll_reserved', 'Reserved', { at: 45, bytes: 12 }),
    ...tlv(57, 'terminator'),
    pad: bytes('lacp.pad', 'Pad', { at: 59, bytes: 50 }),
  },

  measure(walk) {
    walk.header(messageLength);
  },

  info(layer) {
    if (!layer.has(59)) return undefined;
    const side = (at: number): string =>
      `${macText(layer.frame, layer.start + at + 4)} P: ${layer.u16(at + 14)} K: ${layer.u16(at + 10)} ${stateText(layer.u8(at + 16))}`;
    return `v${layer.u8(0)} ACTOR ${side(1)} PARTNER ${side(21)}`;
  },

  examples: [
    {
      title: 'looking for a partner',
      hex: `01 01 14 ffff 000102030405 0600 0100 0101 3d 000000 02 14 ${'00'.repeat(18)} 03 10 0000 ${'00'.repeat(12)} 00 00 ${'00'.repeat(50)}`,
      fields: {
        'lacp.actor.sysid': '00:01:02:03:04:05',
        'lacp.actor.key': 0x600,
        'lacp.actor.state.synchronization': 1,
        'lacp.actor.state_str': '**DCSG*A',
        'lacp.tlv_type': 2,
      },
      info: 'v1 ACTOR 00:01:02:03:04:05 P: 257 K: 1536 **DCSG*A PARTNER 00:00:00:00:00:00 P: 0 K: 0 ********',
    },
  ],
});
