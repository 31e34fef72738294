import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling } from '../terms.js';

export const noConntrackNeedsNative = defineRule({
  id: 'no-conntrack-needs-native',
  severity: 'error',
  summary: '`install-no-conntrack-iptables-rules` is on only with native routing',
  why: 'Fatal at start-up.',
  versions: '1.10 and later',
  evidence: 'daemon_main.go 1.10 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          install-no-conntrack-iptables-rules: "true"
        #                                      ^^^^^^
          kube-proxy-replacement: "true"
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
          routing-mode: "tunnel"
          install-no-conntrack-iptables-rules: "false"
          kube-proxy-replacement: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const rules = s.given('install-no-conntrack-iptables-rules');
    if (
      s.version < 110 ||
      rules === undefined ||
      !s.on('install-no-conntrack-iptables-rules') ||
      !isTunneling(s)
    )
      return;
    report({
      range: valueRange(rules),
      message: `${shown(rules)} works only with native routing, but this file runs the overlay${whyTunnel(s)}; the agent refuses to start.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
      fixes: [
        checkedFix('Set `install-no-conntrack-iptables-rules` to false', edit.setValue(rules, 'false')),
        checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, rules.key)),
      ],
    });
  },
});
