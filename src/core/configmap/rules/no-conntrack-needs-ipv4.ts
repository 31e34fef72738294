import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';

export const noConntrackNeedsIpv4 = defineRule({
  id: 'no-conntrack-needs-ipv4',
  severity: 'error',
  summary: '`install-no-conntrack-iptables-rules` is on only with IPv4',
  why: 'Fatal.',
  versions: '1.10 and later',
  evidence: 'daemon_main.go 1.10 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          enable-ipv4: "false"
          enable-ipv6: "true"
          ipv6-native-routing-cidr: "fd42::/48"
          install-no-conntrack-iptables-rules: "true"
        #                                      ^^^^^^
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
      good: `
        data:
          routing-mode: "native"
          enable-ipv4: "false"
          enable-ipv6: "true"
          ipv6-native-routing-cidr: "fd42::/48"
          install-no-conntrack-iptables-rules: "false"
          kube-proxy-replacement: "true"
          enable-bpf-masquerade: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const rules = s.given('install-no-conntrack-iptables-rules');
    if (
      s.version < 110 ||
      rules === undefined ||
      !s.on('install-no-conntrack-iptables-rules') ||
      s.on('enable-ipv4')
    )
      return;
    report({
      range: valueRange(rules),
      message: `${shown(rules)} needs IPv4, because it selects pod traffic by the IPv4 native-routing CIDR; the agent refuses to start.`,
      related: [relatedTo(s.given('enable-ipv4'), 'IPv4 is off here')],
      fixes: [
        checkedFix('Set `install-no-conntrack-iptables-rules` to false', edit.setValue(rules, 'false')),
      ],
    });
  },
});
