import { checkedFix, defineRule, migrationFix, relatedTo } from '../rule.js';

export const nativeCidrBothNames = defineRule({
  id: 'native-cidr-both-names',
  severity: 'error',
  summary: 'The native-routing CIDR stands under one name only',
  why: 'Fatal at start-up in 1.11; elsewhere only one of the two is read.',
  versions: '1.11 (info "delete the old key" in every other version)',
  evidence: 'pkg/option/config.go 1.11 Populate',
  examples: [
    {
      version: '1.11',
      bad: `
        data:
          tunnel: "disabled"
          native-routing-cidr: "10.42.0.0/16"
        # ^^^^^^^^^^^^^^^^^^^
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const old = s.given('native-routing-cidr');
    const current = s.given('ipv4-native-routing-cidr');
    if (s.version < 111 || !old?.value || !current?.value) return;
    const title = 'Delete `native-routing-cidr`';
    const isSafe = s.version > 111 || old.value === current.value;
    report({
      range: old.keyNode.range,
      severity: s.version === 111 ? 'error' : 'info',
      message:
        s.version === 111
          ? 'Both the old and the new name of the native-routing CIDR are set; Cilium 1.11 refuses to start.'
          : '`native-routing-cidr` is ignored since Cilium 1.12; the range stands under its new name already.',
      related: [relatedTo(current, 'The new name')],
      tag: 'deprecated',
      fixes: [isSafe ? migrationFix(title, edit.remove(old)) : checkedFix(title, edit.remove(old))],
    });
  },
});
