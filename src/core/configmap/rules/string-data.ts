import { defineRule, safeFix } from '../rule.js';
import { keyRange } from '../yaml/node.js';

export const stringData = defineRule({
  id: 'string-data',
  severity: 'error',
  summary: 'Values stand under `data`',
  why: 'Only Secrets have stringData. Kubernetes refuses it in a ConfigMap or leaves it out, and the agent runs with its defaults.',
  versions: 'all versions',
  evidence: 'Kubernetes: fields of ConfigMap (core/v1)',
  aboutText: true,
  examples: [
    {
      bad: `
        stringData:
          enable-ipv4: "true"
      `,
      good: `
        data:
          enable-ipv4: "true"
      `,
    },
  ],

  check({ config: { object }, report }) {
    const range = keyRange(object, 'stringData');
    if (range === undefined) return;
    const isFree = keyRange(object, 'data') === undefined;
    report({
      range,
      message:
        'A ConfigMap has no `stringData`; only Secrets do. Kubernetes does not take these values, and Cilium never sees them.',
      fixes: isFree ? [safeFix('Rename to `data`', [{ range, text: 'data' }])] : [],
    });
  },
});
