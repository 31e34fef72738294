import { routingEntry, singlePool } from '../remedies.js';
import { checkedFix, defineRule, shown, valueRange } from '../rule.js';
import { ipv4CidrKey, lacksIpv4Cidr } from '../terms.js';

export const nativeNeedsIpv4Cidr = defineRule({
  id: 'native-needs-ipv4-cidr',
  severity: 'error',
  summary: 'Native routing with IPv4 masquerading has a native-routing CIDR',
  why: 'The agent ends at start-up with an error that names the missing option. Charts 1.18 and later already refuse to render.',
  versions:
    '1.7 and later (alibabacloud exempt since 1.10; ip-masq-agent exempt since 1.15; before that the agent wants the CIDR even with ip-masq-agent; before 1.8 the exempt IPAM name is eni only). In 1.6 nothing is checked.',
  evidence:
    'pkg/option/config.go checkIPv4NativeRoutingCIDR (1.7 to 1.20); chart template cilium-configmap.yaml 1.18+',
  examples: [
    {
      version: '1.15',
      bad: `
        data:
          routing-mode: "native"
        #               ^^^^^^^^
          enable-ipv4: "true"
          enable-ipv4-masquerade: "true"
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          routing-mode: "native"
          enable-ipv4: "true"
          enable-ipv4-masquerade: "true"
          ipam: "cluster-pool"
          cluster-pool-ipv4-cidr: "10.42.0.0/16"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
    {
      version: '1.10',
      bad: `
        data:
          tunnel: disabled
        #         ^^^^^^^^
          masquerade: "true"
          enable-ipv6: "false"
      `,
      good: `
        data:
          tunnel: disabled
          masquerade: "false"
          enable-ipv6: "false"
      `,
      fixed: `
        data:
          tunnel: disabled
          native-routing-cidr: ""
          masquerade: "true"
          enable-ipv6: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (!lacksIpv4Cidr(s)) return;
    const key = ipv4CidrKey(s);
    // The old or the too new name is there: its own rule says what to do.
    if (
      ['native-routing-cidr', 'ipv4-native-routing-cidr'].some((name) => name !== key && s.given(name)?.value)
    )
      return;
    const entry = routingEntry(s);
    if (entry === undefined) return;
    const pool = singlePool(s, 4);
    const empty = s.given(key);
    report({
      range: valueRange(empty ?? entry),
      message: `${shown(entry)} with IPv4 masquerading needs \`${key}\`: without it Cilium cannot tell which destinations keep the pod address, and the agent refuses to start.`,
      fixes: [
        pool === undefined && empty !== undefined
          ? undefined
          : pool === undefined
            ? checkedFix(`Insert \`${key}\` to fill in`, edit.set(key, '', entry.key))
            : checkedFix(
                `Set \`${key}\` to the pod pool ${pool}`,
                edit.set(key, pool, 'cluster-pool-ipv4-cidr'),
              ),
        checkedFix(
          'Switch IPv4 masquerading off',
          edit.set(s.version >= 110 ? 'enable-ipv4-masquerade' : 'masquerade', 'false', entry.key),
        ),
      ],
    });
  },
});
