/** Rules for options that take one of a few words. */
import { valuesAt } from './option.js';
import { optionOf } from './options/index.js';
import { checkedFix, defineRule, safeFix, valueRange, word } from './rule.js';
import type { ConfigRule, RuleInfo } from './rule.js';
import { isReadAt } from './option.js';

export interface EnumRule extends Omit<RuleInfo, 'severity'> {
  readonly key: string;
  /** Words that users write, and what they most likely mean. */
  readonly meant?: Readonly<Record<string, string>>;
  /** Texts that are accepted beside the words of the table. */
  readonly alsoAccepts?: (value: string, version: number) => boolean;
}

/** A rule that the value of an option is one of those that the version knows. */
export function defineEnumRule({ key, meant = {}, alsoAccepts, ...info }: EnumRule): ConfigRule {
  return defineRule({
    ...info,
    severity: 'error',
    check({ settings: s, edit, report }) {
      const entry = s.given(key);
      const option = optionOf(key);
      if (entry?.value === undefined || option === undefined || !isReadAt(option, s.version)) return;
      const { value } = entry;
      const allowed = valuesAt(option, s.version);
      if (allowed === undefined || allowed.includes(value) || alsoAccepts?.(value, s.version) === true)
        return;
      const lower = value.toLowerCase();
      const better = allowed.includes(lower) ? lower : meant[lower];
      const fix = better === lower ? safeFix : checkedFix;
      report({
        range: valueRange(entry),
        message: `\`${key}\` must be ${allowed.filter((text) => text !== '').join(', ')}; with ${word(value)} the agent does not start.`,
        fixes: [
          better === undefined || !allowed.includes(better)
            ? undefined
            : fix(`Set \`${key}\` to ${better}`, edit.setValue(entry, better)),
        ],
      });
    },
  });
}
