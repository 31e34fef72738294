import { routingEntry, whyTunnel } from '../remedies.js';
import { checkedFix, defineRule, relatedTo, shown, valueRange } from '../rule.js';
import { isTunneling } from '../terms.js';

export const highScaleIpcacheNeedsNative = defineRule({
  id: 'high-scale-ipcache-needs-native',
  severity: 'error',
  summary: 'The high-scale ipcache goes with native routing',
  why: 'Fatal.',
  versions: '1.14 to 1.17',
  evidence: 'daemon_main.go 1.14 to 1.17',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          enable-high-scale-ipcache: "true"
        #                            ^^^^^^
          enable-well-known-identities: "true"
          enable-ipv6: "false"
      `,
      good: `
        data:
          routing-mode: "tunnel"
          enable-high-scale-ipcache: "false"
          enable-well-known-identities: "true"
          enable-ipv6: "false"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const key = 'enable-high-scale-ipcache';
    const entry = s.given(key);
    if (s.version < 114 || s.version > 117 || entry === undefined || !s.on(key) || !isTunneling(s)) return;
    report({
      range: valueRange(entry),
      message: `${shown(entry)} needs native routing, but this file runs the overlay${whyTunnel(s)}; the agent refuses to start. The option is gone in 1.18.`,
      related: [relatedTo(routingEntry(s), 'The routing mode')],
      fixes: [checkedFix(`Set \`${key}\` to false`, edit.setValue(entry, 'false'))],
    });
  },
});
