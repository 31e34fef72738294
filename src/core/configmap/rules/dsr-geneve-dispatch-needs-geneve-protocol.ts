import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { replacesKubeProxy, tunnelProtocol, usesDsr } from '../terms.js';

export const dsrGeneveDispatchNeedsGeneveProtocol = defineRule({
  id: 'dsr-geneve-dispatch-needs-geneve-protocol',
  severity: 'error',
  summary: 'The Geneve dispatch goes with Geneve as tunnel protocol',
  why: 'Agent ends.',
  versions: '1.15 and later; in 1.14 the protocol was chosen automatically in native mode',
  evidence: 'upgrade.rst 1.15; kube_proxy_replacement.go 1.15 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
          bpf-lb-dsr-dispatch: "geneve"
        #                      ^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          tunnel-protocol: "geneve"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
          bpf-lb-dsr-dispatch: "geneve"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const dispatch = s.given('bpf-lb-dsr-dispatch');
    if (s.version < 115 || dispatch === undefined || !s.is('bpf-lb-dsr-dispatch', 'geneve')) return;
    if (!replacesKubeProxy(s) || !usesDsr(s) || tunnelProtocol(s) === 'geneve') return;
    report({
      range: valueRange(dispatch),
      message: `${shown(dispatch)} needs \`tunnel-protocol: "geneve"\`, in native routing too (1.15 and later); the agent refuses to start.`,
      related: [relatedTo(s.given('tunnel-protocol'), 'The tunnel protocol')],
      fixes: [
        checkedFix('Set `tunnel-protocol` to geneve', edit.set('tunnel-protocol', 'geneve', 'routing-mode')),
      ],
    });
  },
});
