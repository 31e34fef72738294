import { routingEntry } from '../remedies.js';
import { defineRule, relatedTo, valueRange } from '../rule.js';
import { egressGatewayKey, hasEgressGateway, isNative, tunnelProtocol } from '../terms.js';

export const egressGatewayTunnelInNative = defineRule({
  id: 'egress-gateway-tunnel-in-native',
  severity: 'info',
  summary: 'The egress gateway tunnels in native routing too',
  why: 'Traffic to gateway nodes is still encapsulated; UDP 8472 (VXLAN) or 6081 (Geneve) must be open between nodes, and the pod MTU accounts for it.',
  versions: '1.14 and later',
  evidence: 'pkg/egressgateway/cell.go and manager.go 1.16 to 1.20 request the tunnel',
  examples: [
    {
      version: '1.19',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-egress-gateway: "true"
        #                        ^^^^^^
          enable-bpf-masquerade: "true"
          kube-proxy-replacement: "true"
          identity-allocation-mode: "crd"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-egress-gateway: "false"
          enable-bpf-masquerade: "true"
          kube-proxy-replacement: "true"
          identity-allocation-mode: "crd"
      `,
    },
  ],

  check({ report, settings: s }) {
    const gateway = s.given(egressGatewayKey(s));
    if (s.version < 114 || gateway === undefined || !hasEgressGateway(s) || !isNative(s)) return;
    const port = s.quietly(() => tunnelProtocol(s)) === 'geneve' ? '6081 (Geneve)' : '8472 (VXLAN)';
    report({
      range: valueRange(gateway),
      message: `The egress gateway uses the tunnel in native routing too: keep UDP port ${port} open between nodes.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
    });
  },
});
