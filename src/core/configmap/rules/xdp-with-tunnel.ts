import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { accelerationKey, isTunneling, servesNodePorts } from '../terms.js';

export const xdpWithTunnel = defineRule({
  id: 'xdp-with-tunnel',
  severity: 'error',
  summary: 'XDP acceleration goes with native routing before Cilium 1.13',
  why: 'Agent ends.',
  versions: '1.8 to 1.12 (error); allowed from 1.13; from 1.18 an error only with `underlay-protocol: ipv6`',
  evidence: 'kube_proxy_replacement.go 1.8 to 1.13, 1.18 to 1.20',
  examples: [
    {
      version: '1.12',
      bad: `
        data:
          tunnel: "vxlan"
          enable-bpf-masquerade: "true"
          kube-proxy-replacement: "strict"
          bpf-lb-acceleration: "native"
        #                      ^^^^^^^^
          disable-conntrack: "false"
      `,
      good: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-bpf-masquerade: "true"
          kube-proxy-replacement: "strict"
          bpf-lb-acceleration: "native"
          disable-conntrack: "false"
      `,
      fixed: `
        data:
          tunnel: "vxlan"
          enable-bpf-masquerade: "true"
          kube-proxy-replacement: "strict"
          bpf-lb-acceleration: "disabled"
          disable-conntrack: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const key = accelerationKey(s);
    const acceleration = key === undefined ? undefined : s.given(key);
    if (acceleration === undefined || !servesNodePorts(s) || !isTunneling(s)) return;
    const isOld = s.version >= 108 && s.version <= 112;
    const hasIpv6Underlay = s.version >= 118 && s.is('underlay-protocol', 'ipv6');
    if (!isOld && !hasIpv6Underlay) return;
    report({
      range: valueRange(acceleration),
      message: `${shown(acceleration)} needs native routing ${isOld ? 'before Cilium 1.13' : 'when the underlay is IPv6'}, but this file runs the overlay${whyTunnel(s)}; the agent refuses to start.`,
      related: [
        relatedTo(routingEntry(s), 'The routing mode'),
        hasIpv6Underlay ? relatedTo(s.given('underlay-protocol'), 'The underlay') : undefined,
      ],
      fixes: [
        checkedFix(`Set \`${acceleration.key}\` to disabled`, edit.setValue(acceleration, 'disabled')),
        checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, acceleration.key)),
      ],
    });
  },
});
