/** Tells whether a text is a monitor log, from its first lines. */
import { parseLine } from './parse.js';
import type { LineKind } from './row.js';

/** So many lines are worth looking at; a log shows what it is long before. */
export const detectionLines = 200;

/** Lines that nothing but the monitor prints. The others also stand in dumps and logs of other programs. */
const sure: ReadonlySet<LineKind> = new Set<LineKind>([
  'debug',
  'capture',
  'drop',
  'trace',
  'policy-verdict',
  'l7',
  'sock-trace',
  'recorder',
  'dissect',
]);

/** Lines that may stand between, and say nothing of their own. */
const silent: ReadonlySet<LineKind> = new Set<LineKind>(['blank', 'separator', 'header', 'hexdump']);

/**
 * True when enough of the first lines are surely of the monitor: two, or one that is all there is, and at least half
 * of the lines that are not silent. A document that quotes a few lines among much else is not a log.
 */
export function isMonitorLog(lines: Iterable<string>): boolean {
  let known = 0;
  let unknown = 0;
  let seen = 0;
  for (const text of lines) {
    if (++seen > detectionLines) break;
    const { kind, cpu } = parseLine(text);
    // Objects with a type are common; those that name a CPU, too, are of the monitor.
    if (sure.has(kind) || (kind === 'json' && cpu !== undefined)) known++;
    else if (!silent.has(kind)) unknown++;
  }
  return known > 0 && known >= unknown && (known > 1 || unknown === 0);
}

/** Lines that other texts hold as well. */
const common: ReadonlySet<LineKind> = new Set<LineKind>(['blank', 'separator', 'hexdump', 'summary', 'json']);

/** True when the first lines say something and nothing of it is of the monitor or of what is printed around it. */
export function isForeign(lines: Iterable<string>): boolean {
  let unknown = 0;
  let seen = 0;
  for (const text of lines) {
    if (++seen > detectionLines) break;
    const { kind, cpu } = parseLine(text);
    if (kind === 'unknown') unknown++;
    else if (!common.has(kind) || cpu !== undefined) return false;
  }
  return unknown > 0;
}
