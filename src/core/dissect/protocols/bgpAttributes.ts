/** Path attributes: what an UPDATE says of its routes (RFC 4271, section 5, and many since). */
import { ipv4Text, ipv6Text } from '../../base/addresses.js';
import { u16, u32, u64, u8 } from '../../base/bytes.js';
import type { FieldCursor } from '../fieldCursor.js';
import { shortHex } from '../fieldText.js';
import { bytes, type Field, flag, ipv4, ipv6, label, nameOf, string, uint } from '../field.js';
import { declared } from '../shapes.js';
import {
  asText,
  distinguisherText,
  familyNames,
  subsequentFamilyNames,
  tunnelTypeNames,
} from '../values/bgpNames.js';
import {
  communityFields,
  communityWords,
  largeWords,
  reportCommunities,
  reportExtendedCommunities,
  reportLargeCommunities,
} from './bgpCommunities.js';
import { numberSize, pathFields, pathText, reportPath } from './bgpPaths.js';
import { reportRoutes, routeFields } from './bgpRoutes.js';

const path = 'bgp.update.path_attribute';
const extendedLength = 0x10;
/** Attributes that hold attributes (ATTR_SET) do not go deeper than this. */
const deepest = 12;

const typeNames: Readonly<Record<number, string>> = {
  1: 'ORIGIN',
  2: 'AS_PATH',
  3: 'NEXT_HOP',
  4: 'MULTI_EXIT_DISC',
  5: 'LOCAL_PREF',
  6: 'ATOMIC_AGGREGATE',
  7: 'AGGREGATOR',
  8: 'COMMUNITIES',
  9: 'ORIGINATOR_ID',
  10: 'CLUSTER_LIST',
  11: 'DPA',
  12: 'ADVERTISER',
  13: 'RCID_PATH / CLUSTER_ID',
  14: 'MP_REACH_NLRI',
  15: 'MP_UNREACH_NLRI',
  16: 'EXTENDED_COMMUNITIES',
  17: 'AS4_PATH',
  18: 'AS4_AGGREGATOR',
  19: 'SAFI_SPECIFIC_ATTRIBUTE',
  20: 'Connector Attribute',
  21: 'AS_PATHLIMIT ',
  22: 'PMSI_TUNNEL_ATTRIBUTE',
  23: 'TUNNEL_ENCAPSULATION_ATTRIBUTE',
  24: 'Traffic Engineering',
  25: 'IPv6 Address Specific Extended Community',
  26: 'AIGP',
  27: 'PE Distinguisher Labels',
  28: 'BGP Entropy Label Capability Attribute',
  29: 'BGP-LS Attribute',
  32: 'LARGE_COMMUNITY',
  33: 'BGPsec_PATH',
  36: 'D_PATH',
  40: 'BGP Prefix-SID',
  128: 'ATTR_SET',
};

const origins = { 0: 'IGP', 1: 'EGP', 2: 'INCOMPLETE' };
const ingressReplication = 6;

const bit = (name: string, title: string, mask: number): Field =>
  flag(`${path}.flags.${name}`, title, { at: 0, bytes: 1, mask });

