import { routingEntry } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { isChained, isNative } from '../terms.js';

export const nativeWithoutRoutes = defineRule({
  id: 'native-without-routes',
  severity: 'info',
  summary: 'With native routing something tells nodes the way to the pods of other nodes',
  why: "Nothing inside Cilium tells nodes how to reach other nodes' pods; unless the network does (cloud routes, a BGP daemon such as kube-router or BIRD, static routes), pods on different nodes cannot talk.",
  versions: 'all versions',
  evidence: 'routing.rst; issue cilium/cilium 36968',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
        #               ^^^^^^^^
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          routing-mode: "native"
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
      `,
      fixed: `
        data:
          routing-mode: "native"
          auto-direct-node-routes: "true"
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const ipam = s.given('ipam');
    const entry = routingEntry(s);
    if (ipam === undefined || entry === undefined || !isNative(s)) return;
    if (!s.is('ipam', 'cluster-pool', 'kubernetes', 'multi-pool', 'cluster-pool-v2beta')) return;
    if (s.on('auto-direct-node-routes') || s.on('enable-bgp-control-plane') || s.on('bgp-announce-pod-cidr'))
      return;
    // Kubernetes IPAM with a route per endpoint is how managed clusters with routes in the cloud look.
    if (isChained(s) || (s.on('enable-endpoint-routes') && s.is('ipam', 'kubernetes'))) return;
    const routes = s.given('auto-direct-node-routes');
    report({
      range: valueRange(entry),
      message:
        'Native routing without `auto-direct-node-routes` or BGP: make sure that your network routes the pod ranges to the nodes.',
      related: [relatedTo(routes, 'Switched off here')],
      fixes: [
        checkedFix(
          'Set `auto-direct-node-routes` to true (nodes share one layer-2 network)',
          edit.set('auto-direct-node-routes', 'true', entry.key),
        ),
        s.version >= 112
          ? checkedFix(
              'Set `enable-bgp-control-plane` to true',
              edit.set('enable-bgp-control-plane', 'true', entry.key),
            )
          : undefined,
      ],
    });
  },
});
