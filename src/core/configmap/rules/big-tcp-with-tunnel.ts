import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling } from '../terms.js';

export const bigTcpWithTunnel = defineRule({
  id: 'big-tcp-with-tunnel',
  severity: 'error',
  summary: 'BIG TCP goes with native routing',
  why: 'Agent ends (1.19+: ends on kernels without support).',
  versions: '1.13 to 1.18: error; from 1.19: depends on kernel support for tunnels, report as warning',
  evidence: 'pkg/datapath/linux/bigtcp/bigtcp.go 1.13 to 1.20; tuning.rst',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          enable-ipv6-big-tcp: "true"
        #                      ^^^^^^
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          ipv6-native-routing-cidr: "fd42::/48"
          enable-ipv6-big-tcp: "true"
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
      fixed: `
        data:
          routing-mode: "tunnel"
          enable-ipv6-big-tcp: "false"
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (s.version < 113 || !isTunneling(s)) return;
    const isFatal = s.version <= 118;
    for (const key of ['enable-ipv4-big-tcp', 'enable-ipv6-big-tcp']) {
      const entry = s.given(key);
      if (entry === undefined || !s.on(key)) continue;
      report({
        range: valueRange(entry),
        severity: isFatal ? 'error' : 'warning',
        message: `${shown(entry)}: BIG TCP ${isFatal ? 'needs native routing up to Cilium 1.18' : 'over a tunnel needs support in the kernel'}, but this file runs the overlay${whyTunnel(s)}; the agent refuses to start${isFatal ? '' : ' without it'}.`,
        related: [relatedTo(routingEntry(s), 'The routing mode')],
        fixes: [
          checkedFix(`Set \`${key}\` to false`, edit.setValue(entry, 'false')),
          checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, key)),
        ],
      });
    }
  },
});
