/**
 * Policy verdicts: what policy decided about a new connection.
 * Source: pkg/monitor/datapath_policy.go of cilium/cilium, 1.8 to 1.21 development.
 */
import type { MessageRow } from '../row.js';

/** The policy verdict line. */
export const policyVerdictMessages: readonly MessageRow[] = [
  {
    id: 'policy-verdict',
    kind: 'policy-verdict',
    cilium: 'PolicyVerdictNotify',
    carrier: 'line',
    title: 'Policy verdict',
    heading: 'Policy verdict: {action}',
    forms: [
      {
        template:
          'Policy verdict log: flow <flow> local EP ID <endpoint>, remote ID <remoteIdentity:identity>, proto <nexthdr>, <direction:policyDirection>, action <action>, auth: <auth:authType>, match <match:matchType>, <connection>',
        since: '1.14',
      },
      {
        template:
          'Policy verdict log: flow <flow> local EP ID <endpoint>, remote ID <remoteIdentity:identity>, proto <nexthdr>, <direction:policyDirection>, action <action>, match <match:matchType>, <connection>',
        since: '1.9',
        until: '1.13',
      },
      {
        template:
          'Policy verdict log: flow <flow> local EP ID <endpoint>, remote ID <remoteIdentity:identity>, dst port <destinationPort:port>, proto <nexthdr>, ingress <ingress:boolean>, action <action>, match <match:matchType>, <connection>',
        since: '1.8',
        until: '1.8',
      },
    ],
    about:
      'Policy of the local endpoint was evaluated for a new connection. remote ID is the identity of the other side: the sender for ingress, the receiver for egress.',
    story: [
      'The {direction} policy of endpoint {endpoint} decided for the remote identity {remoteIdentity}: {action} (match {match}).',
      'The policy of endpoint {endpoint} decided for the remote identity {remoteIdentity}: {action} (match {match}).',
    ],
    checks: ['cilium-dbg bpf policy get <endpoint>', 'cilium-dbg identity get <remote ID>'],
    link: 'https://docs.cilium.io/en/stable/security/policy/',
    examples: [
      {
        line: 'Policy verdict log: flow 0x68fa6ff4 local EP ID 258, remote ID world, proto 6, ingress, action deny, auth: disabled, match none, 10.42.0.30:55702 -> 10.42.1.20:8080 tcp SYN',
        gives: { endpoint: '258', remoteIdentity: 'world', action: 'deny', auth: 'disabled', match: 'none' },
      },
      {
        line: 'Policy verdict log: flow 0x0 local EP ID 258, remote ID 3352, proto 17, egress, action redirect, match L3-L4, 10.0.0.85:41318 -> 10.96.0.10:53 udp',
        gives: { direction: 'egress', match: 'L3-L4', destination: '10.96.0.10:53' },
      },
      {
        line: 'Policy verdict log: flow 0x0 local EP ID 258, remote ID 3352, dst port 80, proto 6, ingress true, action allow, match all, 10.0.0.85:41318 -> 10.0.1.124:80 tcp SYN',
        gives: { ingress: 'true', destinationPort: '80', nexthdr: '6' },
      },
    ],
  },
];
