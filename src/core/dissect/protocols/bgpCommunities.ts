/** Tags of routes: communities (RFC 1997), large ones (RFC 8092), and extended ones (RFC 4360) with types of their own. */
import { ipv4Text, macText } from '../../base/addresses.js';
import { u16, u24, u32, u8 } from '../../base/bytes.js';
import { counted } from '../../base/words.js';
import type { FieldCursor } from '../fieldCursor.js';
import { ether, type Field, flag, ipv4, label, nameOf, uint, type ValueNames, yesOrNo } from '../field.js';
import { declared } from '../shapes.js';
import { tunnelTypeNames } from '../values/bgpNames.js';

const path = 'bgp.update.path_attribute';

const wellKnown: Readonly<Record<number, string>> = {
  0xffff0000: 'GRACEFUL_SHUTDOWN',
  0xffff0001: 'ACCEPT_OWN',
  0xffff029a: 'BLACKHOLE',
  0xffffff01: 'NO_EXPORT',
  0xffffff02: 'NO_ADVERTISE',
  0xffffff03: 'NO_EXPORT_SUBCONFED',
  0xffffff04: 'NOPEER',
};

const plain = {
  list: label(`${path}.communities`, 'Communities', {
    text: (_, { layer: { frame }, at, length }) => `Communities: ${communityWords(frame, at, at + length)}`,
  }),
  community: label(`${path}.community`, 'Community', {
    text: (_, { layer: { frame }, at }) => `Community: ${communityText(frame, at)}`,
  }),
  wellKnown: uint(`${path}.community_wellknown`, 'Community Well-known', { show: 'hex', values: wellKnown }),
  system: uint(`${path}.community_as`, 'Community AS'),
  value: uint(`${path}.community_value`, 'Community value'),
};

function communityText(frame: Uint8Array, at: number): string {
  return nameOf(wellKnown, u32(frame, at)) ?? `${u16(frame, at)}:${u16(frame, at + 2)}`;
}

/** `65000:100 NO_EXPORT ` */
export function communityWords(frame: Uint8Array, from: number, end: number): string {
  let words = '';
  for (let at = from; at + 4 <= end; at += 4) words += `${communityText(frame, at)} `;
  return words;
}

export function reportCommunities(cursor: FieldCursor): void {
  cursor.group(plain.list, cursor.left, (list) => {
    while (list.left >= 4)
      if (nameOf(wellKnown, list.u32()) === undefined)
        list.group(plain.community, 4, (inner) => {
          inner.field(plain.system, 2);
          inner.field(plain.value, 2);
        });
      else list.field(plain.wellKnown, 4);
  });
}

const large = {
  // Each community has a node of that name.
  community: label('bgp.large_communities', 'Large communities', {
    text: (_, { layer: { frame }, at }) => `Large communities: ${largeText(frame, at)}`,
  }),
  administrator: uint('bgp.large_communities.ga', 'Global Administrator'),
  first: uint('bgp.large_communities.ldp1', 'Local Data Part 1'),
  second: uint('bgp.large_communities.ldp2', 'Local Data Part 2'),
};

const largeText = (frame: Uint8Array, at: number): string =>
  `${u32(frame, at)}:${u32(frame, at + 4)}:${u32(frame, at + 8)}`;

export function largeWords(frame: Uint8Array, from: number, end: number): string {
  const words: string[] = [];
  for (let at = from; at + 12 <= end; at += 12) words.push(largeText(frame, at));
  return words.join(' ');
}

export function reportLargeCommunities(cursor: FieldCursor): void {
  while (cursor.left >= 12)
    cursor.group(large.community, 12, (inner) => {
      inner.field(large.administrator, 4);
      inner.field(large.first, 4);
      inner.field(large.second, 4);
    });
}

