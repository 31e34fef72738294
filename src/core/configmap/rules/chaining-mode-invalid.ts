import { defineEnumRule } from '../enumRule.js';

export const chainingModeInvalid = defineEnumRule({
  id: 'chaining-mode-invalid',
  key: 'cni-chaining-mode',
  summary: '`cni-chaining-mode` names a way of chaining that Cilium knows',
  why: 'The CNI plugin cannot be set up, so new pods get no network.',
  versions: 'all versions',
  evidence: 'cmdref 1.14 and later',
  alsoAccepts: (value) => value === '',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          cni-chaining-mode: aws_cni
        #                    ^^^^^^^
      `,
      good: `
        data:
          cni-chaining-mode: aws-cni
      `,
    },
  ],
  meant: { aws_cni: 'aws-cni', aws: 'aws-cni', generic: 'generic-veth' },
});
