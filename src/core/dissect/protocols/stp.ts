import { macText } from '../../base/addresses.js';
import { u16 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { ether, type Field, flag, label, uint, yesOrNo } from '../field.js';
import { hexNumber } from '../fieldText.js';
import type { Layer } from '../walk.js';

const configuration = 0x00;
const rapid = 0x02;
const topologyChange = 0x80;
const types: Readonly<Record<number, string>> = {
  [configuration]: 'Configuration',
  [rapid]: 'Rapid/Multiple Spanning Tree',
  [topologyChange]: 'Topology Change Notification',
};
const versions: Readonly<Record<number, string>> = {
  0: 'Spanning Tree',
  2: 'Rapid Spanning Tree',
  3: 'Multiple Spanning Tree',
  4: 'Shortest Path Tree',
};
const versionWords: Readonly<Record<number, string>> = { 2: 'RST', 3: 'MST', 4: 'SPT' };
const portRoles: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Alternate or Backup',
  2: 'Root',
  3: 'Designated',
};

const hasTree = (layer: Layer): boolean => layer.u8(3) === configuration || layer.u8(3) === rapid;
const isRapid = (layer: Layer): boolean => layer.u8(3) === rapid;
/** Cisco's spanning trees of VLANs name theirs behind the message. */
const isPerVlan = (layer: Layer): boolean => layer.before('llc')?.u8(0) === 0xaa;

const bit = (name: string, text: string, mask: number, when = isRapid): Field =>
  flag(`stp.flags.${name}`, text, { at: 4, bytes: 1, mask, values: yesOrNo, when });

/** The sixteen bits before a bridge's address: four of priority, twelve of what tells its trees apart. */
function bridge(name: string, text: string, at: number): Field {
  return label('', `${text} Identifier`, {
    at,
    bytes: 8,
    when: hasTree,
    text: (_, { layer }) => `${text} Identifier: ${bridgeText(layer, at)}`,
    children: {
      priority: uint(`stp.${name}.prio`, `${text} Bridge Priority`.replace('Bridge Bridge', 'Bridge'), {
        at,
        bytes: 1,
        mask: 0xf0,
        scale: 4096,
        pattern: false,
      }),
      extension: uint(
        `stp.${name}.ext`,
        `${text} Bridge System ID Extension`.replace('Bridge Bridge', 'Bridge'),
        { at, bytes: 2, mask: 0x0fff, pattern: false },
      ),
      address: ether(`stp.${name}.hw`, `${text} Bridge System ID`.replace('Bridge Bridge', 'Bridge'), {
        at: at + 2,
      }),
    },
  });
}

function bridgeText({ frame, start }: Layer, at: number): string {
  const word = u16(frame, start + at);
  return `${word & 0xf000} / ${word & 0x0fff} / ${macText(frame, start + at + 2)}`;
}

/** Times count 1/256 seconds. */
const seconds = (name: string, text: string, at: number): Field =>
  uint(name, text, {
    at,
    bytes: 2,
    when: hasTree,
    compute: (layer) => Number((layer.u16(at) / 256).toPrecision(6)),
    text: (value) => String(value),
  });

const loose = {
  originating: label('', 'Originating VLAN', { text: (value) => String(value) }),
  recordType: uint('stp.pvst.tlvtype', 'Type', { show: 'hex', values: { 0: 'Originating VLAN' } }),
  recordLength: uint('stp.pvst.tlvlen', 'Length'),
  vlan: uint('stp.pvst.origvlan', 'Originating VLAN'),
};

