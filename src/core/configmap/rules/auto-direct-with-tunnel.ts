import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { needsNative } from '../terms.js';

export const autoDirectWithTunnel = defineRule({
  id: 'auto-direct-with-tunnel',
  severity: 'error',
  summary: '`auto-direct-node-routes` is on only with native routing',
  why: 'Fatal at start-up.',
  versions:
    '1.9 (last patches) and later; from 1.6 to 1.8 the combination starts but sends packets past the tunnel: report as warning',
  evidence: 'daemon_main.go 1.9 to 1.20; pull request cilium/cilium 15196',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          auto-direct-node-routes: "true"
        #                          ^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          auto-direct-node-routes: "true"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      fixed: `
        data:
          routing-mode: "native"
          auto-direct-node-routes: "true"
      `,
    },
    {
      version: '1.17',
      bad: `
        data:
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
        #                          ^^^^^^
      `,
      good: `
        data:
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "false"
      `,
      fixed: `
        data:
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (!s.on('auto-direct-node-routes') || needsNative(s)) return;
    const routes = s.given('auto-direct-node-routes');
    if (routes === undefined) return;
    const effect =
      s.version >= 109 ? 'the agent refuses to start (1.9 and later)' : 'packets are sent past the tunnel';
    report({
      range: valueRange(routes),
      severity: s.version >= 109 ? 'error' : 'warning',
      message: `${shown(routes)} works only with native routing, but this file runs the overlay${whyTunnel(s)}: ${effect}.`,
      related: [
        relatedTo(routingEntry(s), 'The routing mode'),
        routingEntry(s) === undefined
          ? relatedTo(s.given('tunnel'), 'This is ignored since 1.15')
          : undefined,
      ],
      fixes: [
        checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, routes.key)),
        checkedFix('Set `auto-direct-node-routes` to false', edit.setValue(routes, 'false')),
      ],
    });
  },
});
