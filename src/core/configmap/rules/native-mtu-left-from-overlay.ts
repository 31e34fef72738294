import { routingEntry } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { hasEgressGateway, isNative } from '../terms.js';

/** What is left of common device MTUs (1500, 1480, 9000) below VXLAN, Geneve or WireGuard. */
const overlayMtus = ['1450', '1423', '1430', '1400', '8950'];

export const nativeMtuLeftFromOverlay = defineRule({
  id: 'native-mtu-left-from-overlay',
  severity: 'info',
  summary: 'With native routing pods use the whole MTU of the device',
  why: 'Smaller packets than the network allows.',
  versions: 'all versions',
  evidence: 'routing.rst (overhead of 50 bytes for VXLAN); own reasoning',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          mtu: "1450"
        #      ^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const mtu = s.given('mtu');
    if (mtu?.value === undefined || !overlayMtus.includes(mtu.value) || !isNative(s)) return;
    if (s.on('enable-wireguard') || s.on('enable-ipsec') || hasEgressGateway(s)) return;
    report({
      range: valueRange(mtu),
      message: `${shown(mtu)} looks like the MTU inside an overlay; native routing can use the whole MTU of the device.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
      fixes: [checkedFix('Delete `mtu`, so that Cilium takes that of the device', edit.remove(mtu))],
    });
  },
});
