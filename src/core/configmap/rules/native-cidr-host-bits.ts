import { cidrText, hasHostBits, networkOf } from '../cidr.js';
import { nativeCidrs } from '../nativeCidrs.js';
import { defineRule, safeFix, valueRange, word } from '../rule.js';

export const nativeCidrHostBits = defineRule({
  id: 'native-cidr-host-bits',
  severity: 'info',
  summary: 'A native-routing CIDR begins with its network address',
  why: 'Accepted; the network part counts.',
  versions: 'all versions',
  evidence: 'Go net.ParseCIDR behaviour',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.7.1/16"
        #                           ^^^^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    for (const { entry, text, cidr } of nativeCidrs(s)) {
      if (cidr === undefined || !hasHostBits(cidr)) continue;
      const network = cidrText(networkOf(cidr));
      report({
        range: valueRange(entry),
        message: `${word(text)} has host bits set; Cilium uses ${network}.`,
        fixes: [safeFix(`Write ${network}`, edit.setValue(entry, network))],
      });
    }
  },
});
