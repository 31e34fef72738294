import { replaceTunnel } from '../remedies.js';
import { defineRule, migrationFix } from '../rule.js';

export const tunnelKeyDeprecated = defineRule({
  id: 'tunnel-key-deprecated',
  severity: 'info',
  summary: 'The routing mode is written with `routing-mode`, not with `tunnel`',
  why: 'Still honoured: `disabled` means native routing, a protocol name sets the protocol. It stops working with the next minor version.',
  versions: '1.14',
  evidence: 'upgrade.rst 1.14; pkg/option/config.go 1.14 Populate',
  examples: [
    {
      version: '1.14',
      bad: `
        data:
          tunnel: "geneve"
        # ^^^^^^
          clustermesh-config: "/var/lib/cilium/clustermesh/"
          set-cilium-node-taints: "true"
      `,
      good: `
        data:
          routing-mode: "tunnel"
          tunnel-protocol: "geneve"
          set-cilium-node-taints: "true"
      `,
      fixed: `
        data:
          routing-mode: "tunnel"
          tunnel-protocol: "geneve"
          clustermesh-config: "/var/lib/cilium/clustermesh/"
          set-cilium-node-taints: "true"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const tunnel = s.given('tunnel');
    if (s.version !== 114 || tunnel?.value === undefined || tunnel.value === '' || s.has('routing-mode'))
      return;
    report({
      range: tunnel.keyNode.range,
      message:
        '`tunnel` is deprecated in 1.14 and ignored from 1.15 on; write `routing-mode` (and `tunnel-protocol`) instead.',
      tag: 'deprecated',
      fixes: [migrationFix('Replace `tunnel` by the new keys', replaceTunnel(s, edit, tunnel))],
    });
  },
});
