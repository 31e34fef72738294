/**
 * Capture events: the packet itself at a debug point.
 * Source: pkg/monitor/datapath_debug.go of cilium/cilium (DebugCapture), v0.8 to 1.21 development.
 */
import type { Example, Form, MessageRow } from '../row.js';

interface CapturePoint {
  readonly id: string;
  readonly cilium: string;
  readonly title: string;
  /** Text of verbose lines behind `<n> bytes, `. */
  readonly verbose: string;
  /** Text of summary lines before the connection; some types print no such line. */
  readonly summary?: string;
  /** What it was in the versions up to 0.12, with a line of each. */
  readonly oldSummaries?: readonly (readonly [template: string, example: string])[];
  readonly since: string;
  readonly until?: string;
  readonly about: string;
  readonly example: string;
  readonly gives: Readonly<Record<string, string>>;
  readonly summaryExample?: string;
}

const points: readonly CapturePoint[] = [
  {
    id: 'capture-from-endpoint',
    cilium: 'DbgCaptureFromLxc',
    title: 'Packet from a container',
    verbose: 'Incoming packet from container ifindex <interface>',
    summary: '<- endpoint <fromEndpoint:endpoint>, identity <srcIdentity>',
    since: '0.8',
    until: '0.12',
    about: 'The packet as it came from a container.',
    example: 'Incoming packet from container ifindex 26',
    gives: { interface: '26' },
    summaryExample: '<- endpoint 1580, identity 3352',
  },
  {
    id: 'capture-from-network',
    cilium: 'DbgCaptureFromNetdev',
    title: 'Packet from a network device',
    verbose: 'Incoming packet from netdev ifindex <interface>',
    summary: '<- netdev <interface>',
    since: '0.8',
    until: '0.12',
    about: 'The packet as it came from a network device of the node.',
    example: 'Incoming packet from netdev ifindex 2',
    gives: { interface: '2' },
    summaryExample: '<- netdev 2',
  },
  {
    id: 'capture-from-overlay',
    cilium: 'DbgCaptureFromOverlay',
    title: 'Packet from the tunnel',
    verbose: 'Incoming packet from overlay ifindex <interface>',
    summary: '<- overlay <interface>',
    since: '0.8',
    until: '0.12',
    about: 'The packet as it came out of the tunnel.',
    example: 'Incoming packet from overlay ifindex 7',
    gives: { interface: '7' },
    summaryExample: '<- overlay 7',
  },
  {
    id: 'capture-delivery',
    cilium: 'DbgCaptureDelivery',
    title: 'Packet as it is delivered',
    verbose: 'Delivery to ifindex <interface>',
    summary: '-> <interface>',
    oldSummaries: [
      ['-> endpoint <toEndpoint:endpoint>[, identity <identity>]', '-> endpoint 1580, identity 3352'],
      ['-> netdev <interface>[, identity <identity>]', '-> netdev 2, identity 3352'],
      ['-> ifindex <interface>[, identity <identity>]', '-> ifindex 26'],
      ['-> <interface>, identity <identity>', '-> lxc5f949d4fd7fa, identity 3352'],
    ],
    since: '0.8',
    about: 'The packet as it is sent to an interface; 0 when it goes straight to a peer or socket.',
    example: 'Delivery to ifindex 26',
    gives: { interface: '26' },
    summaryExample: '-> lxc5f949d4fd7fa',
  },
  {
    id: 'capture-load-balancer',
    cilium: 'DbgCaptureFromLb',
    title: 'Packet to the load-balancer',
    verbose: 'Incoming packet to load balancer on ifindex <interface>',
    summary: '<- load-balancer <interface>',
    since: '0.8',
    about: 'The packet as it reaches the stand-alone load-balancer program.',
    example: 'Incoming packet to load balancer on ifindex 2',
    gives: { interface: '2' },
    summaryExample: '<- load-balancer eth0',
  },
  {
    id: 'capture-after-nat46',
    cilium: 'DbgCaptureAfterV46',
    title: 'Packet after translation to IPv6',
    verbose: 'Packet after nat46 ifindex <interface>',
    summary: '== v4->v6 <interface>',
    since: '0.8',
    about: 'The packet after it was translated from IPv4 to IPv6.',
    example: 'Packet after nat46 ifindex 26',
    gives: { interface: '26' },
    summaryExample: '== v4->v6 26',
  },
  {
    id: 'capture-after-nat64',
    cilium: 'DbgCaptureAfterV64',
    title: 'Packet after translation to IPv4',
    verbose: 'Packet after nat64 ifindex <interface>',
    summary: '== v6->v4 <interface>',
    since: '0.8',
    about: 'The packet after it was translated from IPv6 to IPv4.',
    example: 'Packet after nat64 ifindex 26',
    gives: { interface: '26' },
    summaryExample: '== v6->v4 26',
  },
  {
    id: 'capture-proxy-before',
    cilium: 'DbgCaptureProxyPre',
    title: 'Packet to the proxy, before',
    verbose: 'Packet to proxy port <proxyPort> (Pre)',
    since: '0.8',
    about: 'The packet before it is changed for the L7 proxy.',
    example: 'Packet to proxy port 15001 (Pre)',
    gives: { proxyPort: '15001' },
  },
  {
    id: 'capture-proxy-after',
    cilium: 'DbgCaptureProxyPost',
    title: 'Packet to the proxy, after',
    verbose: 'Packet to proxy port <proxyPort> (Post)',
    summary: '-> proxy port <proxyPort>',
    since: '0.8',
    about: 'The packet after it was changed for the L7 proxy.',
    example: 'Packet to proxy port 15001 (Post)',
    gives: { proxyPort: '15001' },
    summaryExample: '-> proxy port 15001',
  },
  {
    id: 'capture-snat-before',
    cilium: 'DbgCaptureSnatPre',
    title: 'Packet before masquerading',
    verbose: 'Packet going into snat engine on ifindex <interface>',
    since: '1.5',
    about: 'The packet before its source address is replaced.',
    example: 'Packet going into snat engine on ifindex 2',
    gives: { interface: '2' },
  },
  {
    id: 'capture-snat-after',
    cilium: 'DbgCaptureSnatPost',
    title: 'Packet after masquerading',
    verbose: 'Packet coming from snat engine on ifindex <interface>',
    since: '1.5',
    about: 'The packet after its source address was replaced.',
    example: 'Packet coming from snat engine on ifindex 2',
    gives: { interface: '2' },
  },
  {
    id: 'capture-unknown',
    cilium: 'DbgCaptureUnspec',
    title: 'Capture unknown to the tool',
    verbose: 'Unknown message type=<subtype:number> arg1=<arg1:number>',
    since: '0.8',
    about: 'The tool does not know this kind of capture: tool and datapath are of different versions.',
    example: 'Unknown message type=12 arg1=0',
    gives: { subtype: '12' },
  },
];

