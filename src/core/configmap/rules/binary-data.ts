import { defineRule } from '../rule.js';
import { keyRange } from '../yaml/node.js';

export const binaryData = defineRule({
  id: 'binary-data',
  severity: 'warning',
  summary: 'Options do not stand under `binaryData`',
  why: 'binaryData is mounted as files too, so Cilium reads it, but its Base64 cannot be read or checked by people.',
  versions: 'all versions',
  evidence: 'Kubernetes: fields of ConfigMap (core/v1)',
  aboutText: true,
  examples: [
    {
      bad: `
        data:
          enable-ipv4: "true"
        binaryData:
          debug: dHJ1ZQ==
      `,
      good: `
        data:
          enable-ipv4: "true"
          debug: "true"
      `,
    },
  ],

  check({ config: { object }, report }) {
    const range = keyRange(object, 'binaryData');
    if (range === undefined) return;
    report({
      range,
      message:
        '`binaryData` is mounted for Cilium like `data`, but is not meant for options and is not checked. Write the values under `data`.',
    });
  },
});
