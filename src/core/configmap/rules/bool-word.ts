import { isReadAt } from '../option.js';
import { optionOf } from '../options/index.js';
import { checkedFix, defineRule, valueRange, word } from '../rule.js';
import { parseBool, spokenBool } from '../values.js';

/** Words that people write for a boolean. */
const meant: ReadonlyMap<string, boolean> = new Map([
  ...['enabled', 'enable', 'ture', 'strict'].map((text) => [text, true] as const),
  ...['disabled', 'disable', 'none', 'flase'].map((text) => [text, false] as const),
  ['true', true],
  ['false', false],
]);

export const boolWord = defineRule({
  id: 'bool-word',
  severity: 'error',
  summary: 'A boolean is true or false',
  why: 'From 1.12 on the agent checks every value before it starts, and ends. Before, what does not parse counts as false.',
  versions: 'all versions',
  evidence: 'pkg/option/config.go validateConfigMap (1.12 and later); Go strconv.ParseBool',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          enable-endpoint-routes: "enabled"
        #                         ^^^^^^^^^
      `,
      good: `
        data:
          enable-endpoint-routes: "true"
      `,
    },
  ],

  check({ config, edit, report, settings: s }) {
    for (const entry of config.byKey.values()) {
      const option = optionOf(entry.key);
      if (option?.type !== 'bool' || !isReadAt(option, s.version)) continue;
      if (entry.value === undefined || entry.value === '' || parseBool(entry.value) !== undefined) continue;
      // `yes` and `off` have a rule of their own.
      if (spokenBool(entry.value) !== undefined) continue;
      const value = meant.get(entry.value.toLowerCase());
      const effect = s.version >= 112 ? 'the agent does not start' : 'before 1.12 it counts as false';
      report({
        range: valueRange(entry),
        message: `\`${entry.key}\` is a boolean, and ${word(entry.value)} is neither true nor false: ${effect}.`,
        fixes:
          value === undefined
            ? []
            : [checkedFix(`Set \`${entry.key}\` to ${String(value)}`, edit.setValue(entry, String(value)))],
      });
    }
  },
});
