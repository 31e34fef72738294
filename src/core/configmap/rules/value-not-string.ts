import { checkedFix, defineRule, safeFix, valueRange } from '../rule.js';
import { optionOf } from '../options/index.js';
import { spokenBool } from '../values.js';
import { resolved } from '../yaml/node.js';
import type { YamlNode } from '../yaml/node.js';

/** What a reader of YAML takes a value for, in words; `undefined` for a string. */
function kindOf(node: YamlNode): string | undefined {
  const target = resolved(node);
  if (target === undefined) return 'an alias to nothing';
  if (target.type === 'mapping') return 'a mapping';
  if (target.type === 'sequence') return 'a list';
  if (target.kind === 'string') return undefined;
  if (target.kind === 'null') return 'null';
  return target.kind === 'other' ? 'tagged as no string' : `a ${target.kind}`;
}

export const valueNotString = defineRule({
  id: 'value-not-string',
  severity: 'error',
  summary: 'Every value under `data` is a string',
  why: 'Kubernetes refuses a ConfigMap with a bare boolean, number, list or mapping under data, so the change never reaches Cilium.',
  versions: 'all versions',
  evidence: 'Kubernetes: ConfigMap.data is a map of strings to strings',
  aboutText: true,
  examples: [
    {
      bad: `
        data:
          enable-ipv4: true
        #              ^^^^
          cluster-id: "3"
      `,
      good: `
        data:
          enable-ipv4: "true"
          cluster-id: "3"
      `,
    },
    {
      bad: `
        data:
          bpf-ct-global-tcp-max: 01_000 # octal
        #                        ^^^^^^
          mtu: 1500
        #      ^^^^
      `,
      good: `
        data:
          bpf-ct-global-tcp-max: "01_000" # octal
          mtu: "1500"
      `,
      fixed: `
        data:
          bpf-ct-global-tcp-max: "01_000" # octal
          mtu: 1500
      `,
    },
  ],

  check({ config, edit, report }) {
    for (const entry of config.entries) {
      const kind = kindOf(entry.valueNode);
      if (kind === undefined || entry.templated) continue;
      const { range } = entry.valueNode;
      const source = config.text.slice(range.start, range.end);
      const option = optionOf(entry.key);
      const missing = option?.default ?? '';
      // `yes` and `off` are booleans to YAML 1.1 but not to Cilium, so quotes alone would not do.
      const text = option?.type === 'bool' && kind === 'a boolean' ? (spokenBool(source) ?? source) : source;
      const isScalar = resolved(entry.valueNode)?.type === 'scalar';
      const fix =
        kind === 'null'
          ? checkedFix(`Write ${JSON.stringify(missing)}`, edit.setValue(entry, missing))
          : isScalar
            ? safeFix(
                text === source ? 'Put quotes around it' : `Write "${text}"`,
                edit.setValue(entry, text),
              )
            : undefined;
      report({
        range: valueRange(entry),
        message: `\`${entry.key}\` ${source === '' ? 'has no value' : `is ${kind}`}, but values of a ConfigMap must be strings; Kubernetes refuses the whole object.`,
        fixes: [fix],
      });
    }
  },
});
