/**
 * Lines of the dissected packet: one per layer, `IPv4<tab>{Contents=[..20..] … TTL=62 …}`.
 * Source: the text form of gopacket's layers, and pkg/monitor/dissect.go of cilium/cilium, v0.8 to 1.21 development.
 */
import { grouped } from '../../base/words.js';
import type { Example, VersionSpan } from '../row.js';
import { portName } from '../values/network.js';
import { addressWords } from '../words/address.js';
import { identityWords } from '../words/identity.js';

/** A value in the braces of a layer line. */
export interface LayerField {
  readonly title: string;
  readonly about?: string;
  /** What this value means. Plain text. */
  readonly explain?: (value: string, field: (name: string) => string | undefined) => string | undefined;
}

/** A layer that the tool prints. */
export interface LayerRow extends VersionSpan {
  /** Type of the line in `monitor --json`. */
  readonly id: string;
  /** What the line begins with. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly fields: Readonly<Record<string, LayerField>>;
  /** One sentence with `{Field}` for values of the line. */
  readonly story?: string;
  readonly examples: readonly Example[];
}

/** `[..14..]` has 14 elements; short lists print them all. */
function elements(value: string): number | undefined {
  const many = /^\[\.\.(\d{1,9})\.\.\]$/.exec(value)?.[1];
  if (many !== undefined) return Number(many);
  if (value === '[]') return 0;
  return /^\[[^\]]{1,100}\]$/.test(value) ? value.split(',').length : undefined;
}

function bytesOf(what: string) {
  return (value: string): string | undefined => {
    const count = elements(value);
    return count === undefined ? undefined : `${grouped(count)} bytes ${what}.`;
  };
}

const contents: LayerField = {
  title: 'Bytes of this header',
  explain: bytesOf('of header'),
};
const payload: LayerField = {
  title: 'Bytes behind this header',
  about: 'As many as the event carries.',
  explain: bytesOf('follow'),
};

function hexOf(value: string): string | undefined {
  return /^\d{1,10}$/.test(value) ? `0x${Number(value).toString(16).padStart(4, '0')}` : undefined;
}
const checksum: LayerField = {
  title: 'Checksum',
  about: 'As the packet carries it.',
  explain: (value) => hexOf(value),
};

function routingHops(value: string): string | undefined {
  const ttl = /^\d{1,3}$/.test(value) ? Number(value) : undefined;
  if (ttl === undefined || ttl > 255) return undefined;
  if (ttl === 0) return 'none left: the next router drops the packet.';
  const start = [64, 128, 255].find((usual) => usual >= ttl) ?? 255;
  const hops = start - ttl;
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six'][hops] ?? String(hops);
  if (hops === 0) return `the usual start of ${start}: no router has passed it on yet.`;
  return `${words} routing ${hops === 1 ? 'hop' : 'hops'} below the usual start of ${start}.`;
}

const hopCount: LayerField['explain'] = routingHops;

function portWords(value: string): string | undefined {
  const number = /^(\d{1,5})/.exec(value)?.[1];
  const name = number === undefined ? undefined : portName(Number(number));
  return name === undefined ? undefined : `usually ${name}.`;
}
const sourcePort: LayerField = { title: 'Source port', explain: portWords };
const destinationPort: LayerField = { title: 'Destination port', explain: portWords };

const address = (title: string): LayerField => ({
  title,
  explain: (value) => addressWords(value, undefined),
});

function macWords(value: string): string | undefined {
  const first = parseInt(value.slice(0, 2), 16);
  if (!/^[\da-f]{2}(?::[\da-f]{2}){5}$/i.test(value)) return undefined;
  if (/^ff:ff:ff:ff:ff:ff$/i.test(value)) return 'broadcast.';
  if (/^01:80:c2:/i.test(value)) return 'link-local multicast of switches (STP, LLDP).';
  if ((first & 1) === 1) return 'a multicast address.';
  return (first & 2) === 2
    ? 'locally made, as those of pods and their lxc interfaces are.'
    : 'given by the maker of the card (or of the virtual machine).';
}
const mac = (title: string): LayerField => ({ title, explain: macWords });

const tcpFlag = (name: string, meaning: string): LayerField => ({
  title: `TCP flag ${name}`,
  explain: (value) => (value === 'true' ? meaning : 'not set.'),
});

const echoId: LayerField = {
  title: 'Echo id',
  about: 'For ping: the same in request and reply, and the number that conntrack keeps in place of a port.',
  explain: (value) => hexOf(value),
};

