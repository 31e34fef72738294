import { grouped } from '../core/base/words.js';
import { longestLine } from '../core/monitor/cleanLine.js';
import { companionsOf, neighbourCount } from '../core/monitor/companions.js';
import { isOfOldTool, lineHover, wordedForOldTool } from '../core/monitor/hover.js';
import { fieldsOf, type MonitorLine } from '../core/monitor/line.js';
import { plain, type Markup } from '../core/monitor/markup.js';
import { MonitorReader, type NumberedLine } from '../core/monitor/reader.js';
import { CommandError, inputName, readArguments, type Command, type ExitStatus } from './command.js';
import { printable, type Output } from './output.js';
import { linesOf } from './textLines.js';

export const monitor: Command = {
  name: 'monitor',
  summary: 'lines of a cilium monitor log, understood',
  help: [
    'Usage: cilium-lens monitor FILE [--json] [--explain]',
    '',
    'Reads the output of cilium monitor (cilium-dbg monitor) of any version and mode. FILE - is',
    'standard input. A line each: its number, event, kind, type and values.',
    '',
    '  --json     an object a line: line, kind, type, cpu, mark, endpoint, fields, event',
    '  --explain  what the line means, below it',
    '',
    'Exit status: 0 done; 2 wrong usage, or not a log of cilium monitor.',
  ].join('\n'),
  run,
};

/** A line that waits for the lines after it. */
interface Held {
  readonly text: string;
  readonly read: NumberedLine;
}

/** Companions are the lines near it that speak of the same packet; the markup fits the versions of the log. */
type Print = (held: Held, companions: () => readonly MonitorLine[], markup: Markup) => void;

const plainOld = wordedForOldTool(plain);

async function run(args: readonly string[], output: Output): Promise<ExitStatus> {
  const { values, positionals } = readArguments(args, {
    json: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
  });
  const [path, ...others] = positionals;
  if (path === undefined) throw new CommandError('a FILE is needed');
  if (others.length > 0) throw new CommandError('one FILE at a time');
  const print: Print = (held, companions, markup) => {
    const told = values.explain ? explanation(held, companions(), markup) : '';
    if (values.json) output.line(jsonOf(held, told));
    else {
      output.line(values.explain ? `${held.read.number}  ${shown(held.text.trimEnd())}` : rowOf(held));
      if (told !== '') output.line(told.replace(/^/gm, '      '));
    }
  };
  const { lines, understood } = await printLines(path, values.explain ? neighbourCount : 0, print, output);
  if (lines === 0) throw new CommandError(`${inputName(path)} is empty`);
  if (lines > 0 && understood === 0)
    throw new CommandError(
      `${inputName(path)} is no log of cilium monitor: ${lines === 1 ? 'its only line is not one' : `none of its ${grouped(lines)} lines is one`} of it`,
    );
  return 0;
}

/**
 * Reads a log and prints each line once the lines around it are known, or once a live source pauses: whoever follows a
 * node must see its last line. Blank lines count as neither.
 */
async function printLines(
  path: string,
  around: number,
  print: Print,
  output: Output,
): Promise<{ lines: number; understood: number }> {
  const reader = new MonitorReader();
  const held: Held[] = [];
  let lines = 0;
  let understood = 0;
  let markup = plain;
  /** Index in `held` of the next line to print. */
  let next = 0;
  const printNext = (): void => {
    const line = held[next];
    if (!line) return;
    const first = Math.max(0, next - around);
    const companions = (): readonly MonitorLine[] =>
      companionsOf(
        held.slice(first, next + 1 + around).map(({ read }) => read),
        next - first,
      );
    print(line, companions, markup);
    if (next >= around) held.shift();
    else next++;
  };
  const printHeld = (): void => {
    while (next < held.length) printNext();
  };
  const onZero = (line: number, column: number): void => {
    output.complain(
      `${inputName(path)}: there is a zero byte in line ${grouped(line)}, column ${grouped(column)}; reading goes on`,
    );
  };
  for await (const texts of linesOf(path, { longest: longestLine, onZero })) {
    for (const text of texts) {
      const read = reader.next(text);
      if (read.line.kind !== 'blank') lines++;
      if (read.line.kind !== 'blank' && read.line.kind !== 'unknown') understood++;
      if (isOfOldTool(read.line)) markup = plainOld;
      held.push({ text, read });
      if (held.length > next + around) printNext();
      if (output.full) await output.drain();
    }
    if (texts.length === 0) printHeld();
    output.flush();
  }
  printHeld();
  return { lines, understood };
}

function explanation({ text, read }: Held, companions: readonly MonitorLine[], markup: Markup): string {
  return shown(lineHover(read.line, text, companions, markup));
}

/** A text as a terminal may show it, with its tabs and ends of lines. */
function shown(text: string): string {
  return text.replace(/[^\t\n]+/g, printable);
}

function jsonOf({ text, read: { number, line, event } }: Held, told: string): string {
  const { kind, type, cpu, mark, endpoint } = line;
  return JSON.stringify({
    line: number,
    kind,
    type,
    cpu,
    mark,
    endpoint,
    ...(kind === 'unknown' ? { text: text.replace(/\r$/, '') } : { fields: fieldsOf(line) }),
    event,
    ...(told === '' ? {} : { explain: told }),
  });
}

function rowOf({ text, read: { number, line, event } }: Held): string {
  const start = `${String(number).padStart(6)}  ${event === undefined ? '' : `#${event}`.padEnd(6)}`.padEnd(
    15,
  );
  if (line.kind === 'blank') return String(number).padStart(6);
  if (line.kind === 'unknown') return `${start}unknown  ${shown(text.trimEnd())}`;
  const name = line.type === undefined || line.type === line.kind ? line.kind : `${line.kind} ${line.type}`;
  const carrier = [
    line.cpu === undefined ? '' : `cpu=${line.cpu}`,
    line.mark === undefined ? '' : `mark=0x${line.mark.toString(16)}`,
    line.endpoint === undefined ? '' : `endpoint=${line.endpoint}`,
  ];
  const fields = Object.entries(fieldsOf(line)).map(([field, value]) => `${field}=${shown(value)}`);
  const values = [...carrier, ...fields].filter((part) => part !== '').join(' ');
  return `${start}${name.padEnd(28)}${values}`.trimEnd();
}