const fields = {
  attribute: label(path, 'Path Attribute', { text: (value) => `Path Attribute - ${value}` }),
  flags: uint(`${path}.flags`, 'Flags', {
    show: 'hex',
    note: (value) => flagWords(Number(value)),
    children: {
      optional: bit('optional', 'Optional', 0x80),
      transitive: bit('transitive', 'Transitive', 0x40),
      partial: bit('partial', 'Partial', 0x20),
      extended: bit('extended_length', 'Extended-Length', 0x10),
      unused: uint(`${path}.flags.unused`, 'Unused', { at: 0, bytes: 1, mask: 0x0f, show: 'hex' }),
    },
  }),
  type: uint(`${path}.type_code`, 'Type Code', { values: typeNames }),
  length: uint(`${path}.length`, 'Length'),
  origin: uint(`${path}.origin`, 'Origin', { values: origins }),
  nextHop: ipv4(`${path}.next_hop`, 'Next hop'),
  discriminator: uint(`${path}.multi_exit_disc`, 'Multiple exit discriminator'),
  preference: uint(`${path}.local_pref`, 'Local preference'),
  aggregator: uint(`${path}.aggregator_as`, 'Aggregator AS', { text: asText }),
  aggregatorOrigin: ipv4(`${path}.aggregator_origin`, 'Aggregator origin'),
  originator: ipv4(`${path}.originator_id`, 'Originator identifier'),
  clusters: label('bgp.path_attribute.cluster_list', 'Cluster List', {
    text: (value) => `Cluster List: ${value}`,
  }),
  cluster: ipv4('bgp.path_attribute.cluster_id', 'Cluster ID'),
  reachFamily: uint(`${path}.mp_reach_nlri.afi`, 'Address family identifier (AFI)', { values: familyNames }),
  reachSubsequent: uint(`${path}.mp_reach_nlri.safi`, 'Subsequent address family identifier (SAFI)', {
    values: subsequentFamilyNames,
  }),
  reachHop: bytes(`${path}.mp_reach_nlri.next_hop`, 'Next hop', {
    text: (_, { layer: { frame }, at, length }) => hopText(frame, at + 1, length - 1),
  }),
  hopDistinguisher: string(`${path}.mp_reach_nlri.next_hop.rd`, 'Route Distinguisher'),
  hop4: ipv4(`${path}.mp_reach_nlri.next_hop.ipv4`, 'IPv4 Address'),
  hop6: ipv6(`${path}.mp_reach_nlri.next_hop.ipv6`, 'IPv6 Address'),
  hopLocal: ipv6(`${path}.mp_reach_nlri.next_hop.ipv6.link_local`, 'Link-local Address'),
  snpa: uint(`${path}.mp_reach_nlri.nbr_snpa`, 'Number of Subnetwork points of attachment (SNPA)'),
  reach: label(`${path}.mp_reach_nlri`, 'Network Layer Reachability Information (NLRI)'),
  unreachFamily: uint(`${path}.mp_unreach_nlri.afi`, 'Address family identifier (AFI)', {
    values: familyNames,
  }),
  unreachSubsequent: uint(`${path}.mp_unreach_nlri.safi`, 'Subsequent address family identifier (SAFI)', {
    values: subsequentFamilyNames,
  }),
  unreach: label(`${path}.mp_unreach_nlri`, 'Withdrawn Routes'),
  tunnelFlags: uint(`${path}.pmsi.tunnel.flags`, 'Flags'),
  tunnelType: uint(`${path}.pmsi.tunnel.type`, 'Tunnel Type', {
    values: {
      0: 'Type is not present',
      1: 'RSVP-TE P2MP LSP',
      2: 'mLDP P2MP LSP',
      3: 'PIM SSM Tree',
      4: 'PIM SM Tree',
      5: 'BIDIR-PIM Tree',
      6: 'Ingress Replication',
      7: 'mLDP MP2MP LSP',
    },
  }),
  tunnelLabel: uint(`${path}.mpls_label_value_20bits`, 'MPLS Label', { mask: 0xfffff0 }),
  tunnelId: label(`${path}.pmsi.tunnel.id`, 'Tunnel ID', { text: (value) => `Tunnel ID: ${value}` }),
  tunnelEnd: ipv4(`${path}.pmsi.ingress_rep_ip`, 'Tunnel type ingress replication IP end point'),
  metric: label(`${path}.aigp`, 'AIGP Attribute'),
  metricType: uint('bgp.update.attribute.aigp.type', 'AIGP attribute type', {
    values: { 1: 'Type AIGP TLV' },
  }),
  metricLength: uint('bgp.update.attribute.aigp.length', 'AIGP TLV length'),
  metricValue: uint('bgp.update.attribute.aigp.accu_igp_metric', 'AIGP Accumulated IGP Metric'),
  encodings: label('', 'TLV Encodings', { text: String }),
  encapsulation: uint('bgp.update.encaps_tunnel_tlv_type', 'Type code', { values: tunnelTypeNames }),
  encapsulationLength: uint('bgp.update.encaps_tunnel_tlv_len', 'length'),
  originSystem: uint(`${path}.attr_set.origin_as`, 'Origin AS'),
  unknown: label('', 'Unknown', {
    text: (_, { layer, at, length }) => `Value: ${shortHex(layer.frame, at, length)}`,
  }),
};

