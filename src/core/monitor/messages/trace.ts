/**
 * Trace events: a packet seen at a point of its way through the datapath.
 * Source: pkg/monitor/datapath_trace.go and pkg/monitor/api/types.go of cilium/cilium, v0.11 to 1.21 development.
 */
import type { Example, Form, MessageRow } from '../row.js';

/** One observation point. */
interface TracePoint {
  /** What verbose lines print; also the id of the row. */
  readonly id: string;
  readonly cilium: string;
  readonly title: string;
  /** What summary lines begin with. */
  readonly summary: string;
  readonly since: string;
  readonly about: string;
  readonly story?: readonly string[];
  readonly checks?: readonly string[];
}

const hidden =
  'Monitor aggregation low or higher hides this point: a missing line is no proof of a missing packet.';
const lifeOfAPacket = 'https://docs.cilium.io/en/stable/network/ebpf/lifeofapacket/';

const points: readonly TracePoint[] = [
  {
    id: 'to-endpoint',
    cilium: 'TraceToLxc',
    title: 'Delivered to a local endpoint',
    summary: '-> endpoint <toEndpoint:endpoint>',
    since: '0.13',
    about: 'The packet is handed to a local endpoint (a pod); its ingress policy let it pass.',
    story: [
      'The packet was handed to endpoint {toEndpoint} through {interface}; its ingress policy let it pass.',
      'The packet was handed to endpoint {toEndpoint}; its ingress policy let it pass.',
    ],
    checks: ['If this line shows and the application sees nothing, look inside the pod.'],
  },
  {
    id: 'to-proxy',
    cilium: 'TraceToProxy',
    title: 'Redirected to the L7 proxy',
    summary: '-> proxy[ port <proxyPort>]',
    since: '0.13',
    about: 'The packet is redirected to the L7 proxy: Envoy or the DNS proxy.',
    story: ['The packet was redirected to the L7 proxy at port {proxyPort}.'],
    checks: [
      'cilium-dbg status --all-redirects names the redirect of a port.',
      'No proxy lines after this one: look at the log of the proxy.',
    ],
  },
  {
    id: 'to-host',
    cilium: 'TraceToHost',
    title: 'To the host',
    summary: '-> host from',
    since: '0.13',
    about: 'The packet goes to the host, the network namespace of the node, through cilium_host.',
    checks: ['The host firewall and the routes of the node come next.'],
  },
  {
    id: 'to-stack',
    cilium: 'TraceToStack',
    title: 'To the kernel stack',
    summary: '-> stack',
    since: '0.13',
    about: "The packet is given to the kernel's network stack for routing, masquerading or encryption.",
    checks: ['ip route get <destination> on the node shows the next hop.'],
  },
  {
    id: 'to-overlay',
    cilium: 'TraceToOverlay',
    title: 'Into the tunnel',
    summary: '-> overlay',
    since: '0.13',
    about: 'The packet is sent into the tunnel device towards another node.',
    checks: ['Expect from-overlay (<- overlay) on the other node.'],
  },
  {
    id: 'from-endpoint',
    cilium: 'TraceFromLxc',
    title: 'From a local endpoint',
    summary: '<- endpoint <fromEndpoint:endpoint>',
    since: '0.13',
    about:
      'The packet leaves a local endpoint: the first sight of it, before policy and connection tracking.',
    story: [
      'Endpoint {fromEndpoint} sent this packet through {interface}: first sight of it, before policy.',
      'Endpoint {fromEndpoint} sent this packet: first sight of it, before policy and connection tracking.',
    ],
    checks: [hidden],
  },
  {
    id: 'from-proxy',
    cilium: 'TraceFromProxy',
    title: 'From the L7 proxy',
    summary: '<- proxy',
    since: '0.13',
    about: 'The packet comes back from the L7 proxy.',
    checks: [hidden],
  },
  {
    id: 'from-host',
    cilium: 'TraceFromHost',
    title: 'From the host',
    summary: '<- host',
    since: '0.13',
    about: 'The packet comes from the host, the network namespace of the node.',
    checks: [hidden],
  },
  {
    id: 'from-stack',
    cilium: 'TraceFromStack',
    title: 'From the kernel stack',
    summary: '<- stack',
    since: '0.13',
    about: 'The packet comes from the kernel stack into a Cilium program, for example after decryption.',
    checks: [hidden],
  },
  {
    id: 'from-overlay',
    cilium: 'TraceFromOverlay',
    title: 'From the tunnel',
    summary: '<- overlay',
    since: '0.13',
    about: 'The packet arrived from the tunnel; the tunnel header told the identity of its sender.',
    checks: [hidden],
  },
  {
    id: 'from-network',
    cilium: 'TraceFromNetwork',
    title: 'From a network device',
    summary: '<- network',
    since: '1.6',
    about: 'The packet arrived at a network device of the node.',
    story: ['The packet arrived at the network device {interface} of the node.'],
    checks: [hidden],
  },
  {
    id: 'to-network',
    cilium: 'TraceToNetwork',
    title: 'Out to the network',
    summary: '-> network',
    since: '1.8',
    about: 'The packet leaves the node through a network device.',
    story: ['The packet leaves the node through {interface}.'],
    checks: ['If the other side does not see it, look at the network between the nodes, outside Cilium.'],
  },
  {
    id: 'from-crypto',
    cilium: 'TraceFromCrypto',
    title: 'Decrypted by WireGuard',
    summary: '<- crypto',
    since: '1.18',
    about: 'A decrypted packet leaves the WireGuard device cilium_wg0.',
    checks: ['Compare with wg show cilium_wg0.'],
  },
  {
    id: 'to-crypto',
    cilium: 'TraceToCrypto',
    title: 'To WireGuard for encryption',
    summary: '-> crypto',
    since: '1.18',
    about: 'The packet enters the WireGuard device cilium_wg0 to be encrypted.',
    checks: ['Compare with wg show cilium_wg0; a "-> network encrypted" line then shows the outer packet.'],
  },
];