const typeNames: Readonly<Record<number, string>> = {
  0x00: 'Transitive 2-Octet AS-Specific',
  0x01: 'Transitive IPv4-Address-Specific',
  0x02: 'Transitive 4-Octet AS-Specific',
  0x03: 'Transitive Opaque',
  0x04: 'Transitive QoS Marking',
  0x05: 'Transitive CoS Capability',
  0x06: 'Transitive EVPN',
  0x07: 'FlowSpec Transitive',
  0x08: 'Transitive Flow spec redirect/mirror to IP next-hop',
  0x40: 'Non-Transitive 2-Octet AS-Specific',
  0x41: 'Non-Transitive IPv4-Address-Specific',
  0x42: 'Non-Transitive 4-Octet AS-Specific',
  0x43: 'Non-Transitive Opaque',
  0x44: 'Non-Transitive QoS Marking',
  0x80: 'Generic Transitive Experimental Use',
  0x81: 'Generic Transitive Experimental Use Part 2',
  0x82: 'Generic Transitive Experimental Use Part 3 ',
};

const targets = { 2: 'Route Target', 3: 'Route Origin' };
const subtype = (name: string, title: string, values: ValueNames): Field =>
  uint(`bgp.ext_com.stype_${name}`, title, { show: 'hex', values });

/** The second byte of an extended community, by the first. */
const subtypes: Readonly<Record<number, Field>> = {
  0x00: subtype('tr_as2', 'Subtype (AS2)', {
    ...targets,
    5: 'OSPF Domain Identifier',
    8: 'BGP Data Collection',
    9: 'Source AS',
    10: 'L2VPN Identifier',
    16: 'Cisco VPN-Distinguisher',
  }),
  0x01: subtype('tr_IP4', 'Subtype (IPv4)', {
    ...targets,
    5: 'OSPF Domain Identifier',
    7: 'OSPF Router ID',
    10: 'L2VPN Identifier',
    11: 'VRF Route Import',
    16: 'Cisco VPN-Distinguisher',
    18: 'Inter-area P2MP Segmented Next-Hop',
  }),
  0x02: subtype('tr_as4', 'Subtype (AS4)', {
    ...targets,
    4: 'Generic',
    5: 'OSPF Domain Identifier',
    8: 'BGP Data Collection',
    9: 'Source AS',
    16: 'Cisco VPN Identifier',
    19: 'Route-Target Record',
  }),
  0x03: subtype('tr_opaque', 'Subtype (Opaque)', {
    1: 'Cost',
    6: 'OSPF Route Type',
    11: 'Color',
    12: 'Encapsulation',
    13: 'Default Gateway',
  }),
  0x06: subtype('tr_evpn', 'Subtype (EVPN)', {
    0: 'MAC Mobility',
    1: 'ESI MPLS Label',
    2: 'ES Import',
    3: "EVPN Router's MAC",
    4: 'Layer 2 Attributes',
    5: 'E-Tree',
    6: 'DF Election',
    7: 'I-SID',
    8: 'ND',
  }),
  0x40: subtype('ntr_as2', 'Subtype (Non-transitive AS2)', {
    4: 'Link Bandwidth',
    128: 'Virtual-Network Identifier',
  }),
  0x42: subtype('ntr_as4', 'Subtype (Non-transitive AS4)', { 4: 'Generic' }),
  0x43: subtype('ntr_opaque', 'Subtype (Non-transitive Opaque)', {
    0: 'BGP Origin Validation state',
    1: 'Cost',
  }),
  0x80: subtype('tr_exp', 'Subtype (Experimental)', {
    0: 'OSPF Route Type',
    1: 'OSPF Router ID',
    4: 'Security Group',
    5: 'OSPF Domain Identifier',
    6: 'Flow spec traffic-rate',
    7: 'Flow spec traffic-action',
    8: 'Flow spec redirect AS 2 bytes',
    9: 'Flow spec traffic-remarking',
    10: 'Layer2 Info',
    11: 'E-Tree Info',
  }),
};