const vni: LayerField = {
  title: 'Tunnel id (VNI)',
  about: 'Cilium carries the security identity of the sender here.',
  explain: identityWords,
};

const ipProtocol: LayerField = { title: 'Protocol above IP' };

/** All layers, in the order of the stack. */
export const layers: readonly LayerRow[] = [
  {
    id: 'ethernet',
    name: 'Ethernet',
    title: 'Ethernet header',
    since: '0.8',
    about: 'From one MAC address to another on this link.',
    story: 'A frame from {SrcMAC} to {DstMAC} that carries {EthernetType}.',
    fields: {
      Contents: contents,
      Payload: payload,
      SrcMAC: mac('Source MAC address'),
      DstMAC: mac('Destination MAC address'),
      EthernetType: { title: 'EtherType', about: 'What the frame carries.' },
      Length: {
        title: 'Length field',
        explain: (value) =>
          value === '0' ? 'not used: Ethernet II frames carry a type in this place.' : 'an 802.3 frame.',
      },
    },
    examples: [
      {
        line: 'Ethernet\t{Contents=[..14..] Payload=[..86..] SrcMAC=ca:0e:fa:6c:0f:30 DstMAC=42:ef:f8:7a:9e:f7 EthernetType=IPv4 Length=0}',
        gives: { SrcMAC: 'ca:0e:fa:6c:0f:30', EthernetType: 'IPv4', Length: '0' },
      },
    ],
  },
  {
    id: 'ipv4',
    name: 'IPv4',
    title: 'IPv4 header',
    since: '0.8',
    about: 'Addresses, TTL and fragmentation of the packet.',
    story: 'A packet from {SrcIP} to {DstIP}, {Protocol}, TTL {TTL}.',
    fields: {
      Contents: contents,
      Payload: payload,
      Version: { title: 'IP version' },
      IHL: {
        title: 'Header length',
        explain: (value) =>
          /^\d{1,2}$/.test(value) ? `${Number(value) * 4} bytes (in words of 4).` : undefined,
      },
      TOS: {
        title: 'Type of service',
        explain: (value) =>
          /^\d{1,3}$/.test(value) ? `DSCP ${Number(value) >> 2}, ECN ${Number(value) & 3}.` : undefined,
      },
      Length: {
        title: 'Total length',
        about: 'Header and data in bytes, as the header says; the event may carry fewer.',
      },
      Id: {
        title: 'Identification',
        about: 'The same in all sightings of this packet (and in its fragments), so it tells packets apart.',
        explain: (value) => hexOf(value),
      },
      Flags: {
        title: 'Fragmentation flags',
        explain: (value) => {
          if (value === 'DF')
            return 'do not fragment: routers answer with an ICMP error when it is too large.';
          if (value === 'MF') return 'more fragments follow.';
          return value === '' ? 'none set: routers may fragment it.' : undefined;
        },
      },
      FragOffset: {
        title: 'Fragment offset',
        explain: (value, field) => {
          if (!/^\d{1,5}$/.test(value)) return undefined;
          if (value !== '0')
            return `data from byte ${grouped(Number(value) * 8)} on: a later fragment, without ports.`;
          return (field('Flags') ?? '').includes('MF') ? 'the first fragment.' : 'not a fragment.';
        },
      },
      TTL: { title: 'Time to live', explain: hopCount },
      Protocol: ipProtocol,
      Checksum: checksum,
      SrcIP: address('Source address'),
      DstIP: address('Destination address'),
      Options: {
        title: 'IP options',
        explain: (value) => (value === '[]' ? 'none.' : undefined),
      },
      Padding: {
        title: 'Padding of the options',
        explain: (value) => (value === '[]' ? 'none.' : undefined),
      },
    },
    examples: [
      {
        line: 'IPv4\t{Contents=[..20..] Payload=[..64..] Version=4 IHL=5 TOS=0 Length=84 Id=45716 Flags=DF FragOffset=0 TTL=62 Protocol=ICMPv4 Checksum=29764 SrcIP=10.0.0.85 DstIP=10.0.1.124 Options=[] Padding=[]}',
        gives: { TTL: '62', Flags: 'DF', SrcIP: '10.0.0.85', Padding: '[]' },
      },
    ],
  },
  {
    id: 'ipv6',
    name: 'IPv6',
    title: 'IPv6 header',
    since: '0.8',
    about: 'Addresses and hop limit of the packet.',
    story: 'A packet from {SrcIP} to {DstIP}, {NextHeader}, hop limit {HopLimit}.',
    fields: {
      Contents: contents,
      Payload: payload,
      Version: { title: 'IP version' },
      TrafficClass: { title: 'Traffic class' },
      FlowLabel: { title: 'Flow label' },
      Length: { title: 'Payload length', about: 'Bytes behind the IPv6 header, as the header says.' },
      NextHeader: { title: 'Next header', about: 'What follows the IPv6 header.' },
      HopLimit: { title: 'Hop limit', explain: hopCount },
      SrcIP: address('Source address'),
      DstIP: address('Destination address'),
      HopByHop: {
        title: 'Hop-by-hop options',
        explain: (value) => (value === 'nil' ? 'none.' : undefined),
      },
    },
    examples: [
      {
        line: 'IPv6\t{Contents=[..40..] Payload=[..32..] Version=6 TrafficClass=0 FlowLabel=0 Length=36 NextHeader=IPv6HopByHop HopLimit=1 SrcIP=fe80::1 DstIP=ff02::16 HopByHop={ Contents=[..8..] Payload=[..28..] NextHeader=ICMPv6 HeaderLength=0 ActualLength=8 Options=[{OptionType=5 OptionLength=2 ActualLength=4 OptionData=[0, 0] OptionAlignment=[0 0]}, {OptionType=1}]}}',
        gives: { HopLimit: '1', DstIP: 'ff02::16' },
      },
      {
        line: 'IPv6 {Contents=[..40..] Payload=[..24..] Version=6 TrafficClass=0 FlowLabel=0 Length=24 NextHeader=ICMPv6 HopLimit=255 SrcIP=fe80::1 DstIP=fe80::2 HopByHop=nil}',
        gives: { HopByHop: 'nil' },
      },
    ],
  },
  {
    id: 'tcp',
    name: 'TCP',
    title: 'TCP header',
    since: '0.8',
    about: 'Ports, sequence numbers and flags.',
    story: 'A TCP segment from port {SrcPort} to port {DstPort}.',
    fields: {
      Contents: contents,
      Payload: payload,
      SrcPort: sourcePort,
      DstPort: destinationPort,
      Seq: { title: 'Sequence number', about: 'Place of the first byte of this segment in the stream.' },
      Ack: {
        title: 'Acknowledgement number',
        about: 'The next byte that the sender expects from the other side.',
      },
      DataOffset: {
        title: 'Header length',
        explain: (value) =>
          /^\d{1,2}$/.test(value) ? `${Number(value) * 4} bytes (in words of 4).` : undefined,
      },
      FIN: tcpFlag('FIN', 'the sender closes its side.'),
      SYN: tcpFlag('SYN', 'a connection is asked for, or (with ACK) accepted.'),
      RST: tcpFlag('RST', 'the connection is refused or broken off.'),
      PSH: tcpFlag('PSH', 'hand the data to the application at once.'),
      ACK: tcpFlag('ACK', 'the acknowledgement number counts.'),
      URG: tcpFlag('URG', 'the urgent pointer counts.'),
      ECE: tcpFlag('ECE', 'congestion was met, or (with SYN) ECN is offered.'),
      CWR: tcpFlag('CWR', 'the sender slowed down after congestion.'),
      NS: tcpFlag('NS', 'ECN nonce.'),
      Window: {
        title: 'Window',
        about: 'Bytes the sender can take now, before the window scale is applied.',
      },
      Checksum: checksum,
      Urgent: { title: 'Urgent pointer' },
      Options: { title: 'TCP options', explain: (value) => (value === '[]' ? 'none.' : undefined) },
      Padding: {
        title: 'Padding of the options',
        explain: (value) => (value === '[]' ? 'none.' : undefined),
      },
      Multipath: { title: 'Multipath TCP' },
    },
    examples: [
      {
        line: 'TCP\t{Contents=[..40..] Payload=[] SrcPort=55702 DstPort=443(https) Seq=1 Ack=0 DataOffset=10 FIN=false SYN=true RST=false PSH=false ACK=false URG=false ECE=false CWR=false NS=false Window=64240 Checksum=5 Urgent=0 Options=[..5..] Padding=[]}',
        gives: { SYN: 'true', DstPort: '443(https)', Options: '[..5..]' },
      },
      {
        line: 'TCP\t{Contents=[..32..] Payload=[] SrcPort=1 DstPort=2 Seq=1 Ack=0 DataOffset=8 FIN=false SYN=true RST=false PSH=false ACK=false URG=false ECE=false CWR=false NS=false Window=64240 Checksum=5 Urgent=0 Options=[TCPOption(NOP:), TCPOption(NOP:), TCPOption(Timestamps:153810/128320 0x000258d20001f540)] Padding=[] Multipath=false}',
        gives: { Multipath: 'false', Window: '64240' },
      },
    ],
  },
  {
    id: 'udp',
    name: 'UDP',
    title: 'UDP header',
    since: '0.8',
    about: 'Ports and length.',
    story: 'A UDP datagram from port {SrcPort} to port {DstPort}.',
    fields: {
      Contents: contents,
      Payload: payload,
      SrcPort: sourcePort,
      DstPort: destinationPort,
      Length: { title: 'Length', about: 'Header and data in bytes, as the header says.' },
      Checksum: checksum,
    },
    examples: [
      {
        line: 'UDP\t{Contents=[..8..] Payload=[..44..] SrcPort=58626 DstPort=53(domain) Length=52 Checksum=56849}',
        gives: { DstPort: '53(domain)' },
      },
    ],
  },
  {
    id: 'sctp',
    name: 'SCTP',
    title: 'SCTP header',
    since: '1.13',
    about: 'Ports and verification tag.',
    fields: {
      Contents: contents,
      Payload: payload,
      SrcPort: sourcePort,
      DstPort: destinationPort,
      VerificationTag: { title: 'Verification tag', about: 'Tells the association apart.' },
      Checksum: checksum,
    },
    examples: [
      {
        line: 'SCTP\t{Contents=[..12..] Payload=[..20..] SrcPort=36412 DstPort=36412 VerificationTag=1 Checksum=2}',
        gives: { VerificationTag: '1' },
      },
    ],
  },
  {
    id: 'icmpv4',
    name: 'ICMPv4',
    title: 'ICMP header',
    since: '0.8',
    about: 'Type and code of the message, and for ping its id and sequence number.',
    story: 'ICMP {TypeCode}, id {Id}, sequence number {Seq}.',
    fields: {
      Contents: contents,
      Payload: payload,
      TypeCode: {
        title: 'ICMP type and code',
        explain: (value) => {
          if (value === 'EchoRequest') return 'a ping asks.';
          if (value === 'EchoReply') return 'a ping is answered.';
          if (value.includes('FragmentationNeeded')) return 'a packet was larger than the MTU of the path.';
          return value.startsWith('TimeExceeded') ? 'the TTL of a packet ran out.' : undefined;
        },
      },
      Checksum: checksum,
      Id: echoId,
      Seq: { title: 'Echo sequence number', about: 'Counts the pings of one run.' },
    },
    examples: [
      {
        line: 'ICMPv4\t{Contents=[..8..] Payload=[..56..] TypeCode=EchoRequest Checksum=20861 Id=3072 Seq=0}',
        gives: { TypeCode: 'EchoRequest', Id: '3072', Seq: '0' },
      },
    ],
  },
  {
    id: 'icmpv6',
    name: 'ICMPv6',
    title: 'ICMPv6 header',
    since: '0.8',
    about: 'Type and code of the message.',
    story: 'ICMPv6 {TypeCode}.',
    fields: {
      Contents: contents,
      Payload: payload,
      TypeCode: { title: 'ICMPv6 type and code' },
      Checksum: checksum,
      TypeBytes: { title: 'Bytes of the message type' },
    },
    examples: [
      {
        line: 'ICMPv6\t{Contents=[135, 0, 165, 202] Payload=[..28..] TypeCode=NeighborSolicitation Checksum=42442 TypeBytes=[]}',
        gives: { Contents: '[135, 0, 165, 202]', TypeCode: 'NeighborSolicitation' },
      },
    ],
  },
  {
    id: 'ipsec-ah',
    name: 'IPSecAH',
    title: 'IPsec authentication header',
    since: '1.6',
    until: '1.17',
    about: 'The packet is authenticated by IPsec.',
    fields: {
      Contents: contents,
      Payload: payload,
      SPI: { title: 'Security parameters index' },
      Seq: { title: 'Sequence number' },
    },
    examples: [
      { line: 'IPSecAH\t{Contents=[..24..] Payload=[..20..] Reserved=0 SPI=3 Seq=1}', gives: { SPI: '3' } },
    ],
  },
  {
    id: 'ipsec-esp',
    name: 'IPSecESP',
    title: 'IPsec encrypted packet',
    since: '1.6',
    until: '1.17',
    about: 'The packet is encrypted by IPsec; its inside cannot be shown.',
    fields: {
      Contents: contents,
      Payload: payload,
      SPI: { title: 'Security parameters index', about: 'Cilium puts the id of the key here.' },
      Seq: { title: 'Sequence number' },
      Encrypted: { title: 'Encrypted bytes' },
    },
    examples: [
      {
        line: 'IPSecESP\t{Contents=[..96..] Payload=[] SPI=3 Seq=19 Encrypted=[..88..]}',
        gives: { SPI: '3' },
      },
    ],
  },
  {
    id: 'vxlan',
    name: 'VXLAN',
    title: 'VXLAN header',
    since: '1.18',
    about: 'The tunnel header; Cilium carries the identity of the sender in its VNI.',
    story: 'A tunnel packet whose sender has identity {VNI}.',
    fields: {
      Contents: contents,
      Payload: payload,
      ValidIDFlag: { title: 'VNI is valid' },
      VNI: vni,
      GBPExtension: { title: 'Group policy extension' },
      GBPDontLearn: { title: 'Do not learn (group policy)' },
      GBPApplied: { title: 'Policy applied (group policy)' },
      GBPGroupPolicyID: { title: 'Group policy id' },
    },
    examples: [
      {
        line: 'VXLAN\t{Contents=[..8..] Payload=[..98..] ValidIDFlag=true VNI=3352 GBPExtension=false GBPDontLearn=false GBPApplied=false GBPGroupPolicyID=0}',
        gives: { VNI: '3352' },
      },
    ],
  },
  {
    id: 'geneve',
    name: 'Geneve',
    title: 'Geneve header',
    since: '1.18',
    about: 'The tunnel header; Cilium carries the identity of the sender in its VNI.',
    story: 'A tunnel packet whose sender has identity {VNI}.',
    fields: {
      Contents: contents,
      Payload: payload,
      Version: { title: 'Geneve version' },
      OptionsLength: { title: 'Length of the options' },
      OAMPacket: { title: 'Control packet' },
      CriticalOption: { title: 'Has critical options' },
      Protocol: { title: 'What is inside' },
      VNI: vni,
      Options: { title: 'Options', explain: (value) => (value === '[]' ? 'none.' : undefined) },
    },
    examples: [
      {
        line: 'Geneve\t{Contents=[..8..] Payload=[..98..] Version=0 OptionsLength=0 OAMPacket=false CriticalOption=false Protocol=TransparentEthernetBridging VNI=3352 Options=[]}',
        gives: { VNI: '3352' },
      },
    ],
  },
  {
    id: 'vrrp',
    name: 'VRRP',
    title: 'VRRP message',
    since: '1.19',
    about: 'A router announces itself.',
    fields: {
      Contents: contents,
      Payload: payload,
      VirtualRtrID: { title: 'Virtual router id' },
      Priority: { title: 'Priority', about: 'The router with the highest one is in charge.' },
      AdverInt: { title: 'Seconds between announcements' },
      IPAddress: { title: 'Addresses of the virtual router' },
      Checksum: checksum,
    },
    examples: [
      {
        line: 'VRRP\t{Contents=[..20..] Payload=[] Version=2 Type=VRRPv2 Advertisement VirtualRtrID=51 Priority=100 CountIPAddr=1 AuthType=No Authentication AdverInt=1 Checksum=5 IPAddress=[192.168.0.10]}',
        gives: { VirtualRtrID: '51', Type: 'VRRPv2 Advertisement', IPAddress: '[192.168.0.10]' },
      },
    ],
  },
  {
    id: 'igmp',
    name: 'IGMP',
    title: 'IGMP message',
    since: '1.19',
    about: 'A host joins or leaves a multicast group.',
    fields: {
      Contents: contents,
      Payload: payload,
      Type: { title: 'IGMP type' },
      MaxResponseTime: { title: 'Longest time to answer' },
      GroupAddress: address('Multicast group'),
      Version: { title: 'IGMP version' },
      Checksum: checksum,
    },
    examples: [
      {
        line: 'IGMP\t{Contents=[..8..] Payload=[] Type=IGMPv2 Membership Report MaxResponseTime=0s Checksum=5 GroupAddress=239.1.1.1 Version=2}',
        gives: { GroupAddress: '239.1.1.1' },
      },
    ],
  },
];

/** A layer without text; gopacket printed nothing. */
export const unknownLayer = 'Unknown layer';

const byName = new Map(layers.map((layer) => [layer.name, layer]));

/** The layer that a line begins with. */
export function layerNamed(name: string): LayerRow | undefined {
  return byName.get(name);
}
