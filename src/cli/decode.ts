import { timeBetween, timeText, type CaptureTime } from '../core/capture/captureTime.js';
import type { RecordView } from '../core/capture/record.js';
import { RecordScanner } from '../core/capture/recordScanner.js';
import { Decoder, type DecodedNode, type PacketSummary } from '../core/dissect/decoder.js';
import { frameNode } from '../session/frameNode.js';
import { damageLine, openInput, reading, type CaptureInput } from './captureInput.js';
import { CommandError, countOption, readArguments, type Command, type ExitStatus } from './command.js';
import { fieldPicker } from './fieldPicker.js';
import { printable, type Output } from './output.js';

/** Bytes of the file in memory at a time. */
const chunkSize = 1024 * 1024;

/** In the contract of the command, and not built: saying so beats "unknown option". */
const comingOptions = ['filter', 'reassemble', 'decode-as'] as const;

export const decode: Command = {
  name: 'decode',
  summary: 'packets of a capture, a line each, or in full as JSON',
  help: [
    'Usage: cilium-lens decode FILE [--json | --fields NAME,…] [--from N] [--count N]',
    '',
    'Prints the packets of a pcap or pcapng file, one line each. FILE - is standard input.',
    '',
    '  --json          one JSON object a line: the packet with all its layers and fields',
    '  --fields A,B,C  the values of these fields, separated by tabs; several of one name by commas',
    '  --from N        begin with packet N (from 1)',
    '  --count N       stop after N packets',
    '',
    'Field names are those of Wireshark’s display filters.',
  ].join('\n'),
  run,
};

/** A packet on its way to being printed. */
export interface PrintedPacket {
  readonly number: number;
  readonly record: RecordView;
  readonly input: CaptureInput;
  readonly summary: PacketSummary;
  /** Time of the first packet, and of the one before this. */
  readonly first: CaptureTime | undefined;
  readonly before: CaptureTime | undefined;
  /** The layers; made when asked for. */
  readonly tree: () => readonly DecodedNode[];
}

type Printer = (packet: PrintedPacket) => string;

async function run(args: readonly string[], output: Output): Promise<ExitStatus> {
  const coming = comingOptions.find((name) =>
    args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  );
  if (coming) throw new CommandError(`--${coming} is not in this version yet`);
  const { values, positionals } = readArguments(args, {
    json: { type: 'boolean' },
    fields: { type: 'string' },
    from: { type: 'string' },
    count: { type: 'string' },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new CommandError('one FILE is needed');
  if (values.json && values.fields !== undefined)
    throw new CommandError('--json and --fields exclude each other');
  const from = countOption('from', values.from) ?? 1;
  const count = countOption('count', values.count) ?? Infinity;
  const print = values.json ? jsonLine : values.fields === undefined ? listLine : fieldsLine(values.fields);

  const input = openInput(path);
  try {
    const damage = await printPackets(path, input, { from, last: from + count - 1, print }, output);
    if (damage.length === 0) return 0;
    output.flush();
    output.complain(damageLine(path, damage));
    return 1;
  } finally {
    input.source.close();
  }
}

/** Which packets to print, and how. */
interface Order {
  readonly from: number;
  readonly last: number;
  readonly print: Printer;
}

/** Goes through the file once, in constant memory. Answers the damage met on the way. */
async function printPackets(path: string, input: CaptureInput, { from, last, print }: Order, output: Output) {
  const scanner = new RecordScanner(input.source, input.reader, chunkSize);
  const decoder = new Decoder();
  const { record, window } = scanner;
  let first: CaptureTime | undefined;
  let before: CaptureTime | undefined;
  while (scanner.packets < last && reading(path, () => scanner.next())) {
    const time: CaptureTime | undefined = record.timed
      ? { seconds: record.seconds, fraction: record.fraction, digits: record.digits }
      : undefined;
    first ??= time;
    if (scanner.packets >= from) {
      const bytes = reading(path, () => window.slice(record.data, record.captured));
      const linkType = input.reader.interfaces[record.interface]?.linkType ?? -1;
      const walk = decoder.walk(bytes, linkType, record.wire, time?.seconds);
      const summary = decoder.summary(walk);
      const tree = () => decoder.tree(walk);
      output.line(print({ number: scanner.packets, record, input, summary, first, before, tree }));
      // A live capture is shown as it comes.
      if (scanner.needsBytes) output.flush();
      if (output.full) await output.drain();
    }
    before = time;
  }
  return scanner.damage;
}

/** `     1   0.000000 10.0.0.85 → 10.0.1.124 ICMP 98 Echo (ping) request …` */
function listLine({ number, record, summary, first }: PrintedPacket): string {
  const time = record.timed && first ? timeText(timeBetween(first, record)) : '';
  const { source, destination, protocol, info } = summary;
  const line = `${number.toString().padStart(5)} ${time.padStart(11)} ${source} → ${destination} ${protocol} ${record.wire} ${info}`;
  return printable(line);
}

function jsonLine({ number, record, input, summary, tree }: PrintedPacket): string {
  return JSON.stringify({
    number,
    // Absent on packets without a time stamp.
    time: record.timed ? timeText(record) : undefined,
    length: record.wire,
    captured: record.captured,
    interface: input.reader.interfaces[record.interface]?.id,
    protocol: summary.protocol,
    source: summary.source,
    destination: summary.destination,
    info: summary.info,
    layers: tree().map(jsonNode),
  });
}

/** A node as the command prints it: `children` are `fields` there. */
interface JsonNode {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly start: number;
  readonly length: number;
  readonly generated: true | undefined;
  readonly fields: readonly JsonNode[] | undefined;
}

function jsonNode({ name, label, value, start, length, generated, children }: DecodedNode): JsonNode {
  return {
    name,
    label,
    value,
    start: generated ? 0 : start,
    length: generated ? 0 : length,
    generated: generated ? true : undefined,
    fields: children?.map(jsonNode),
  };
}

function fieldsLine(list: string): Printer {
  const pick = fieldPicker(list);
  return ({ number, record, input, first, before, tree }) => {
    const layers = tree();
    const frame = frameNode({ number, record, reader: input.reader, layers, before, first });
    return pick([frame, ...layers])
      .map(printable)
      .join('\t');
  };
}
