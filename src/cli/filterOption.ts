import { compileFilter, type DisplayFilter, type FilterMistake } from '../core/filter/displayFilter.js';
import { CommandError } from './command.js';

/** Most characters of a filter that a terminal shows in one line, before and behind the place. */
const around = 60;

/** The filter of `--filter`; a wrong one is a {@link CommandError} that points at the place. */
export function filterOption(text: string | undefined): DisplayFilter | undefined {
  if (text === undefined) return undefined;
  const result = compileFilter(text);
  if ('filter' in result) return result.filter;
  const [first] = result.mistakes;
  throw new CommandError(
    `--filter: ${first?.message ?? 'the filter cannot be used'}`,
    2,
    first ? pointedAt(text, first) : [],
  );
}

/** The filter in one line, and below it a mark under the place. */
export function pointedAt(text: string, { start, end }: FilterMistake): readonly string[] {
  const from = Math.max(0, start - around);
  const to = Math.min(text.length, Math.max(end, start + 1) + around);
  const lead = from > 0 ? '…' : '';
  const line = lead + text.slice(from, to).replace(/\p{Cc}/gu, ' ') + (to < text.length ? '…' : '');
  const length = Math.max(1, Math.min(end, to) - start);
  return [`  ${line}`, `  ${' '.repeat(lead.length + start - from)}^${'~'.repeat(length - 1)}`];
}
