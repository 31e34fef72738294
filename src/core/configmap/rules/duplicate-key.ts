import type { ConfigEntry } from '../config.js';
import { checkedFix, defineRule, safeFix, word } from '../rule.js';

export const duplicateKey = defineRule({
  id: 'duplicate-key',
  severity: 'error',
  summary: 'Every key stands once',
  why: 'The last one wins in most tools; Helm, Flux and strict decoders refuse the file.',
  versions: 'all versions',
  evidence: 'YAML 1.2, 3.2.1.3; chart 1.14.1 wrote `routing-mode` twice',
  aboutText: true,
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          enable-ipv4: "true"
          debug: "false"
          enable-ipv4: "true"
        # ^^^^^^^^^^^
      `,
      good: `
        data:
          enable-ipv4: "true"
          debug: "false"
      `,
    },
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "tunnel"
          cluster-id: "0"
          routing-mode: "native"
        # ^^^^^^^^^^^^
          ipv4-native-routing-cidr: "10.0.0.0/8"
      `,
      good: `
        data:
          cluster-id: "0"
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.0.0.0/8"
      `,
    },
  ],

  check({ config, edit, report }) {
    const first = new Map<string, ConfigEntry>();
    for (const entry of config.entries) {
      const earlier = first.get(entry.key);
      if (entry.borrowed || entry.templated) continue;
      if (earlier === undefined) {
        first.set(entry.key, entry);
        continue;
      }
      const [before, now] = [earlier.value ?? '', entry.value ?? ''];
      const isSame = before === now;
      report({
        range: entry.keyNode.range,
        message: isSame
          ? `\`${entry.key}\` stands twice with the same value; strict tools refuse the file.`
          : `\`${entry.key}\` stands twice: ${word(before)} and here ${word(now)}. Most tools take this one, strict ones refuse the file.`,
        related: [{ range: earlier.keyNode.range, message: 'It stands here first' }],
        fixes: isSame
          ? [safeFix('Delete the second one', edit.remove(entry))]
          : [
              checkedFix(`Keep the last one, ${word(now)}`, edit.remove(earlier)),
              checkedFix(`Keep the first one, ${word(before)}`, edit.remove(entry)),
            ],
      });
    }
  },
});
