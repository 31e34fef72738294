import { kubeProxyReplacementWord } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { replacesKubeProxy } from '../terms.js';

export const noConntrackNeedsKpr = defineRule({
  id: 'no-conntrack-needs-kpr',
  severity: 'error',
  summary: '`install-no-conntrack-iptables-rules` is on only with full kube-proxy replacement',
  why: 'Agent ends while preparing kube-proxy replacement.',
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
          kube-proxy-replacement: "false"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          install-no-conntrack-iptables-rules: "true"
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
      fixed: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          install-no-conntrack-iptables-rules: "false"
          kube-proxy-replacement: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const rules = s.given('install-no-conntrack-iptables-rules');
    if (
      s.version < 110 ||
      rules === undefined ||
      !s.on('install-no-conntrack-iptables-rules') ||
      replacesKubeProxy(s)
    )
      return;
    const value = kubeProxyReplacementWord(s);
    report({
      range: valueRange(rules),
      message: `${shown(rules)} needs full kube-proxy replacement, because kube-proxy relies on connection tracking; the agent refuses to start.`,
      related: [relatedTo(s.given('kube-proxy-replacement'), 'kube-proxy replacement is not full here')],
      fixes: [
        checkedFix('Set `install-no-conntrack-iptables-rules` to false', edit.setValue(rules, 'false')),
        checkedFix(
          `Set \`kube-proxy-replacement\` to ${value}`,
          edit.set('kube-proxy-replacement', value, rules.key),
        ),
      ],
    });
  },
});
