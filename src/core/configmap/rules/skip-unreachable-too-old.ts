import { defineRule, safeFix } from '../rule.js';
import { parseBool } from '../values.js';

export const skipUnreachableTooOld = defineRule({
  id: 'skip-unreachable-too-old',
  severity: 'warning',
  summary: '`direct-routing-skip-unreachable` is used only from Cilium 1.16 on',
  why: 'Ignored; nodes behind a gateway still produce errors.',
  versions: 'up to 1.15',
  evidence: 'cmdref 1.15, 1.16',
  examples: [
    {
      version: '1.15',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
          direct-routing-skip-unreachable: "true"
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          auto-direct-node-routes: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const skip = s.given('direct-routing-skip-unreachable');
    if (s.version >= 116 || parseBool(skip?.value ?? '') !== true || skip === undefined) return;
    report({
      range: skip.keyNode.range,
      message:
        '`direct-routing-skip-unreachable` exists from Cilium 1.16 on and is ignored before: nodes behind a gateway still cause errors.',
      tag: 'unnecessary',
      fixes: [safeFix('Delete `direct-routing-skip-unreachable`', edit.remove(skip))],
    });
  },
});
