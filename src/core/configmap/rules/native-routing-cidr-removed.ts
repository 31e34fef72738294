import { defineRule, migrationFix } from '../rule.js';

export const nativeRoutingCidrRemoved = defineRule({
  id: 'native-routing-cidr-removed',
  severity: 'error',
  summary: 'The native-routing CIDR has its name of 1.11 and later',
  why: 'Ignored. With native routing and masquerading the agent then stops because no CIDR is configured; with masquerading off nothing is protected from being treated as unroutable.',
  versions: '1.12 and later',
  evidence: 'upgrade.rst 1.11 and 1.12',
  examples: [
    {
      version: '1.12',
      bad: `
        data:
          tunnel: "disabled"
          native-routing-cidr: "10.42.0.0/16"
        # ^^^^^^^^^^^^^^^^^^^
          enable-ipv4-masquerade: "true"
          ipv6-native-routing-cidr: "fd42::/48"
      `,
      good: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          enable-ipv4-masquerade: "true"
          ipv6-native-routing-cidr: "fd42::/48"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const old = s.given('native-routing-cidr');
    const hasNew = (s.given('ipv4-native-routing-cidr')?.value ?? '') !== '';
    if (s.version < 112 || old === undefined || hasNew) return;
    const isEmpty = old.value === '';
    report({
      range: old.keyNode.range,
      severity: isEmpty ? 'info' : old.templated ? 'warning' : 'error',
      message: isEmpty
        ? '`native-routing-cidr` is ignored since Cilium 1.12.'
        : '`native-routing-cidr` is ignored since Cilium 1.12: with native routing and masquerading the agent finds no CIDR and does not start. It is called `ipv4-native-routing-cidr` now.',
      tag: 'deprecated',
      fixes: [
        s.given('ipv4-native-routing-cidr') === undefined
          ? migrationFix('Rename to `ipv4-native-routing-cidr`', edit.rename(old, 'ipv4-native-routing-cidr'))
          : migrationFix(
              'Move the value to `ipv4-native-routing-cidr`',
              edit.set('ipv4-native-routing-cidr', old.value ?? ''),
              edit.remove(old),
            ),
      ],
    });
  },
});
