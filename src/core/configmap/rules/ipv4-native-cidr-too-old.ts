import { defineRule, relatedTo, safeFix } from '../rule.js';

export const ipv4NativeCidrTooOld = defineRule({
  id: 'ipv4-native-cidr-too-old',
  severity: 'error',
  summary: '`ipv4-native-routing-cidr` is used only from Cilium 1.11 on',
  why: 'Ignored; see native-needs-ipv4-cidr for what follows.',
  versions: 'up to 1.10',
  evidence: 'cmdref 1.10, 1.11',
  examples: [
    {
      version: '1.10',
      bad: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
        # ^^^^^^^^^^^^^^^^^^^^^^^^
          masquerade: "true"
      `,
      good: `
        data:
          tunnel: "disabled"
          native-routing-cidr: "10.42.0.0/16"
          masquerade: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const current = s.given('ipv4-native-routing-cidr');
    const old = s.given('native-routing-cidr');
    if (s.version >= 111 || current === undefined) return;
    report({
      range: current.keyNode.range,
      severity: old === undefined ? 'error' : 'info',
      message:
        '`ipv4-native-routing-cidr` exists from Cilium 1.11 on; older agents ignore it and read `native-routing-cidr`.',
      related: [relatedTo(old, 'This is what counts')],
      fixes: [
        old === undefined
          ? safeFix('Rename to `native-routing-cidr`', edit.rename(current, 'native-routing-cidr'))
          : safeFix('Delete `ipv4-native-routing-cidr`', edit.remove(current)),
      ],
    });
  },
});
