import { defineEnumRule } from '../enumRule.js';

export const ipamInvalid = defineEnumRule({
  id: 'ipam-invalid',
  key: 'ipam',
  summary: '`ipam` is a mode that this version has',
  why: 'The agent ends at start-up: the backend is unknown to it.',
  versions: 'all versions',
  evidence: 'pkg/ipam/ipam.go 1.6 to 1.20',
  meant: {
    hostscope: 'kubernetes',
    'cluster-pool-v2beta': 'multi-pool',
    aws: 'eni',
    clusterpool: 'cluster-pool',
  },
  examples: [
    {
      version: '1.15',
      bad: `
        data:
          ipam: "cluster-pool-v2beta"
        #       ^^^^^^^^^^^^^^^^^^^^^
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.0.0.0/8"
          auto-direct-node-routes: "true"
      `,
      good: `
        data:
          ipam: "multi-pool"
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.0.0.0/8"
          auto-direct-node-routes: "true"
      `,
    },
  ],
});
