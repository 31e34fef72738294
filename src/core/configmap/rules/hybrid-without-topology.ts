import { defineRule, valueRange } from '../rule.js';
import { isHybrid } from '../terms.js';

export const hybridWithoutTopology = defineRule({
  id: 'hybrid-without-topology',
  severity: 'warning',
  summary: 'Hybrid routing has a `subnet-topology`',
  why: 'Without a topology no pair of subnets is known to be directly reachable.',
  versions: '1.20 and later',
  evidence: 'pkg/subnet/config.go 1.20 (hidden option). Runtime effect NOT verified.',
  examples: [
    {
      version: '1.20',
      bad: `
        data:
          routing-mode: "hybrid"
        #               ^^^^^^^^
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          routing-mode: "hybrid"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          subnet-topology: "10.10.0.0/24,10.10.1.0/24"
      `,
    },
  ],

  check({ report, settings: s }) {
    const mode = s.given('routing-mode');
    if (s.version < 120 || mode === undefined || !isHybrid(s) || s.has('subnet-topology')) return;
    report({
      range: valueRange(mode),
      message: 'Hybrid routing needs `subnet-topology` to know which subnets reach each other directly.',
    });
  },
});
