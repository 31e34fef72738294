/**
 * Protocols that are told by their name: the layer and its bytes, without fields. Those that matter little on the
 * network of a cluster, or whose payload is encrypted.
 */
import { type Claim, defineDissector, type Dissector } from '../dissector.js';

interface Named {
  readonly id: string;
  readonly title: string;
  readonly column: string;
  readonly spec: string;
  readonly claims: readonly Claim[];
  /** Words of the packet list, where the protocol's column does not say it all. */
  readonly info?: string;
}

const cisco = 'https://wiki.wireshark.org/CDP';
const rows: readonly Named[] = [
  {
    id: 'cdp',
    title: 'Cisco Discovery Protocol',
    column: 'CDP',
    spec: cisco,
    claims: [
      { table: 'llc.cisco_pid', keys: [0x2000] },
      { table: 'gre.proto', keys: [0x2000] },
      { table: 'ppp.protocol', keys: [0x0207] },
    ],
  },
  {
    id: 'vtp',
    title: 'VLAN Trunking Protocol',
    column: 'VTP',
    spec: 'https://wiki.wireshark.org/VTP',
    claims: [{ table: 'llc.cisco_pid', keys: [0x2003] }],
  },
  {
    id: 'dtp',
    title: 'Dynamic Trunk Protocol',
    column: 'DTP',
    spec: 'https://wiki.wireshark.org/DTP',
    claims: [{ table: 'llc.cisco_pid', keys: [0x2004] }],
    info: 'Dynamic Trunk Protocol',
  },
  {
    id: 'udld',
    title: 'Unidirectional Link Detection',
    column: 'UDLD',
    spec: 'https://www.rfc-editor.org/rfc/rfc5171',
    claims: [{ table: 'llc.cisco_pid', keys: [0x0111] }],
  },
  {
    id: 'pagp',
    title: 'Port Aggregation Protocol',
    column: 'PAGP',
    spec: 'https://wiki.wireshark.org/PAGP',
    claims: [{ table: 'llc.cisco_pid', keys: [0x0104] }],
  },
  {
    id: 'macsec',
    title: '802.1AE Security tag',
    column: 'MACSEC',
    spec: 'https://standards.ieee.org/ieee/802.1AE/7154/',
    claims: [{ table: 'ethertype', keys: [0x88e5] }],
    info: 'MACsec frame',
  },
  {
    id: 'eapol',
    title: '802.1X Authentication',
    column: 'EAPOL',
    spec: 'https://standards.ieee.org/ieee/802.1X/7345/',
    claims: [{ table: 'ethertype', keys: [0x888e] }],
  },
  {
    id: 'isakmp',
    title: 'Internet Security Association and Key Management Protocol',
    column: 'ISAKMP',
    spec: 'https://www.rfc-editor.org/rfc/rfc7296',
    claims: [{ table: 'udp.port', keys: [500] }],
  },
  {
    id: 'dccp',
    title: 'Datagram Congestion Control Protocol',
    column: 'DCCP',
    spec: 'https://www.rfc-editor.org/rfc/rfc4340',
    claims: [{ table: 'ip.proto', keys: [33] }],
  },
  {
    id: 'rsvp',
    title: 'Resource ReserVation Protocol (RSVP)',
    column: 'RSVP',
    spec: 'https://www.rfc-editor.org/rfc/rfc2205',
    claims: [{ table: 'ip.proto', keys: [46] }],
  },
  {
    id: 'eigrp',
    title: 'Cisco EIGRP',
    column: 'EIGRP',
    spec: 'https://www.rfc-editor.org/rfc/rfc7868',
    claims: [{ table: 'ip.proto', keys: [88] }],
  },
  {
    id: 'wlan',
    title: 'IEEE 802.11 wireless LAN',
    column: '802.11',
    spec: 'https://standards.ieee.org/ieee/802.11/7028/',
    claims: [{ table: 'link', keys: [105] }],
  },
  {
    id: 'radiotap',
    title: 'Radiotap Header',
    column: '802.11',
    spec: 'https://www.radiotap.org',
    claims: [{ table: 'link', keys: [127] }],
  },
  {
    id: 'usb',
    title: 'USB URB',
    column: 'USB',
    spec: 'https://www.tcpdump.org/linktypes.html',
    claims: [{ table: 'link', keys: [189, 220, 249] }],
  },
  {
    id: 'pptp',
    title: 'Point-to-Point Tunnelling Protocol',
    column: 'PPTP',
    spec: 'https://www.rfc-editor.org/rfc/rfc2637',
    claims: [{ table: 'tcp.port', keys: [1723] }],
  },
  {
    id: 'gtpv2',
    title: 'GPRS Tunneling Protocol V2',
    column: 'GTPv2',
    spec: 'https://www.3gpp.org/dynareport/29274.htm',
    claims: [],
  },
  {
    id: 'hsrp',
    title: 'Cisco Hot Standby Router Protocol',
    column: 'HSRP',
    spec: 'https://www.rfc-editor.org/rfc/rfc2281',
    claims: [{ table: 'udp.port', keys: [1985, 2029] }],
  },
];

function named({ info, ...row }: Named): Dissector {
  return defineDissector({
    ...row,
    fields: {},
    measure(walk) {
      if (walk.header(1)) walk.whole();
    },
    ...(info !== undefined && { info: () => info }),
    examples: [{ title: 'its bytes', hex: '00 01 02 03', fields: {} }],
  });
}

export const namedOnly: readonly Dissector[] = rows.map(named);
