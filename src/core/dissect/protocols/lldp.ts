import { ipv4Text, macText } from '../../base/addresses.js';
import { u16, u24, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, ether, type Field, type FieldSet, flag, ipv4, ipv6, label, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const types: Readonly<Record<number, string>> = {
  0: 'End of LLDPDU',
  1: 'Chassis Id',
  2: 'Port Id',
  3: 'Time to Live',
  4: 'Port Description',
  5: 'System Name',
  6: 'System Description',
  7: 'System Capabilities',
  8: 'Management Address',
  127: 'Organization Specific',
};
const kind = {
  end: 0,
  chassis: 1,
  port: 2,
  life: 3,
  portDescription: 4,
  systemName: 5,
  systemDescription: 6,
  capabilities: 7,
  management: 8,
  organization: 127,
} as const;

/** What an identifier is: its name, and how the packet list writes it. */
type Subtypes = Readonly<Record<number, readonly [name: string, word: string]>>;
const chassisSubtypes: Subtypes = {
  0: ['Reserved', ''],
  1: ['Chassis component', 'CC'],
  2: ['Interface alias', 'IA'],
  3: ['Port component', 'PC'],
  4: ['MAC address', 'MA'],
  5: ['Network address', 'NA'],
  6: ['Interface name', 'IN'],
  7: ['Locally assigned', 'LA'],
};
const portSubtypes: Subtypes = {
  0: ['Reserved', ''],
  1: ['Interface alias', 'IA'],
  2: ['Port component', 'PC'],
  3: ['MAC address', 'MA'],
  4: ['Network address', 'NA'],
  5: ['Interface name', 'IN'],
  6: ['Agent circuit Id', 'AC'],
  7: ['Locally assigned', 'LA'],
};
const names = (subtypes: Subtypes) => (value: number) => subtypes[value]?.[0];

const capabilityBits: readonly (readonly [name: string, text: string])[] = [
  ['other', 'Other'],
  ['repeater', 'Repeater'],
  ['bridge', 'Bridge'],
  ['wlan_access_pt', 'WLAN access point'],
  ['router', 'Router'],
  ['telephone', 'Telephone'],
  ['docsis_cable_device', 'DOCSIS cable device'],
  ['station_only', 'Station only'],
];
const capabilities = (name: string, text: string): Field =>
  uint(`lldp.tlv.${name}`, text, {
    bytes: 2,
    show: 'hex',
    children: Object.fromEntries(
      capabilityBits.map(([bit, words], index) => [
        bit,
        flag(`lldp.tlv.${name}.${bit}`, words, {
          at: 0,
          bytes: 2,
          mask: 1 << index,
          values: { 0: 'Not capable', 1: 'Capable' },
        }),
      ]),
    ) satisfies FieldSet,
  });

const addressFamilies: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6', 6: '802' };
const interfaceSubtypes: Readonly<Record<number, string>> = {
  1: 'Unknown',
  2: 'ifIndex',
  3: 'System port number',
};
const organizations: Readonly<Record<number, string>> = {
  0x0080c2: 'IEEE',
  0x00120f: 'Ieee 802.3',
  0x0012bb: 'TIA',
};
const ieee8021 = 0x0080c2;
const ieee8023 = 0x00120f;
const portVlan = 1;

const loose = {
  tlv: label('', 'TLV', { text: (value) => String(value) }),
  type: uint('lldp.tlv.type', 'TLV Type', { mask: 0xfe00, values: types }),
  length: uint('lldp.tlv.len', 'TLV Length', { mask: 0x01ff }),
  chassisSubtype: uint('lldp.chassis.subtype', 'Chassis Id Subtype', { values: names(chassisSubtypes) }),
  chassisMac: ether('lldp.chassis.id.mac', 'Chassis Id'),
  chassisIpv4: ipv4('lldp.chassis.id.ip4', 'Chassis Id'),
  chassisIpv6: ipv6('lldp.chassis.id.ip6', 'Chassis Id'),
  chassisId: bytes('lldp.chassis.id', 'Chassis Id'),
  portSubtype: uint('lldp.port.subtype', 'Port Id Subtype', { values: names(portSubtypes) }),
  portMac: ether('lldp.port.id.mac', 'Port Id'),
  portIpv4: ipv4('lldp.port.id.ip4', 'Port Id'),
  portIpv6: ipv6('lldp.port.id.ip6', 'Port Id'),
  portId: string('lldp.port.id', 'Port Id'),
  family: uint('lldp.network_address.subtype', 'Network Address family', { values: addressFamilies }),
  life: uint('lldp.time_to_live', 'Seconds'),
  portDescription: string('lldp.port.desc', 'Port Description'),
  systemName: string('lldp.tlv.system.name', 'System Name'),
  systemDescription: string('lldp.tlv.system.desc', 'System Description', {
    text: (value) => onOneLine(String(value)),
  }),
  capabilities: capabilities('system_cap', 'Capabilities'),
  enabled: capabilities('enable_system_cap', 'Enabled Capabilities'),
  addressLength: uint('lldp.mgn.address.len', 'Address String Length'),
  addressFamily: uint('lldp.mgn.address.subtype', 'Address Subtype', { values: addressFamilies }),
  address4: ipv4('lldp.mgn.addr.ip4', 'Management Address'),
  address6: ipv6('lldp.mgn.addr.ip6', 'Management Address'),
  address: bytes('lldp.mgn.addr.hex', 'Management Address'),
  interfaceSubtype: uint('lldp.mgn.interface.subtype', 'Interface Subtype', { values: interfaceSubtypes }),
  interfaceNumber: uint('lldp.mgn.interface.number', 'Interface Number'),
  objectLength: uint('lldp.mgn.obj.len', 'OID String Length'),
  organization: uint('lldp.orgtlv.oui', 'Organization Unique Code', {
    text: (value) =>
      `${Number(value)
        .toString(16)
        .padStart(6, '0')
        .replace(/(..)(..)(..)/, '$1:$2:$3')} (${organizations[Number(value)] ?? 'Unknown'})`,
  }),
  subtype8021: uint('lldp.ieee.802_1.subtype', 'IEEE 802.1 Subtype', { show: 'hex' }),
  subtype8023: uint('lldp.ieee.802_3.subtype', 'IEEE 802.3 Subtype', { show: 'hex' }),
  vlan: uint('lldp.ieee.802_1.port_vlan.id', 'Port VLAN Identifier', { show: 'dec-hex' }),
};

/** Who the neighbour at the other end of a cable is. */
export const lldp = defineDissector({
  id: 'lldp',
  title: 'Link Layer Discovery Protocol',
  column: 'LLDP',
  spec: 'https://standards.ieee.org/ieee/802.1AB/6047/',
  claims: [{ table: 'ethertype', keys: [0x88cc] }],
  fields: {},
  loose,

  measure(walk) {
    const end = walk.limit - walk.start;
    for (let at = 0; at + 2 <= end;) {
      if (!walk.header(at + 2)) return;
      const word = walk.u16(at);
      if (!walk.header(at + 2 + (word & 0x1ff))) return;
      at += 2 + (word & 0x1ff);
      // What lies behind the end is padding.
      if (word >> 9 === kind.end) {
        walk.bound(at);
        return;
      }
    }
  },

  info(layer) {
    let text = '';
    for (const [at, type, length] of recordsOf(layer)) text += infoOf(layer, at + 2, type, length);
    return text === '' ? undefined : text.trimEnd();
  },

  extra(layer, emit) {
    for (const [at, type, length] of recordsOf(layer)) emitRecord(layer, emit, at, type, length);
  },

  examples: [
    {
      title: 'a switch port',
      hex: '0207 04 020000000001 0404 05 657468 0602 0078 0a02 7331 0000',
      fields: {
        'lldp.chassis.id.mac': '02:00:00:00:00:01',
        'lldp.port.id': 'eth',
        'lldp.time_to_live': 120,
        'lldp.tlv.system.name': 's1',
      },
      info: 'MA/02:00:00:00:00:01 IN/eth 120 SysN=s1',
    },
    {
      title: 'a bridge, its VLAN and its address',
      hex: '0e04 0014 0004 fe06 0080c2 01 000a 100c 05 01 0a000001 02 00000003 00 0000',
      fields: {
        'lldp.tlv.system_cap.router': 1,
        'lldp.tlv.enable_system_cap.router': 0,
        'lldp.ieee.802_1.port_vlan.id': 10,
        'lldp.mgn.addr.ip4': '10.0.0.1',
        'lldp.mgn.interface.number': 3,
      },
    },
  ],
});

function* recordsOf({
  frame,
  start,
  end,
}: Layer): Generator<readonly [at: number, type: number, length: number]> {
  for (let at = start; at + 2 <= end;) {
    const word = u16(frame, at);
    const length = word & 0x1ff;
    if (at + 2 + length > end) return;
    yield [at, word >> 9, length];
    if (word >> 9 === kind.end) return;
    at += 2 + length;
  }
}

const utf8 = new TextDecoder('utf-8');
/** Text as it is sent, with its line ends; other control characters are shown as the replacement sign. */
const linesAt = ({ frame }: Layer, at: number, length: number): string =>
  utf8
    .decode(frame.subarray(at, at + length))
    .replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');
const onOneLine = (text: string): string => text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
const textAt = (layer: Layer, at: number, length: number): string => onOneLine(linesAt(layer, at, length));

/** An identifier, whose first byte says what it is. */
function identifier(layer: Layer, at: number, type: number, length: number): string {
  const { frame } = layer;
  const subtype = u8(frame, at);
  const isMac = subtype === (type === kind.chassis ? 4 : 3);
  const isNetwork = subtype === (type === kind.chassis ? 5 : 4);
  if (isMac && length === 7) return macText(frame, at + 1);
  if (isNetwork && length === 6) return ipv4Text(frame, at + 2);
  return textAt(layer, at + 1, length - 1);
}

function infoOf(layer: Layer, at: number, type: number, length: number): string {
  switch (type) {
    case kind.chassis:
    case kind.port: {
      if (length < 2) return '';
      const words = (type === kind.chassis ? chassisSubtypes : portSubtypes)[u8(layer.frame, at)]?.[1] ?? '';
      return `${words}/${identifier(layer, at, type, length)} `;
    }
    case kind.life:
      return length === 2 ? `${u16(layer.frame, at)} ` : '';
    case kind.systemName:
      return `SysN=${textAt(layer, at, length)} `;
    case kind.systemDescription:
      return `SysD=${textAt(layer, at, length)} `;
    default:
      return '';
  }
}

function emitRecord(layer: Layer, emit: Emit, at: number, type: number, length: number): void {
  const { frame } = layer;
  const value = at + 2;
  const title = types[type] ?? 'Unknown';
  const isText = type >= kind.portDescription && type <= kind.systemDescription;
  const text = isText ? ` = ${textAt(layer, value, length)}` : '';
  if (!emit.open(loose.tlv, at, 2 + length, title + text)) return;
  emit.add(loose.type, at, 2);
  emit.add(loose.length, at, 2);
  if (type === kind.chassis && length >= 2) {
    emit.add(loose.chassisSubtype, value, 1);
    emitIdentifier(frame, emit, value, length, 4, [
      loose.chassisMac,
      loose.chassisIpv4,
      loose.chassisIpv6,
      loose.chassisId,
    ]);
  } else if (type === kind.port && length >= 2) {
    emit.add(loose.portSubtype, value, 1);
    emitIdentifier(frame, emit, value, length, 3, [
      loose.portMac,
      loose.portIpv4,
      loose.portIpv6,
      loose.portId,
    ]);
  } else if (type === kind.life && length >= 2) emit.add(loose.life, value, 2);
  else if (type === kind.portDescription) emit.add(loose.portDescription, value, length);
  else if (type === kind.systemName) emit.add(loose.systemName, value, length);
  else if (type === kind.systemDescription)
    emit.add(loose.systemDescription, value, length, linesAt(layer, value, length));
  else if (type === kind.capabilities && length >= 4) {
    emit.add(loose.capabilities, value, 2);
    emit.add(loose.enabled, value + 2, 2);
  } else if (type === kind.management && length >= 2) emitManagement(frame, emit, value, value + length);
  else if (type === kind.organization && length >= 4) emitOrganization(frame, emit, value, length);
  emit.close();
}

/** `mac` is the subtype for Ethernet addresses; the next one is for those of networks. */
function emitIdentifier(
  frame: Uint8Array,
  emit: Emit,
  at: number,
  length: number,
  mac: number,
  [macField, ipv4Field, ipv6Field, other]: readonly [Field, Field, Field, Field],
): void {
  const subtype = u8(frame, at);
  const network = subtype === mac + 1 ? u8(frame, at + 1) : 0;
  if (subtype === mac + 1) emit.add(loose.family, at + 1, 1);
  if (subtype === mac && length === 7) emit.add(macField, at + 1, 6);
  else if (network === 1 && length === 6) emit.add(ipv4Field, at + 2, 4);
  else if (network === 2 && length === 18) emit.add(ipv6Field, at + 2, 16);
  else emit.add(other, at + 1, length - 1);
}

function emitManagement(frame: Uint8Array, emit: Emit, at: number, end: number): void {
  const length = u8(frame, at);
  const family = u8(frame, at + 1);
  emit.add(loose.addressLength, at, 1);
  emit.add(loose.addressFamily, at + 1, 1);
  const behind = at + 1 + length;
  if (length < 2 || behind + 6 > end) return;
  const field =
    family === 1 && length === 5
      ? loose.address4
      : family === 2 && length === 17
        ? loose.address6
        : loose.address;
  emit.add(field, at + 2, length - 1);
  emit.add(loose.interfaceSubtype, behind, 1);
  emit.add(loose.interfaceNumber, behind + 1, 4);
  emit.add(loose.objectLength, behind + 5, 1);
}

function emitOrganization(frame: Uint8Array, emit: Emit, at: number, length: number): void {
  const code = u24(frame, at);
  const subtype = u8(frame, at + 3);
  emit.add(loose.organization, at, 3);
  if (code === ieee8021) emit.add(loose.subtype8021, at + 3, 1);
  if (code === ieee8023) emit.add(loose.subtype8023, at + 3, 1);
  if (code === ieee8021 && subtype === portVlan && length >= 6) emit.add(loose.vlan, at + 4, 2);
}