export const attributeFields = declared(fields, pathFields, routeFields, communityFields);

function flagWords(value: number): string {
  const words: string[] = [];
  if (value & 0x80) words.push('Optional');
  if (value & 0x40) words.push('Transitive');
  if (value & 0x10) words.push('Extended-Length');
  if ((value & 0x80) === 0) words.push('Well-known');
  if ((value & 0xc0) === 0x80) words.push('Non-transitive');
  words.push(value & 0x20 ? 'Partial' : 'Complete');
  return `, ${words.join(', ')}`;
}

/** Where the value of the attribute at `at` begins and ends; the end may lie behind what is there. */
function valueOf(frame: Uint8Array, at: number): { from: number; end: number } {
  const isLong = (u8(frame, at) & extendedLength) !== 0;
  const from = at + (isLong ? 4 : 3);
  return { from, end: from + (isLong ? u16(frame, at + 2) : u8(frame, at + 2)) };
}

/** The next hop of a family: an address, with a link-local one, with a VPN before it. */
function hopText(frame: Uint8Array, at: number, length: number): string {
  switch (length) {
    case 4:
      return ipv4Text(frame, at);
    case 12:
      return `RD=${distinguisherText(frame, at)} IPv4=${ipv4Text(frame, at + 8)}`;
    case 16:
      return ipv6Text(frame, at);
    case 24:
      return `RD=${distinguisherText(frame, at)} IPv6=${ipv6Text(frame, at + 8)}`;
    case 32:
      return `IPv6=${ipv6Text(frame, at)} Link-local=${ipv6Text(frame, at + 16)}`;
    default:
      return length === 0 ? 'none' : `${length} bytes`;
  }
}

const addressList = (frame: Uint8Array, from: number, end: number): string => {
  const words: string[] = [];
  for (let at = from; at + 4 <= end; at += 4) words.push(ipv4Text(frame, at));
  return words.join(' ');
};

/** What the attribute's line says after its name. */
function attributeText(frame: Uint8Array, at: number, limit: number): string {
  const type = u8(frame, at + 1);
  const name = nameOf(typeNames, type) ?? `Unknown (${type})`;
  const { from, end: claimed } = valueOf(frame, at);
  const end = Math.min(claimed, limit);
  const length = end - from;
  const says = (text: string): string => `${name}: ${text}`;
  if (type === 1 && length === 1) return says(nameOf(origins, u8(frame, from)) ?? 'Unknown');
  if (type === 2) return says(pathText(frame, from, end, numberSize(frame, from, end)));
  if (type === 17) return says(pathText(frame, from, end, 4));
  if (type === 3 && length === 4) return says(`${ipv4Text(frame, from)} `);
  if ((type === 4 || type === 5) && length === 4) return says(String(u32(frame, from)));
  if (type === 7 || type === 18) {
    const size = length === 6 ? 2 : 4;
    const system = size === 2 ? u16(frame, from) : u32(frame, from);
    if (length === 4 + size) return says(`AS: ${system} origin: ${ipv4Text(frame, from + size)}`);
  }
  if (type === 8) return says(communityWords(frame, from, end));
  if (type === 9 && length === 4) return says(`${ipv4Text(frame, from)} `);
  if (type === 10) return says(addressList(frame, from, end));
  if (type === 26 && length === 11) return says(u64(frame, from + 3).toString());
  if (type === 32) return says(largeWords(frame, from, end));
  return name;
}

/** Reports the attributes up to the cursor's end. */
export function reportAttributes(cursor: FieldCursor): void {
  while (cursor.left >= 3) {
    const { frame, at } = cursor;
    const type = u8(frame, at + 1);
    const { from, end } = valueOf(frame, at);
    cursor.group(
      fields.attribute,
      end - at,
      (inner) => {
        inner.field(fields.flags, 1);
        inner.field(fields.type, 1);
        inner.field(fields.length, from - at - 2);
        if (inner.left > 0) reportValue(inner, type);
      },
      attributeText(frame, at, cursor.end),
    );
  }
}

