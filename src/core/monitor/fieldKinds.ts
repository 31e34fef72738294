/**
 * The kinds of value that monitor lines hold. One object says how a value is recognised, named, coloured and put in
 * words; templates refer to it by its key.
 *
 * Patterns have no capture groups, never match a line break and have a bounded length, so that a line of any content
 * is decided in time linear to the part that is looked at.
 */
import { grouped } from '../base/words.js';
import {
  tupleDirections,
  lookupResults,
  traceStates,
  tupleFlagNames,
  tupleFlags,
} from './values/conntrack.js';
import { tupleScopes, type NamedValue } from './values/conntrack.js';
import { dropReasonsOf } from './values/dropReasons.js';
import { bpfHelpers, errnos, fibResults, icmpv6Types, portName, protocolName } from './values/network.js';
import { aboutWord, actions, authTypes, matchTypes, proxyVerdicts, socketPoints } from './values/policy.js';
import { addressWords, nodeAddressWords, reversedIpv4 } from './words/address.js';
import { identityWords } from './words/identity.js';
import { datapathTimeText, durationText } from './words/time.js';

/** Looks up other fields of the same line, and of its companion lines, by name. */
export type FieldLookup = (name: string) => string | undefined;

export interface FieldKind {
  /** Heading of a hover. */
  readonly title: string;
  /** Regular expression source. */
  readonly pattern: string;
  /** Scope of the grammar, without the language's own last part. */
  readonly scope: string;
  /** What such a field is, whatever its value. */
  readonly about?: string;
  /** What this value means. Plain text; undefined when there is nothing to say. */
  readonly explain?: (value: string, line: FieldLookup) => string | undefined;
  /** Values for tests and docs. */
  readonly samples: readonly string[];
}

const decimal = '-?\\d{1,20}';
const word = '[^\\s,]{1,64}?';
const place = '\\S{1,100}?';

function named(table: readonly NamedValue[], value: string): string | undefined {
  const found = table.find((entry) => String(entry.code) === value || entry.name === value);
  return found && `${found.name === value ? '' : `${found.name}: `}${found.about}`;
}

function identityAbout(value: string): string | undefined {
  return identityWords(value);
}

function pairAbout(value: string, other: string | undefined): string | undefined {
  const same =
    other === value && Number(value) > 255 ? ' The other side has the same identity: the same labels.' : '';
  const words = identityWords(value);
  return words === undefined ? undefined : `${words}${same}`;
}

function portAbout(value: string): string | undefined {
  if (!/^\d{1,5}$/.test(value)) return undefined;
  const name = portName(Number(value));
  return value === '0' ? 'none' : name && `usually ${name}.`;
}

function protocolAbout(value: string): string | undefined {
  const name = /^\d{1,3}$/.test(value) ? protocolName(Number(value)) : undefined;
  return name && `${name}.`;
}

function endpointAbout(value: string): string | undefined {
  if (value === '0') return 'none: no endpoint of this node, such as the host, the overlay or XDP program.';
  if (value === '65535') return 'not a valid endpoint id (−1).';
  return `a number of this node only, not an identity. cilium-dbg endpoint get ${value} shows the pod.`;
}

function hashAbout(value: string): string | undefined {
  return /^0x0+$/i.test(value)
    ? 'no hash was known, as is common; lines of a flow cannot be found by it.'
    : 'lines with the same number belong to the same flow and direction.';
}

function signedAbout(value: string): string | undefined {
  const number = Number(value);
  const code = number > 2 ** 31 && number < 2 ** 32 ? 2 ** 32 - number : -number;
  if (code <= 0) return undefined;
  const name = errnos.find((errno) => errno.code === code)?.name;
  return `−${code}${name === undefined ? '' : `: ${name}`}.`;
}

/** What a drop reason's text means, with its number. */
export function reasonAbout(value: string): string | undefined {
  const reason = dropReasonsOf(value)[0];
  return reason && `${reason.about} Reason number ${reason.code}.`;
}