const extended = {
  list: label('bgp.ext_communities', 'Carried extended communities', {
    text: (_, { length }) =>
      `Carried extended communities: (${counted(Math.floor(length / 8), 'community', 'communities')})`,
  }),
  community: label('bgp.ext_community', 'Community', {
    text: (_, { layer: { frame }, at }) => extendedText(frame, at),
  }),
  type: uint('bgp.ext_com.type', 'Type', {
    show: 'hex',
    values: typeNames,
    children: {
      authority: flag('bgp.ext_com.type.auth', 'IANA Authority', {
        at: 0,
        bytes: 1,
        mask: 0x80,
        values: {
          0: 'Allocated on First Come First Serve Basis',
          1: 'Allocated on Standard Action, Early Allocation or Experimental Basis',
        },
      }),
      transitive: flag('bgp.ext_com.type.tran', 'Transitive across ASes', {
        at: 0,
        bytes: 1,
        mask: 0x40,
        values: { 0: 'Transitive', 1: 'Non-transitive' },
      }),
    },
  }),
  unknownSubtype: uint('bgp.ext_com.stype_unknown', 'Subtype', { show: 'hex' }),
  as2: uint('bgp.ext_com.value_as2', '2-Octet AS'),
  as4: uint('bgp.ext_com.value_as4', '4-Octet AS'),
  address: ipv4('bgp.ext_com.value_IP4', 'IPv4 address'),
  number2: uint('bgp.ext_com.value_an2', '2-Octet AN'),
  number4: uint('bgp.ext_com.value_an4', '4-Octet AN'),
  raw: uint('bgp.ext_com.value_raw', 'Raw Value', { show: 'hex' }),
  tunnel: uint('bgp.ext_com.tunnel_type', 'Tunnel type', { values: tunnelTypeNames }),
  mobilityFlags: uint('bgp.ext_com_evpn.mmac.flags', 'Flags', {
    show: 'hex',
    children: {
      sticky: flag('bgp.ext_com_evpn.mmac.flags.sticky', 'Sticky/Static MAC', {
        at: 0,
        bytes: 1,
        mask: 1,
        values: yesOrNo,
      }),
    },
  }),
  mobilitySequence: uint('bgp.ext_com_evpn.mmac.seq', 'Sequence number'),
  singleActive: flag('bgp.ext_com_l2.esi_label_flag', 'Single active bit', {
    mask: 1,
    values: { 0: 'All-Active redundancy', 1: 'Single-Active redundancy' },
  }),
  label: uint(`${path}.mpls_label_value`, 'MPLS Label'),
  label20: uint(`${path}.mpls_label_value_20bits`, 'MPLS Label', { mask: 0xfffff0 }),
  labelClass: uint(`${path}.mpls_traffic_class`, 'Traffic Class', { mask: 0x00000e, show: 'hex' }),
  labelBottom: flag(`${path}.mpls_bottom_stack`, 'Bottom-of-Stack', {
    mask: 0x000001,
    values: { 0: 'False', 1: 'True' },
  }),
  importTarget: ether('bgp.ext_com_evpn.esi.rt', 'ES-Import Route Target'),
  routerMac: ether('bgp.ext_com_evpn.esi.router_mac', "Router's MAC"),
  area: ipv4('bgp.ext_com.value_ospf_rtype.area', 'Area ID'),
  routeType: uint('bgp.ext_com.value_ospf_rtype.type', 'Route type', {
    values: { 1: 'Router', 2: 'Network', 3: 'Summary', 5: 'External', 7: 'NSSA External', 129: 'Sham' },
  }),
  routeOptions: uint('bgp.ext_com.value_ospf_rtype.options', 'Options', {
    show: 'hex',
    children: {
      metric: flag('bgp.ext_com.value_ospf_rtype.options.mt', 'Metric type', {
        at: 0,
        bytes: 1,
        mask: 1,
        values: { 0: 'Type-1', 1: 'Type-2' },
      }),
    },
  }),
};

const hex4 = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;

