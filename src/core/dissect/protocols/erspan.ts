import { u16, u32 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { type Field, flag, uint, type ValueNames } from '../field.js';
import type { Layer } from '../walk.js';

const typeThreeProtocol = 0x22eb;

const encapsulations: ValueNames = {
  0: 'Originally without VLAN tag',
  1: 'Originally ISL encapsulated',
  2: 'Originally 802.1Q encapsulated',
  3: 'VLAN tag preserved in frame',
};
const integrity: ValueNames = {
  0: 'Good or unknown integrity',
  1: 'Short frame',
  2: 'Oversized frame',
  3: 'CRC or alignment error',
};
const granularity: ValueNames = {
  0: '100 microseconds',
  1: '100 nanoseconds',
  2: 'IEEE 1588',
  3: 'Custom granularity',
};

const part = (name: string, text: string, at: number, mask: number, values?: ValueNames): Field =>
  uint(`erspan.${name}`, text, { at, bytes: 2, mask, ...(values && { values }) });
const long = (name: string, text: string, at: number, mask: number): Field =>
  uint(`erspan.${name}`, text, { at, bytes: 4, mask });
/** Parts of the platform specific header, which is eight bytes from where it stands. */
const platformPart = (name: string, text: string, mask = 0xffffffff): Field =>
  uint(`erspan.${name}`, text, { bytes: 4, mask, ...(mask === 0xffffffff && { pattern: false }) });

const versionOf = (layer: Layer): number => layer.u16(0) >> 12;
const isTwo = (layer: Layer): boolean => versionOf(layer) === 1;
const isThree = (layer: Layer): boolean => versionOf(layer) === 2;
const isKnown = (layer: Layer): boolean => isTwo(layer) || isThree(layer);
const when = (test: (layer: Layer) => boolean, field: Field): Field => ({ ...field, when: test });

const loose = {
  platform: uint('erspan.platid', 'Platform ID', { bytes: 4, mask: 0xfc000000 }),
  one: platformPart('pid1.rsvd1', 'Reserved', 0x03fff000),
  oneDomain: platformPart('pid1.vsmid', 'VSM Domain ID', 0x00000fff),
  onePort: platformPart('pid1.port_index', 'Port ID/Index'),
  three: platformPart('pid3.rsvd1', 'Reserved', 0x03ffc000),
  threePort: platformPart('pid3.port_index', 'Port ID/Index', 0x00003fff),
  threeTime: platformPart('pid3.timestamp', 'Upper 32-bit Timestamp'),
  four: platformPart('pid4.rsvd1', 'Reserved', 0x03ffc000),
  fourRest: platformPart('pid4.rsvd2', 'Reserved', 0x00003fff),
  fourSecond: platformPart('pid4.rsvd3', 'Reserved'),
  fiveSwitch: platformPart('pid5.switchid', 'Switch ID', 0x03ff0000),
  fivePort: platformPart('pid5.port_index', 'Port ID/Index', 0x0000ffff),
  fiveTime: platformPart('pid5.timestamp', 'Timestamp (seconds)'),
  seven: platformPart('pid7.rsvd1', 'Reserved', 0x03f00000),
  sevenSource: platformPart('pid7.source_index', 'Source Index', 0x000fffff),
  sevenTime: platformPart('pid7.timestamp', 'Upper 32-bit Timestamp'),
};

/** The two words of the platform specific header, by platform. */
const platforms: Readonly<Record<number, readonly [first: readonly Field[], second: Field]>> = {
  1: [[loose.one, loose.oneDomain], loose.onePort],
  3: [[loose.three, loose.threePort], loose.threeTime],
  4: [[loose.four, loose.fourRest], loose.fourSecond],
  5: [[loose.fiveSwitch, loose.fivePort], loose.fiveTime],
  6: [[loose.fiveSwitch, loose.fivePort], loose.fiveTime],
  7: [[loose.seven, loose.sevenSource], loose.sevenTime],
};

/** Frames that a switch mirrors over GRE: type I (no header), II, and III with time stamps. */
export const erspan = defineDissector({
  id: 'erspan',
  title: 'Encapsulated Remote Switch Packet ANalysis',
  column: 'ERSPAN',
  spec: 'https://datatracker.ietf.org/doc/html/draft-foschiano-erspan-03',
  claims: [{ table: 'gre.proto', keys: [0x88be, typeThreeProtocol] }],
  fields: {
    version: part('version', 'Version', 0, 0xf000, { 1: 'Type II', 2: 'Type III' }),
    vlan: when(isKnown, part('vlan', 'Vlan', 0, 0x0fff)),
    cos: when(isKnown, part('cos', 'COS', 2, 0xe000)),
    encapsulation: when(isTwo, part('encap', 'Encap', 2, 0x1800, encapsulations)),
    integrity: when(isThree, part('bso', 'Bad/Short/Oversized', 2, 0x1800, integrity)),
    truncated: when(
      isKnown,
      part('truncated', 'Truncated', 2, 0x0400, { 0: 'Not truncated', 1: 'Truncated' }),
    ),
    session: when(isKnown, part('spanid', 'SpanID', 2, 0x03ff)),
    reserved: when(isTwo, long('reserved', 'Reserved', 4, 0xfff00000)),
    index: when(isTwo, long('index', 'Index', 4, 0x000fffff)),
    timestamp: uint('erspan.timestamp', 'Timestamp', { at: 4, bytes: 4, when: isThree }),
    securityGroup: uint('erspan.sgt', 'Security Group Tag', { at: 8, bytes: 2, when: isThree }),
    hasEthernet: when(isThree, part('p', 'Has Ethernet PDU', 10, 0x8000)),
    frameType: when(isThree, part('ft', 'Frame Type', 10, 0x7c00, { 0: 'Ethernet', 2: 'IP' })),
    hardware: when(isThree, part('hw', 'Hardware ID', 10, 0x03f0)),
    direction: flag('erspan.direction', 'Direction', {
      at: 10,
      bytes: 2,
      mask: 0x0008,
      values: { 0: 'Ingress', 1: 'Egress' },
      when: isThree,
    }),
    granularity: when(isThree, part('gra', 'Timestamp granularity', 10, 0x0006, granularity)),
    hasPlatform: when(isThree, part('o', 'Optional Sub headers', 10, 0x0001)),
  },
  loose,

  measure(walk) {
    const { start, frame } = walk;
    // Type I has no header; GRE then carries no sequence number either (bit 0x1000 of its flags).
    const isTypeOne =
      start >= 4 && u16(frame, start - 2) !== typeThreeProtocol && u32(frame, start - 4) === 0x000088be;
    if (isTypeOne) {
      if (walk.header(0)) walk.nextIs('eth');
      return;
    }
    if (!walk.header(4)) return;
    const version = walk.u16(0) >> 12;
    if (version !== 1 && version !== 2) {
      walk.whole();
      return;
    }
    if (!walk.header(version === 1 ? 8 : 12)) return;
    if (version === 2 && walk.u16(10) & 1 && !walk.header(20)) return;
    const frameType = version === 2 ? (walk.u16(10) >> 10) & 0x1f : 0;
    if (frameType === 0) walk.nextIs('eth');
    else if (frameType === 2) walk.nextIs('ip');
    else walk.nextIsData();
  },

  info: () => 'ERSPAN:',
  heading(layer) {
    if (layer.end === layer.start) return ' Type I';
    if (isTwo(layer)) return ' Type II';
    return isThree(layer) ? ' Type III' : ' Unknown';
  },

  extra(layer, emit) {
    if (isThree(layer) && layer.has(20) && layer.u16(10) & 1) emitPlatform(layer, emit, layer.start + 12);
  },

  examples: [
    {
      title: 'type II: VLAN 101, session 1',
      hex: '1065 c001 00084065',
      fields: { 'erspan.version': 1, 'erspan.vlan': 101, 'erspan.cos': 6, 'erspan.index': 0x84065 },
    },
    {
      title: 'type III with the header of a platform',
      hex: '2065 0001 00000010 0000 8007 0c000002 00000009',
      fields: {
        'erspan.version': 2,
        'erspan.timestamp': 16,
        'erspan.gra': 3,
        'erspan.platid': 3,
        'erspan.pid3.port_index': 2,
        'erspan.pid3.timestamp': 9,
      },
    },
  ],
});

function emitPlatform(layer: Layer, emit: Emit, at: number): void {
  emit.add(loose.platform, at, 4);
  const parts = platforms[u32(layer.frame, at) >>> 26];
  if (!parts) return;
  for (const field of parts[0]) emit.add(field, at, 4);
  emit.add(parts[1], at + 4, 4);
}
