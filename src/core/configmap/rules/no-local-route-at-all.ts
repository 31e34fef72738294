import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { isChained } from '../terms.js';
import { parseBool } from '../values.js';

export const noLocalRouteAtAll = defineRule({
  id: 'no-local-route-at-all',
  severity: 'error',
  summary: 'The node has a route to its own pods',
  why: 'The node has no route to its own pods, so host-to-pod traffic such as probes fails.',
  versions: '1.7 and later',
  evidence: 'routing.rst; chart template sets the key to false only for chaining. NOT checked by the agent.',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-local-node-route: "false"
        #                          ^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-local-node-route: "false"
          enable-endpoint-routes: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const route = s.given('enable-local-node-route');
    if (s.version < 107 || parseBool(route?.value ?? '') !== false || route === undefined) return;
    if (s.on('enable-endpoint-routes') || (isChained(s) && !s.is('cni-chaining-mode', 'portmap'))) return;
    report({
      range: valueRange(route),
      message:
        'Neither a route per endpoint nor the local node route is installed: the node cannot reach its own pods, so probes fail.',
      related: [relatedTo(s.given('enable-endpoint-routes'), 'Switched off here')],
      fixes: [
        checkedFix(
          'Set `enable-endpoint-routes` to true',
          edit.set('enable-endpoint-routes', 'true', route.key),
        ),
        checkedFix('Delete `enable-local-node-route`', edit.remove(route)),
      ],
    });
  },
});
