import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { masqueradesIpv4, masqueradesIpv6 } from '../terms.js';

export const noConntrackNeedsBpfMasquerade = defineRule({
  id: 'no-conntrack-needs-bpf-masquerade',
  severity: 'error',
  summary: '`install-no-conntrack-iptables-rules` is on only with eBPF masquerading, or none',
  why: 'Agent ends.',
  versions: '1.10 and later',
  evidence: 'kube_proxy_replacement.go 1.10 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          install-no-conntrack-iptables-rules: "true"
        #                                      ^^^^^^
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "false"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          install-no-conntrack-iptables-rules: "true"
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const rules = s.given('install-no-conntrack-iptables-rules');
    if (s.version < 110 || rules === undefined || !s.on('install-no-conntrack-iptables-rules')) return;
    if (s.on('enable-bpf-masquerade') || !(masqueradesIpv4(s) || masqueradesIpv6(s))) return;
    report({
      range: valueRange(rules),
      message: `${shown(rules)} takes away the connection tracking that iptables masquerading needs; the agent refuses to start without eBPF masquerading.`,
      related: [relatedTo(s.given('enable-bpf-masquerade'), 'eBPF masquerading is off here')],
      fixes: [
        checkedFix(
          'Set `enable-bpf-masquerade` to true',
          edit.set('enable-bpf-masquerade', 'true', rules.key),
        ),
        checkedFix('Set `install-no-conntrack-iptables-rules` to false', edit.setValue(rules, 'false')),
      ],
    });
  },
});
