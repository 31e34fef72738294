import { cidrText, contains } from '../cidr.js';
import { nativeCidrs } from '../nativeCidrs.js';
import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { masqueradesIpv4, needsNative, podPools } from '../terms.js';

export const nativeCidrInTunnelMode = defineRule({
  id: 'native-cidr-in-tunnel-mode',
  severity: 'info',
  summary: 'In tunnel mode the native-routing CIDR is not wider than the pod ranges',
  why: 'Traffic from pods to non-pod addresses inside the CIDR leaves unmasqueraded although pods are reached through the overlay; answers get lost unless the network has routes to pods.',
  versions: 'all versions',
  evidence: 'masquerading.rst; issue discussion in cilium/cilium pull request 18367. Effect not re-tested.',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipam: "cluster-pool"
          ipv4-native-routing-cidr: "10.0.0.0/8"
        #                           ^^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "tunnel"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipam: "cluster-pool"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (needsNative(s) || !masqueradesIpv4(s)) return;
    // `tunnel: disabled` that is ignored has its own finding; until then nobody wants to hear of tunnel mode.
    if (s.version > 114 && s.given('tunnel') !== undefined) return;
    const pools = podPools(s, 4);
    for (const { entry, family, cidr } of nativeCidrs(s)) {
      if (family !== 4 || cidr?.family !== 4 || pools.length === 0) continue;
      if (pools.some((pool) => contains(pool, cidr))) continue;
      report({
        range: valueRange(entry),
        message: `In tunnel mode this still switches masquerading off for ${cidrText(cidr)}, which is more than the pod range; hosts in it must know the way to pods.`,
        related: [relatedTo(s.given('cluster-pool-ipv4-cidr'), 'Pods get their addresses from here')],
        fixes: [checkedFix(`Delete \`${entry.key}\``, edit.remove(entry))],
      });
    }
  },
});