const kinds = {
  cpu: {
    title: 'CPU',
    pattern: '\\d{1,5}',
    scope: 'constant.numeric.cpu',
    about:
      'The CPU that handled the packet. Lines of one CPU stand in order; lines of different CPUs are mixed together.',
    samples: ['03', '00', '127'],
  },
  mark: {
    title: 'MARK, a packet hash',
    pattern: '0x[\\da-fA-F]{1,16}',
    scope: 'constant.numeric.hash',
    about:
      "A hash of the packet's headers, the same for all packets of a flow in one direction. Not the skb mark.",
    explain: hashAbout,
    samples: ['0x0', '0x1f2e3d4c', '0x97140763'],
  },
  flow: {
    title: 'Flow, a packet hash',
    pattern: '0x[\\da-fA-F]{1,16}',
    scope: 'constant.numeric.hash',
    about:
      "A hash of the packet's headers, the same for all packets of a flow in one direction (MARK in verbose lines).",
    explain: hashAbout,
    samples: ['0x0', '0xd85ac19b', '0x1038188a'],
  },
  reporter: {
    title: 'Reporting endpoint',
    pattern: '\\d{1,10}',
    scope: 'entity.name.function.endpoint',
    about: 'The endpoint whose program reported this; not the sender of the packet.',
    explain: endpointAbout,
    samples: ['1580', '0', '385'],
  },
  endpoint: {
    title: 'Endpoint id',
    pattern: '\\d{1,10}',
    scope: 'entity.name.function.endpoint',
    explain: endpointAbout,
    samples: ['1580', '0', '42'],
  },
  bytes: {
    title: 'Packet length',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.length',
    about: 'Length of the packet on the wire in bytes, with its Ethernet header.',
    explain: (value) => `${grouped(Number(value))} bytes.`,
    samples: ['98', '1514', '66'],
  },
  captured: {
    title: 'Captured bytes',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.length',
    about: 'How much of the packet this event carries: at most 128 bytes unless configured otherwise.',
    explain: (value, line) => {
      const total = line('bytes');
      if (total === undefined) return undefined;
      const missing = Number(total) - Number(value);
      return missing > 0
        ? `${grouped(missing)} of ${grouped(Number(total))} bytes are not in the event; the packet itself is whole.`
        : 'the whole packet.';
    },
    samples: ['98', '128', '66'],
  },
  state: {
    title: 'Connection state',
    pattern: '[\\w-]{1,20}?',
    scope: 'constant.language.state',
    explain: (value) => named(traceStates, value) ?? 'a state without a name in the table of the tool.',
    samples: ['new', 'established', 'unknown', '9'],
  },
  interface: {
    title: 'Interface',
    pattern: '[^\\s,]{1,40}?',
    scope: 'variable.other.interface',
    about: 'Name or index of the network interface.',
    explain: (value) => {
      if (value === '0') return 'no interface is known here.';
      if (value.startsWith('lxc')) return "the node's end of a pod's veth pair.";
      if (value === 'cilium_vxlan' || value === 'cilium_geneve') return 'the tunnel device.';
      if (value === 'cilium_wg0') return 'the WireGuard device.';
      if (value === 'cilium_host' || value === 'cilium_net')
        return 'the veth pair between the host and the datapath of Cilium.';
      if (/^\d+$/.test(value)) return `ip link shows the name of index ${value} on this node.`;
      return /^(?:eth|ens|enp|eno|bond|team)/.test(value) ? 'a network device of the node.' : undefined;
    },
    samples: ['lxc5f949d4fd7fa', '0', 'ens33', 'eth0.100'],
  },
  origIp: {
    title: 'Original source address',
    pattern: '\\S{1,64}?',
    scope: 'string.unquoted.address',
    about: 'The source address before a service or proxy translation was undone, so the real sender.',
    explain: (value) =>
      value === '0.0.0.0' || value === '::' ? 'not set at this point.' : addressWords(value, undefined),
    samples: ['10.0.0.85', '0.0.0.0', '::', 'fd00::1'],
  },
  identity: {
    title: 'Security identity',
    pattern: '[^\\s,()]{1,40}?',
    scope: 'entity.name.type.identity',
    explain: identityAbout,
    samples: ['3352', 'world', 'remote-node', '16777217'],
  },
  srcIdentity: {
    title: 'Identity of the sender',
    pattern: '[^\\s,()]{1,40}?',
    scope: 'entity.name.type.identity',
    explain: (value, line) => pairAbout(value, line('dstIdentity')),
    samples: ['3352', 'host', '131424'],
  },
  dstIdentity: {
    title: 'Identity of the receiver',
    pattern: '[^\\s,():>]{1,40}?',
    scope: 'entity.name.type.identity',
    explain: (value, line) => pairAbout(value, line('srcIdentity')),
    samples: ['3352', 'unknown', 'kube-apiserver'],
  },
  address: {
    title: 'Address',
    pattern: place,
    scope: 'string.unquoted.address',
    explain: (value, line) => addressWords(value, line('nexthdr') ?? line('protocol') ?? line('icmpType')),
    samples: ['10.0.0.85:3072', '10.0.1.124:0', '[::1f2e:ab]:443', '<REDACTED>'],
  },
  ip: {
    title: 'Address',
    pattern: word,
    scope: 'string.unquoted.address',
    explain: (value) => addressWords(value, undefined),
    samples: ['10.0.1.124', '192.168.0.130', 'a.a.a.a'],
  },
  ip6Tail: {
    title: 'End of an IPv6 address',
    pattern: '\\[[^\\]\\s]{1,64}\\]',
    scope: 'string.unquoted.address',
    about: 'Only the last 32 bits of the address are known here, as two hex words.',
    samples: ['[::1f2e:ab]', '[::0:1]'],
  },
  addressWord: {
    title: '32 bits of an address',
    pattern: '[\\da-fA-F]{1,8}',
    scope: 'constant.numeric.hex',
    about: 'One 32-bit word of an address in hex, in the byte order of the CPU.',
    explain: (value) => {
      const text = reversedIpv4(value);
      return text === undefined ? undefined : `on x86 and ARM the bytes read ${text}.`;
    },
    samples: ['c0a80101', '0', 'fe80'],
  },
  tunnelHex: {
    title: 'Tunnel endpoint',
    pattern: '0x[\\da-fA-F]{1,8}',
    scope: 'constant.numeric.hex',
    about: 'IPv4 address of the remote node as a hex number; its byte order differs between versions.',
    explain: (value) => nodeAddressWords(value),
    samples: ['0x8200a8c0', '0x101a8c0'],
  },
  tunnelNumber: {
    title: 'Tunnel endpoint',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric',
    about: 'IPv4 address of the remote node as a decimal number; the hex number behind it is the same.',
    explain: (value) => (Number(value) < 2 ** 32 ? nodeAddressWords(Number(value).toString(16)) : undefined),
    samples: ['2181081280', '16885952'],
  },
  port: {
    title: 'Port',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.port',
    explain: portAbout,
    samples: ['53', '41318'],
  },
  proxyPort: {
    title: 'Proxy port',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.port',
    about:
      'Port on this node where the L7 proxy listens; not the port of the application. cilium-dbg status --all-redirects lists them.',
    explain: (value) => (value === '0' ? 'no proxy (newer versions always print 0 here).' : undefined),
    samples: ['0', '15001'],
  },
  nexthdr: {
    title: 'IP protocol',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.protocol',
    about: 'Number of the protocol above IP.',
    explain: protocolAbout,
    samples: ['1', '6', '17', '58'],
  },
  tupleFlags: {
    title: 'Tuple flags of the lookup',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.flags',
    about: 'Which entry of the connection table the lookup asks for; a bit mask.',
    explain: (value) => {
      const names = tupleFlagNames(Number(value));
      const single = tupleFlags.find((flag) => String(flag.code) === value);
      return single ? `${single.name}: ${single.about}` : names && `${names}.`;
    },
    samples: ['0', '1', '4'],
  },
  tupleFlagWords: {
    title: 'Tuple flags of the lookup',
    pattern: '(?:[A-Z]{2,8}(?:, [A-Z]{2,8}){0,3}|\\d{1,10}|)',
    scope: 'constant.language.flags',
    about: 'Which entry of the connection table the lookup asks for.',
    samples: ['IN', 'OUT, RELATED', '1'],
  },
  tupleDirection: {
    title: 'Direction of the lookup',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.direction',
    explain: (value) => named(tupleDirections, value),
    samples: ['0', '1', '2'],
  },
  tupleScope: {
    title: 'Scope of the lookup',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.scope',
    explain: (value) => named(tupleScopes, value),
    samples: ['0', '1', '2'],
  },
  revnat: {
    title: 'Reverse NAT id',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.revnat',
    about: 'Number of the service whose translation has to be undone for replies.',
    explain: (value) =>
      value === '0'
        ? 'no service translation to undo.'
        : `service ${value}; cilium-dbg bpf lb list --revnat shows its address.`,
    samples: ['0', '17'],
  },
  loopback: {
    title: 'Loopback translation address',
    pattern: word,
    scope: 'string.unquoted.address',
    about: 'Set when a pod reaches itself through its own service. Not the address of a load-balancer.',
    explain: (value) => (value === '0.0.0.0' ? 'not used (newer versions always print 0.0.0.0).' : undefined),
    samples: ['0.0.0.0', '169.254.42.1'],
  },
  lifetime: {
    title: 'Expiry of the connection entry',
    pattern: '\\d{1,20}',
    scope: 'constant.numeric.time',
    about: 'The moment when the entry expires on the clock of the datapath; not the seconds that are left.',
    explain: (value) => datapathTimeText(Number(value)),
    samples: ['16836113', '86400'],
  },
  lookupResult: {
    title: 'Result of the connection lookup',
    pattern: '[^\\s].{0,100}?',
    scope: 'constant.language.verdict',
    explain: (value) => named(lookupResults, value) ?? reasonAbout(value),
    samples: ['New', 'Reply', 'CT: Map insertion failed'],
  },
  reason: {
    title: 'Drop reason',
    pattern: '[^\\s].{0,150}?',
    scope: 'invalid.illegal.reason',
    explain: reasonAbout,
    samples: ['Policy denied', 'LB, sock cgroup: No backend entry found', '159'],
  },
  dropCode: {
    title: 'Number of the drop reason',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.reason',
    explain: reasonAbout,
    samples: ['133', '181'],
  },
  extError: {
    title: 'Extended error of the drop',
    pattern: '-?\\d{1,11}',
    scope: 'constant.numeric.error',
    explain: (value, line) => {
      if (line('reason') !== 'FIB lookup failed') return signedAbout(value);
      const result = fibResults.find((entry) => String(entry.code) === value)?.about;
      return result && `result of the kernel's route lookup: ${result}.`;
    },
    samples: ['7', '-22'],
  },
  sourceFile: {
    title: 'Source file of the program',
    pattern: '[^\\s:]{1,80}?',
    scope: 'string.unquoted.file',
    about: 'File of the datapath program that dropped the packet, with the line of its code.',
    explain: (value) => {
      const program: Readonly<Record<string, string>> = {
        'bpf_lxc.c': 'the program of pods.',
        'bpf_host.c': 'the program of the host and its devices.',
        'bpf_overlay.c': 'the program of the tunnel device.',
        'bpf_xdp.c': 'the XDP program.',
        'bpf_sock.c': 'the program of sockets.',
        'bpf_wireguard.c': 'the program of the WireGuard device.',
      };
      if (Object.hasOwn(program, value)) return program[value];
      return /^\d+$/.test(value)
        ? 'Cilium 1.13 prints the number of the file instead of its name.'
        : undefined;
    },
    samples: ['bpf_lxc.c', 'nodeport.h', '2'],
  },
  sourceLine: {
    title: 'Source line of the program',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.line',
    about: 'Line in that file of the exact Cilium version that printed this.',
    samples: ['1965', '0'],
  },
  traceId: {
    title: 'IP trace id',
    pattern: '\\d{1,20}',
    scope: 'constant.numeric.trace',
    about: 'Id that an IP option of the packet carries, to follow it from node to node.',
    samples: ['7', '65535'],
  },
  protocol: {
    title: 'Protocol',
    pattern: '[A-Za-z][\\w-]{1,24}',
    scope: 'keyword.other.protocol',
    samples: ['tcp', 'udp', 'IPsecESP'],
  },
  tcpFlags: {
    title: 'TCP flags',
    pattern: '[A-Z]{3}(?:, [A-Z]{3}){0,3}',
    scope: 'constant.language.flags',
    about: 'SYN, ACK, RST and FIN are shown; PSH and others are not.',
    explain: (value) => {
      const meaning: Readonly<Record<string, string>> = {
        SYN: 'the client asks for a connection.',
        'SYN, ACK': 'the server accepts the connection.',
        ACK: 'data or an acknowledgement within the connection.',
        RST: 'the connection is refused or broken off.',
        'ACK, RST': 'the connection is refused or broken off.',
        FIN: 'the sender closes its side.',
        'ACK, FIN': 'the sender closes its side.',
      };
      return Object.hasOwn(meaning, value) ? meaning[value] : undefined;
    },
    samples: ['SYN', 'SYN, ACK', 'ACK, FIN'],
  },
  icmpType: {
    title: 'ICMP message',
    pattern:
      '(?:(?:Echo|Destination|Source|Redirect|Router|Time|Timestamp|Parameter|Info|Address|Packet|Neighbor|MLD|Multicast|Home|Mobile|Inverse|Node|Certification|Duplicate|Extended|FMIPv6|ILNP|RPL|Experimental|Private)[A-Za-z0-9]{0,40}|\\d{1,3})(?:\\([^()]{0,60}\\))?',
    scope: 'constant.language.icmp',
    explain: (value) => {
      if (value.startsWith('EchoRequest')) return 'a ping asks.';
      if (value.startsWith('EchoReply')) return 'a ping is answered.';
      if (value.includes('FragmentationNeeded') || value.startsWith('PacketTooBig'))
        return 'a packet was larger than the MTU of the path.';
      if (value.startsWith('TimeExceeded'))
        return 'the TTL or hop limit of a packet ran out: a loop or a traceroute.';
      if (value.startsWith('DestinationUnreachable')) return 'a host, port or network could not be reached.';
      return undefined;
    },
    samples: ['EchoRequest', 'DestinationUnreachable(Port)', '42(1)'],
  },
  etherType: {
    title: 'EtherType',
    pattern: '[A-Za-z][\\w-]{1,40}',
    scope: 'keyword.other.protocol',
    samples: ['ARP', 'LLC', 'Dot1Q'],
  },
  mac: {
    title: 'MAC address',
    pattern: '[\\da-fA-F]{2}(?::[\\da-fA-F]{2}){5}',
    scope: 'string.unquoted.mac',
    samples: ['ca:0e:fa:6c:0f:30', '01:80:c2:00:00:00'],
  },
  host: {
    title: 'Address',
    pattern: '(?!(?:[\\da-fA-F]{2}:){5})[^\\s\\[]\\S{0,99}?',
    scope: 'string.unquoted.address',
    explain: (value) => addressWords(value, undefined),
    samples: ['10.0.0.85', 'fe80::1', 'a.a.a.a'],
  },
  socketAddress: {
    title: 'Address and port',
    pattern: '\\S{1,100}?:\\d{0,5}',
    scope: 'string.unquoted.address',
    explain: (value, line) => addressWords(value, line('protocol') ?? 'tcp'),
    samples: ['10.0.0.85:41318', '[fd00::1]:53', 'x.x.x.x:80'],
  },
  l4: {
    title: 'Protocol',
    pattern: '(?:tcp|udp|sctp|IPsecESP|IPsecAH)',
    scope: 'keyword.other.protocol',
    samples: ['udp', 'sctp', 'IPsecESP'],
  },
  tunnelProtocol: {
    title: 'Tunnel protocol',
    pattern: '(?:vxlan|geneve)',
    scope: 'keyword.other.protocol',
    samples: ['vxlan', 'geneve'],
  },
  encryptedWord: {
    title: 'Encrypted',
    pattern: 'encrypted',
    scope: 'keyword.other.encrypted',
    explain: () => 'the packet is encrypted, by IPsec or WireGuard.',
    samples: ['encrypted'],
  },
  forwardReason: {
    title: 'Why it was forwarded',
    pattern: '(?:Policy|Established connection|Reply connection|Related connection)',
    scope: 'constant.language.state',
    samples: ['Policy', 'Reply connection'],
  },
  forwardPoint: {
    title: 'Observation point',
    pattern: 'To (?:endpoint|proxy|host|stack)',
    scope: 'keyword.control.point',
    samples: ['To endpoint', 'To stack'],
  },
  genericL7: {
    title: 'Application protocol',
    pattern: '(?!(?:http|dns|kafka) )[\\w.-]{1,40}',
    scope: 'keyword.other.protocol',
    samples: ['cassandra', 'unknown-l7'],
  },
  l7Direction: {
    title: 'Where it was observed',
    pattern: '(?:->|<-|\\?\\?)',
    scope: 'keyword.operator.direction',
    explain: (value) => {
      if (value === '->') return 'at the egress of the sender.';
      return value === '<-' ? 'at the ingress of the receiver.' : 'the place is not known.';
    },
    samples: ['->', '<-', '??'],
  },
  dnsSource: {
    title: 'Who observed the DNS message',
    pattern: '[\\w-]{1,30}',
    scope: 'constant.language.dns',
    samples: ['proxy', 'Query', 'standalone-proxy'],
  },
  quotedText: {
    title: 'Text',
    pattern: "[^']{0,2000}",
    scope: 'string.unquoted.text',
    samples: ['192.0.2.4,192.0.2.5', ''],
  },
  vrrpWord: {
    title: 'VRRP message',
    pattern: '[A-Za-z][\\w ]{0,40}?',
    scope: 'constant.language.vrrp',
    samples: ['VRRPv2 Advertisement', 'Advertisement'],
  },
  igmpWord: {
    title: 'IGMP message',
    pattern: '[A-Za-z][\\w ]{0,60}?',
    scope: 'constant.language.igmp',
    samples: ['IGMPv2 Membership Report', 'MembershipQuery'],
  },
  knownConnection: {
    title: 'Connection',
    pattern: '(?:\\S{1,100} -> \\S.{0,300}|\\[unknown\\]|\\[error\\])',
    scope: 'meta.connection',
    samples: ['10.0.0.85:3072 -> 10.0.1.124:53 udp'],
  },
  connection: {
    title: 'Connection',
    pattern: '.{0,400}',
    scope: 'meta.connection',
    samples: ['10.0.0.85:3072 -> 10.0.1.124:53 udp'],
  },
  number: {
    title: 'Number',
    pattern: decimal,
    scope: 'constant.numeric',
    explain: (value) => (/^\d{4,}$/.test(value) ? grouped(Number(value)) : undefined),
    samples: ['1', '4294967294'],
  },
  hex: {
    title: 'Hex number',
    pattern: '(?:0x)?[\\da-fA-F]{1,16}',
    scope: 'constant.numeric.hex',
    samples: ['0x1f', 'fe80'],
  },
  tcIndex: {
    title: 'tc_index of the packet',
    pattern: '[\\da-f]{1,8}',
    scope: 'constant.numeric.hex',
    about: 'Bits that another program left on the packet.',
    explain: (value) => {
      const bits = parseInt(value, 16);
      const names = ['from the ingress proxy', 'from the egress proxy', 'skip nodeport'];
      const rest = ['skip health check', 'skip host firewall'];
      const set = [...names, ...rest].filter((_, bit) => (bits >>> bit) & 1);
      return set.length > 0 ? `${set.join(', ')}.` : undefined;
    },
    samples: ['1', '2', '0'],
  },
  helper: {
    title: 'BPF helper',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric',
    explain: (value) => bpfHelpers.find((helper) => String(helper.code) === value)?.name,
    samples: ['3', '21'],
  },
  helperError: {
    title: 'Error of the helper',
    pattern: decimal,
    scope: 'constant.numeric.error',
    about: 'A negative error number, printed without its sign.',
    explain: signedAbout,
    samples: ['4294967294', '-22'],
  },
  icmpv6Type: {
    title: 'ICMPv6 type',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.icmp',
    explain: (value) => icmpv6Types.find((type) => String(type.code) === value)?.name,
    samples: ['128', '135'],
  },
  policySkip: {
    title: 'Policy skipped',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.boolean',
    explain: (value) => (value === '0' ? 'policy was applied.' : 'policy was not applied.'),
    samples: ['0', '1'],
  },
  slot: {
    title: 'Backend slot',
    pattern: '\\d{1,10}',
    scope: 'constant.numeric.slot',
    about: 'Position of the backend in the list of the service, counted from 1; not a port.',
    samples: ['1', '3'],
  },
  vni: {
    title: 'Tunnel id (VNI)',
    pattern: '\\d{1,10}',
    scope: 'entity.name.type.identity',
    about: 'The tunnel header carries the security identity of the sender here.',
    explain: identityAbout,
    samples: ['3352', '6'],
  },
  assignResult: {
    title: 'Result',
    pattern: '[A-Za-z][^,]{0,80}?',
    scope: 'constant.language.result',
    explain: (value) =>
      value === 'Success'
        ? 'the packet goes to the socket of the proxy.'
        : 'the kernel refused it; a drop follows.',
    samples: ['Success', 'no such file or directory'],
  },
  policyDirection: {
    title: 'Direction',
    pattern: '(?:ingress|egress)',
    scope: 'constant.language.direction',
    explain: (value) =>
      value === 'ingress' ? 'towards the local endpoint.' : 'away from the local endpoint.',
    samples: ['ingress', 'egress'],
  },
  anyDirection: {
    title: 'Direction',
    pattern: '(?:ingress|egress|\\d{1,10}|)',
    scope: 'constant.language.direction',
    samples: ['ingress', 'egress'],
  },
  boolean: {
    title: 'Yes or no',
    pattern: '(?:true|false)',
    scope: 'constant.language.boolean',
    samples: ['true', 'false'],
  },
  matchType: {
    title: 'Matching policy entry',
    pattern: '[\\w-]{1,20}',
    scope: 'constant.language.match',
    explain: (value) => aboutWord(matchTypes, value),
    samples: ['none', 'L3-L4', 'Proto-Only'],
  },
  action: {
    title: 'Policy decision',
    pattern: '[a-z]{1,20}',
    scope: 'keyword.control.action',
    explain: (value) => aboutWord(actions, value),
    samples: ['allow', 'deny', 'redirect', 'audit'],
  },
  authType: {
    title: 'Mutual authentication',
    pattern: '[\\w-]{1,30}',
    scope: 'constant.language.auth',
    explain: (value) => aboutWord(authTypes, value),
    samples: ['disabled', 'spire', 'Unknown-auth-type-7'],
  },
  labels: {
    title: 'Labels',
    pattern: '[^()]{0,3000}',
    scope: 'string.unquoted.labels',
    about: 'The labels that make up the identity, or their absence.',
    samples: ['[k8s:app=a k8s:org=b]', '[]'],
  },
  proxyVerdict: {
    title: 'Verdict of the proxy',
    pattern: '[A-Z][A-Za-z]{1,20}',
    scope: 'keyword.control.verdict',
    explain: (value) => aboutWord(proxyVerdicts, value),
    samples: ['Forwarded', 'Denied'],
  },
  method: {
    title: 'HTTP method',
    pattern: '[A-Z]{1,20}',
    scope: 'keyword.other.method',
    samples: ['GET', 'POST'],
  },
  url: {
    title: 'URL',
    pattern: '\\S{1,4000}',
    scope: 'string.unquoted.url',
    samples: ['http://web.demo.svc/api', '/'],
  },
  httpStatus: {
    title: 'HTTP status',
    pattern: '\\d{1,4}',
    scope: 'constant.numeric.status',
    explain: (value) => {
      if (value === '0') return 'a request has no status yet.';
      if (value === '403') return 'forbidden; with verdict Denied the policy refused it.';
      const group: Readonly<Record<string, string>> = {
        '2': 'success.',
        '3': 'redirection.',
        '4': 'the request was at fault.',
        '5': 'the server or proxy failed.',
      };
      return group[value.charAt(0)];
    },
    samples: ['0', '200', '403'],
  },
  text: {
    title: 'Text',
    pattern: '.{0,4000}',
    scope: 'string.unquoted.text',
    samples: ['EOF', 'some text'],
  },
  name: {
    title: 'Name',
    pattern: '\\S{1,255}',
    scope: 'string.unquoted.name',
    samples: ['jenkins.cilium.io.', 'topic-1'],
  },
  dnsTypes: {
    title: 'DNS record types',
    pattern: '[A-Z][A-Z0-9]{0,9}(?:,[A-Z][A-Z0-9]{0,9}){0,9}',
    scope: 'constant.language.dns',
    samples: ['A', 'A,AAAA'],
  },
  dnsTtl: {
    title: 'TTL of the DNS answer',
    pattern: '\\d{1,20}',
    scope: 'constant.numeric.time',
    explain: (value) =>
      Number(value) >= 2 ** 31
        ? 'no record was found: this is a negative answer.'
        : `the answer may be kept for ${durationText(Number(value))}.`,
    samples: ['30', '4294967295'],
  },
  socketPoint: {
    title: 'Point of the socket translation',
    pattern: '[\\w-]{1,30}',
    scope: 'keyword.control.point',
    explain: (value) => aboutWord(socketPoints, value),
    samples: ['pre-xlate-fwd', 'post-xlate-rev'],
  },
  bootNanoseconds: {
    title: 'Time since boot',
    pattern: '\\d{1,20}',
    scope: 'constant.numeric.time',
    about: 'Nanoseconds since the node booted.',
    explain: (value) => `${durationText(Number(value) / 1e9)} after boot.`,
    samples: ['87654321000'],
  },
  count: {
    title: 'Count',
    pattern: '\\d{1,20}',
    scope: 'constant.numeric.count',
    explain: (value) => (value.length > 3 ? grouped(Number(value)) : undefined),
    samples: ['16', '1204'],
  },
  byteList: {
    title: 'Bytes of the event',
    pattern: '\\[[\\d ]{0,4000}\\]?',
    scope: 'constant.numeric.bytes',
    samples: ['[9 0 0 0]'],
  },
  logLevel: {
    title: 'Log level',
    pattern: '"?[A-Za-z]{4,7}"?',
    scope: 'keyword.other.level',
    samples: ['info', 'error', 'fatal'],
  },
  gluedLine: {
    title: 'Next line',
    pattern: 'CPU \\d{1,5}: .{0,4000}',
    scope: 'meta.glued',
    about: 'This version prints no line end here, so the next event follows on the same line.',
    samples: ['CPU 01: MARK 0x0 FROM 1 DEBUG: CT verdict: New'],
  },
  gluedLayer: {
    title: 'First layer of the packet',
    pattern: '(?:(?:Ethernet|IPv4|IPv6|Unknown layer)[ \\t]{0,9}\\{?|CPU \\d{1,5}: |[\\da-f]{8}  ).{0,4000}',
    scope: 'meta.glued',
    about: 'From Cilium 1.19 on there is no line end before the packet.',
    samples: ['Ethernet\t{Contents=[..14..] Payload=[..84..]}'],
  },
  dumpOffset: {
    title: 'Offset in the packet',
    pattern: '[\\da-fA-F]{8}',
    scope: 'constant.numeric.offset',
    explain: (value) => `byte ${grouped(parseInt(value, 16))} of the packet.`,
    samples: ['00000000', '00000010'],
  },
  dumpText: {
    title: 'Bytes as text',
    pattern: '.{0,17}\\|?',
    scope: 'string.unquoted.dump',
    about: 'Printable bytes as characters, all others as dots.',
    samples: ['B..z.....l.0..E.|'],
  },
  hyphens: {
    title: 'Separator',
    pattern: '-{4,400}',
    scope: 'comment.line.separator',
    samples: ['----', '-'.repeat(78)],
  },
  quotedName: {
    title: 'Name',
    pattern: '[^"]{1,255}',
    scope: 'string.quoted.name',
    samples: ['cilium-agent'],
  },
  eventName: {
    title: 'Kind of event',
    pattern:
      '(?:drop notification|trace notification|debug|debug capture|policy notification|socket trace notification|LogRecord notification|agent notification)',
    scope: 'entity.name.type.event',
    samples: ['drop notification', 'debug capture'],
  },
  decodeFailure: {
    title: 'Why decoding ended',
    pattern: '(?!No decoder for layer type ).{1,400}',
    scope: 'invalid.deprecated.decoder',
    samples: ['Invalid TCP header. Length 0 less than 20'],
  },
  layerType: {
    title: 'Layer that was not decoded',
    pattern: '\\w{1,60}',
    scope: 'comment.line.decoder',
    samples: ['Payload', 'Fragment', 'DNS'],
  },
  hexDump: {
    title: 'Bytes of the packet',
    pattern: '[\\da-fA-F]{2}(?:[ \\t]{1,3}[\\da-fA-F]{2}){0,15}',
    scope: 'constant.numeric.bytes',
    about: 'Up to 16 bytes in hex.',
    samples: ['42 ef f8 7a 9e f7 ca 0e  fa 6c 0f 30 08 00 45 00'],
  },
} satisfies Record<string, FieldKind>;

export type FieldKindId = keyof typeof kinds;

/** All kinds of field by the name that templates use. */
export const fieldKinds: Readonly<Record<FieldKindId, FieldKind>> = kinds;
