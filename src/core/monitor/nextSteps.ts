/** What to look at after a line: the advice of its row or drop reason, with the numbers of the line in the commands. */
import { lookupIn, sentence } from './explain.js';
import { fieldOf, type MonitorLine } from './line.js';
import type { Markup } from './markup.js';
import type { ConditionalCheck } from './row.js';
import type { DropReason } from './values/dropReasons.js';
import { hostWords, splitHostPort } from './words/address.js';
import { identityNumber } from './words/identity.js';

/** More advice than this is not read. */
const mostSteps = 3;

/** The next steps for the first of some lines; the others speak of the same packet. Texts as the markup writes them. */
export function nextSteps(
  markup: Markup,
  lines: readonly MonitorLine[],
  reason: DropReason | undefined,
): readonly string[] {
  const [line] = lines;
  if (!line) return [];
  const checks = reason && reason.checks.length > 0 ? reason.checks : checksOf(line);
  return checks.slice(0, mostSteps).map((check) => stepText(markup, check, line, lines));
}

/** What the row of a line advises for the values that the line has. */
function checksOf(line: MonitorLine): readonly string[] {
  const holds = ({ field, is, isNot }: ConditionalCheck): boolean => {
    const value = fieldOf(line, field);
    if (value === undefined) return false;
    return is?.includes(value) !== false && isNot?.includes(value) !== true;
  };
  return (line.row?.checks ?? []).flatMap((check) => {
    if (typeof check === 'string') return [check];
    return holds(check) ? [check.check] : [];
  });
}

const command = /^(?:cilium(?:-dbg)?|kubectl|hubble|ip|wg|ping) /;
const endOfCommand = /(?: for | on the | and | shows | names | when | or |, |; |: | \()/;

/** A step; the command that it begins with is shown as one, with the numbers of the line where it asks for them. */
function stepText(markup: Markup, check: string, line: MonitorLine, lines: readonly MonitorLine[]): string {
  const known = holesOf(line, lines);
  const filled = bothIdentities(check, line).replace(/<[\w ]{1,20}>/g, (hole) => {
    const value = known(hole);
    return value !== undefined && /^[\w.:-]{1,64}$/.test(value) ? value : hole;
  });
  if (!command.test(filled)) return markup.text(sentence(filled));
  const end = endOfCommand.exec(filled)?.index ?? filled.length;
  return `${markup.command(filled.slice(0, end).replace(/\.$/, ''))}${markup.text(filled.slice(end))}`;
}

/** What the line knows for a hole of a command, such as `<endpoint>`. */
function holesOf(line: MonitorLine, lines: readonly MonitorLine[]): (hole: string) => string | undefined {
  const value = lookupIn(line, []);
  const address = (layerField: string, field: string): string | undefined => {
    const text = lookupIn(line, lines)(layerField) ?? value(field);
    const host = text === undefined ? undefined : splitHostPort(text).host;
    return host !== undefined && hostWords(host) !== undefined ? host : undefined;
  };
  return (hole) => {
    switch (hole) {
      case '<endpoint>':
        return [
          ...['toEndpoint', 'endpoint', 'fromEndpoint', 'dstID'].map(value),
          line.endpoint?.toString(),
        ].find((id) => id !== undefined && id !== '0');
      case '<id>':
        return identitiesToAsk(line)[0];
      case '<remote ID>':
        return identityNumber(value('remoteIdentity') ?? '')?.toString();
      case '<ip>':
        return value('address') ?? address('DstIP', 'destination');
      case '<dst>':
      case '<destination>':
        return address('DstIP', 'destination');
      case '<src>':
        return address('SrcIP', 'source');
      default:
        return undefined;
    }
  };
}

const identityFields = [
  'identity',
  'remoteIdentity',
  'srcIdentity',
  'dstIdentity',
  'vni',
  'srcLabel',
  'dstLabel',
];

/** The numbers of the identities worth asking about: those with labels before reserved ones. */
function identitiesToAsk(line: MonitorLine): readonly string[] {
  const numbers = identityFields
    .map((field) => identityNumber(fieldOf(line, field) ?? ''))
    .filter((id) => id !== undefined);
  const labelled = numbers.filter((id) => id > 255);
  return [...new Set(labelled.length > 0 ? labelled : numbers)].map(String);
}

/** `get <id> for both sides` for a line that names the sides: the labels of a reserved identity are no news. */
function bothIdentities(check: string, line: MonitorLine): string {
  const [one, other] = identitiesToAsk(line);
  if (one === undefined) return check;
  return check.replace(
    /<id> for both (?:sides|numbers)/,
    other === undefined ? one : `${one} (and ${other})`,
  );
}
