import { nativeSetting, routeNatively, routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { needsNative } from '../terms.js';

export const localRouterNeedsNative = defineRule({
  id: 'local-router-needs-native',
  severity: 'error',
  summary: 'Fixed router addresses go with native routing',
  why: 'Fatal.',
  versions: '1.10 and later',
  evidence: 'daemon_main.go 1.10 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          local-router-ipv4: "169.254.23.0"
        #                    ^^^^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipam: "delegated-plugin"
          local-router-ipv4: "169.254.23.0"
          enable-endpoint-routes: "true"
          enable-ipv4-masquerade: "false"
          enable-endpoint-health-checking: "false"
          enable-ipv6: "false"
      `,
      fixed: `
        data:
          routing-mode: "native"
          local-router-ipv4: "169.254.23.0"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (s.version < 110 || needsNative(s)) return;
    for (const key of ['local-router-ipv4', 'local-router-ipv6']) {
      const router = s.given(key);
      if (router === undefined || s.text(key) === '') continue;
      report({
        range: valueRange(router),
        message: `${shown(router)} needs native routing, but this file runs the overlay${whyTunnel(s)}; the agent refuses to start.`,
        related: [relatedTo(routingEntry(s), 'The routing mode')],
        fixes: [
          checkedFix(`Set ${nativeSetting(s)}`, routeNatively(s, edit, key)),
          checkedFix(`Delete \`${key}\``, edit.remove(router)),
        ],
      });
    }
  },
});
