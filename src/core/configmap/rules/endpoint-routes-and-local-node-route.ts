import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { parseBool } from '../values.js';

export const endpointRoutesAndLocalNodeRoute = defineRule({
  id: 'endpoint-routes-and-local-node-route',
  severity: 'info',
  summary: 'A route per endpoint stands without the local node route',
  why: 'Redundant routes before 1.15; ignored after.',
  versions: '1.7 and later; from 1.15 the agent switches the node route off itself',
  evidence: 'daemon_main.go 1.16, 1.18, 1.20; upgrade.rst 1.15',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-endpoint-routes: "true"
          enable-local-node-route: "true"
        #                          ^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-endpoint-routes: "true"
          enable-local-node-route: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const route = s.given('enable-local-node-route');
    if (s.version < 107 || route === undefined) return;
    if (!s.on('enable-endpoint-routes') || parseBool(route.value ?? '') !== true) return;
    report({
      range: valueRange(route),
      message: `A route per endpoint makes the local node route superfluous${s.version >= 115 ? '; since 1.15 the agent switches it off itself' : ''}.`,
      related: [relatedTo(s.given('enable-endpoint-routes'), 'A route per endpoint is chosen here')],
      fixes: [checkedFix('Set `enable-local-node-route` to false', edit.setValue(route, 'false'))],
    });
  },
});
