import { cidrText } from '../cidr.js';
import { nativeCidrs } from '../nativeCidrs.js';
import { singlePool } from '../remedies.js';
import { checkedFix, defineRule, valueRange } from '../rule.js';
import { masqueradesIpv4, masqueradesIpv6 } from '../terms.js';

export const nativeCidrTooWide = defineRule({
  id: 'native-cidr-too-wide',
  severity: 'warning',
  summary: 'A native-routing CIDR holds no public addresses',
  why: 'Nothing, or too little, is masqueraded; pods lose access to destinations that cannot route back to pod addresses, usually the Internet.',
  versions: 'all versions',
  evidence: 'masquerading.rst (own reasoning, not checked by Cilium)',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "0.0.0.0/0"
        #                           ^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.0.0.0/8"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    for (const { entry, family, cidr } of nativeCidrs(s)) {
      if (cidr?.family !== family || cidr.prefix >= (family === 4 ? 8 : 16)) continue;
      if (!(family === 4 ? masqueradesIpv4(s) : masqueradesIpv6(s))) continue;
      const pool = singlePool(s, family);
      report({
        range: valueRange(entry),
        message: `${cidrText(cidr)} covers public addresses: traffic to them would keep the pod address and get no answer.`,
        fixes: [
          pool === undefined
            ? undefined
            : checkedFix(`Set \`${entry.key}\` to ${pool}`, edit.setValue(entry, pool)),
        ],
      });
    }
  },
});
