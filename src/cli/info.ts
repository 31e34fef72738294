import { captureProperties, damagedTitle } from '../core/capture/captureProperties.js';
import { CaptureIndex } from '../core/capture/captureIndex.js';
import { linkTypeName } from '../core/dissect/linkTypes.js';
import { damageLine, openInput, reading } from './captureInput.js';
import { CommandError, readArguments, type Command, type ExitStatus } from './command.js';
import { printable, type Output } from './output.js';

export const info: Command = {
  name: 'info',
  summary: 'what is in a capture: packets, times, rates, interfaces',
  help: [
    'Usage: cilium-lens info FILE…',
    '',
    'Prints for each pcap or pcapng file its format, link types, number of packets, first and last',
    'time (UTC), duration, bytes, rates, order, interfaces, comments, what else a pcapng file holds,',
    'and what is odd. FILE - is standard input.',
  ].join('\n'),
  run,
};

/** Bytes of the file gone through before waiting for the reader of our output. */
const stepSize = 64 * 1024 * 1024;

async function run(args: readonly string[], output: Output): Promise<ExitStatus> {
  const { positionals } = readArguments(args, {});
  if (positionals.length === 0) throw new CommandError('at least one FILE is needed');
  let status: ExitStatus = 0;
  const separate = separator(output);
  for (const path of positionals) {
    status = worse(status, describe(path, output, separate));
    if (output.full) await output.drain();
  }
  return status;
}

/** Puts a blank line between reports, and none before the first. */
function separator(output: Output): () => void {
  let isFirst = true;
  return () => {
    if (!isFirst) output.line('');
    isFirst = false;
  };
}

/** One file. What cannot be read is told, and the next file has its turn. */
function describe(path: string, output: Output, separate: () => void): ExitStatus {
  try {
    const { source, reader } = openInput(path);
    const index = new CaptureIndex(source, reader);
    reading(path, () => {
      while (!index.step(stepSize));
    });
    separate();
    for (const line of report(path, index)) output.line(printable(line));
    source.close();
    if (index.damage.length === 0) return 0;
    output.flush();
    output.complain(damageLine(path, index.damage));
    return 1;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    output.flush();
    output.complain(error.message);
    return error.status;
  }
}

function worse(a: ExitStatus, b: ExitStatus): ExitStatus {
  return a > b ? a : b;
}

const labelWidth = 24;

/** A line of the report; `capinfos` of Wireshark has the same names. */
function row(label: string, value: string): string {
  return `${`${label}:`.padEnd(labelWidth - 1)} ${value}`;
}

/** The file and what its only section says as capinfos has it, the rest under titles. Damage is told apart. */
function report(path: string, index: CaptureIndex): string[] {
  const groups = captureProperties(index, linkTypeName).filter(({ title }) => title !== damagedTitle);
  return [
    row('File name', path),
    ...groups.flatMap(({ title, rows }) =>
      title === 'File' || title === 'Section'
        ? rows.map(([label, value]) => row(label, value))
        : [`${title}:`, ...rows.map(([label, value]) => `  ${row(label, value)}`)],
    ),
  ];
}
