import { isReadAt } from '../option.js';
import { optionOf } from '../options/index.js';
import { defineRule, safeFix, valueRange, word } from '../rule.js';
import { spokenBool } from '../values.js';

export const yaml11Boolean = defineRule({
  id: 'yaml11-boolean',
  severity: 'error',
  summary: 'A boolean is written true or false, not yes or off',
  why: 'Go does not take yes, no, on and off for booleans: from 1.12 on the agent does not start, before they count as false. Without quotes YAML 1.1 tools turn them into true and false, so that it depends on the tool what Cilium gets.',
  versions: 'all versions',
  evidence: 'Go strconv.ParseBool; YAML 1.1 types; pkg/option/config.go validateConfigMap (1.12 and later)',
  examples: [
    {
      version: '1.11',
      bad: `
        data:
          auto-direct-node-routes: 'yes'
        #                          ^^^^^
          tunnel: 'disabled'
          native-routing-cidr: '10.0.0.0/8'
      `,
      good: `
        data:
          auto-direct-node-routes: 'true'
          tunnel: 'disabled'
          native-routing-cidr: '10.0.0.0/8'
      `,
    },
  ],

  check({ config, edit, report, settings: s }) {
    for (const entry of config.byKey.values()) {
      const option = optionOf(entry.key);
      const value = spokenBool(entry.value ?? '');
      if (option?.type !== 'bool' || !isReadAt(option, s.version) || value === undefined) continue;
      const effect = s.version >= 112 ? 'the agent does not start' : 'before 1.12 it counts as false';
      report({
        range: valueRange(entry),
        message: `${word(entry.value ?? '')} is not a boolean for Cilium (\`${entry.key}\`): ${effect}.`,
        fixes: [safeFix(`Set \`${entry.key}\` to ${value}`, edit.setValue(entry, value))],
      });
    }
  },
});
