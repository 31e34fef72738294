import type { ChosenColours } from '../../rpc/captureView.js';
import { rowTints, type ColourRule } from '../../rpc/packetList.js';

/** The rules of the setting that can be used, and a sentence for each that cannot. */
export type ReadColourRules = ChosenColours;

/** More rules than anybody reads; each costs time for every row. */
const mostRules = 100;

/** Puts values into a text, in the user's language. */
type Say = (text: string, ...values: (string | number)[]) => string;

/**
 * Reads the setting for colour rules, which may hold anything. Rules that are switched off are left out. The display
 * filters are not looked at: whoever knows the filter language does that.
 */
export function readColourRules(value: unknown, say: Say): ReadColourRules {
  if (value === undefined || value === null) return { colours: [], mistakes: [] };
  if (!Array.isArray(value)) return { colours: [], mistakes: [say('The colour rules are not a list.')] };
  const colours: ColourRule[] = [];
  const mistakes: string[] = [];
  for (const [index, rule] of value.slice(0, mostRules).entries()) {
    const read = readRule(rule);
    if (typeof read === 'object') colours.push(read);
    else if (read !== 'off') mistakes.push(wrong(read, index + 1, say));
  }
  if (value.length > mostRules)
    mistakes.push(
      say('There are {0} colour rules; those after the first {1} are left out.', value.length, mostRules),
    );
  return { colours, mistakes };
}

type Reason = 'no object' | 'no filter' | 'no colour';

function readRule(rule: unknown): ColourRule | 'off' | Reason {
  if (typeof rule !== 'object' || rule === null) return 'no object';
  const { name, filter, colour, enabled } = rule as Readonly<Record<string, unknown>>;
  if (enabled === false) return 'off';
  if (typeof filter !== 'string' || filter.trim() === '') return 'no filter';
  const tint = rowTints.find((known) => known === colour);
  if (!tint) return 'no colour';
  return { name: typeof name === 'string' && name.trim() !== '' ? name : filter, filter, tint };
}

function wrong(reason: Reason, place: number, say: Say): string {
  switch (reason) {
    case 'no object':
      return say('Colour rule {0} is not made of name, filter and colour.', place);
    case 'no filter':
      return say('Colour rule {0} has no display filter.', place);
    case 'no colour':
      return say('Colour rule {0} has no colour that is known: {1}.', place, rowTints.join(', '));
  }
}
