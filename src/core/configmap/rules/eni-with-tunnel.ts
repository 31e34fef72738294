import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { isTunneling } from '../terms.js';

export const eniWithTunnel = defineRule({
  id: 'eni-with-tunnel',
  severity: 'error',
  summary: 'ENI IPAM goes with native routing',
  why: 'Fatal from 1.17.',
  versions: '1.17 and later (error); before that warning: documented as unsupported',
  evidence: 'daemon_main.go 1.17 to 1.20; ipam/index.rst',
  examples: [
    {
      version: '1.17',
      bad: `
        data:
          ipam: "eni"
          routing-mode: "tunnel"
        #               ^^^^^^^^
          enable-endpoint-routes: "true"
          enable-ipv6: "false"
      `,
      good: `
        data:
          ipam: "eni"
          routing-mode: "native"
          enable-endpoint-routes: "true"
          enable-ipv6: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const ipam = s.given('ipam');
    if (ipam === undefined || !s.is('ipam', 'eni') || !isTunneling(s)) return;
    const isFatal = s.version >= 117;
    report({
      range: valueRange(routingEntry(s) ?? ipam),
      severity: isFatal ? 'error' : 'warning',
      message: `ENI IPAM cannot run over a tunnel, but this file runs the overlay${whyTunnel(s)}: ${isFatal ? 'the agent refuses to start (1.17 and later)' : 'this is not supported, and refused from 1.17 on'}.`,
      related: [relatedTo(ipam, 'ENI IPAM is chosen here')],
      fixes: [checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, 'ipam'))],
    });
  },
});
