import { checkedFix, defineRule, relatedTo, valueRange } from '../rule.js';
import { parseBool } from '../values.js';

export const endpointRoutesBlockHostRouting = defineRule({
  id: 'endpoint-routes-block-host-routing',
  severity: 'warning',
  summary: 'A route per endpoint and eBPF host routing are not both asked for before Cilium 1.14',
  why: 'The agent logs that eBPF host routing is not supported with endpoint routes and falls back to legacy routing.',
  versions: '1.9 to 1.13',
  evidence: 'kube_proxy_replacement.go 1.9 to 1.13',
  examples: [
    {
      version: '1.12',
      bad: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-endpoint-routes: "true"
          enable-host-legacy-routing: "false"
        #                             ^^^^^^^
          disable-conntrack: "false"
      `,
      good: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-endpoint-routes: "true"
          enable-host-legacy-routing: "true"
          disable-conntrack: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const legacy = s.given('enable-host-legacy-routing');
    if (
      s.version < 109 ||
      s.version > 113 ||
      parseBool(legacy?.value ?? '') !== false ||
      legacy === undefined
    )
      return;
    if (!s.on('enable-endpoint-routes')) return;
    report({
      range: valueRange(legacy),
      message:
        'A route per endpoint forces legacy host routing up to Cilium 1.13; the agent falls back to it.',
      related: [relatedTo(s.given('enable-endpoint-routes'), 'A route per endpoint is chosen here')],
      fixes: [checkedFix('Set `enable-host-legacy-routing` to true', edit.setValue(legacy, 'true'))],
    });
  },
});
