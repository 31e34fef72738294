import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { isNative } from '../terms.js';

export const autoDirectManySubnets = defineRule({
  id: 'auto-direct-many-subnets',
  severity: 'info',
  summary: 'Automatic routes beside BGP skip nodes behind a router',
  why: 'Nodes behind a router cause an error per node ("must be directly reachable"); their pods are still reached through BGP routes, but the log fills and node handling keeps failing.',
  versions: '1.16 and later',
  evidence: 'routing.rst; pkg/datapath/linux/node.go createDirectRouteSpec',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
        #                          ^^^^^^
          enable-bgp-control-plane: "true"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
          direct-routing-skip-unreachable: "true"
          enable-bgp-control-plane: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const routes = s.given('auto-direct-node-routes');
    if (s.version < 116 || routes === undefined || !isNative(s) || !s.on('auto-direct-node-routes')) return;
    if (s.on('direct-routing-skip-unreachable') || !s.on('enable-bgp-control-plane')) return;
    report({
      range: valueRange(routes),
      message:
        'Automatic routes and BGP together: set `direct-routing-skip-unreachable` when nodes span several subnets, or the agent logs an error for every node behind a router.',
      related: [relatedTo(s.given('enable-bgp-control-plane'), 'BGP is on here')],
      fixes: [
        checkedFix(
          'Set `direct-routing-skip-unreachable` to true',
          edit.set('direct-routing-skip-unreachable', 'true', routes.key),
        ),
      ],
    });
  },
});
