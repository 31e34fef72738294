/**
 * Drop events: a packet that ends here, and why.
 * Source: pkg/monitor/datapath_drop.go of cilium/cilium, v0.8 to 1.21 development.
 */
import type { MessageRow } from '../row.js';

const identities = '<srcIdentity>-><dstIdentity>';
const reason = '<reason>[, <extError>]';
const traceId = '\\[ ip-trace-id = <traceId> \\]';
/** The end of verbose lines; from 1.19 on the packet can follow the trace id without a line end. */
const toEndpoint = '[, to endpoint <toEndpoint:endpoint>][ \\[ IP-TRACE-ID=<traceId>[<packet:gluedLayer>]]';

/** All drop events. */
export const dropMessages: readonly MessageRow[] = [
  {
    id: 'drop',
    kind: 'drop',
    cilium: 'DropNotify',
    carrier: 'line',
    title: 'Dropped',
    heading: 'Dropped: {reason}',
    forms: [
      {
        template: `xx drop (${reason}) flow <flow> to endpoint <toEndpoint:endpoint>, ifindex <interface>, file <file:sourceFile>:<fileLine:sourceLine>,[ ${traceId}][ ], identity ${identities}: <connection>`,
        since: '1.13',
      },
      {
        template: `xx drop (${reason}) flow <flow> to endpoint <toEndpoint:endpoint>, file <file:sourceFile> line <fileLine:sourceLine>, , identity ${identities}: <connection>`,
        since: '1.12',
        until: '1.12',
      },
      {
        template: `xx drop (${reason}) flow <flow> to endpoint <toEndpoint:endpoint>, , identity ${identities}: <connection>`,
        since: '1.11',
        until: '1.12',
      },
      {
        template: `xx drop (<reason>) flow <flow> to endpoint <toEndpoint:endpoint>, identity ${identities}: <connection>`,
        since: '0.13',
        until: '1.10',
      },
      {
        template: `xx drop (<reason>), to endpoint <toEndpoint:endpoint>, identity ${identities}: <connection>`,
        since: '0.11',
        until: '0.12',
      },
      {
        template: `xx drop (<reason>) to endpoint <toEndpoint:endpoint>, identity ${identities}: <connection>`,
        since: '0.10',
        until: '0.10',
      },
      // A reason can hold commas and the word identity, so the forms with more words behind it come first.
      {
        template: `DROP: <bytes> bytes, reason ${reason}, , identity ${identities}${toEndpoint}`,
        carrier: 'mark',
        since: '1.11',
      },
      {
        template: `DROP: <bytes> bytes, reason ${reason}, to ifindex <interface>[, identity ${identities}]${toEndpoint}`,
        carrier: 'mark',
        since: '0.11',
        until: '1.4',
      },
      {
        template: `DROP: <bytes> bytes, reason ${reason}, identity ${identities}${toEndpoint}`,
        carrier: 'mark',
        since: '1.4',
      },
      {
        template: `DROP: <bytes> bytes, reason <reason>identity ${identities}${toEndpoint}`,
        carrier: 'mark',
        since: '1.10',
        until: '1.10',
      },
      {
        template: `DROP: <bytes> bytes, reason ${reason}${toEndpoint}`,
        carrier: 'mark',
        since: '1.4',
      },
      {
        template: `Packet dropped <code:dropCode> (<reason>) <bytes> bytes ifindex=<interface>[ ${identities}][ to lxc <toEndpoint:endpoint>]`,
        carrier: 'mark',
        since: '0.8',
        until: '0.10',
      },
    ],
    about: 'The packet was dropped. "to endpoint 0" means that no local endpoint was known for it.',
    story: ['{=reason}', 'The packet was dropped for a reason that no table knows: {reason}.'],
    link: 'https://docs.cilium.io/en/stable/operations/troubleshooting/',
    examples: [
      {
        line: 'xx drop (Policy denied) flow 0x68fa6ff4 to endpoint 258, ifindex 26, file bpf_lxc.c:1965, , identity world->57935: 10.42.0.30:55702 -> 10.42.1.20:8080 tcp SYN',
        gives: {
          reason: 'Policy denied',
          toEndpoint: '258',
          file: 'bpf_lxc.c',
          fileLine: '1965',
          srcIdentity: 'world',
          source: '10.42.0.30:55702',
        },
      },
      {
        line: 'xx drop (FIB lookup failed, 7) flow 0x68fa6ff4 to endpoint 0, ifindex 2, file nodeport.h:1234, [ ip-trace-id = 9 ], identity 2->0: 10.42.0.30 -> 10.42.1.20 EchoRequest',
        gives: { reason: 'FIB lookup failed', extError: '7', traceId: '9' },
      },
      {
        line: 'xx drop (159, 0) flow 0x0 to endpoint 0, ifindex 2, file 2:0, , identity 2->unknown: 10.42.0.30:1 -> 10.42.1.20:2 udp',
        gives: { reason: '159', extError: '0', file: '2' },
      },
      {
        line: 'xx drop (CT: Map insertion failed, -7) flow 0x0 to endpoint 12, file bpf_lxc.c line 812, , identity 2->3352: 10.42.0.30:1 -> 10.42.1.20:2 udp',
        gives: { reason: 'CT: Map insertion failed', extError: '-7', fileLine: '812' },
      },
      {
        line: 'xx drop (No tunnel/encapsulation endpoint (datapath BUG!)) flow 0x0 to endpoint 12, , identity 2->3352: [unknown]',
        gives: { reason: 'No tunnel/encapsulation endpoint (datapath BUG!)' },
      },
      {
        line: 'xx drop (Policy denied (L3)) flow 0xab12 to endpoint 12, identity 2->3352: 10.42.0.30:1 -> 10.42.1.20:2 tcp SYN',
        gives: { reason: 'Policy denied (L3)', flow: '0xab12' },
      },
      {
        line: 'xx drop (Invalid source ip), to endpoint 0, identity 0->0: fe80::1 -> ff02::2 RouterSolicitation',
        gives: { reason: 'Invalid source ip', source: 'fe80::1' },
      },
      {
        line: 'xx drop (Stale or unroutable IP) to endpoint 0, identity 0->0: ca:0e:fa:6c:0f:30 -> 42:ef:f8:7a:9e:f7 ARP',
        gives: { reason: 'Stale or unroutable IP', etherType: 'ARP' },
      },
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 DROP: 98 bytes, reason Policy denied, , identity 101->unknown, to endpoint 5',
        gives: { reason: 'Policy denied', srcIdentity: '101', toEndpoint: '5' },
      },
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 DROP: 98 bytes, reason Policy denied, , identity 101->2 [ IP-TRACE-ID=7Ethernet\t{Contents=[..14..] Payload=[..84..] EthernetType=IPv4 Length=0}',
        gives: { traceId: '7', dstIdentity: '2' },
      },
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 DROP: 98 bytes, reason FIB lookup failed, 8, identity 101->2',
        gives: { reason: 'FIB lookup failed', extError: '8', dstIdentity: '2' },
      },
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 DROP: 98 bytes, reason Policy deniedidentity 101->unknown, to endpoint 5',
        gives: { reason: 'Policy denied', srcIdentity: '101' },
      },
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 DROP: 98 bytes, reason Policy denied (L4), to ifindex 7, identity 101->5, to endpoint 5',
        gives: { reason: 'Policy denied (L4)', interface: '7' },
      },
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 DROP: 98 bytes, reason Invalid identity, identity 1->5',
        gives: { reason: 'Invalid identity', srcIdentity: '1' },
      },
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 Packet dropped 133 (Policy denied) 98 bytes ifindex=26 101->5 to lxc 5',
        gives: { code: '133', reason: 'Policy denied', toEndpoint: '5' },
      },
    ],
  },
];