const identities = '<srcIdentity>-><dstIdentity>';
const tailSince111 = `[ \\[ ip-trace-id = <traceId> \\]] state <state> ifindex <interface> orig-ip <origIp>: <connection>`;
/** What follows the summary text of a point; the newest form first. */
const summaryTails: readonly Form[] = [
  { template: ` flow <flow>[ ],[ ]identity ${identities}${tailSince111}`, since: '1.11' },
  {
    template: ` flow <flow> identity ${identities} state <state> ifindex <interface> orig-ip <origIp>: <connection>`,
    since: '1.7',
    until: '1.10',
  },
  {
    template: ` flow <flow> identity ${identities} state <state> ifindex <interface>: <connection>`,
    since: '0.13',
    until: '1.6',
  },
];

const toWhom = `[, to endpoint <toEndpoint:endpoint>][, to proxy-port <proxyPort>]`;
/** What follows the name of a point in verbose lines; the newest form first. */
const verboseTails: readonly Form[] = [
  {
    template: `: <bytes> bytes (<captured> captured), state <state>[, interface <interface>][, , identity ${identities}], orig-ip <origIp>${toWhom}`,
    since: '1.11',
  },
  {
    template: `: <bytes> bytes (<captured> captured), state <state>[, interface <interface>]identity ${identities}, orig-ip <origIp>${toWhom}`,
    since: '1.10',
    until: '1.10',
  },
  {
    template: `: <bytes> bytes (<captured> captured), state <state>[, interface <interface>][, identity ${identities}], orig-ip <origIp>${toWhom}`,
    since: '1.7',
    until: '1.10',
  },
  {
    template: `: <bytes> bytes[ (<captured> captured)], state <state>[, interface <interface>][, identity ${identities}]${toWhom}`,
    since: '0.13',
    until: '1.6',
  },
];

function later(one: string, other: string): string {
  const minor = (version: string): number =>
    Number(version.split('.')[0]) * 100 + Number(version.split('.')[1]);
  return minor(one) > minor(other) ? one : other;
}

function formsOf(point: TracePoint): readonly Form[] {
  const made: Form[] = [];
  const add = (form: Form): void => {
    const since = later(form.since, point.since);
    if (form.until === undefined || later(form.until, since) === form.until) made.push({ ...form, since });
  };
  for (const tail of verboseTails) add({ ...tail, carrier: 'mark', template: `${point.id}${tail.template}` });
  for (const tail of summaryTails)
    add({ ...tail, template: `${point.summary}[ <encrypted:encryptedWord>]${tail.template}` });
  return made;
}

