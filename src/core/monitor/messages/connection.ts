/**
 * The connection at the end of summary lines: who talks to whom, over which protocol.
 * Source: pkg/monitor/dissect.go of cilium/cilium. They also stand alone, where a pasted line was wrapped.
 */
import type { MessageRow } from '../row.js';

/** All shapes of a connection. */
export const connections: readonly MessageRow[] = [
  {
    id: 'connection-l4',
    kind: 'summary',
    carrier: 'line',
    title: 'Connection with ports',
    forms: [
      {
        template: '<source:socketAddress> -> <destination:socketAddress> <protocol:l4>[ <tcpFlags>]',
        since: '0.8',
      },
    ],
    about: 'Sender and receiver with their ports, the protocol, and for TCP the flags.',
    examples: [
      {
        line: '10.42.0.30:55702 -> 10.42.1.20:8080 tcp SYN, ACK',
        gives: { source: '10.42.0.30:55702', protocol: 'tcp', tcpFlags: 'SYN, ACK' },
      },
      {
        line: '[fd00::1]:55702 -> [fd00::2]:53 udp',
        gives: { destination: '[fd00::2]:53', protocol: 'udp' },
      },
      { line: '10.0.0.1:36412 -> 10.0.1.2:36412 sctp', gives: { protocol: 'sctp' } },
      { line: '10.42.0.30:55702 -> 10.42.1.20:8080 tcp ', gives: { protocol: 'tcp' } },
      { line: '192.168.0.1: -> 192.168.0.2: IPsecESP', gives: { protocol: 'IPsecESP' } },
      { line: '192.168.0.1:0 -> 192.168.0.2:0 IPsecAH', gives: { protocol: 'IPsecAH' } },
    ],
  },
  {
    id: 'connection-icmp',
    kind: 'summary',
    carrier: 'line',
    title: 'ICMP message',
    forms: [
      { template: '<source:host> -> <destination:host> <icmpType>', since: '0.8', until: '1.17' },
      { template: '<source:host> -> <destination:host> icmp <icmpType>', since: '1.18' },
    ],
    about: 'Sender and receiver of an ICMP or ICMPv6 message, and its type with its code.',
    examples: [
      {
        line: '10.0.0.85 -> 10.0.1.124 EchoRequest',
        gives: { source: '10.0.0.85', icmpType: 'EchoRequest' },
      },
      {
        line: 'fe80::1 -> ff02::2 icmp RouterSolicitation',
        gives: { destination: 'ff02::2', icmpType: 'RouterSolicitation' },
      },
      {
        line: '10.0.0.1 -> 10.0.0.2 DestinationUnreachable(FragmentationNeeded)',
        gives: { icmpType: 'DestinationUnreachable(FragmentationNeeded)' },
      },
      { line: '10.0.0.1 -> 10.0.0.2 42(1)', gives: { icmpType: '42(1)' } },
      { line: '10.0.0.1 -> 10.0.0.2 TimeExceeded(Code: 9)', gives: { icmpType: 'TimeExceeded(Code: 9)' } },
    ],
  },
  {
    id: 'connection-vrrp',
    kind: 'summary',
    carrier: 'line',
    title: 'VRRP message',
    forms: [
      {
        template:
          '<source:host> -> <destination:host> vrrp <vrrpType:vrrpWord> <routerId:number> <priority:number>',
        since: '1.19',
      },
    ],
    about: 'A router announces itself by VRRP: type, virtual router id, priority.',
    examples: [
      {
        line: '192.168.0.2 -> 224.0.0.18 vrrp VRRPv2 Advertisement 51 100',
        gives: { vrrpType: 'VRRPv2 Advertisement', routerId: '51', priority: '100' },
      },
    ],
  },
  {
    id: 'connection-igmp',
    kind: 'summary',
    carrier: 'line',
    title: 'IGMP message',
    forms: [
      {
        template: '<source:host> -> <destination:host> igmp <igmpType:igmpWord> <group:host>',
        since: '1.19',
      },
    ],
    about: 'A host joins or leaves a multicast group.',
    examples: [
      {
        line: '10.0.0.85 -> 239.1.1.1 igmp IGMPv2 Membership Report 239.1.1.1',
        gives: { igmpType: 'IGMPv2 Membership Report', group: '239.1.1.1' },
      },
    ],
  },
  {
    id: 'connection-ip',
    kind: 'summary',
    carrier: 'line',
    title: 'IP packet without ports',
    forms: [{ template: '<source:host> -> <destination:host>', since: '0.8' }],
    about: 'Another protocol above IP, a fragment without ports, or a packet that was cut short.',
    examples: [
      { line: '10.42.0.22 -> 10.42.1.27', gives: { source: '10.42.0.22', destination: '10.42.1.27' } },
    ],
  },
  {
    id: 'connection-ethernet',
    kind: 'summary',
    carrier: 'line',
    title: 'Frame that is not IP',
    forms: [{ template: '<source:mac> -> <destination:mac>[ <etherType>]', since: '0.8' }],
    about: 'MAC addresses of sender and receiver and the EtherType.',
    examples: [
      {
        line: 'ca:0e:fa:6c:0f:30 -> 42:ef:f8:7a:9e:f7 ARP',
        gives: { source: 'ca:0e:fa:6c:0f:30', etherType: 'ARP' },
      },
    ],
  },
  {
    id: 'connection-tunnel',
    kind: 'summary',
    carrier: 'line',
    title: 'Connection inside a tunnel',
    forms: [
      {
        template:
          '<inner:connection> \\[tunnel <tunnelSource:address> -> <tunnelDestination:address> <tunnelProtocol>\\]',
        since: '1.18',
      },
    ],
    about: 'The connection inside an overlay packet, and the nodes between which the tunnel carries it.',
    examples: [
      {
        line: '10.0.0.85:41318 -> 10.0.1.124:80 tcp SYN [tunnel 192.168.0.120:45067 -> 192.168.0.130:8472 vxlan]',
        gives: {
          source: '10.0.0.85:41318',
          tunnelDestination: '192.168.0.130:8472',
          tunnelProtocol: 'vxlan',
        },
      },
      {
        line: '10.0.0.85 -> 10.0.1.124 icmp EchoRequest [tunnel 192.168.0.120:45067 -> 192.168.0.130:6081 geneve]',
        gives: { tunnelProtocol: 'geneve' },
      },
    ],
  },
];

/** Texts in the place of a connection where the decoder found none. */
export const noConnection: Readonly<Record<string, string>> = {
  '[unknown]': 'Nothing of the packet could be decoded.',
  '[error]': 'The decoder of the tool failed.',
};
