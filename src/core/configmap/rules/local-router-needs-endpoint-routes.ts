import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';

export const localRouterNeedsEndpointRoutes = defineRule({
  id: 'local-router-needs-endpoint-routes',
  severity: 'error',
  summary: 'Fixed router addresses go with a route per endpoint',
  why: 'Fatal.',
  versions: '1.10 to 1.19 (not required in 1.20)',
  evidence: 'daemon_main.go 1.10 to 1.19',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          local-router-ipv4: "169.254.23.0"
        #                    ^^^^^^^^^^^^^^
          enable-endpoint-routes: "false"
          enable-ipv4-masquerade: "false"
          enable-ipv6: "false"
      `,
      good: `
        data:
          routing-mode: "native"
          local-router-ipv4: "169.254.23.0"
          enable-endpoint-routes: "true"
          enable-ipv4-masquerade: "false"
          enable-ipv6: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (s.version < 110 || s.version > 119 || s.on('enable-endpoint-routes')) return;
    for (const key of ['local-router-ipv4', 'local-router-ipv6']) {
      const router = s.given(key);
      if (router === undefined || s.text(key) === '') continue;
      report({
        range: valueRange(router),
        message: `${shown(router)} needs \`enable-endpoint-routes: "true"\` up to Cilium 1.19; the agent refuses to start.`,
        related: [relatedTo(s.given('enable-endpoint-routes'), 'Switched off here')],
        fixes: [
          checkedFix('Set `enable-endpoint-routes` to true', edit.set('enable-endpoint-routes', 'true', key)),
        ],
      });
    }
  },
});
