import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling } from '../terms.js';

export const multiPoolWithTunnel = defineRule({
  id: 'multi-pool-with-tunnel',
  severity: 'error',
  summary: 'Multi-pool IPAM goes with native routing before Cilium 1.18',
  why: 'Fatal.',
  versions: '1.12 to 1.17; allowed from 1.18',
  evidence: 'daemon_main.go 1.12, 1.14, 1.16, 1.17 (present) and 1.18 (gone)',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          ipam: "multi-pool"
        #       ^^^^^^^^^^^^
          routing-mode: "tunnel"
          enable-wireguard-userspace-fallback: "false"
      `,
      good: `
        data:
          ipam: "multi-pool"
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.0.0.0/8"
          auto-direct-node-routes: "true"
          enable-wireguard-userspace-fallback: "false"
      `,
      fixed: `
        data:
          ipam: "multi-pool"
          routing-mode: "native"
          enable-wireguard-userspace-fallback: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const ipam = s.given('ipam');
    const isMultiPool = s.version >= 114 && s.version <= 117 && s.is('ipam', 'multi-pool');
    const isBeta = s.version >= 112 && s.version <= 114 && s.is('ipam', 'cluster-pool-v2beta');
    if (ipam === undefined || !(isMultiPool || isBeta) || !isTunneling(s)) return;
    report({
      range: valueRange(ipam),
      message: `${shown(ipam)} needs native routing before Cilium 1.18, but this file runs the overlay${whyTunnel(s)}; the agent refuses to start.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
      fixes: [checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, 'ipam'))],
    });
  },
});
