import { parseCidr } from '../cidr.js';
import { defineRule, valueRange, word } from '../rule.js';
import { splitWords } from '../values.js';

export const poolCidrInvalid = defineRule({
  id: 'pool-cidr-invalid',
  severity: 'error',
  summary: 'The ranges of the cluster pool are ranges of their family',
  why: 'The operator cannot read its pools and ends; agents wait for a pod range for ever.',
  versions: '1.8 and later',
  evidence: 'operator clusterpool allocator 1.20; Go net.ParseCIDR behaviour',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0"
        #                         ^^^^^^^^^^^
      `,
      good: `
        data:
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16 10.43.0.0/16"
      `,
    },
  ],

  check({ report, settings: s }) {
    for (const family of [4, 6] as const) {
      const entry = s.given(`cluster-pool-ipv${family}-cidr`);
      if (s.version < 108 || !entry?.value) continue;
      const wrong = splitWords(entry.value).find((text) => parseCidr(text)?.family !== family);
      if (wrong === undefined) continue;
      report({
        range: valueRange(entry),
        message: `${word(wrong)} in \`${entry.key}\` is not an IPv${family} range such as ${family === 4 ? '10.42.0.0/16' : 'fd42::/48'}; the operator does not start.`,
      });
    }
  },
});
