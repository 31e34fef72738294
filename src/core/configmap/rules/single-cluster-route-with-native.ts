import { routingEntry } from '../remedies.js';
import { defineRule, relatedTo, safeFix, shown, valueRange } from '../rule.js';
import { isNative } from '../terms.js';

export const singleClusterRouteWithNative = defineRule({
  id: 'single-cluster-route-with-native',
  severity: 'error',
  summary: '`single-cluster-route` is not used with native routing',
  why: 'Validate() fails.',
  versions: '1.6 to 1.14 (removed in 1.15)',
  evidence: 'pkg/option/config.go Validate 1.6 to 1.14',
  examples: [
    {
      version: '1.10',
      bad: `
        data:
          tunnel: "disabled"
          native-routing-cidr: "10.42.0.0/16"
          single-cluster-route: "true"
        #                       ^^^^^^
      `,
      good: `
        data:
          tunnel: "disabled"
          native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const route = s.given('single-cluster-route');
    if (s.version > 114 || route === undefined || !isNative(s) || !s.on('single-cluster-route')) return;
    report({
      range: valueRange(route),
      message: `${shown(route)} cannot be combined with native routing; the agent refuses to start.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
      fixes: [safeFix('Delete `single-cluster-route`', edit.remove(route))],
    });
  },
});
