import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling, servesNodePorts, tunnelProtocol, usesDsr } from '../terms.js';

export const dsrOverVxlan = defineRule({
  id: 'dsr-over-vxlan',
  severity: 'error',
  summary: 'Direct server return does not go through VXLAN',
  why: 'Agent ends with a message about Node Port mode and tunnelling.',
  versions:
    '1.13: error with any tunnel; 1.14 and later: error with VXLAN; 1.8 to 1.12: warning, the agent falls back to snat',
  evidence: 'kube_proxy_replacement.go 1.8 to 1.20; upgrade.rst 1.13; issue cilium/cilium 30301',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          tunnel-protocol: "vxlan"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
        #              ^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "dsr"
      `,
      fixed: `
        data:
          routing-mode: "tunnel"
          tunnel-protocol: "vxlan"
          kube-proxy-replacement: "true"
          bpf-lb-mode: "snat"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const mode = s.given('bpf-lb-mode') ?? s.given('node-port-mode');
    if (s.version < 108 || mode === undefined || !usesDsr(s) || !servesNodePorts(s) || !isTunneling(s))
      return;
    if (s.version >= 114 && tunnelProtocol(s) !== 'vxlan') return;
    const isFatal = s.version >= 113;
    report({
      range: valueRange(mode),
      severity: isFatal ? 'error' : 'warning',
      message: `Direct server return (${shown(mode)}) does not work over ${s.version >= 114 ? 'VXLAN' : 'a tunnel'}, which this file runs${whyTunnel(s)}: ${isFatal ? 'the agent refuses to start' : 'the agent falls back to snat'}.`,
      related: [relatedTo(routingEntry(s) ?? s.given('tunnel'), 'The routing mode')],
      fixes: [
        checkedFix(`Set \`${mode.key}\` to snat`, edit.setValue(mode, 'snat')),
        checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, mode.key)),
        s.version >= 114
          ? checkedFix(
              'Use Geneve for the tunnel and for the dispatch',
              edit.set('tunnel-protocol', 'geneve', mode.key),
              edit.set('bpf-lb-dsr-dispatch', 'geneve', mode.key),
            )
          : undefined,
      ],
    });
  },
});
