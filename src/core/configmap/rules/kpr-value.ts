import { defineEnumRule } from '../enumRule.js';
import { parseBool } from '../values.js';

export const kprValue = defineEnumRule({
  id: 'kpr-value',
  key: 'kube-proxy-replacement',
  summary: '`kube-proxy-replacement` has a value that this version knows',
  why: 'The agent refuses the value and does not start. Words such as strict end in 1.16, probe in 1.13.',
  versions: '1.7 and later',
  evidence: 'kube_proxy_replacement.go; upgrade.rst 1.12 to 1.14',
  meant: { strict: 'true', disabled: 'false', probe: 'strict', true: 'strict', false: 'disabled' },
  // From 1.19 on it is a boolean and is parsed as one.
  alsoAccepts: (value, version) => version >= 119 && parseBool(value) !== undefined,
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          kube-proxy-replacement: "strict"
        #                         ^^^^^^^^
      `,
      good: `
        data:
          kube-proxy-replacement: "true"
      `,
    },
  ],
});