function reportValue(cursor: FieldCursor, type: number): void {
  const { frame, at, end, left } = cursor;
  switch (type) {
    case 1:
      cursor.field(fields.origin, 1);
      break;
    case 2:
      reportPath(cursor, numberSize(frame, at, end));
      break;
    case 17:
      reportPath(cursor, 4);
      break;
    case 3:
      cursor.field(fields.nextHop, 4);
      break;
    case 4:
      cursor.field(fields.discriminator, 4);
      break;
    case 5:
      cursor.field(fields.preference, 4);
      break;
    case 7:
    case 18:
      cursor.field(fields.aggregator, left === 6 ? 2 : 4);
      cursor.field(fields.aggregatorOrigin, 4);
      break;
    case 8:
      reportCommunities(cursor);
      break;
    case 9:
      cursor.field(fields.originator, 4);
      break;
    case 10:
      cursor.group(
        fields.clusters,
        left,
        (list) => {
          while (list.left >= 4) list.field(fields.cluster, 4);
        },
        addressList(frame, at, end),
      );
      break;
    case 14:
      reportReach(cursor);
      break;
    case 15:
      reportUnreach(cursor);
      break;
    case 16:
      reportExtendedCommunities(cursor);
      break;
    case 22:
      reportTunnel(cursor);
      break;
    case 23:
      reportEncapsulations(cursor);
      break;
    case 26:
      cursor.group(fields.metric, left, (inner) => {
        inner.field(fields.metricType, 1);
        inner.field(fields.metricLength, 2);
        inner.field(fields.metricValue, 8);
      });
      break;
    case 32:
      reportLargeCommunities(cursor);
      break;
    case 128:
      cursor.field(fields.originSystem, 4);
      if (cursor.depth < deepest) reportAttributes(cursor);
      break;
    default:
      cursor.rest(fields.unknown);
  }
}

/** RFC 4760, section 3. */
function reportReach(cursor: FieldCursor): void {
  const family = cursor.u16();
  const subsequent = cursor.u8(2);
  cursor.field(fields.reachFamily, 2);
  cursor.field(fields.reachSubsequent, 1);
  const length = cursor.u8();
  cursor.group(fields.reachHop, 1 + length, (hop) => {
    hop.skip(1);
    if (length === 12 || length === 24)
      hop.field(fields.hopDistinguisher, 8, distinguisherText(hop.frame, hop.at));
    if (hop.left === 4) hop.field(fields.hop4, 4);
    else {
      hop.field(fields.hop6, 16);
      hop.field(fields.hopLocal, 16);
    }
  });
  cursor.field(fields.snpa, 1);
  cursor.group(fields.reach, cursor.left, (routes) => {
    reportRoutes(routes, 'reach', family, subsequent);
  });
}

/** RFC 4760, section 4. */
function reportUnreach(cursor: FieldCursor): void {
  const family = cursor.u16();
  const subsequent = cursor.u8(2);
  cursor.field(fields.unreachFamily, 2);
  cursor.field(fields.unreachSubsequent, 1);
  cursor.group(fields.unreach, cursor.left, (routes) => {
    reportRoutes(routes, 'unreach', family, subsequent);
  });
}

/** RFC 6514, section 5. */
function reportTunnel(cursor: FieldCursor): void {
  const type = cursor.u8(1);
  cursor.field(fields.tunnelFlags, 1);
  cursor.field(fields.tunnelType, 1);
  cursor.field(fields.tunnelLabel, 3);
  if (cursor.left === 0) return;
  const isAddress = type === ingressReplication && cursor.left === 4;
  const words = isAddress
    ? `tunnel end point -> ${ipv4Text(cursor.frame, cursor.at)}`
    : `${cursor.left} bytes`;
  cursor.group(
    fields.tunnelId,
    cursor.left,
    (id) => {
      if (isAddress) id.field(fields.tunnelEnd, 4);
    },
    words,
  );
}

/** RFC 9012, section 2; what the sub-TLVs say is left to their bytes. */
function reportEncapsulations(cursor: FieldCursor): void {
  while (cursor.left >= 4)
    cursor.group(
      fields.encodings,
      4 + cursor.u16(2),
      (tunnel) => {
        tunnel.field(fields.encapsulation, 2);
        tunnel.field(fields.encapsulationLength, 2);
      },
      nameOf(tunnelTypeNames, cursor.u16()) ?? 'Unknown tunnel',
    );
}