/** Spanning tree: configuration, topology change, rapid; multiple spanning tree as far as the rapid part goes. */
export const stp = defineDissector({
  id: 'stp',
  title: 'Spanning Tree Protocol',
  column: 'STP',
  spec: 'https://standards.ieee.org/ieee/802.1D/3387/',
  claims: [
    { table: 'llc.dsap', keys: [0x42] },
    { table: 'llc.cisco_pid', keys: [0x0108, 0x0109, 0x010b, 0x010c] },
    { table: 'ethertype', keys: [0x8181] },
  ],
  fields: {
    protocol: uint('stp.protocol', 'Protocol Identifier', {
      at: 0,
      bytes: 2,
      show: 'hex',
      values: { 0: 'Spanning Tree Protocol' },
    }),
    version: uint('stp.version', 'Protocol Version Identifier', { at: 2, bytes: 1, values: versions }),
    type: uint('stp.type', 'BPDU Type', { at: 3, bytes: 1, show: 'hex', values: types }),
    flags: uint('stp.flags', 'BPDU flags', {
      at: 4,
      bytes: 1,
      show: 'hex',
      when: hasTree,
      note: (value, { layer }) => flagsNote(Number(value), isRapid(layer)),
      children: {
        acknowledged: bit('tcack', 'Topology Change Acknowledgment', 0x80, hasTree),
        agreement: bit('agreement', 'Agreement', 0x40),
        forwarding: bit('forwarding', 'Forwarding', 0x20),
        learning: bit('learning', 'Learning', 0x10),
        role: uint('stp.flags.port_role', 'Port Role', {
          at: 4,
          bytes: 1,
          mask: 0x0c,
          values: portRoles,
          when: isRapid,
        }),
        proposal: bit('proposal', 'Proposal', 0x02),
        change: bit('tc', 'Topology Change', 0x01, hasTree),
      },
    }),
    root: bridge('root', 'Root', 5),
    cost: uint('stp.root.cost', 'Root Path Cost', { at: 13, bytes: 4, when: hasTree }),
    bridge: bridge('bridge', 'Bridge', 17),
    port: uint('stp.port', 'Port identifier', { at: 25, bytes: 2, show: 'hex', when: hasTree }),
    messageAge: seconds('stp.msg_age', 'Message Age', 27),
    maximumAge: seconds('stp.max_age', 'Max Age', 29),
    hello: seconds('stp.hello', 'Hello Time', 31),
    forwardDelay: seconds('stp.forward', 'Forward Delay', 33),
    version1Length: uint('stp.version_1_length', 'Version 1 Length', { at: 35, bytes: 1, when: isRapid }),
  },
  loose,

  measure(walk) {
    if (!walk.header(4)) return;
    const type = walk.u8(3);
    if (type === topologyChange || (type !== configuration && type !== rapid)) return;
    if (walk.header(type === rapid ? 36 : 35)) walk.whole();
  },

  info(layer) {
    if (!layer.has(4)) return undefined;
    const type = layer.u8(3);
    if (type === topologyChange) return types[type];
    if (!hasTree(layer)) return `Unknown BPDU type (${type})`;
    if (!layer.has(35)) return undefined;
    const word = type === rapid ? (versionWords[layer.u8(2)] ?? 'RST') : 'Conf';
    const change = layer.u8(4) & 1 ? 'TC + ' : '';
    const root = bridgeText(layer, 5).replaceAll(' ', '');
    return `${word}. ${change}Root = ${root}  Cost = ${layer.u32(13)}  Port = ${hexNumber(layer.u16(25), 4)}`;
  },

  extra(layer, emit) {
    if (isPerVlan(layer)) emitVlan(layer, emit);
  },

  examples: [
    {
      title: 'rapid, proposing',
      hex: '0000 02 02 0e 8001001906eab880 00000000 8001001906eab880 800c 0000 1400 0200 0f00 00',
      fields: {
        'stp.flags.port_role': 3,
        'stp.root.prio': 32768,
        'stp.root.ext': 1,
        'stp.root.hw': '00:19:06:ea:b8:80',
        'stp.hello': 2,
      },
      info: 'RST. Root = 32768/1/00:19:06:ea:b8:80  Cost = 0  Port = 0x800c',
    },
    {
      title: 'topology change',
      hex: '0000 00 80',
      fields: { 'stp.type': 0x80 },
      info: 'Topology Change Notification',
    },
  ],
});

function flagsNote(value: number, rapidly: boolean): string {
  const words = [
    value & 0x80 ? 'Topology Change Acknowledgment' : '',
    rapidly && value & 0x40 ? 'Agreement' : '',
    rapidly && value & 0x20 ? 'Forwarding' : '',
    rapidly && value & 0x10 ? 'Learning' : '',
    rapidly && value & 0x0c ? `Port Role: ${portRoles[(value >> 2) & 3] ?? ''}` : '',
    rapidly && value & 0x02 ? 'Proposal' : '',
    value & 0x01 ? 'Topology Change' : '',
  ];
  return words.map((word) => (word === '' ? '' : `, ${word}`)).join('');
}

/** Behind the message, at its next even place: type 0, length 2, the number. */
function emitVlan(layer: Layer, emit: Emit): void {
  const { frame, start, end } = layer;
  const at = start + 36;
  if (at + 6 > end || u16(frame, at) !== 0 || u16(frame, at + 2) !== 2) return;
  const text = `Originating VLAN (PVID): ${u16(frame, at + 4)}`;
  if (!emit.open(loose.originating, at, 6, text)) return;
  emit.add(loose.recordType, at, 2);
  emit.add(loose.recordLength, at + 2, 2);
  emit.add(loose.vlan, at + 4, 2);
  emit.close();
}
