/** Ethernet VPN routes (RFC 7432, RFC 9136): where hosts and networks of a virtual layer 2 are. */
import { hex, u32, u8 } from '../../base/bytes.js';
import type { FieldCursor } from '../fieldCursor.js';
import { bytes, ether, ipv4, ipv6, label, nameOf, uint, type ValueNames } from '../field.js';
import { distinguisherText } from '../values/bgpNames.js';

const routeTypes: ValueNames = {
  1: 'Ethernet AD Route',
  2: 'MAC Advertisement Route',
  3: 'Inclusive Multicast Route',
  4: 'Ethernet Segment Route',
  5: 'IP Prefix route',
  6: 'Selective Multicast Ethernet Tag Route',
  7: 'IGMP Join Synch Route',
  8: 'IGMP Leave Synch Route',
  10: 'S-PMSI A-D Route',
};

const spaced = (frame: Uint8Array, at: number, length: number): string => hex(frame, at, length, ' ');
const labelPattern = { mask: 0xfffff0 } as const;

const fields = {
  nlri: label('bgp.evpn.nlri', 'EVPN NLRI', { text: (value) => `EVPN NLRI: ${value}` }),
  type: uint('bgp.evpn.nlri.rt', 'Route Type', { values: routeTypes }),
  length: uint('bgp.evpn.nlri.len', 'Length'),
  distinguisher: bytes('bgp.evpn.nlri.rd', 'Route Distinguisher', {
    note: (_, { layer: { frame }, at }) => ` (${distinguisherText(frame, at)})`,
  }),
  segment: bytes('bgp.evpn.nlri.esi', 'ESI', {
    text: (_, { layer: { frame }, at }) => hex(frame, at, 10, ':'),
  }),
  segmentType: uint('bgp.evpn.nlri.esi.type', 'ESI Type', {
    values: {
      0: 'ESI 9 bytes value',
      1: 'ESI LACP 802.1AX defined',
      2: 'ESI MSTP defined',
      3: 'ESI MAC address defined',
      4: 'ESI Router ID',
      5: 'ESI Autonomous System',
      255: 'ESI reserved',
    },
  }),
  segmentValue: bytes('bgp.evpn.nlri.esi.value', 'ESI Value', {
    text: (_, { layer: { frame }, at, length }) => spaced(frame, at, length),
  }),
  plainSegment: bytes('bgp.evpn.nlri.esi.type0', 'ESI 9 bytes value', {
    text: (_, { layer: { frame }, at, length }) => spaced(frame, at, length),
  }),
  lacpMac: ether('bgp.evpn.nlri.esi.lacp_mac', 'CE LACP system MAC'),
  lacpKey: uint('bgp.evpn.nlri.esi.lacp_portkey', 'LACP port key', { show: 'dec-hex' }),
  systemMac: ether('bgp.evpn.nlri.esi.system_mac', 'ESI system MAC'),
  systemNumber: bytes('bgp.evpn.nlri.esi.system_mac_discr', 'ESI system mac discriminator'),
  remaining: bytes('bgp.evpn.nlri.esi.remaining', 'Remaining bytes'),
  tag: uint('bgp.evpn.nlri.etag', 'Ethernet Tag ID'),
  macLength: uint('bgp.evpn.nlri.maclen', 'MAC Address Length'),
  mac: ether('bgp.evpn.nlri.mac_addr', 'MAC Address'),
  ipLength: uint('bgp.evpn.nlri.iplen', 'IP Address Length'),
  ip4: ipv4('bgp.evpn.nlri.ip.addr', 'IPv4 address'),
  ip6: ipv6('bgp.evpn.nlri.ipv6.addr', 'IPv6 address'),
  prefixLength: uint('bgp.evpn.nlri.prefix_len', 'IP prefix length'),
  gateway4: ipv4('bgp.evpn.nlri.ipv4.gtw_addr', 'IPv4 Gateway address'),
  gateway6: ipv6('bgp.evpn.nlri.ipv6.gtw_addr', 'IPv6 Gateway address'),
  label1: uint('bgp.evpn.nlri.mpls_ls1', 'MPLS Label 1', labelPattern),
  label2: uint('bgp.evpn.nlri.mpls_ls2', 'MPLS Label 2', labelPattern),
  stack: label('bgp.update.path_attribute.mpls_label', 'MPLS Label Stack', {
    text: (_, { layer: { frame }, at }) =>
      `MPLS Label Stack: ${u32(frame, at) >>> 12} (as VNI: ${u32(frame, at) >>> 8})`,
  }),
  stackValue: uint('bgp.update.path_attribute.mpls_label_value', 'MPLS Label'),
};

export const evpnFields = fields;

/** Reports the routes up to the cursor's end. */
export function reportEvpnRoutes(cursor: FieldCursor): void {
  while (cursor.left >= 2) {
    const type = cursor.u8();
    cursor.group(
      fields.nlri,
      2 + cursor.u8(1),
      (inner) => {
        inner.field(fields.type, 1);
        inner.field(fields.length, 1);
        reportRoute(inner, type);
      },
      nameOf(routeTypes, type) ?? `Unknown route type ${type}`,
    );
  }
}

function reportRoute(cursor: FieldCursor, type: number): void {
  if (type < 1 || type > 5) return;
  cursor.field(fields.distinguisher, 8);
  if (type !== 3) reportSegment(cursor);
  if (type !== 4) cursor.field(fields.tag, 4);
  switch (type) {
    case 1:
      cursor.field(fields.label1, 3);
      break;
    case 2:
      cursor.field(fields.macLength, 1);
      cursor.field(fields.mac, 6);
      reportAddress(cursor);
      cursor.field(fields.label1, 3);
      cursor.field(fields.label2, 3);
      break;
    case 3:
    case 4:
      reportAddress(cursor);
      break;
    case 5: {
      cursor.field(fields.prefixLength, 1);
      const isIpv6 = cursor.left >= 35;
      cursor.field(isIpv6 ? fields.ip6 : fields.ip4, isIpv6 ? 16 : 4);
      cursor.field(isIpv6 ? fields.gateway6 : fields.gateway4, isIpv6 ? 16 : 4);
      cursor.group(fields.stack, 3, (inner) => {
        inner.field(fields.stackValue, 3);
      });
      break;
    }
  }
}

function reportAddress(cursor: FieldCursor): void {
  const bits = cursor.u8();
  cursor.field(fields.ipLength, 1);
  if (bits === 32) cursor.field(fields.ip4, 4);
  else if (bits === 128) cursor.field(fields.ip6, 16);
}

/** RFC 7432, section 5. */
function reportSegment(cursor: FieldCursor): void {
  const type = u8(cursor.frame, cursor.at);
  cursor.group(fields.segment, 10, (inner) => {
    inner.field(fields.segmentType, 1);
    inner.peek(fields.segmentValue, 9);
    if (type === 0) inner.field(fields.plainSegment, 9);
    else if (type === 1) {
      inner.field(fields.lacpMac, 6);
      inner.field(fields.lacpKey, 2);
      inner.rest(fields.remaining);
    } else if (type === 3) {
      inner.field(fields.systemMac, 6);
      inner.field(fields.systemNumber, 2);
      inner.rest(fields.remaining);
    }
  });
}
