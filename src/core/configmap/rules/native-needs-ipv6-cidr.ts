import { routingEntry, singlePool } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { lacksIpv6Cidr } from '../terms.js';

export const nativeNeedsIpv6Cidr = defineRule({
  id: 'native-needs-ipv6-cidr',
  severity: 'error',
  summary: 'Native routing with IPv6 masquerading has an IPv6 native-routing CIDR',
  why: 'The agent ends at start-up. Charts 1.18+ refuse to render.',
  versions:
    '1.12 and later (ip-masq-agent exempt since 1.15; the alternative of eni is not possible because eni excludes IPv6)',
  evidence: 'pkg/option/config.go checkIPv6NativeRoutingCIDR (1.12 to 1.20)',
  examples: [
    {
      version: '1.15',
      bad: `
        data:
          routing-mode: "native"
        #               ^^^^^^^^
          enable-ipv4: "true"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-ipv6: "true"
          enable-ipv6-masquerade: "true"
      `,
      good: `
        data:
          routing-mode: "native"
          enable-ipv4: "true"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-ipv6: "true"
          enable-ipv6-masquerade: "true"
          ipv6-native-routing-cidr: "fd42::/48"
      `,
      fixed: `
        data:
          routing-mode: "native"
          enable-ipv4: "true"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-ipv6: "true"
          enable-ipv6-masquerade: "false"
      `,
    },
  ],

  check({ config, edit, report, settings: s }) {
    if (!lacksIpv6Cidr(s)) return;
    const entry = routingEntry(s);
    const family = s.given('enable-ipv6');
    // Short files by hand leave `enable-ipv6` out and mean IPv4 only, though the agent would switch IPv6 on.
    if (entry === undefined || (family === undefined && config.entries.length < 10)) return;
    const pool = singlePool(s, 6);
    const key = 'ipv6-native-routing-cidr';
    const because =
      family === undefined ? ' (`enable-ipv6` is absent, and then the agent switches IPv6 on)' : '';
    report({
      range: valueRange(entry),
      severity: family === undefined ? 'warning' : 'error',
      message: `IPv6 pods are routed natively and masqueraded${because}, but \`${key}\` is not set; the agent refuses to start.`,
      related: [relatedTo(family, 'IPv6 is switched on here')],
      fixes: [
        pool === undefined
          ? undefined
          : checkedFix(
              `Set \`${key}\` to the pod pool ${pool}`,
              edit.set(key, pool, 'cluster-pool-ipv6-cidr'),
            ),
        checkedFix(
          'Switch IPv6 masquerading off',
          edit.set('enable-ipv6-masquerade', 'false', family?.key ?? entry.key),
        ),
        family === undefined
          ? checkedFix('Switch IPv6 off', edit.set('enable-ipv6', 'false', entry.key))
          : undefined,
      ],
    });
  },
});
