import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isChained } from '../terms.js';

export const noConntrackManagedCluster = defineRule({
  id: 'no-conntrack-managed-cluster',
  severity: 'warning',
  summary: '`install-no-conntrack-iptables-rules` is off with ENI, Azure and CNI chaining',
  why: 'Not supported; charts force the key to false in these set-ups.',
  versions: '1.10 and later',
  evidence: 'upgrade.rst 1.10; chart template (all versions since 1.10)',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipam: "eni"
          install-no-conntrack-iptables-rules: "true"
        #                                      ^^^^^^
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
      good: `
        data:
          routing-mode: "native"
          ipam: "eni"
          install-no-conntrack-iptables-rules: "false"
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const rules = s.given('install-no-conntrack-iptables-rules');
    if (s.version < 110 || rules === undefined || !s.on('install-no-conntrack-iptables-rules')) return;
    const isCloud = s.is('ipam', 'eni', 'azure');
    if (!isCloud && !isChained(s)) return;
    const cause = s.given(isCloud ? 'ipam' : 'cni-chaining-mode');
    report({
      range: valueRange(rules),
      message: `${shown(rules)} is not supported with ${cause === undefined ? 'this set-up' : shown(cause)}.`,
      related: [relatedTo(cause, 'Not supported together with this')],
      fixes: [
        checkedFix('Set `install-no-conntrack-iptables-rules` to false', edit.setValue(rules, 'false')),
      ],
    });
  },
});
