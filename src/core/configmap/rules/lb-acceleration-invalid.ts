import { defineEnumRule } from '../enumRule.js';

export const lbAccelerationInvalid = defineEnumRule({
  id: 'lb-acceleration-invalid',
  key: 'bpf-lb-acceleration',
  summary: '`bpf-lb-acceleration` has a value that this version knows',
  why: 'The agent ends at start-up.',
  versions: '1.9 and later',
  evidence: 'pkg/option/config.go; pkg/datapath/xdp/cell.go',
  meant: { true: 'native', generic: 'testing-only', false: 'disabled' },
  // An empty value means that XDP is off.
  alsoAccepts: (value) => value === '',
  examples: [
    {
      version: '1.14',
      bad: `
        data:
          bpf-lb-acceleration: "true"
        #                      ^^^^^^
      `,
      good: `
        data:
          bpf-lb-acceleration: "native"
      `,
    },
  ],
});
