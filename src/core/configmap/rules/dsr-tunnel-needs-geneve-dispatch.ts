import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling, replacesKubeProxy, tunnelProtocol, usesDsr } from '../terms.js';

export const dsrTunnelNeedsGeneveDispatch = defineRule({
  id: 'dsr-tunnel-needs-geneve-dispatch',
  severity: 'error',
  summary: 'Direct server return over Geneve uses the Geneve dispatch',
  why: 'Agent ends.',
  versions: '1.14 and later',
  evidence: 'kube_proxy_replacement.go 1.14 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          tunnel-protocol: "geneve"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
          bpf-lb-dsr-dispatch: "opt"
        #                      ^^^^^
      `,
      good: `
        data:
          routing-mode: "tunnel"
          tunnel-protocol: "geneve"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
          bpf-lb-dsr-dispatch: "geneve"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const mode = s.given('bpf-lb-mode');
    if (s.version < 114 || mode === undefined || !usesDsr(s) || !replacesKubeProxy(s) || !isTunneling(s))
      return;
    if (tunnelProtocol(s) !== 'geneve' || s.is('bpf-lb-dsr-dispatch', 'geneve')) return;
    const dispatch = s.given('bpf-lb-dsr-dispatch');
    report({
      range: valueRange(dispatch ?? mode),
      message: `${shown(mode)} over Geneve needs \`bpf-lb-dsr-dispatch: "geneve"\`; the agent refuses to start.`,
      related: [relatedTo(mode, 'Direct server return is chosen here')],
      fixes: [
        checkedFix(
          'Set `bpf-lb-dsr-dispatch` to geneve',
          edit.set('bpf-lb-dsr-dispatch', 'geneve', mode.key),
        ),
      ],
    });
  },
});
