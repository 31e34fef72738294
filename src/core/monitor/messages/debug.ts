/**
 * Debug messages: what a datapath program says while it handles a packet. They appear only with debug mode on.
 * Source: pkg/monitor/datapath_debug.go of cilium/cilium, v0.8 to 1.21 development. Where the IPv4 and the IPv6
 * constant print the same text, one row stands for both.
 */
import type { Form, MessageRow } from '../row.js';

type DebugExample = readonly [text: string, gives?: Readonly<Record<string, string>>];

interface DebugRow extends Omit<MessageRow, 'kind' | 'carrier' | 'examples'> {
  readonly examples: readonly DebugExample[];
}

function form(template: string, since: string, until?: string): Form {
  return until === undefined ? { template, since } : { template, since, until };
}

const conntrackPage = 'https://docs.cilium.io/en/stable/network/ebpf/maps/';
const kubeProxyPage = 'https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/';
const identityPage = 'https://docs.cilium.io/en/stable/gettingstarted/terminology/#identity';

const rows: readonly DebugRow[] = [
  {
    id: 'generic',
    cilium: 'DbgGeneric',
    title: 'Developer message',
    forms: [
      form(
        'No message, arg1=<arg1:number> (<arg1Hex:hex>) arg2=<arg2:number> (<arg2Hex:hex>)',
        '0.8',
        '1.19',
      ),
      form(
        'No message, arg1=<arg1:number> (<arg1Hex:hex>) arg2=<arg2:number> (<arg2Hex:hex>) arg3=<arg3:number> (<arg3Hex:hex>)',
        '1.20',
      ),
    ],
    about: 'Raw numbers that a developer printed. Only the code that sent them says what they mean.',
    checks: ['Read the datapath source of the exact Cilium version.'],
    examples: [
      ['No message, arg1=7 (0x7) arg2=0 (0x0)', { arg1: '7', arg2Hex: '0x0' }],
      ['No message, arg1=7 (0x7) arg2=0 (0x0) arg3=255 (0xff)', { arg3: '255' }],
    ],
  },
  {
    id: 'local-delivery',
    cilium: 'DbgLocalDelivery',
    title: 'Delivery to a local endpoint',
    forms: [
      form(
        'Attempting local delivery for container id <toEndpoint:endpoint> from seclabel <srcIdentity>',
        '0.8',
      ),
    ],
    about:
      'The packet is about to be given to an endpoint of this node. The number after container id is the receiving endpoint; seclabel is the identity of the sender.',
    story: [
      'The packet is about to be given to endpoint {toEndpoint}; its sender has identity {srcIdentity}.',
    ],
    checks: ['The next lines show the ingress policy check of that endpoint.'],
    examples: [
      [
        'Attempting local delivery for container id 1580 from seclabel 3352',
        { toEndpoint: '1580', srcIdentity: '3352' },
      ],
    ],
  },
  {
    id: 'encapsulate',
    cilium: 'DbgEncap',
    title: 'Encapsulation towards another node',
    forms: [
      form(
        'Encapsulating to node <node:tunnelNumber> (<nodeHex:tunnelHex>) from seclabel <srcIdentity>',
        '0.8',
      ),
    ],
    about: 'The packet gets a tunnel header towards another node; the sender’s identity travels in it.',
    story: [
      'The packet gets a tunnel header towards another node, with the sender’s identity {srcIdentity}. The node: {=nodeHex}',
    ],
    checks: ['Check that the tunnel port of that node can be reached (VXLAN 8472/udp, Geneve 6081/udp).'],
    examples: [
      [
        'Encapsulating to node 2181081280 (0x8200a8c0) from seclabel 3352',
        { nodeHex: '0x8200a8c0', srcIdentity: '3352' },
      ],
    ],
  },
  {
    id: 'local-endpoint-found',
    cilium: 'DbgLxcFound',
    title: 'Local endpoint found',
    forms: [form('Local container found ifindex <interface> seclabel <identity>', '0.8')],
    about: 'A local endpoint was found for the destination.',
    story: ['A local endpoint with identity {identity} was found behind interface {interface}.'],
    examples: [
      ['Local container found ifindex 26 seclabel 3352', { interface: '26' }],
      ['Local container found ifindex lxc5f949d4fd7fa seclabel 3352', { identity: '3352' }],
    ],
  },
  {
    id: 'policy-denied',
    cilium: 'DbgPolicyDenied',
    title: 'Policy denies the packet',
    forms: [
      form('Policy denied from <srcIdentity> to <dstIdentity>', '0.8', '0.8'),
      form('Policy evaluation would deny packet from <srcIdentity> to <dstIdentity>', '0.9'),
    ],
    about:
      'The policy program found no entry that allows this pair of identities, or one that denies it. A drop line follows, except in audit mode.',
    story: [
      'No policy entry allows identity {srcIdentity} to reach identity {dstIdentity}. A drop line follows, except in audit mode.',
    ],
    checks: ['cilium-dbg identity get <id> for both numbers', 'cilium-dbg bpf policy get <endpoint>'],
    link: 'https://docs.cilium.io/en/stable/security/policy/',
    examples: [
      ['Policy denied from 3352 to 2', { srcIdentity: '3352', dstIdentity: '2' }],
      ['Policy evaluation would deny packet from 2 to 57935', { srcIdentity: '2', dstIdentity: '57935' }],
    ],
  },
  {
    id: 'ct-lookup-ports',
    cilium: 'DbgCtLookup',
    title: 'Connection lookup, ports',
    forms: [
      form(
        'CT lookup: sport=<sourcePort:port> dport=<destinationPort:port> nexthdr=<nexthdr> flags=<flags:tupleFlagWords>',
        '0.8',
      ),
    ],
    about: 'Old form of the connection tracking lookup: ports and protocol.',
    link: conntrackPage,
    examples: [
      ['CT lookup: sport=41318 dport=80 nexthdr=6 flags=OUT', { flags: 'OUT', nexthdr: '6' }],
      ['CT lookup: sport=41318 dport=80 nexthdr=6 flags=IN, RELATED', { flags: 'IN, RELATED' }],
      ['CT lookup: sport=41318 dport=80 nexthdr=6 flags=1', { flags: '1' }],
    ],
  },
  {
    id: 'ct-lookup-address',
    cilium: 'DbgCtLookup4',
    title: 'Connection lookup, address',
    forms: [form('CT lookup address: <address:ip>', '0.8')],
    about: 'Old form of the connection tracking lookup: the address. Version 0.8 prints it as a hex number.',
    link: conntrackPage,
    examples: [
      ['CT lookup address: 10.0.0.85', { address: '10.0.0.85' }],
      ['CT lookup address: 5500000a', { address: '5500000a' }],
    ],
  },
  {
    id: 'ct-lookup-reverse',
    cilium: 'DbgCtLookupRev',
    title: 'Connection lookup, reverse direction',
    forms: [
      form(
        'CT reverse lookup: sport=<sourcePort:port> dport=<destinationPort:port> nexthdr=<nexthdr> flags=<flags:tupleFlagWords>',
        '0.9',
      ),
    ],
    about: 'Old form of the connection tracking lookup for the reverse direction.',
    link: conntrackPage,
    examples: [['CT reverse lookup: sport=80 dport=41318 nexthdr=6 flags=IN', { sourcePort: '80' }]],
  },
  {
    id: 'ct-entry-found',
    cilium: 'DbgCtMatch',
    title: 'Connection entry found',
    forms: [
      form('CT entry found lifetime=<lifetime>, proxy_port=<proxyPort> revnat=<revnat>', '0.9', '0.13'),
      form('CT entry found lifetime=<lifetime>, revnat=<revnat>', '0.8'),
    ],
    about: 'The connection tracking lookup found an entry: the packet belongs to a known connection.',
    checks: ['Compare with cilium-dbg bpf ct list global.'],
    link: conntrackPage,
    examples: [
      ['CT entry found lifetime=16836113, revnat=0', { lifetime: '16836113', revnat: '0' }],
      ['CT entry found lifetime=86400, proxy_port=0 revnat=3', { proxyPort: '0', revnat: '3' }],
    ],
  },
  {
    id: 'ct-created-ports',
    cilium: 'DbgCtCreated',
    title: 'Connection entry created, ports',
    forms: [
      form(
        'CT created 1/2: sport=<sourcePort:port> dport=<destinationPort:port> nexthdr=<nexthdr> flags=<flags:tupleFlagWords>',
        '0.8',
        '0.8',
      ),
      form(
        'CT created 1/2: sport=<sourcePort:port> dport=<destinationPort:port> nexthdr=<nexthdr> flags=<flags:tupleFlagWords>[ proxy_port=<proxyPort>] revnat=<revnat>',
        '0.9',
      ),
    ],
    about: 'Old form: a connection tracking entry was created, first half.',
    link: conntrackPage,
    examples: [
      ['CT created 1/2: sport=41318 dport=80 nexthdr=6 flags=OUT', { flags: 'OUT' }],
      ['CT created 1/2: sport=41318 dport=80 nexthdr=6 flags=OUT revnat=0', { revnat: '0' }],
      ['CT created 1/2: sport=41318 dport=80 nexthdr=6 flags=0 proxy_port=0 revnat=1', { proxyPort: '0' }],
    ],
  },
  {
    id: 'ct-created-address',
    cilium: 'DbgCtCreated2',
    title: 'Connection entry created, address',
    forms: [form('CT created 2/2: <address:ip> revnat=<revnat>', '0.8')],
    about:
      'Old form: a connection tracking entry was created, second half. Version 0.8 prints the address in hex.',
    link: conntrackPage,
    examples: [
      ['CT created 2/2: 10.0.0.85 revnat=0', { address: '10.0.0.85' }],
      ['CT created 2/2: 5500000a revnat=4', { revnat: '4' }],
    ],
  },
  {
    id: 'ct-verdict',
    cilium: 'DbgCtVerdict',
    title: 'Conntrack verdict',
    heading: 'CT verdict: {verdict}',
    forms: [
      form('CT verdict: <verdict:lookupResult>, proxy_port=<proxyPort> revnat=<revnat>', '0.9', '0.13'),
      form('CT verdict: <verdict:lookupResult>, revnat=<revnat>', '0.9'),
      form('CT verdict: <verdict:lookupResult>', '0.8', '0.8'),
    ],
    about: 'Result of the connection tracking lookup for this packet.',
    story: ['{=verdict}'],
    checks: [
      {
        field: 'verdict',
        is: ['New'],
        check:
          'If the connection was open already, its entry is missing: expired, map full, or asymmetric path.',
      },
    ],
    link: conntrackPage,
    examples: [
      ['CT verdict: New, revnat=0', { verdict: 'New', revnat: '0' }],
      ['CT verdict: Reply, revnat=0', { verdict: 'Reply' }],
      ['CT verdict: Established', { verdict: 'Established' }],
      ['CT verdict: Related, proxy_port=0 revnat=2', { verdict: 'Related', proxyPort: '0', revnat: '2' }],
      ['CT verdict: Interface Decrypted, revnat=5', { verdict: 'Interface Decrypted' }],
      [
        'CT verdict: LB, sock cgroup: No backend entry found, revnat=0',
        { verdict: 'LB, sock cgroup: No backend entry found' },
      ],
    ],
  },
  {
    id: 'icmpv6-handle',
    cilium: 'DbgIcmp6Handle',
    title: 'ICMPv6 message examined',
    forms: [form('Handling ICMPv6 type=<icmpType:icmpv6Type>', '0.8')],
    about: 'The program of the endpoint examines an ICMPv6 message.',
    examples: [['Handling ICMPv6 type=135', { icmpType: '135' }]],
  },
  {
    id: 'icmpv6-echo-for-router',
    cilium: 'DbgIcmp6Request',
    title: 'ICMPv6 echo request for the router',
    forms: [form('ICMPv6 echo request for router offset=<offset:number>', '0.8')],
    about: 'An echo request for the virtual router address is answered by the program itself.',
    examples: [['ICMPv6 echo request for router offset=54', { offset: '54' }]],
  },
  {
    id: 'icmpv6-neighbour',
    cilium: 'DbgIcmp6Ns',
    title: 'ICMPv6 neighbour solicitation',
    forms: [
      form('ICMPv6 neighbour soliciation for address <word3:addressWord>:<word4:addressWord>', '0.8', '1.19'),
      form('ICMPv6 neighbour solicitation for address <word3:addressWord>:<word4:addressWord>', '1.20'),
    ],
    about:
      'A neighbour solicitation for the router address is answered. Versions up to 1.19 misspell the word.',
    examples: [
      ['ICMPv6 neighbour soliciation for address 0:1f2e', { word3: '0', word4: '1f2e' }],
      ['ICMPv6 neighbour solicitation for address 0:1f2e', { word4: '1f2e' }],
    ],
  },
  {
    id: 'icmpv6-time-exceeded',
    cilium: 'DbgIcmp6TimeExceeded',
    title: 'ICMPv6 time exceeded sent',
    forms: [form('Sending ICMPv6 time exceeded', '0.8')],
    about: 'The hop limit of a packet ran out; an ICMPv6 time exceeded message is sent back.',
    checks: ['Look for a routing loop or a traceroute.'],
    examples: [['Sending ICMPv6 time exceeded']],
  },
  {
    id: 'tunnel-decapsulate',
    cilium: 'DbgDecap',
    title: 'Packet from the tunnel',
    forms: [form('Tunnel decap: id=<vni> flowlabel=<flowLabel:hex>', '0.8')],
    about: 'A packet arrived from the tunnel; its VNI is the security identity of the sender.',
    story: ['A packet arrived from the tunnel; its sender has identity {vni}.'],
    checks: [
      {
        field: 'vni',
        is: ['0', '2'],
        check: 'If the sender is a pod of another node, that node has a stale identity for it.',
      },
    ],
    examples: [['Tunnel decap: id=3352 flowlabel=0', { vni: '3352', flowLabel: '0' }]],
  },
  {
    id: 'port-map',
    cilium: 'DbgPortMap',
    title: 'Port mapping',
    forms: [form('Mapping port from=<fromPort:port> to=<toPort:port>', '0.8')],
    about: 'A port was replaced by the old port mapping feature.',
    examples: [['Mapping port from=80 to=8080', { fromPort: '80', toPort: '8080' }]],
  },
  {
    id: 'helper-error',
    cilium: 'DbgErrorRet',
    title: 'Error of a kernel helper',
    forms: [form('BPF function <helper> returned error <error:helperError>', '0.8')],
    about: 'A helper function of the kernel returned an error to the program.',
    examples: [['BPF function 3 returned error 4294967294', { helper: '3', error: '4294967294' }]],
  },
  {
    id: 'to-host-old',
    cilium: 'DbgToHost',
    title: 'To the host',
    forms: [form('Going to host, policy-skip=<policySkip>', '0.8')],
    about: 'The packet goes to the host.',
    examples: [['Going to host, policy-skip=1', { policySkip: '1' }]],
  },
  {
    id: 'to-stack-old',
    cilium: 'DbgToStack',
    title: 'To the kernel stack',
    forms: [form('Going to the stack, policy-skip=<policySkip>', '0.8')],
    about: "The packet is passed to the kernel's network stack.",
    examples: [['Going to the stack, policy-skip=0', { policySkip: '0' }]],
  },
  {
    id: 'backend-by-hash',
    cilium: 'DbgPktHash',
    title: 'Backend chosen by packet hash',
    forms: [form('Packet hash=<hash:number> (<hashHex:hex>), selected_service=<slot>', '0.8')],
    about: 'The load-balancer chose a backend of the service by the hash of the packet.',
    story: ['The load-balancer chose backend slot {slot} by the hash of the packet.'],
    link: kubeProxyPage,
    examples: [['Packet hash=523124044 (0x1f2e3d4c), selected_service=2', { slot: '2' }]],
  },
  {
    id: 'backend-round-robin',
    cilium: 'DbgRRSlaveSel, DbgRRBackendSlotSel',
    title: 'Backend chosen in turn',
    forms: [
      form('RR slave selection hash=<hash:number> (<hashHex:hex>), selected_service=<slot>', '0.8', '1.8'),
      form('RR backend slot selection hash=<hash:number> (<hashHex:hex>), selected_service=<slot>', '1.8'),
    ],
    about: 'The load-balancer chose a backend of the service round robin.',
    story: ['The load-balancer chose backend slot {slot} round robin.'],
    link: kubeProxyPage,
    examples: [
      ['RR slave selection hash=17 (0x11), selected_service=1', { slot: '1' }],
      ['RR backend slot selection hash=17 (0x11), selected_service=1', { hashHex: '0x11' }],
    ],
  },
  {
    id: 'service-lookup-ipv6',
    cilium: 'DbgLb6LookupMaster, DbgLb6LookupFrontend',
    title: 'Service lookup, IPv6',
    forms: [
      form(
        'Master service lookup, addr.p4=<addressEnd:addressWord> key.dport=<destinationPort:port>',
        '0.8',
        '1.10',
      ),
      form(
        'Frontend service lookup, addr.p4=<addressEnd:addressWord> key.dport=<destinationPort:port>',
        '1.11',
      ),
    ],
    about: 'Looks whether the destination address and port are those of a service.',
    link: kubeProxyPage,
    examples: [
      ['Master service lookup, addr.p4=1000000 key.dport=80', { destinationPort: '80' }],
      ['Frontend service lookup, addr.p4=1000000 key.dport=80', { addressEnd: '1000000' }],
    ],
  },
  {
    id: 'service-lookup-ipv6-failed',
    cilium: 'DbgLb6LookupMasterFail, DbgLb6LookupFrontendFail',
    title: 'No such service, IPv6',
    forms: [
      form(
        'Master service lookup failed, addr.p2=<word2:addressWord> addr.p3=<word3:addressWord>',
        '0.8',
        '1.10',
      ),
      form('Frontend service lookup failed, addr.p2=<word2:addressWord> addr.p3=<word3:addressWord>', '1.11'),
    ],
    about:
      'No service has this address and port; the packet is treated as ordinary traffic. Normal for all packets that are not sent to a service.',
    link: kubeProxyPage,
    examples: [
      ['Master service lookup failed, addr.p2=0 addr.p3=0', { word2: '0' }],
      ['Frontend service lookup failed, addr.p2=0 addr.p3=ab', { word3: 'ab' }],
    ],
  },
  {
    id: 'service-lookup',
    cilium: 'DbgLb4LookupMaster, DbgLb4LookupFrontend',
    title: 'Service lookup',
    forms: [
      form('Master service lookup, addr=<address:ip> key.dport=<destinationPort:port>', '0.8', '1.10'),
      form('Frontend service lookup, addr=<address:ip> key.dport=<destinationPort:port>', '1.11'),
    ],
    about: 'Looks whether the destination address and port are those of a service.',
    story: ['Is {address} port {destinationPort} a service? The next line has the answer.'],
    link: kubeProxyPage,
    examples: [
      ['Master service lookup, addr=a00600a key.dport=443', { address: 'a00600a' }],
      ['Master service lookup, addr=10.96.0.10 key.dport=53', { address: '10.96.0.10' }],
      ['Frontend service lookup, addr=10.96.0.10 key.dport=53', { destinationPort: '53' }],
    ],
  },
  {
    id: 'service-lookup-failed',
    cilium: 'DbgLb4LookupMasterFail, DbgLb4LookupFrontendFail',
    title: 'No such service',
    forms: [
      form('Master service lookup failed', '0.8', '1.10'),
      form('Frontend service lookup failed', '1.11'),
    ],
    about:
      'No service has this address and port; the packet is treated as ordinary traffic. Normal for all packets that are not sent to a service.',
    link: kubeProxyPage,
    examples: [['Master service lookup failed'], ['Frontend service lookup failed']],
  },
  {
    id: 'backend-slot-lookup',
    cilium: 'DbgLb4LookupSlave, DbgLb6LookupSlave, DbgLb4LookupBackendSlot, DbgLb6LookupBackendSlot',
    title: 'Backend slot lookup',
    forms: [
      form('Slave service lookup: slave=<slot>, dport=<destinationPort:port>', '0.8', '1.8'),
      form('Service backend slot lookup: slot=<slot>, dport=<destinationPort:port>', '1.8'),
    ],
    about: 'The load-balancer looks up the chosen backend slot of a service.',
    link: kubeProxyPage,
    examples: [
      ['Slave service lookup: slave=2, dport=80', { slot: '2' }],
      ['Service backend slot lookup: slot=2, dport=80', { destinationPort: '80' }],
    ],
  },
  {
    id: 'backend-slot-missing',
    cilium:
      'DbgLb4LookupSlaveV2Fail, DbgLb6LookupSlaveV2Fail, DbgLb4LookupBackendSlotV2Fail, DbgLb6LookupBackendSlotV2Fail',
    title: 'Backend slot missing',
    forms: [
      form('Slave service lookup failed: slave=<slot>, dport=<destinationPort:port>', '1.5', '1.8'),
      form('Service backend slot lookup failed: slot=<slot>, dport=<destinationPort:port>', '1.8'),
    ],
    about: 'The service has no such backend slot; a drop "Service backend not found" follows.',
    checks: ['cilium-dbg bpf lb list', 'kubectl get endpointslices of the service'],
    link: kubeProxyPage,
    examples: [
      ['Slave service lookup failed: slave=2, dport=80', { slot: '2' }],
      ['Service backend slot lookup failed: slot=2, dport=80', { destinationPort: '80' }],
    ],
  },
  {
    id: 'backend-chosen-ipv6',
    cilium: 'DbgLb6LookupSlaveSuccess, DbgLb6LookupBackendSlotSuccess',
    title: 'Backend chosen, IPv6',
    forms: [
      form('Slave service lookup result: target.p4=<targetEnd:addressWord> port=<port>', '0.8', '1.8'),
      form('Service backend slot lookup result: target.p4=<targetEnd:addressWord> port=<port>', '1.8'),
    ],
    about: 'The backend that replaces the service address; the last 32 bits of its address are shown.',
    link: kubeProxyPage,
    examples: [
      ['Slave service lookup result: target.p4=ab1f port=8080', { port: '8080' }],
      ['Service backend slot lookup result: target.p4=ab1f port=8080', { targetEnd: 'ab1f' }],
    ],
  },
  {
    id: 'backend-chosen',
    cilium: 'DbgLb4LookupSlaveSuccess, DbgLb4LookupBackendSlotSuccess',
    title: 'Backend chosen',
    forms: [
      form('Slave service lookup result: target=<target:ip> port=<port>', '0.8', '1.8'),
      form('Service backend slot lookup result: target=<target:ip> port=<port>', '1.8'),
    ],
    about: 'The backend that replaces the service address in this packet.',
    story: ['The packet goes to the backend {target} port {port} instead of the service address.'],
    link: kubeProxyPage,
    examples: [
      ['Slave service lookup result: target=7c01000a port=8080', { target: '7c01000a' }],
      ['Slave service lookup result: target=10.0.1.124 port=8080', { target: '10.0.1.124' }],
      ['Service backend slot lookup result: target=10.0.1.124 port=8080', { port: '8080' }],
    ],
  },
  {
    id: 'backend-missing',
    cilium: 'DbgLb4LookupBackendFail, DbgLb6LookupBackendFail',
    title: 'Backend missing',
    forms: [form('Backend service lookup failed: backend_id=<backend:number>', '1.5')],
    about: 'The slot of the service names a backend that is not in the backend map.',
    checks: ['cilium-dbg bpf lb list --backends'],
    link: kubeProxyPage,
    examples: [['Backend service lookup failed: backend_id=42', { backend: '42' }]],
  },
  {
    id: 'reverse-nat-lookup',
    cilium: 'DbgLb4ReverseNatLookup, DbgLb6ReverseNatLookup',
    title: 'Reverse NAT lookup',
    forms: [form('Reverse NAT lookup, index=<revnat>', '0.8')],
    about:
      'A reply of a connection to a service: the address of the service is looked up by its reverse NAT id.',
    checks: ['cilium-dbg bpf lb list --revnat'],
    link: kubeProxyPage,
    examples: [['Reverse NAT lookup, index=17', { revnat: '17' }]],
  },
  {
    id: 'reverse-nat-ipv6',
    cilium: 'DbgLb6ReverseNat',
    title: 'Reverse NAT, IPv6',
    forms: [form('Performing reverse NAT, address.p4=<addressEnd:addressWord> port=<port>', '0.8')],
    about: 'The source of the reply becomes the address of the service again.',
    link: kubeProxyPage,
    examples: [['Performing reverse NAT, address.p4=1000000 port=80', { port: '80' }]],
  },
  {
    id: 'reverse-nat',
    cilium: 'DbgLb4ReverseNat',
    title: 'Reverse NAT',
    forms: [form('Performing reverse NAT, address=<address:ip> port=<port>', '0.8')],
    about: 'The source of the reply becomes the address of the service again.',
    story: ['The source of the reply becomes the service address {address} port {port} again.'],
    link: kubeProxyPage,
    examples: [
      ['Performing reverse NAT, address=10.96.0.10 port=53', { address: '10.96.0.10' }],
      ['Performing reverse NAT, address=a00600a port=53', { address: 'a00600a' }],
    ],
  },
  {
    id: 'loopback-snat',
    cilium: 'DbgLb4LoopbackSnat',
    title: 'Loopback translation',
    forms: [form('Loopback SNAT from=<fromAddress:ip> to=<toAddress:ip>', '0.8')],
    about:
      'A pod reached itself through its own service; its source address is replaced so that the reply comes back through the load-balancer.',
    link: kubeProxyPage,
    examples: [
      ['Loopback SNAT from=10.0.1.124 to=169.254.42.1', { toAddress: '169.254.42.1' }],
      ['Loopback SNAT from=7c01000a to=12afea9', { fromAddress: '7c01000a' }],
    ],
  },
  {
    id: 'loopback-snat-undone',
    cilium: 'DbgLb4LoopbackSnatRev',
    title: 'Loopback translation undone',
    forms: [form('Loopback reverse SNAT from=<fromAddress:ip> to=<toAddress:ip>', '0.8')],
    about:
      'The loopback translation of a pod that reached itself through its service is undone for the reply.',
    link: kubeProxyPage,
    examples: [
      ['Loopback reverse SNAT from=169.254.42.1 to=10.0.1.124', { toAddress: '10.0.1.124' }],
      ['Loopback reverse SNAT from=12afea9 to=7c01000a', { fromAddress: '12afea9' }],
    ],
  },
  {
    id: 'loopback-snat-ipv6',
    cilium: 'DbgLb6LoopbackSnat',
    title: 'Loopback translation, IPv6',
    forms: [form('Loopback SNAT from.p4=<fromEnd:addressWord> to.p4=<toEnd:addressWord>', '1.19')],
    about:
      'A pod reached itself through its own service; its source address is replaced. The numbers of this message in tool and datapath can differ by one, so the text may belong to another message.',
    link: kubeProxyPage,
    examples: [['Loopback SNAT from.p4=ab1f to.p4=1', { fromEnd: 'ab1f' }]],
  },
  {
    id: 'loopback-snat-undone-ipv6',
    cilium: 'DbgLb6LoopbackSnatRev',
    title: 'Loopback translation undone, IPv6',
    forms: [form('Loopback reverse SNAT from.p4=<fromEnd:addressWord> to.p4=<toEnd:addressWord>', '1.19')],
    about:
      'The loopback translation of a pod that reached itself through its service is undone for the reply.',
    link: kubeProxyPage,
    examples: [['Loopback reverse SNAT from.p4=1 to.p4=ab1f', { toEnd: 'ab1f' }]],
  },
  {
    id: 'proxy-reverse-lookup',
    cilium: 'DbgRevProxyLookup',
    title: 'Proxy reply lookup',
    forms: [
      form(
        'Reverse proxy lookup, sport=<sourcePort:port> dport=<destinationPort:port> saddr=<address:ip>',
        '0.8',
        '0.8',
      ),
      form(
        'Reverse proxy lookup sport=<sourcePort:port> dport=<destinationPort:port> saddr=<address:ip> nexthdr=<nexthdr>',
        '0.9',
      ),
    ],
    about: 'Old proxy map: the original destination of a reply of the proxy is looked up.',
    examples: [
      ['Reverse proxy lookup, sport=15001 dport=41318 saddr=10.0.0.1', { address: '10.0.0.1' }],
      ['Reverse proxy lookup sport=15001 dport=41318 saddr=10.0.0.1 nexthdr=6', { nexthdr: '6' }],
    ],
  },
  {
    id: 'proxy-reverse-found',
    cilium: 'DbgRevProxyFound',
    title: 'Proxy reply, original destination',
    forms: [
      form('Reverse proxy entry found, orig-daddr=<address:ip> orig-dport=<destinationPort:port>', '0.8'),
    ],
    about: 'Old proxy map: the original destination was found and is restored.',
    examples: [
      ['Reverse proxy entry found, orig-daddr=10.0.1.124 orig-dport=80', { address: '10.0.1.124' }],
      ['Reverse proxy entry found, orig-daddr=7c01000a orig-dport=80', { address: '7c01000a' }],
    ],
  },
  {
    id: 'proxy-reverse-updated',
    cilium: 'DbgRevProxyUpdate',
    title: 'Proxy entry stored',
    forms: [
      form(
        'Reverse proxy updated, sport=<sourcePort:port> dport=<destinationPort:port> saddr=<address:ip>',
        '0.8',
        '0.8',
      ),
      form(
        'Reverse proxy updated sport=<sourcePort:port> dport=<destinationPort:port> saddr=<address:ip> nexthdr=<nexthdr>',
        '0.9',
      ),
    ],
    about: 'Old proxy map: an entry was stored.',
    examples: [
      ['Reverse proxy updated, sport=41318 dport=80 saddr=10.0.0.85', { sourcePort: '41318' }],
      ['Reverse proxy updated sport=41318 dport=80 saddr=10.0.0.85 nexthdr=6', { nexthdr: '6' }],
    ],
  },
  {
    id: 'l4-policy-resolved',
    cilium: 'DbgL4Policy',
    title: 'L4 policy resolved',
    forms: [form('Resolved L4 policy to: <proxyPort> /[ <direction:anyDirection>]', '0.8')],
    about: 'Old: result of the L4 policy lookup, the proxy port (0 for none) and the direction.',
    examples: [
      ['Resolved L4 policy to: 0 / egress', { proxyPort: '0', direction: 'egress' }],
      ['Resolved L4 policy to: 15001 / 1', { direction: '1' }],
      ['Resolved L4 policy to: 0 / ', { proxyPort: '0' }],
    ],
  },
  {
    id: 'destination-in-cluster',
    cilium: 'DbgNetdevInCluster',
    title: 'Destination inside the cluster',
    forms: [form('Destination is inside cluster prefix, source identity: <srcIdentity>', '0.10')],
    about: 'Old: a packet from a network device is for an address inside the cluster.',
    examples: [['Destination is inside cluster prefix, source identity: 2', { srcIdentity: '2' }]],
  },
  {
    id: 'encapsulation-lookup',
    cilium: 'DbgNetdevEncap4',
    title: 'Tunnel endpoint lookup',
    forms: [form('Attempting encapsulation, lookup key: <address:ip>, identity: <identity>', '0.10')],
    about: 'Old: looks up the tunnel endpoint for a packet from a network device.',
    examples: [['Attempting encapsulation, lookup key: 10.0.1.0, identity: 2', { address: '10.0.1.0' }]],
  },
  {
    id: 'ct-lookup-tuple',
    cilium: 'DbgCTLookup41, DbgCTLookup61',
    title: 'Conntrack lookup 1/2, addresses',
    forms: [form('Conntrack lookup 1/2: src=<source:address> dst=<destination:address>', '0.11')],
    about:
      'The program asks the connection table for this packet: its addresses and ports. For ICMP the echo id stands at the side that asked. For IPv6 only the last 32 bits of addresses are shown.',
    story: ['Is the packet {source} → {destination} part of a known connection? The verdict follows.'],
    link: conntrackPage,
    examples: [
      [
        'Conntrack lookup 1/2: src=10.0.0.85:3072 dst=10.0.1.124:0',
        { source: '10.0.0.85:3072', destination: '10.0.1.124:0' },
      ],
      ['Conntrack lookup 1/2: src=[::1f2e:ab]:443 dst=[::0:1]:50123', { source: '[::1f2e:ab]:443' }],
      ['Conntrack lookup 1/2: src=[::1f2e]:443 dst=[::1]:50123', { destination: '[::1]:50123' }],
    ],
  },
  {
    id: 'ct-lookup-flags',
    cilium: 'DbgCTLookup42, DbgCTLookup62',
    title: 'Conntrack lookup 2/2, protocol and flags',
    forms: [
      form('Conntrack lookup 2/2: nexthdr=<nexthdr> flags=<flags:tupleFlags>', '0.11', '1.13'),
      form(
        'Conntrack lookup 2/2: nexthdr=<nexthdr> flags=<flags:tupleFlags> dir=<dir:tupleDirection> scope=<scope:tupleScope>',
        '1.14',
      ),
    ],
    about: 'Second half of the question to the connection table: the protocol, and which entry is asked for.',
    link: conntrackPage,
    examples: [
      ['Conntrack lookup 2/2: nexthdr=1 flags=0', { nexthdr: '1', flags: '0' }],
      ['Conntrack lookup 2/2: nexthdr=6 flags=1 dir=0 scope=2', { dir: '0', scope: '2' }],
    ],
  },
  {
    id: 'ct-create',
    cilium: 'DbgCTCreated4, DbgCTCreated6',
    title: 'Connection entry created',
    forms: [
      form(
        'Conntrack create: proxy-port=<proxyPort> revnat=<revnat> src-identity=<srcIdentity>[ lb=<lb:loopback>]',
        '0.11',
      ),
    ],
    about: 'A new entry was stored in the connection table: later packets of this connection pass by it.',
    story: [
      'The connection is now known, opened by identity {srcIdentity}: its later packets and their replies pass without another policy check.',
    ],
    link: conntrackPage,
    examples: [
      [
        'Conntrack create: proxy-port=0 revnat=0 src-identity=3352 lb=0.0.0.0',
        { srcIdentity: '3352', lb: '0.0.0.0' },
      ],
      ['Conntrack create: proxy-port=0 revnat=3 src-identity=2', { revnat: '3' }],
    ],
  },
  {
    id: 'skip-proxy',
    cilium: 'DbgSkipProxy',
    title: 'Proxy skipped',
    forms: [
      form('Skipping proxy, tc_index is set=<tcIndex>[<next:gluedLine>]', '0.11', '1.0'),
      form('Skipping proxy, tc_index is set=<tcIndex>', '1.1'),
    ],
    about: 'The packet already comes from the proxy, so it is not redirected there again.',
    examples: [
      ['Skipping proxy, tc_index is set=1', { tcIndex: '1' }],
      [
        'Skipping proxy, tc_index is set=1CPU 00: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=0',
        { tcIndex: '1', next: 'CPU 00: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=0' },
      ],
    ],
  },
  {
    id: 'l4-policy-matched',
    cilium: 'DbgL4Create',
    title: 'Policy allows the packet',
    forms: [
      form(
        'Matched L4 policy; creating conntrack src=<srcIdentity> dst=<dstIdentity> dport=<destinationPort:port> proto=<nexthdr>',
        '0.12',
      ),
    ],
    about:
      'A policy entry allows the packet; an entry of the connection table is about to be made. In newer versions the first identity is that of the remote side.',
    story: [
      'A policy entry allows identity {srcIdentity} to reach identity {dstIdentity} at port {destinationPort}; the connection is about to be stored.',
    ],
    link: 'https://docs.cilium.io/en/stable/security/policy/',
    examples: [
      [
        'Matched L4 policy; creating conntrack src=3352 dst=26879 dport=53 proto=17',
        { srcIdentity: '3352', dstIdentity: '26879', destinationPort: '53', nexthdr: '17' },
      ],
    ],
  },
  {
    id: 'identity-not-found-ipv6',
    cilium: 'DbgIPIDMapFailed6',
    title: 'No identity for the address, IPv6',
    forms: [
      form('Failed to map daddr.p4=<address:ip6Tail> to identity', '1.0', '1.7'),
      form('Failed to map addr.p4=<address:ip6Tail> to identity', '1.8'),
    ],
    about: 'The IP cache has no identity for this address; the packet is treated as world or unknown.',
    checks: ['cilium-dbg bpf ipcache get <ip>'],
    link: identityPage,
    examples: [
      ['Failed to map daddr.p4=[::1f2e:ab] to identity', { address: '[::1f2e:ab]' }],
      ['Failed to map addr.p4=[::1f2e:ab] to identity', { address: '[::1f2e:ab]' }],
    ],
  },
  {
    id: 'identity-not-found',
    cilium: 'DbgIPIDMapFailed4',
    title: 'No identity for the address',
    forms: [
      form('Failed to map daddr=<address:ip> to identity', '1.0', '1.7'),
      form('Failed to map addr=<address:ip> to identity', '1.8'),
    ],
    about: 'The IP cache has no identity for this address; the packet is treated as world or unknown.',
    story: ['The IP cache knows no identity for {address}; the packet is treated as world or unknown.'],
    checks: ['cilium-dbg bpf ipcache get <ip>'],
    link: identityPage,
    examples: [
      ['Failed to map daddr=10.0.0.85 to identity', { address: '10.0.0.85' }],
      ['Failed to map addr=10.0.0.85 to identity', { address: '10.0.0.85' }],
    ],
  },
  {
    id: 'identity-found-ipv6',
    cilium: 'DbgIPIDMapSucceed6',
    title: 'Identity of the address, IPv6',
    forms: [
      form('Successfully mapped daddr.p4=<address:ip6Tail> to identity=<identity>', '1.0', '1.7'),
      form('Successfully mapped addr.p4=<address:ip6Tail> to identity=<identity>', '1.8'),
    ],
    about: 'The IP cache gave the security identity of this address.',
    story: ['The address that ends in {address} belongs to identity {identity}.'],
    link: identityPage,
    examples: [
      ['Successfully mapped daddr.p4=[::1f2e:ab] to identity=3352', { identity: '3352' }],
      ['Successfully mapped addr.p4=[::1f2e:ab] to identity=3352', { identity: '3352' }],
    ],
  },
  {
    id: 'identity-found',
    cilium: 'DbgIPIDMapSucceed4',
    title: 'Identity of the address',
    forms: [
      form('Successfully mapped daddr=<address:ip> to identity=<identity>', '1.0', '1.7'),
      form('Successfully mapped addr=<address:ip> to identity=<identity>', '1.8'),
    ],
    about: 'The IP cache gave the security identity of this address.',
    story: ['The address {address} belongs to identity {identity}.'],
    link: identityPage,
    examples: [
      ['Successfully mapped daddr=10.0.0.85 to identity=3352', { identity: '3352' }],
      ['Successfully mapped addr=10.0.0.85 to identity=3352', { address: '10.0.0.85', identity: '3352' }],
    ],
  },
  {
    id: 'stale-ct-entry',
    cilium: 'DbgLbStaleCT',
    title: 'Stale connection entry',
    forms: [
      form('Stale CT entry found stale_ct.rev_nat_id=<staleRevnat:revnat>, svc.rev_nat_id=<revnat>', '1.5'),
    ],
    about:
      'An entry of the connection table belongs to an older incarnation of the service and is replaced. Harmless unless very frequent.',
    link: kubeProxyPage,
    examples: [
      ['Stale CT entry found stale_ct.rev_nat_id=3, svc.rev_nat_id=17', { staleRevnat: '3', revnat: '17' }],
    ],
  },
  {
    id: 'identity-inherited',
    cilium: 'DbgInheritIdentity',
    title: 'Identity taken from the packet mark',
    forms: [form('Inheriting identity=<identity> from stack', '1.6')],
    about:
      'The identity of the sender was taken from the skb mark that another program or the proxy had set.',
    checks: ['Compare with the identity that you expect for the sender.'],
    link: identityPage,
    examples: [['Inheriting identity=3352 from stack', { identity: '3352' }]],
  },
  {
    id: 'socket-lookup',
    cilium: 'DbgSkLookup4, DbgSkLookup6',
    title: 'Proxy socket lookup',
    forms: [form('Socket lookup: src=<source:address> dst=<destination:address>', '1.9')],
    about: 'Looks for the socket of the proxy for this packet.',
    examples: [
      ['Socket lookup: src=10.0.0.85:41318 dst=10.0.1.124:80', { source: '10.0.0.85:41318' }],
      ['Socket lookup: src=[::1f2e:ab]:443 dst=[::0:1]:50123', { destination: '[::0:1]:50123' }],
    ],
  },
  {
    id: 'socket-assign',
    cilium: 'DbgSkAssign',
    title: 'Packet given to a proxy socket',
    forms: [form('Socket assign: <result:assignResult>', '1.9')],
    about: 'The packet was assigned to a socket of the proxy, or the error why not.',
    checks: [{ field: 'result', isNot: ['Success'], check: 'Look for the drop "Socket assign failed".' }],
    examples: [
      ['Socket assign: Success', { result: 'Success' }],
      ['Socket assign: no such file or directory', { result: 'no such file or directory' }],
    ],
  },
  {
    id: 'l7-load-balancing',
    cilium: 'DbgL7LB',
    title: 'L7 load-balancing',
    forms: [form('L7 LB from <source:ip> to <destination:ip>: proxy port <proxyPort>', '1.12')],
    about:
      'A service with L7 load-balancing sends the packet to its Envoy listener. For IPv6 the last 32 bits of the addresses are printed like an IPv4 address.',
    story: ['The packet {source} → {destination} goes to the Envoy listener at port {proxyPort}.'],
    examples: [
      [
        'L7 LB from 10.0.0.85 to 10.96.0.10: proxy port 15001',
        { source: '10.0.0.85', destination: '10.96.0.10', proxyPort: '15001' },
      ],
    ],
  },
  {
    id: 'unknown-debug',
    title: 'Debug message unknown to the tool',
    forms: [form('Unknown message type=<subtype:number> arg1=<arg1:number> arg2=<arg2:number>', '0.8')],
    about:
      'The tool does not know this message: tool and datapath are of different versions. Number 66 in Cilium 1.15 to 1.18 says that policy was skipped.',
    checks: ['Run cilium-dbg monitor of the agent pod on the same node.'],
    examples: [['Unknown message type=66 arg1=1 arg2=0', { subtype: '66', arg1: '1', arg2: '0' }]],
  },
];

/** All debug messages. */
export const debugMessages: readonly MessageRow[] = rows.map((row) => ({
  ...row,
  kind: 'debug',
  carrier: 'debug',
  examples: row.examples.map(([text, gives]) => {
    const line = `CPU 03: MARK 0x0 FROM 1580 DEBUG: ${text}`;
    return gives ? { line, gives } : { line };
  }),
}));
