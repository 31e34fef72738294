import { valuesAt } from '../option.js';
import { optionOf } from '../options/index.js';
import { checkedFix, defineRule, safeFix, valueRange, word } from '../rule.js';

const meant: ReadonlyMap<string, string> = new Map([
  ...['disabled', 'direct', 'direct-routing', 'native-routing'].map((text) => [text, 'native'] as const),
  ...['vxlan', 'geneve', 'overlay', 'encapsulation'].map((text) => [text, 'tunnel'] as const),
]);

export const routingModeInvalid = defineRule({
  id: 'routing-mode-invalid',
  severity: 'error',
  summary: '`routing-mode` is tunnel, native or (from 1.20) hybrid',
  why: 'Validate() rejects the value and the agent ends. The comparison is case-sensitive.',
  versions: '1.14 and later (`hybrid` only from 1.20)',
  evidence: 'pkg/option/config.go Validate 1.14 to 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "disabled"
        #               ^^^^^^^^^^
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
    {
      version: '1.14',
      bad: `
        data:
          routing-mode: 'Native'
        #               ^^^^^^^^
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          routing-mode: 'native'
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const mode = s.given('routing-mode');
    const option = optionOf('routing-mode');
    if (s.version < 114 || mode?.value === undefined || option === undefined) return;
    const allowed = valuesAt(option, s.version) ?? [];
    if (allowed.includes(mode.value)) return;
    const lower = mode.value.toLowerCase();
    const isProtocol = lower === 'vxlan' || lower === 'geneve';
    const protocol =
      isProtocol && !s.given('tunnel-protocol') ? edit.set('tunnel-protocol', lower, 'routing-mode') : [];
    const value = allowed.includes(lower) ? lower : meant.get(lower);
    const fix = value === lower ? safeFix : checkedFix;
    report({
      range: valueRange(mode),
      message: `\`routing-mode\` must be ${allowed.join(', ')}; with ${word(mode.value)} the agent does not start.`,
      fixes: [
        value === undefined
          ? undefined
          : fix(`Set \`routing-mode\` to ${value}`, edit.setValue(mode, value), protocol),
      ],
    });
  },
});
