/**
 * What other tools put in front of a line of the monitor: times, pod names, line numbers, quote marks.
 * One piece at a time is taken off, and only while the rest is not yet a known line.
 */

/** A piece in front of a line. */
export interface Prefix {
  readonly end: number;
  readonly time?: string;
  readonly origin?: string;
}

const date = '\\d{4}[-/]\\d{2}[-/]\\d{2}';
const clock = '\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?';
const zone = '(?: ?(?:Z|UTC|[+-]\\d{2}:?\\d{2}))?';
const time = `(?:(?:${date}[T ])?${clock}${zone}|[A-Z][a-z]{2} {1,2}\\d{1,2} ${clock}|\\d{9,11}\\.\\d{1,9})`;

const blanks = /[ \t\u00a0\ufeff]{1,400}/y;
const times = new RegExp(`(${time})(?=[ \\t:|\\]]|$):?`, 'y');
const bracketedTime = new RegExp(`\\[(${time})\\]`, 'y');
const bracketedName = /\[([\w./ -]{1,200})\]/y;
/** `7:`, `7)`, `7|`, `7 `: numbers of lines and of journald's processes. */
const lineNumber = /\d{1,9}(?:[:.)|]|(?=[ \t]))/y;
const quoteMark = /(?:[>|#*+•$–-](?=[ \t>])|>(?=[A-Z<x=]))/y;
const quote = /["'`]/y;
const criStream = /(?:stdout|stderr) [FP](?= )/y;
const process = /([\w.-]{1,100})\[\d{1,10}\]:/y;
/** Names of pods, containers and hosts have a hyphen or dot, and stand before a blank, a colon, a bar or an angle. */
const name = /([a-z0-9][a-z0-9./_]{0,100}[-.][\w./-]{0,200})[ \t]?(?:[:|›»]|(?=[ \t]))/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The piece of a foreign tool that begins at `at`, or undefined. */
export function prefixAt(text: string, at: number): Prefix | undefined {
  for (const pattern of [blanks, criStream, quoteMark, quote]) {
    const match = matchAt(pattern, text, at);
    if (match) return { end: at + match[0].length };
  }
  for (const pattern of [times, bracketedTime]) {
    const match = matchAt(pattern, text, at);
    if (match?.[1] !== undefined) return { end: at + match[0].length, time: match[1] };
  }
  for (const pattern of [bracketedName, process, name]) {
    const match = matchAt(pattern, text, at);
    if (match?.[1] !== undefined) return { end: at + match[0].length, origin: match[1] };
  }
  const number = matchAt(lineNumber, text, at);
  return number ? { end: at + number[0].length } : undefined;
}
