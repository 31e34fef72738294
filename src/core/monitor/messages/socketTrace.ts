/**
 * Socket load-balancer trace: a service address becomes a backend when a program calls connect or sendmsg.
 * Source: pkg/monitor/datapath_sock_trace.go of cilium/cilium, 1.13 to 1.21 development.
 */
import type { MessageRow } from '../row.js';

/** The socket trace line; the blank at its end is often lost. */
export const socketTraceMessages: readonly MessageRow[] = [
  {
    id: 'sock-trace',
    kind: 'sock-trace',
    cilium: 'TraceSockNotify',
    carrier: 'cpu',
    title: 'Socket load-balancing',
    forms: [
      {
        template:
          '\\[<point:socketPoint>\\] cgroup_id: <cgroup:count> sock_cookie: <cookie:count>, dst <destination:address> <protocol>',
        since: '1.13',
      },
    ],
    about:
      'A socket of a pod or of the host calls a service; its address is translated before any packet exists.',
    story: ['A socket (cookie {cookie}) calls {destination} over {protocol}, seen at {point}.'],
    checks: ['cilium-dbg service list'],
    link: 'https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/',
    examples: [
      {
        line: 'CPU 02: [pre-xlate-fwd] cgroup_id: 4711 sock_cookie: 1234, dst [10.96.0.10]:53 udp ',
        gives: { point: 'pre-xlate-fwd', cgroup: '4711', destination: '[10.96.0.10]:53', protocol: 'udp' },
      },
      {
        line: 'CPU 02: [post-xlate-rev] cgroup_id: 4711 sock_cookie: 1234, dst [10.96.0.10:53] tcp',
        gives: { destination: '[10.96.0.10:53]', protocol: 'tcp' },
      },
    ],
  },
];
