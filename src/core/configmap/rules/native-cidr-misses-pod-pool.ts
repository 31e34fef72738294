import { cidrText } from '../cidr.js';
import { nativeCidrs } from '../nativeCidrs.js';
import { poolsOutside, singlePool } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { masqueradesIpv4, masqueradesIpv6, needsNative } from '../terms.js';

export const nativeCidrMissesPodPool = defineRule({
  id: 'native-cidr-misses-pod-pool',
  severity: 'warning',
  summary: 'The native-routing CIDR covers the ranges that pods get their addresses from',
  why: 'Pod traffic to pods on other nodes whose address lies outside is rewritten to the node address: policies see the node instead of the pod and drop, logs lose the client address.',
  versions: '1.8 and later',
  evidence: 'masquerading.rst; issues cilium/cilium 11096, 32010, 28302 show the effect',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipv4-native-routing-cidr: "10.0.0.0/16"
        #                           ^^^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (s.version < 108 || !needsNative(s)) return;
    for (const { entry, family, cidr } of nativeCidrs(s)) {
      if (cidr?.family !== family || !(family === 4 ? masqueradesIpv4(s) : masqueradesIpv6(s))) continue;
      const outside = poolsOutside(s, cidr);
      if (outside.length === 0) continue;
      const pool = singlePool(s, family);
      report({
        range: valueRange(entry),
        message: `Pods get addresses from ${outside.slice(0, 3).join(', ')}, which is not inside ${cidrText(cidr)}: traffic between nodes would be masqueraded, and policies would see the node instead of the pod.`,
        related: [relatedTo(s.given(`cluster-pool-ipv${family}-cidr`), 'Pods get their addresses from here')],
        fixes: [
          pool === undefined
            ? undefined
            : checkedFix(`Set \`${entry.key}\` to ${pool}`, edit.setValue(entry, pool)),
        ],
      });
    }
  },
});
