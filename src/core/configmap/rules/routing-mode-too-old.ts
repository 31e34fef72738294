import { checkedFix, defineRule, relatedTo, safeFix, shown } from '../rule.js';

export const routingModeTooOld = defineRule({
  id: 'routing-mode-too-old',
  severity: 'error',
  summary: '`routing-mode` is used only from Cilium 1.14 on',
  why: 'Ignored. Without `tunnel: disabled` the agent keeps its VXLAN overlay.',
  versions: 'up to 1.13',
  evidence: 'cmdref of 1.13 and 1.14; eks-anywhere pull request 6766 shows the mistake in the wild',
  examples: [
    {
      version: '1.13',
      bad: `
        data:
          routing-mode: "native"
        # ^^^^^^^^^^^^
          ipv4-native-routing-cidr: "10.42.0.0/16"
          sockops-enable: "false"
      `,
      good: `
        data:
          tunnel: "disabled"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          sockops-enable: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const mode = s.given('routing-mode');
    if (s.version >= 114 || mode === undefined) return;
    const tunnel = s.given('tunnel');
    const value = mode.value === 'native' ? 'disabled' : (s.given('tunnel-protocol')?.value ?? 'vxlan');
    const isKnown = mode.value === 'native' || mode.value === 'tunnel';
    const isSame = tunnel !== undefined && (tunnel.value === 'disabled') === (mode.value === 'native');
    const protocol = edit.removeKey('tunnel-protocol');
    report({
      range: mode.keyNode.range,
      severity: isSame ? 'info' : mode.value === 'native' ? 'error' : 'warning',
      message: isSame
        ? `\`routing-mode\` does not exist before Cilium 1.14; ${shown(tunnel)} is what counts.`
        : `\`routing-mode\` does not exist before Cilium 1.14 and is ignored: the agent keeps its overlay unless \`tunnel\` says otherwise.`,
      related: [relatedTo(tunnel, 'This is what counts')],
      fixes: [
        tunnel !== undefined
          ? checkedFix('Delete `routing-mode` and keep `tunnel`', edit.remove(mode))
          : isKnown
            ? safeFix(
                `Write it as \`tunnel: "${value}"\``,
                edit.rename(mode, 'tunnel'),
                edit.setValue(mode, value),
                protocol,
              )
            : undefined,
      ],
    });
  },
});
