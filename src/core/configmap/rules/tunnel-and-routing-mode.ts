import { tunnelMeans } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, safeFix, shown } from '../rule.js';

export const tunnelAndRoutingMode = defineRule({
  id: 'tunnel-and-routing-mode',
  severity: 'error',
  summary: 'Only one of `tunnel` and `routing-mode` is set',
  why: 'Agent and operator stop with a fatal message about combining the two options. With `routing-mode: tunnel` beside `tunnel` the check does not fire, and `tunnel` wins.',
  versions: '1.14 (from 1.15 `tunnel` is ignored, see tunnel-key-removed)',
  evidence: 'pkg/option/config.go 1.14 Populate; issue cilium/cilium 27213',
  examples: [
    {
      version: '1.14',
      bad: `
        data:
          tunnel: "disabled"
        # ^^^^^^
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const tunnel = s.given('tunnel');
    const mode = s.given('routing-mode');
    if (s.version !== 114 || tunnel?.value === undefined || tunnel.value === '') return;
    if (mode?.value === undefined || mode.value === 'tunnel') return;
    const title = 'Delete `tunnel` and keep `routing-mode`';
    const isSame = tunnelMeans(tunnel.value)?.mode === mode.value;
    report({
      range: tunnel.keyNode.range,
      message: `${shown(tunnel)} and ${shown(mode)} are both set; Cilium 1.14 refuses to start.`,
      related: [relatedTo(mode, 'The new key')],
      fixes: [isSame ? safeFix(title, edit.remove(tunnel)) : checkedFix(title, edit.remove(tunnel))],
    });
  },
});
