/** Values as Go and Cilium parse them. */

const trueWords = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** A boolean as Go's `strconv.ParseBool` reads it; `undefined` when it refuses. */
export function parseBool(text: string): boolean | undefined {
  if (trueWords.has(text)) return true;
  return falseWords.has(text) ? false : undefined;
}

/** Words of a list: split at white space and commas, as options made by command-line slices are. */
export function splitWords(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** What YAML 1.1 takes `yes`, `off` and the like for, as Cilium writes it; `undefined` for any other word. */
export function spokenBool(text: string): 'true' | 'false' | undefined {
  const lower = text.toLowerCase();
  if (['yes', 'on', 'y'].includes(lower)) return 'true';
  return ['no', 'off', 'n'].includes(lower) ? 'false' : undefined;
}
