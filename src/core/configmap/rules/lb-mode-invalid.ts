import { defineEnumRule } from '../enumRule.js';

export const lbModeInvalid = defineEnumRule({
  id: 'lb-mode-invalid',
  key: 'bpf-lb-mode',
  summary: '`bpf-lb-mode` is snat, dsr or hybrid',
  why: 'The agent ends at start-up.',
  versions: '1.9 and later',
  evidence: 'kube_proxy_replacement.go; pkg/loadbalancer/config.go 1.18 and later',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          bpf-lb-mode: 'DSR'
        #              ^^^^^
      `,
      good: `
        data:
          bpf-lb-mode: 'dsr'
      `,
    },
  ],
});
