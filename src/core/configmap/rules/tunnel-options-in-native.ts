import { routingEntry } from '../remedies.js';
import { defineRule, relatedTo, safeFix, shown } from '../rule.js';
import { hasEgressGateway, isNative } from '../terms.js';

export const tunnelOptionsInNative = defineRule({
  id: 'tunnel-options-in-native',
  severity: 'info',
  summary: 'Tunnel settings stand only where a tunnel is used',
  why: 'No effect.',
  versions: '1.14 and later (tunnel-port from 1.11)',
  evidence: 'pkg/datapath/tunnel/tunnel.go 1.20',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          tunnel-port: "8473"
        # ^^^^^^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    if (s.version < 111 || !isNative(s)) return;
    if (s.version >= 114 && (hasEgressGateway(s) || s.is('bpf-lb-dsr-dispatch', 'geneve'))) return;
    const idle = [
      s.given('tunnel-port'),
      s.version >= 114 && s.given('tunnel-protocol')?.value === 'geneve'
        ? s.given('tunnel-protocol')
        : undefined,
      // Charts always write 0-0, which means that the kernel chooses.
      s.given('tunnel-source-port-range')?.value === '0-0' ? undefined : s.given('tunnel-source-port-range'),
    ];
    for (const entry of idle) {
      if (entry === undefined) continue;
      report({
        range: entry.keyNode.range,
        message: `${shown(entry)} has no effect: routing is native and no feature in this file asks for a tunnel.`,
        related: [relatedTo(routingEntry(s), 'The routing mode')],
        tag: 'unnecessary',
        fixes: [safeFix(`Delete \`${entry.key}\``, edit.remove(entry))],
      });
    }
  },
});
