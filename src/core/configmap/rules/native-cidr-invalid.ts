import { parseAddress } from '../cidr.js';
import { nativeCidrs } from '../nativeCidrs.js';
import { checkedFix, defineRule, valueRange, word } from '../rule.js';
import { ipv4CidrKey } from '../terms.js';

/** The prefix that someone who writes `10.42.0.0` most likely means; a full address is one host. */
function likelyPrefix(address: Uint8Array): number {
  if (address.length !== 4) return 64;
  const used = address.findLastIndex((byte) => byte !== 0) + 1;
  return 8 * Math.max(used, 1);
}

export const nativeCidrInvalid = defineRule({
  id: 'native-cidr-invalid',
  severity: 'error',
  summary: 'A native-routing CIDR is one range of the family of its key',
  why: 'Parse failure is fatal (a panic before 1.13); a wrong family is fatal from 1.11 for IPv4 and 1.12 for IPv6.',
  versions: 'all versions that have the key',
  evidence: 'pkg/option/config.go Populate',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0"
        #                           ^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          enable-ipv4: "false"
          enable-ipv6: "true"
          ipv4-native-routing-cidr: "fd42::/48"
        #                           ^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          enable-ipv4: "false"
          enable-ipv6: "true"
          ipv6-native-routing-cidr: "fd42::/48"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    for (const { entry, family, text, words, cidr } of nativeCidrs(s)) {
      if (words.length > 1 || cidr?.family === family) continue;
      const address = parseAddress(text);
      const other = family === 4 ? 'ipv6-native-routing-cidr' : ipv4CidrKey(s);
      const prefix = address === undefined ? '' : `${text}/${likelyPrefix(address)}`;
      const what =
        cidr !== undefined
          ? `${word(text)} is an IPv${cidr.family} range, but \`${entry.key}\` takes IPv${family}`
          : `${word(text)} is not one IPv${family} range such as ${family === 4 ? '10.42.0.0/16' : 'fd42::/48'}`;
      report({
        range: valueRange(entry),
        message: `${what}; the agent does not start.`,
        fixes: [
          cidr !== undefined && s.given(other) === undefined
            ? checkedFix(`Move it to \`${other}\``, edit.rename(entry, other))
            : undefined,
          address !== undefined && (address.length === 4) === (family === 4)
            ? checkedFix(`Write ${prefix}`, edit.setValue(entry, prefix))
            : undefined,
        ],
      });
    }
  },
});
