import { defineRule, relatedTo, safeFix, shown, valueRange } from '../rule.js';
import { isHybrid } from '../terms.js';

export const autoDirectWithHybrid = defineRule({
  id: 'auto-direct-with-hybrid',
  severity: 'warning',
  summary: '`auto-direct-node-routes` is off in hybrid mode',
  why: 'Accepted but ignored: no routes are installed.',
  versions: '1.20; a later version refuses it (pull request 48547, release not known)',
  evidence:
    'daemon_main.go 1.20; pull request cilium/cilium 48547 (the refusal in later releases was not verified)',
  examples: [
    {
      version: '1.20',
      bad: `
        data:
          routing-mode: "hybrid"
          subnet-topology: "10.10.0.0/24,10.10.1.0/24"
          auto-direct-node-routes: "true"
        #                          ^^^^^^
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          routing-mode: "hybrid"
          subnet-topology: "10.10.0.0/24,10.10.1.0/24"
          auto-direct-node-routes: "false"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const routes = s.given('auto-direct-node-routes');
    if (s.version < 120 || routes === undefined || !isHybrid(s) || !s.on('auto-direct-node-routes')) return;
    report({
      range: valueRange(routes),
      message: `${shown(routes)} has no effect in hybrid mode: no routes are installed.`,
      related: [relatedTo(s.given('routing-mode'), 'The routing mode')],
      fixes: [safeFix('Set `auto-direct-node-routes` to false', edit.setValue(routes, 'false'))],
    });
  },
});
