import { singlePool } from '../remedies.js';
import { checkedFix, defineRule, valueRange } from '../rule.js';
import { lacksIpv4Cidr, lacksIpv6Cidr, needsNative } from '../terms.js';

export const autoDirectWithoutCidr = defineRule({
  id: 'auto-direct-without-cidr',
  severity: 'warning',
  summary: 'Automatic node routes go with a native-routing CIDR for each family',
  why: 'Pod-to-pod traffic may be masqueraded, with effects on performance, visibility and policy.',
  versions: '1.12 to 1.16 (the agent logs a warning); later versions are silent',
  evidence: 'pkg/option/config.go Populate 1.12 to 1.16',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          auto-direct-node-routes: "true"
        #                          ^^^^^^
          enable-ipv4-masquerade: "true"
          enable-bpf-masquerade: "true"
          enable-ip-masq-agent: "true"
          enable-ipv6: "false"
      `,
      good: `
        data:
          routing-mode: "native"
          auto-direct-node-routes: "true"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-ipv6: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const routes = s.given('auto-direct-node-routes');
    if (s.version < 112 || s.version > 116 || routes === undefined) return;
    if (!s.on('auto-direct-node-routes') || !needsNative(s) || lacksIpv4Cidr(s) || lacksIpv6Cidr(s)) return;
    for (const family of [4, 6] as const) {
      const key = `ipv${family}-native-routing-cidr`;
      // An absent `enable-ipv6` means IPv4 only to those who write such files.
      if (family === 6 && s.given('enable-ipv6') === undefined) continue;
      if (
        !s.on(`enable-ipv${family}`) ||
        s.text(key) !== '' ||
        (family === 4 && s.given('native-routing-cidr'))
      )
        continue;
      const pool = singlePool(s, family);
      report({
        range: valueRange(routes),
        message: `Automatic node routes are on, but IPv${family} has no native-routing CIDR (\`${key}\`): traffic between pods may be masqueraded.`,
        fixes: [
          pool === undefined
            ? undefined
            : checkedFix(`Set \`${key}\` to ${pool}`, edit.set(key, pool, routes.key)),
        ],
      });
    }
  },
});