function examplesOf(point: Pick<TracePoint, 'id' | 'summary' | 'since'>): readonly Example[] {
  const shown = point.summary
    .replace('<toEndpoint:endpoint>', '1580')
    .replace('<fromEndpoint:endpoint>', '1580')
    .replace('[ port <proxyPort>]', ' port 15001');
  const examples: Example[] = [
    {
      line: `CPU 03: MARK 0x1f2e3d4c FROM 385 ${point.id}: 98 bytes (98 captured), state new, orig-ip 0.0.0.0`,
      gives: { bytes: '98', captured: '98', state: 'new', origIp: '0.0.0.0' },
    },
    {
      line: `CPU 03: MARK 0x0 FROM 1580 ${point.id}: 98 bytes (98 captured), state unknown, interface lxc5f949d4fd7fa, , identity 3352->remote-node, orig-ip 10.0.0.85, to endpoint 1580`,
      gives: {
        interface: 'lxc5f949d4fd7fa',
        srcIdentity: '3352',
        dstIdentity: 'remote-node',
        toEndpoint: '1580',
      },
    },
    {
      line: `${shown} flow 0x1f2e3d4c , identity 3352->unknown state unknown ifindex lxc5f949d4fd7fa orig-ip 0.0.0.0: 10.0.0.85 -> 10.0.1.124 EchoRequest`,
      gives: { flow: '0x1f2e3d4c', dstIdentity: 'unknown', source: '10.0.0.85', icmpType: 'EchoRequest' },
    },
    {
      line: `${shown} encrypted  flow 0x1f2e3d4c , identity 3352->2 state new ifindex 0 orig-ip ::: [fd00::1]:55702 -> [fd00::2]:53 udp`,
      gives: { encrypted: 'encrypted', origIp: '::', destination: '[fd00::2]:53' },
    },
  ];
  const isBefore = (version: string): boolean => later(point.since, version) === version;
  if (isBefore('1.10'))
    examples.push(
      {
        line: `CPU 03: MARK 0x0 FROM 1580 ${point.id}: 98 bytes (98 captured), state newidentity 3352->unknown, orig-ip 10.0.0.85, to endpoint 1580`,
        gives: { state: 'new', srcIdentity: '3352', dstIdentity: 'unknown' },
      },
      {
        line: `CPU 03: MARK 0x0 FROM 1580 ${point.id}: 98 bytes (98 captured), state new, interface eth0identity 3352->unknown, orig-ip 10.0.0.85`,
        gives: { interface: 'eth0', srcIdentity: '3352' },
      },
      {
        line: `CPU 03: MARK 0x0 FROM 1580 ${point.id}: 98 bytes (98 captured), state reply, interface 26, identity 3352->104, orig-ip 10.0.0.85`,
        gives: { state: 'reply', dstIdentity: '104' },
      },
      {
        line: `${shown} flow 0xab12 identity host->104 state reply ifindex cilium_net orig-ip 10.0.0.1: 10.0.0.1 -> 10.0.0.9 EchoReply`,
        gives: { origIp: '10.0.0.1', state: 'reply' },
      },
    );
  if (isBefore('1.6'))
    examples.push(
      {
        line: `CPU 03: MARK 0x0 FROM 1580 ${point.id}: 98 bytes, state established, interface 26, identity 3352->104, to endpoint 1580`,
        gives: { state: 'established', interface: '26', dstIdentity: '104' },
      },
      {
        line: `${shown} flow 0xab12 identity 2->104 state new ifindex 0: 10.0.0.1 -> 10.0.0.9 EchoRequest`,
        gives: { flow: '0xab12', srcIdentity: '2', dstIdentity: '104', source: '10.0.0.1' },
      },
    );
  return examples;
}

const pointRows = points.map((point): MessageRow => ({
  id: point.id,
  kind: 'trace',
  cilium: point.cilium,
  carrier: 'line',
  title: point.title,
  forms: formsOf(point),
  about: point.about,
  ...(point.story ? { story: point.story } : {}),
  ...(point.checks ? { checks: point.checks } : {}),
  link: lifeOfAPacket,
  examples: examplesOf(point),
}));

/** All trace events. */
export const traceMessages: readonly MessageRow[] = [
  ...pointRows,
  {
    id: 'unknown-trace',
    kind: 'trace',
    carrier: 'line',
    title: 'Trace point unknown to the tool',
    forms: [
      ...verboseTails.map((tail) => ({
        ...tail,
        carrier: 'mark' as const,
        template: `<point:number>${tail.template}`,
      })),
      ...summaryTails.map((tail) => ({
        ...tail,
        template: `unknown trace[ <encrypted:encryptedWord>]${tail.template}`,
      })),
    ],
    about: 'The packet was seen at a point that the tool does not know: tool and datapath differ in version.',
    checks: ['Run cilium-dbg monitor of the agent pod on the same node.'],
    examples: examplesOf({ id: '14', summary: 'unknown trace', since: '0.13' }),
  },
  {
    id: 'forward',
    kind: 'trace',
    carrier: 'line',
    title: 'Forwarded',
    forms: [
      {
        template:
          'FORWARD: <bytes> bytes, at <point:forwardPoint>, reason <forwardReason>, to ifindex <interface>[, identity <srcIdentity>-><dstIdentity>][, to endpoint <toEndpoint:endpoint>]',
        carrier: 'mark',
        since: '0.11',
        until: '0.12',
      },
      {
        template:
          '-> forward (<forwardReason>), at <point:forwardPoint>, to endpoint <toEndpoint:endpoint>, identity <srcIdentity>-><dstIdentity>: <connection>',
        since: '0.11',
        until: '0.12',
      },
    ],
    about: 'The packet was forwarded; the oldest form of trace lines.',
    story: ['The packet was forwarded at the point "{point}" for the reason "{forwardReason}".'],
    examples: [
      {
        line: 'CPU 01: MARK 0x1f2e3d4c FROM 12 FORWARD: 98 bytes, at To endpoint, reason Reply connection, to ifindex 26, identity 3352->104, to endpoint 1580',
        gives: { point: 'To endpoint', forwardReason: 'Reply connection', toEndpoint: '1580' },
      },
      {
        line: '-> forward (Policy), at To proxy, to endpoint 0, identity 3352->104: 10.0.0.85:41318 -> 10.0.1.124:80 tcp SYN',
        gives: { forwardReason: 'Policy', point: 'To proxy', source: '10.0.0.85:41318' },
      },
    ],
  },
];
