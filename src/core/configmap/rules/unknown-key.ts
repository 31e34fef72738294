import { optionOf } from '../options/index.js';
import { nearestKey } from '../nearestKey.js';
import { checkedFix, defineRule, word } from '../rule.js';

/** Unknown keys for which the nearest known one is looked up; a file with more is not a matter of typing errors. */
const mostLookups = 200;

export const unknownKey = defineRule({
  id: 'unknown-key',
  severity: 'warning',
  summary: 'Every key is one that some version of Cilium reads',
  why: 'Agent and operator skip a key they do not know without a word, so what it asks for does not happen.',
  versions: 'all versions',
  evidence: 'pkg/option/config.go validateConfigMap skips unknown names',
  aboutText: true,
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          auto-direct-node-route: "true"
        # ^^^^^^^^^^^^^^^^^^^^^^
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.0.0.0/8"
      `,
      good: `
        data:
          auto-direct-node-routes: "true"
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.0.0.0/8"
      `,
    },
    {
      version: '1.16',
      bad: `
        data:
          Enable_IPv4: "true"
        # ^^^^^^^^^^^
      `,
      good: `
        data:
          enable-ipv4: "true"
      `,
    },
  ],

  check({ config, edit, extraKeys, report }) {
    let lookups = 0;
    for (const entry of config.byKey.values()) {
      if (entry.templated || optionOf(entry.key) !== undefined || extraKeys.has(entry.key)) continue;
      if (entry.key === '$patch') continue;
      const nearest = lookups++ < mostLookups ? nearestKey(entry.key) : undefined;
      const isFree = nearest !== undefined && !config.byKey.has(nearest);
      report({
        range: entry.keyNode.range,
        severity: nearest === undefined ? 'info' : 'warning',
        message:
          nearest === undefined
            ? `No version of Cilium knows the key ${word(entry.key)}; it is ignored.`
            : `No version of Cilium knows the key ${word(entry.key)}; it is ignored. Is \`${nearest}\` meant?`,
        fixes: isFree ? [checkedFix(`Rename to \`${nearest}\``, edit.rename(entry, nearest))] : [],
      });
    }
  },
});
