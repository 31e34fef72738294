import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling } from '../terms.js';

export const cloudIpamWithTunnel = defineRule({
  id: 'cloud-ipam-with-tunnel',
  severity: 'warning',
  summary: 'IPAM of a cloud goes with native routing',
  why: "Documented as not supported; addresses are routable in the provider's network and the overlay has no pod range per node to work with.",
  versions: 'all versions with that IPAM',
  evidence: 'network/concepts/ipam/index.rst 1.20 (feature table)',
  examples: [
    {
      version: '1.17',
      bad: `
        data:
          ipam: "azure"
          routing-mode: "tunnel"
        #               ^^^^^^^^
          enable-endpoint-routes: "true"
      `,
      good: `
        data:
          ipam: "azure"
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.240.0.0/12"
          enable-endpoint-routes: "true"
      `,
      fixed: `
        data:
          ipam: "azure"
          routing-mode: "native"
          enable-endpoint-routes: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const ipam = s.given('ipam');
    if (ipam === undefined || !s.is('ipam', 'azure', 'alibabacloud', 'crd') || !isTunneling(s)) return;
    report({
      range: valueRange(routingEntry(s) ?? ipam),
      message: `${shown(ipam)} hands out addresses that the network routes itself; it is not supported over a tunnel, which this file runs${whyTunnel(s)}.`,
      related: [relatedTo(ipam, 'The IPAM mode is chosen here')],
      fixes: [checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, 'ipam'))],
    });
  },
});
