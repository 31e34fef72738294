import { newKeysAgree, replaceTunnel, tunnelMeans } from '../remedies.js';
import { checkedFix, defineRule, migrationFix, relatedTo, shown, word } from '../rule.js';

export const tunnelKeyRemoved = defineRule({
  id: 'tunnel-key-removed',
  severity: 'error',
  summary: 'The routing mode is written with `routing-mode`, not with `tunnel`',
  why: 'Unknown keys are skipped without a word. `tunnel: disabled` therefore leaves the default overlay (VXLAN) on, and `tunnel: geneve` becomes VXLAN unless `tunnel-protocol` says otherwise.',
  versions: '1.15 and later',
  evidence:
    'Documentation/operations/upgrade.rst 1.15; pkg/option/config.go 1.15 (flag gone; validateConfigMap skips unknown names)',
  examples: [
    {
      version: '1.15',
      bad: `
        data:
          tunnel: "disabled"
        # ^^^^^^
          ipv4-native-routing-cidr: "10.42.0.0/16"
          tunnel-protocol: "vxlan"
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          tunnel-protocol: "vxlan"
      `,
    },
    {
      version: '1.16',
      bad: `
        data:
          tunnel: geneve # the overlay
        # ^^^^^^
          cluster-id: "0"
      `,
      good: `
        data:
          routing-mode: tunnel # the overlay
          tunnel-protocol: geneve
          cluster-id: "0"
      `,
      fixed: `
        data:
          routing-mode: tunnel # the overlay
          tunnel-protocol: "geneve"
          cluster-id: "0"
      `,
    },
    {
      version: '1.19',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          tunnel: "disabled"
        # ^^^^^^
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
    if (s.version < 115 || tunnel === undefined) return;
    // A value that is no text has a finding of its own.
    if (tunnel.value === undefined && !tunnel.templated) return;
    const value = tunnel.value ?? '';
    const meaning = tunnelMeans(value);
    const asks = value === 'disabled' ? 'native routing' : value === 'geneve' ? 'Geneve' : undefined;
    const agree = newKeysAgree(s, value);
    const mode = s.given('routing-mode');
    const isSaidAnew =
      agree &&
      mode !== undefined &&
      (meaning?.protocol === undefined || s.given('tunnel-protocol')?.value === value);
    if (isSaidAnew || tunnel.value === '') {
      report({
        range: tunnel.keyNode.range,
        severity: 'info',
        message: '`tunnel` is ignored since Cilium 1.15; what it says stands in the new keys already.',
        tag: 'deprecated',
        fixes: [migrationFix('Delete `tunnel`', edit.remove(tunnel))],
      });
      return;
    }
    const runs = mode === undefined ? 'a VXLAN overlay' : `\`routing-mode: ${word(mode.value ?? '')}\``;
    const title =
      value === 'disabled'
        ? 'Replace `tunnel` by `routing-mode: native`'
        : 'Replace `tunnel` by `routing-mode` and `tunnel-protocol`';
    report({
      range: tunnel.keyNode.range,
      severity: value === 'vxlan' || tunnel.templated ? 'warning' : 'error',
      message:
        asks === undefined
          ? '`tunnel` is ignored since Cilium 1.15; `routing-mode` and `tunnel-protocol` decide.'
          : `${shown(tunnel)} is ignored since Cilium 1.15. This file asks for ${asks}, but the agent would run ${runs}.`,
      related: [relatedTo(mode, 'This is what counts')],
      tag: 'deprecated',
      fixes: agree
        ? [migrationFix(title, replaceTunnel(s, edit, tunnel))]
        : [
            checkedFix('Delete `tunnel` and keep the new keys', edit.remove(tunnel)),
            checkedFix(title, replaceTunnel(s, edit, tunnel)),
          ],
    });
  },
});