function rowOf(point: CapturePoint): MessageRow {
  const span = point.until === undefined ? {} : { until: point.until };
  const forms: Form[] = [
    { template: `<bytes> bytes, ${point.verbose}`, carrier: 'debug', since: '0.11', ...span },
    {
      template: `<bytes> bytes, ${point.verbose}<packet:gluedLayer>`,
      carrier: 'debug',
      since: '1.19',
      ...span,
    },
    { template: `<bytes> bytes ${point.verbose}`, carrier: 'debug', since: '0.8', until: '0.10' },
  ];
  // The versions of the old capture types end before the gluing began.
  const kept = forms.filter((form) => point.until === undefined || form.since !== '1.19');
  if (point.summary !== undefined)
    kept.push({ template: `${point.summary}: <connection:knownConnection>`, since: point.since, ...span });
  const oldSummaries = point.oldSummaries ?? [];
  for (const [template] of oldSummaries)
    kept.push({ template: `${template}: <connection:knownConnection>`, since: '0.8', until: '0.12' });
  const head = 'CPU 01: MARK 0x1f2e3d4c FROM 12 DEBUG: 98 bytes';
  const examples: Example[] = [
    { line: `${head}, ${point.example}`, gives: { bytes: '98', ...point.gives } },
    { line: `${head} ${point.example}`, gives: point.gives },
  ];
  if (point.until === undefined)
    examples.push({
      line: `${head}, ${point.example}Ethernet\t{Contents=[..14..] Payload=[..84..] EthernetType=IPv4 Length=0}`,
      gives: point.gives,
    });
  if (point.summaryExample !== undefined)
    examples.push({
      line: `${point.summaryExample}: 10.0.0.85:41318 -> 10.0.1.124:80 tcp SYN`,
      gives: { source: '10.0.0.85:41318' },
    });
  for (const [, example] of oldSummaries)
    examples.push({
      line: `${example}: 10.0.0.85:41318 -> 10.0.1.124:80 tcp SYN`,
      gives: { source: '10.0.0.85:41318' },
    });
  return {
    id: point.id,
    kind: 'capture',
    cilium: point.cilium,
    carrier: 'line',
    title: point.title,
    forms: kept,
    about: point.about,
    examples,
  };
}

/** All capture events. */
export const captureMessages: readonly MessageRow[] = points.map(rowOf);
