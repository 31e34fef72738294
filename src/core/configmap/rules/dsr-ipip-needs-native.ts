import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling, replacesKubeProxy, usesDsr } from '../terms.js';

export const dsrIpipNeedsNative = defineRule({
  id: 'dsr-ipip-needs-native',
  severity: 'error',
  summary: 'The IPIP dispatch goes with native routing',
  why: 'Agent ends (tunnel dispatch checks).',
  versions: '1.10 and later',
  evidence: 'kubeproxy-free.rst 1.20; kube_proxy_replacement.go 1.15 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          tunnel-protocol: "geneve"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
          bpf-lb-dsr-dispatch: "ipip"
        #                      ^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
          bpf-lb-dsr-dispatch: "ipip"
          underlay-protocol: "auto"
      `,
      fixed: `
        data:
          routing-mode: "native"
          tunnel-protocol: "geneve"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
          bpf-lb-dsr-dispatch: "ipip"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const dispatch = s.given('bpf-lb-dsr-dispatch');
    if (s.version < 110 || dispatch === undefined || !s.is('bpf-lb-dsr-dispatch', 'ipip')) return;
    if (!replacesKubeProxy(s) || !usesDsr(s) || !isTunneling(s)) return;
    report({
      range: valueRange(dispatch),
      message: `${shown(dispatch)} needs native routing, but this file runs the overlay${whyTunnel(s)}; the agent refuses to start.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
      fixes: [checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, dispatch.key))],
    });
  },
});
