import { nativeCidrs } from '../nativeCidrs.js';
import { defineRule, relatedTo, safeFix } from '../rule.js';
import { masqueradesIpv4, masqueradesIpv6 } from '../terms.js';

export const nativeCidrUnused = defineRule({
  id: 'native-cidr-unused',
  severity: 'info',
  summary: 'A native-routing CIDR is set only where masquerading is on',
  why: 'No effect beyond the no-conntrack rules, which use the IPv4 CIDR to select pod traffic.',
  versions: 'all versions',
  evidence: 'pkg/datapath/iptables and masquerading.rst (partly own reasoning)',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          enable-ipv4-masquerade: "false"
          ipv4-native-routing-cidr: "10.42.0.0/16"
        # ^^^^^^^^^^^^^^^^^^^^^^^^
          enable-ipv6: "false"
      `,
      good: `
        data:
          routing-mode: "native"
          enable-ipv4-masquerade: "false"
          enable-ipv6: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (s.on('install-no-conntrack-iptables-rules')) return;
    // Some versions warn about automatic routes without a CIDR, so there the key has a purpose.
    if (s.version >= 112 && s.version <= 116 && s.on('auto-direct-node-routes')) return;
    for (const { entry, family } of nativeCidrs(s)) {
      if (family === 4 ? masqueradesIpv4(s) : masqueradesIpv6(s)) continue;
      report({
        range: entry.keyNode.range,
        message: `\`${entry.key}\` has no effect while IPv${family} masquerading is off.`,
        related: [
          relatedTo(
            s.given(`enable-ipv${family}-masquerade`) ?? s.given(`enable-ipv${family}`),
            'Switched off here',
          ),
        ],
        tag: 'unnecessary',
        fixes: [safeFix(`Delete \`${entry.key}\``, edit.remove(entry))],
      });
    }
  },
});