/** `Route Target: 65000:100 [Transitive 2-Octet AS-Specific]` */
function extendedText(frame: Uint8Array, at: number): string {
  const [type, sub] = [u8(frame, at), u8(frame, at + 1)];
  const name =
    nameOf(subtypes[type]?.values, sub) ?? `Unknown subtype 0x${sub.toString(16).padStart(2, '0')}`;
  return `${name}: ${extendedValue(frame, at + 2, type, sub)} [${nameOf(typeNames, type) ?? 'Unknown type'}]`;
}

function extendedValue(frame: Uint8Array, at: number, type: number, sub: number): string {
  switch (type & 0xbf) {
    case 0x00:
      return `${u16(frame, at)}:${u32(frame, at + 2)}`;
    case 0x01:
      return `${ipv4Text(frame, at)}:${u16(frame, at + 4)}`;
    case 0x02:
      return `${u16(frame, at)}.${u16(frame, at + 2)}(${u32(frame, at)}):${u16(frame, at + 4)}`;
  }
  if (type === 0x03 && sub === 0x0c) return nameOf(tunnelTypeNames, u16(frame, at + 4)) ?? 'Unknown tunnel';
  if (type === 0x06 && sub === 0x00) return u8(frame, at) & 1 ? 'Sticky MAC' : 'Movable MAC';
  if (type === 0x06 && sub === 0x01)
    return `${u8(frame, at) & 1 ? 'Single-Active' : 'All-Active'} redundancy, Label: ${u24(frame, at + 3) >>> 4}`;
  if (type === 0x06 && sub === 0x02) return `RT: ${macText(frame, at)}`;
  if (type === 0x06 && sub === 0x03) return `Router's MAC: ${macText(frame, at)}`;
  return `${hex4(u16(frame, at))} ${hex4(u16(frame, at + 2))} ${hex4(u16(frame, at + 4))}`;
}

export function reportExtendedCommunities(cursor: FieldCursor): void {
  cursor.group(extended.list, cursor.left, (list) => {
    while (list.left >= 8) list.group(extended.community, 8, reportExtended);
  });
}

function reportExtended(cursor: FieldCursor): void {
  const [type, sub] = [cursor.u8(), cursor.u8(1)];
  cursor.field(extended.type, 1);
  cursor.field(subtypes[type] ?? extended.unknownSubtype, 1);
  if (type === 0x00 || type === 0x40) {
    cursor.field(extended.as2, 2);
    if (!(type === 0x40 && sub === 4)) cursor.field(extended.number4, 4);
  } else if (type === 0x01 || type === 0x41) {
    cursor.field(extended.address, 4);
    cursor.field(extended.number2, 2);
  } else if (type === 0x02 || type === 0x42) {
    cursor.field(extended.as4, 4);
    cursor.field(extended.number2, 2);
  } else if (type === 0x03 && sub === 0x0c) {
    cursor.skip(4);
    cursor.field(extended.tunnel, 2);
  } else if (type === 0x03 && sub === 0x06) {
    cursor.field(extended.area, 4);
    cursor.field(extended.routeType, 1);
    cursor.field(extended.routeOptions, 1);
  } else if (type === 0x06 && sub === 0x00) {
    cursor.field(extended.mobilityFlags, 1);
    cursor.skip(1);
    cursor.field(extended.mobilitySequence, 4);
  } else if (type === 0x06 && sub === 0x01) {
    cursor.field(extended.singleActive, 1);
    cursor.skip(2);
    cursor.peek(extended.label, 3);
    cursor.peek(extended.label20, 3);
    cursor.peek(extended.labelClass, 3);
    cursor.field(extended.labelBottom, 3);
  } else if (type === 0x06 && sub === 0x02) cursor.field(extended.importTarget, 6);
  else if (type === 0x06 && sub === 0x03) cursor.field(extended.routerMac, 6);
  else cursor.field(extended.raw, 6);
}

export const communityFields = declared(plain, large, extended, subtypes);
