import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { needsNative } from '../terms.js';

export const skipUnreachableWithoutAutoDirect = defineRule({
  id: 'skip-unreachable-without-auto-direct',
  severity: 'error',
  summary: '`direct-routing-skip-unreachable` goes with `auto-direct-node-routes`',
  why: 'Fatal at start-up.',
  versions: '1.16 and later',
  evidence: 'pkg/option/config.go Populate 1.16 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "false"
          direct-routing-skip-unreachable: "true"
        #                                  ^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
          direct-routing-skip-unreachable: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const skip = s.given('direct-routing-skip-unreachable');
    if (s.version < 116 || skip === undefined) return;
    if (!s.on('direct-routing-skip-unreachable') || s.on('auto-direct-node-routes')) return;
    report({
      range: valueRange(skip),
      message: `${shown(skip)} needs \`auto-direct-node-routes: "true"\`; the agent refuses to start.`,
      related: [relatedTo(s.given('auto-direct-node-routes'), 'Switched off here')],
      fixes: [
        s.quietly(() => needsNative(s))
          ? checkedFix(
              'Set `auto-direct-node-routes` to true',
              edit.set('auto-direct-node-routes', 'true', skip.key),
            )
          : undefined,
        checkedFix('Delete `direct-routing-skip-unreachable`', edit.remove(skip)),
      ],
    });
  },
});
