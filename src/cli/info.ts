import { counted, grouped } from '../core/base/words.js';
import { CaptureIndex } from '../core/capture/captureIndex.js';
import { isoText, roundedSeconds, timeText, type CaptureClock } from '../core/capture/captureTime.js';
import type { CaptureStatistics } from '../core/capture/packetTally.js';
import type { CaptureInterface, CaptureSection, RecordReader } from '../core/capture/record.js';
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
    'time (UTC), duration, bytes, rates, order, interfaces and comments. FILE - is standard input.',
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

/** The format, and how the file is packed. */
function fileType({ reader, source }: CaptureIndex): string {
  return source.packing === undefined ? reader.format : `${reader.format}, packed with ${source.packing}`;
}

/** A line of the report; `capinfos` of Wireshark has the same names. */
function row(label: string, value: string): string {
  return `${`${label}:`.padEnd(labelWidth)}${value}`;
}

function report(path: string, index: CaptureIndex): string[] {
  const { reader, statistics, packets } = index;
  const lines = [
    row('File name', path),
    row('File type', fileType(index)),
    row('File encapsulation', encapsulation(reader, statistics)),
    row('Timestamp precision', precisions(reader)),
    row('Number of packets', grouped(packets)),
    row(
      'File size',
      `${counted(index.source.size, 'byte')}${index.source.packing === undefined ? '' : ', unpacked'}`,
    ),
    row('Data size', counted(statistics.wireBytes, 'byte')),
  ];
  if (statistics.shortened > 0) {
    lines.push(row('Captured data size', counted(statistics.capturedBytes, 'byte')));
    lines.push(row('Shortened packets', grouped(statistics.shortened)));
  }
  lines.push(...timeRows(index));
  if (packets > 0)
    lines.push(row('Average packet size', `${(statistics.wireBytes / packets).toFixed(2)} bytes`));
  const { ordered } = statistics;
  lines.push(row('Strict time order', ordered === undefined ? 'Unknown' : ordered ? 'True' : 'False'));
  for (const [number, section] of reader.sections.entries()) {
    lines.push(...sectionRows(section, number, reader.sections.length));
  }
  lines.push(row('Number of interfaces', grouped(reader.interfaces.length)));
  for (const [at, its] of reader.interfaces.entries()) {
    lines.push(...interfaceRows(its, statistics.perInterface[at] ?? 0, reader.sections.length));
  }
  return lines;
}

/** `Ethernet`, or how many packets there are of each where a file mixes them. */
function encapsulation(reader: RecordReader, statistics: CaptureStatistics): string {
  const packets = new Map<string, number>();
  reader.interfaces.forEach(({ linkType }, at) => {
    const name = linkTypeName(linkType);
    packets.set(name, (packets.get(name) ?? 0) + (statistics.perInterface[at] ?? 0));
  });
  if (packets.size <= 1) return [...packets.keys()][0] ?? 'none';
  return `Per packet: ${[...packets].map(([name, count]) => `${name} (${grouped(count)})`).join(', ')}`;
}

/** `microseconds (6)` */
function precision({ binary, exponent }: CaptureClock): string {
  if (binary) return `2^-${exponent} seconds`;
  const names = new Map([
    [0, 'seconds'],
    [3, 'milliseconds'],
    [6, 'microseconds'],
    [9, 'nanoseconds'],
    [12, 'picoseconds'],
  ]);
  return `${names.get(exponent) ?? `10^-${exponent} seconds`} (${exponent})`;
}

function precisions(reader: RecordReader): string {
  return [...new Set(reader.interfaces.map(({ clock }) => precision(clock)))].join(', ') || 'unknown';
}

function timeRows({ statistics, duration, packets }: CaptureIndex): string[] {
  const { earliest, latest, wireBytes } = statistics;
  if (!earliest || !latest || !duration) return [];
  const lines = [
    row('Capture duration', `${timeText(duration)} seconds`),
    row('First packet time', isoText(earliest)),
    row('Last packet time', isoText(latest)),
  ];
  const seconds = roundedSeconds(duration);
  if (seconds > 0) {
    lines.push(
      row('Data byte rate', `${rate(wireBytes / seconds)} bytes/s`),
      row('Data bit rate', `${rate((wireBytes * 8) / seconds)} bits/s`),
      row('Average packet rate', `${rate(packets / seconds)} packets/s`),
    );
  }
  return lines;
}

/** Whole numbers with separators; small ones with decimals, so that they do not become 0. */
function rate(value: number): string {
  return value >= 100 ? grouped(Math.round(value)) : value.toFixed(2);
}

function sectionRows(section: CaptureSection, number: number, sections: number): string[] {
  const lines: string[] = [];
  const add = (label: string, value: string | undefined): void => {
    if (value !== undefined) lines.push(row(label, value));
  };
  add('Capture hardware', section.hardware);
  add('Capture oper-sys', section.os);
  add('Capture application', section.application);
  for (const comment of section.comments ?? []) add('Capture comment', comment);
  return sections > 1 ? [`Section ${number + 1}:`, ...lines] : lines;
}

function interfaceRows(its: CaptureInterface, packets: number, sections: number): string[] {
  const lines: string[] = [];
  const add = (label: string, value: string | undefined): void => {
    if (value !== undefined) lines.push(`  ${row(label, value)}`);
  };
  add('Name', its.name);
  add('Description', its.description);
  add('Encapsulation', `${linkTypeName(its.linkType)} (${its.linkType})`);
  add('Capture length', its.snapLength === 0 ? 'no limit' : grouped(its.snapLength));
  add('Time precision', precision(its.clock));
  if (its.clock.offset !== 0) add('Time offset', `${grouped(its.clock.offset)} seconds`);
  add('Speed', its.speed === undefined ? undefined : `${grouped(its.speed)} bits/s`);
  add('Filter', its.filter);
  add('Hardware', its.hardware);
  add('Operating system', its.os);
  for (const comment of its.comments ?? []) add('Comment', comment);
  add('Number of packets', grouped(packets));
  const where = sections > 1 ? ` of section ${its.section + 1}` : '';
  return [`Interface ${its.id}${where}:`, ...lines];
}
