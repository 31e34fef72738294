import { timeBetween, timeText, type CaptureTime } from '../core/capture/captureTime.js';
import { RecordScanner } from '../core/capture/recordScanner.js';
import { Decoder } from '../core/dissect/decoder.js';
import type { Walk } from '../core/dissect/walk.js';
import type { DisplayFilter } from '../core/filter/displayFilter.js';
import type { FrameFacts } from '../core/frame/frameField.js';
import { packetJson } from '../session/packetJson.js';
import { damageLine, openInput, reading, type CaptureInput } from './captureInput.js';
import { CommandError, countOption, readArguments, type Command, type ExitStatus } from './command.js';
import { fieldPicker } from './fieldPicker.js';
import { filterOption } from './filterOption.js';
import { printable, type Output } from './output.js';

/** Bytes of the file in memory at a time. */
const chunkSize = 1024 * 1024;

/** In the contract of the command, and not built: saying so beats "unknown option". */
const comingOptions = ['reassemble', 'decode-as'] as const;

export const decode: Command = {
  name: 'decode',
  summary: 'packets of a capture, a line each, or in full as JSON',
  help: [
    'Usage: cilium-lens decode FILE [--filter EXPR] [--json | --fields NAME,…] [--from N] [--count N]',
    '',
    'Prints the packets of a pcap or pcapng file, one line each. FILE - is standard input.',
    '',
    '  --filter EXPR   only packets that pass a display filter, as in Wireshark: "ip.ttl < 5 and not arp"',
    '  --json          one JSON object a line: the packet with all its layers and fields',
    '  --fields A,B,C  the values of these fields, separated by tabs; several of one name by commas',
    '  --from N        begin with packet N (from 1)',
    '  --count N       stop after N packets that were printed',
    '',
    'Field names are those of Wireshark’s display filters.',
  ].join('\n'),
  run,
};

/** A packet on its way to being printed. */
interface PrintedPacket {
  readonly facts: FrameFacts;
  readonly walk: Walk;
  readonly decoder: Decoder;
}

type Printer = (packet: PrintedPacket) => string;

async function run(args: readonly string[], output: Output): Promise<ExitStatus> {
  const coming = comingOptions.find((name) =>
    args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  );
  if (coming) throw new CommandError(`--${coming} is not in this version yet`);
  const { values, positionals } = readArguments(args, {
    filter: { type: 'string' },
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
  const filter = filterOption(values.filter);
  const print = values.json ? jsonLine : values.fields === undefined ? listLine : fieldsLine(values.fields);

  const input = openInput(path);
  try {
    const damage = await printPackets(path, input, { from, count, filter, print }, output);
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
  readonly count: number;
  readonly filter: DisplayFilter | undefined;
  readonly print: Printer;
}

/** Goes through the file once, in constant memory. Answers the damage met on the way. */
async function printPackets(
  path: string,
  input: CaptureInput,
  { from, count, filter, print }: Order,
  output: Output,
) {
  const scanner = new RecordScanner(input.source, input.reader, chunkSize);
  const decoder = new Decoder();
  const { record, window } = scanner;
  const { reader } = input;
  const comments = (): readonly string[] => reading(path, () => reader.comments(window, record));
  let first: CaptureTime | undefined;
  let before: CaptureTime | undefined;
  let printed = 0;
  while (printed < count && reading(path, () => scanner.next())) {
    const time: CaptureTime | undefined = record.timed
      ? { seconds: record.seconds, fraction: record.fraction, digits: record.digits }
      : undefined;
    first ??= time;
    if (scanner.packets >= from) {
      const bytes = reading(path, () => window.slice(record.data, record.captured));
      const linkType = reader.interfaces[record.interface]?.linkType ?? -1;
      const walk = decoder.walk(bytes, linkType, record.wire, time?.seconds);
      const facts = { number: scanner.packets, record, reader, first, before, comments };
      if (filter?.matches(walk, facts) ?? true) {
        printed++;
        output.line(print({ facts, walk, decoder }));
      }
      // A live capture is shown as it comes.
      if (scanner.needsBytes) output.flush();
      if (output.full) await output.drain();
    }
    before = time;
  }
  return scanner.damage;
}

/** `     1   0.000000 10.0.0.85 → 10.0.1.124 ICMP 98 Echo (ping) request …` */
function listLine({ facts, walk, decoder }: PrintedPacket): string {
  const { number, record, first } = facts;
  const summary = decoder.summary(walk);
  const time = record.timed && first ? timeText(timeBetween(first, record)) : '';
  const { source, destination, protocol, info } = summary;
  const line = `${number.toString().padStart(5)} ${time.padStart(11)} ${source} → ${destination} ${protocol} ${record.wire} ${info}`;
  return printable(line);
}

function jsonLine({ facts, walk, decoder }: PrintedPacket): string {
  const { number, record, reader } = facts;
  return packetJson({ number, record, reader, summary: decoder.summary(walk), layers: decoder.tree(walk) });
}

function fieldsLine(list: string): Printer {
  const pick = fieldPicker(list);
  return ({ facts, walk }) => pick(walk, facts).map(printable).join('\t');
}
