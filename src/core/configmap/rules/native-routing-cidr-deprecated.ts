import { defineRule, migrationFix } from '../rule.js';

export const nativeRoutingCidrDeprecated = defineRule({
  id: 'native-routing-cidr-deprecated',
  severity: 'info',
  summary: 'The native-routing CIDR has its name of 1.11 and later',
  why: 'Still honoured.',
  versions: '1.11',
  evidence: 'upgrade.rst 1.11; pkg/option/config.go 1.11',
  examples: [
    {
      version: '1.11',
      bad: `
        data:
          tunnel: "disabled"
          native-routing-cidr: "10.42.0.0/16"
        # ^^^^^^^^^^^^^^^^^^^
          cluster-health-port: "4240"
      `,
      good: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          cluster-health-port: "4240"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const old = s.given('native-routing-cidr');
    if (s.version !== 111 || old === undefined || s.has('ipv4-native-routing-cidr')) return;
    report({
      range: old.keyNode.range,
      message:
        '`native-routing-cidr` is deprecated in 1.11 and ignored from 1.12 on; it is called `ipv4-native-routing-cidr` now.',
      tag: 'deprecated',
      fixes: [
        migrationFix('Rename to `ipv4-native-routing-cidr`', edit.rename(old, 'ipv4-native-routing-cidr')),
      ],
    });
  },
});
