/** Names that several parts of BGP share. */
import { ipv4Text } from '../../base/addresses.js';
import { u16, u32 } from '../../base/bytes.js';
import type { ValueNames } from '../field.js';

/** Address families (IANA) that BGP carries. */
export const familyNames: Readonly<Record<number, string>> = {
  0: 'Reserved',
  1: 'IPv4',
  2: 'IPv6',
  18: 'AS Number',
  25: 'Layer-2 VPN',
  16387: 'LISP Canonical Address Format (LCAF)',
  16388: 'BGP-LS',
  16389: '48-bit MAC Address',
};

/** Subsequent address families (IANA). */
export const subsequentFamilyNames: Readonly<Record<number, string>> = {
  0: 'Reserved',
  1: 'Unicast',
  2: 'Multicast',
  3: 'Unicast+Multicast (Deprecated)',
  4: 'Labeled Unicast',
  5: 'MCAST-VPN',
  6: 'Multi-Segment Pseudowires',
  7: 'Encapsulation (Deprecated)',
  8: 'MCAST-VPLS',
  64: 'Tunnel (Deprecated)',
  65: 'VPLS',
  66: 'Cisco MDT',
  67: '4over6',
  68: '6over4',
  69: 'Layer-1 VPN',
  70: 'EVPN',
  71: 'BGP-LS',
  72: 'BGP-LS-VPN',
  73: 'SR Policy',
  74: 'SD-WAN',
  128: 'Labeled VPN Unicast',
  129: 'Labeled VPN Multicast',
  132: 'Route Target Filter',
  133: 'Flow Spec Filter',
  134: 'Flow Spec Filter VPN',
  140: 'Layer-3 VPN (Deprecated)',
};

/** Tunnels, by the numbers of the tunnel encapsulation attribute (RFC 9012). */
export const tunnelTypeNames: ValueNames = {
  0: 'Reserved',
  1: 'L2TPv3 over IP',
  2: 'GRE',
  3: 'Transmit tunnel endpoint',
  4: 'IPsec in Tunnel-mode',
  5: 'IP in IP tunnel with IPsec Transport Mode',
  6: 'MPLS-in-IP tunnel with IPsec Transport Mode',
  7: 'IP in IP',
  8: 'VXLAN Encapsulation',
  9: 'NVGRE Encapsulation',
  10: 'MPLS Encapsulation',
  11: 'MPLS in GRE Encapsulation',
  12: 'VxLAN GPE Encapsulation',
  13: 'MPLS in UDP Encapsulation',
};

/** The number that stands in for one of four bytes (RFC 6793). */
const asTrans = 23456;
export const asText = (value: unknown): string => `${Number(value)}${value === asTrans ? ' (AS_TRANS)' : ''}`;

/** `65000:100`, `10.0.0.1:100`: whose VPN a route belongs to (RFC 4364, section 4.2). */
export function distinguisherText(frame: Uint8Array, at: number): string {
  switch (u16(frame, at)) {
    case 0:
      return `${u16(frame, at + 2)}:${u32(frame, at + 4)}`;
    case 1:
      return `${ipv4Text(frame, at + 2)}:${u16(frame, at + 6)}`;
    case 2:
      return `${u16(frame, at + 2)}.${u16(frame, at + 4)}:${u16(frame, at + 6)}`;
    default:
      return 'Unknown (RD type)';
  }
}
