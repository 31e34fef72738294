import { routingEntry } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isNative } from '../terms.js';

export const strictIngressNeedsTunnel = defineRule({
  id: 'strict-ingress-needs-tunnel',
  severity: 'error',
  summary: 'Strict ingress encryption goes with a tunnel',
  why: 'Agent ends.',
  versions: '1.19 and later',
  evidence: 'daemon/cmd/daemon.go 1.19, 1.20; upgrade.rst 1.19',
  examples: [
    {
      version: '1.19',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-wireguard: "true"
          enable-encryption-strict-mode-ingress: "true"
        #                                        ^^^^^^
      `,
      good: `
        data:
          routing-mode: "tunnel"
          enable-wireguard: "true"
          enable-encryption-strict-mode-ingress: "true"
      `,
      fixed: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-wireguard: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const key = 'enable-encryption-strict-mode-ingress';
    const strict = s.given(key);
    if (s.version < 119 || strict === undefined || !s.on(key) || !isNative(s)) return;
    report({
      range: valueRange(strict),
      message: `${shown(strict)} works only with WireGuard over a tunnel; with native routing the agent refuses to start.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
      fixes: [
        checkedFix(`Delete \`${key}\``, edit.remove(strict)),
        checkedFix('Set `routing-mode` to tunnel', edit.set('routing-mode', 'tunnel')),
      ],
    });
  },
});
