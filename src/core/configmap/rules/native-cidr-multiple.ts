import { cidrText, exactUnion, parseCidr } from '../cidr.js';
import { nativeCidrs } from '../nativeCidrs.js';
import { defineRule, safeFix, valueRange } from '../rule.js';

export const nativeCidrMultiple = defineRule({
  id: 'native-cidr-multiple',
  severity: 'error',
  summary: 'A native-routing CIDR is a single range',
  why: 'Does not parse; agent ends.',
  versions: 'all versions',
  evidence: 'issues cilium/cilium 13565 and 24000; masquerading.rst',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16,10.43.0.0/16"
        #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/15"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    for (const { entry, family, words } of nativeCidrs(s)) {
      if (words.length < 2) continue;
      const ranges = words.map(parseCidr).filter((cidr) => cidr?.family === family);
      const all = ranges.flatMap((cidr) => cidr ?? []);
      const union = all.length === words.length ? exactUnion(all) : undefined;
      report({
        range: valueRange(entry),
        message: `\`${entry.key}\` holds ${words.length} ranges, but takes only one; the agent does not start. Use one range that covers all, or eBPF masquerading with ip-masq-agent and its nonMasqueradeCIDRs.`,
        fixes: [
          union === undefined
            ? undefined
            : safeFix(`Write them as ${cidrText(union)}`, edit.setValue(entry, cidrText(union))),
        ],
      });
    }
  },
});
