import { checkedFix, defineRule, safeFix, valueRange, word } from '../rule.js';

export const tunnelProtocolInvalid = defineRule({
  id: 'tunnel-protocol-invalid',
  severity: 'error',
  summary: '`tunnel-protocol` is vxlan or geneve',
  why: 'The agent ends at start-up, also in native mode. An empty string or `disabled` is refused too.',
  versions: '1.14 and later',
  evidence:
    'pkg/option/config.go Validate 1.14; pkg/datapath/tunnel/tunnel.go newConfig 1.15 to 1.20; issue cilium/cilium 42648',
  examples: [
    {
      version: '1.18',
      bad: `
        data:
          routing-mode: "native"
          tunnel-protocol: "disabled"
        #                  ^^^^^^^^^^
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
    const protocol = s.given('tunnel-protocol');
    if (s.version < 114 || protocol?.value === undefined) return;
    if (protocol.value === 'vxlan' || protocol.value === 'geneve') return;
    const mode = s.given('routing-mode')?.value;
    report({
      range: valueRange(protocol),
      message: `\`tunnel-protocol\` must be vxlan or geneve; with ${word(protocol.value)} the agent does not start. Native routing is chosen with \`routing-mode\`.`,
      fixes: [
        mode === 'native'
          ? safeFix('Delete `tunnel-protocol`', edit.remove(protocol))
          : checkedFix('Set `tunnel-protocol` to vxlan', edit.setValue(protocol, 'vxlan')),
      ],
    });
  },
});
