/** Patterns of `matches`: from bytes to something that tests bytes. */
import { Matcher } from './matcher.js';
import type { PatternMistake } from './node.js';
import { parsePattern } from './parse.js';
import { mostSteps, programOf } from './program.js';

/** Makes a pattern ready to be tried, or says what is wrong with it. */
export function compilePattern(bytes: Uint8Array): Matcher | PatternMistake {
  if (bytes.length > 2 * mostSteps) return { message: 'the pattern is too long', at: 0 };
  const node = parsePattern(bytes);
  if ('message' in node) return node;
  const program = programOf(node);
  return program ? new Matcher(program) : { message: 'the pattern is too large: repeat less often', at: 0 };
}
