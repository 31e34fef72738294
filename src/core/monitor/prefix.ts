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

/** The pieces, in the order in which they are tried. A group holds the time or the name. */
const pieces = {
  blanks: '[ \\t\\u00a0\\ufeff]{1,400}',
  criStream: '(?:stdout|stderr) [FP](?= )',
  quoteMark: '(?:[>|│#*+•$–-](?=[ \\t>])|>(?=[A-Z<x=]))',
  quote: '["\'`]',
  time: `(?:${time})(?=[ \\t:|\\]]|$):?`,
  /** `7:`, `7)`, `7|`, `7 `. */
  lineNumber: '\\d{1,9}(?:[:.)|]|(?=[ \\t]))',
  bracketedTime: `\\[(?:${time})\\]`,
  bracketedName: '\\[[\\w./ -]{1,200}\\]',
  process: '[\\w.-]{1,100}\\[\\d{1,10}\\]:',
  /** What grep puts in front. */
  fileName: '[\\w./-]{1,253}\\.(?:log|txt|text|monitor):(?:\\d{1,9}:)?',
  /** `W0610`, the day of a Kubernetes log. */
  klogDay: '[DIWEF]\\d{4}(?=[ \\t])',
  /** Names of pods, containers and hosts: any word before a colon, bar or angle. */
  name: '[\\w./:-]{1,253}[ \\t]?[:|│›»>](?=[ \\t])',
  /** With a hyphen or dot in it, a name needs only a blank behind it. */
  bareName: '[a-z0-9][a-z0-9./_]{0,100}[-.][\\w./:-]{0,200}(?=[ \\t])',
};

/** Any one piece, as the source of a pattern without groups. */
export const prefixSource = Object.values(pieces).join('|');

type Piece = keyof typeof pieces;
const order = Object.keys(pieces) as Piece[];
const patterns = order.map((piece) => ({ piece, pattern: new RegExp(pieces[piece], 'y') }));

/** The piece of a foreign tool that begins at `at`, or undefined. */
export function prefixAt(text: string, at: number): Prefix | undefined {
  for (const { piece, pattern } of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    const end = at + found.length;
    if (piece === 'time' || piece === 'bracketedTime') return { end, time: found.replace(/^\[|[\]:]$/g, '') };
    if (piece === 'bracketedName' || piece === 'process' || piece === 'name' || piece === 'bareName')
      return { end, origin: found.replace(/^\[|(?:\[\d+\])?[\s:|│›»>\]]*$/g, '') };
    return { end };
  }
  return undefined;
}
