/**
 * What a person reads when the pointer rests on a line of a log: first the value under it, then the line.
 * All texts of the log are escaped; no hover has more than `longestHover` lines.
 */
import { markdownCode, markdownText } from '../base/words.js';
import { companionsOf, packetOf, type Neighbours } from './companions.js';
import { explainToken, kindWords, lookupIn, reasonsOf, versionsOf } from './explain.js';
import { jsonTypes } from './jsonLine.js';
import type { MonitorLine, Token } from './line.js';
import { parseLine } from './parse.js';
import { protocolName } from './values/network.js';

/** A hover as data. Both texts are Markdown without HTML, commands or images. */
export interface MonitorHover {
  /** The piece of the line that the hover speaks of. */
  readonly start: number;
  readonly end: number;
  /** About the value under the pointer, when there is one. */
  readonly token?: string;
  readonly line: string;
}

/** Lines in both texts together. */
export const longestHover = 12;

/** Longer values are cut: a hover is to be read at a glance. */
const longestValue = 120;

const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value of the log, harmless and short. */
function shown(value: string): string {
  const flat = value.slice(0, longestValue).replace(controls, '\ufffd');
  return markdownCode(value.length > longestValue ? `${flat}…` : flat);
}

/**
 * The hover at an offset of a line, or undefined where there is nothing to say (blank and unknown lines).
 * Neighbours help where they are at hand; the row and the line alone are enough.
 */
export function hoverAt(text: string, offset: number, neighbours?: Neighbours): MonitorHover | undefined {
  const line = parseLine(text);
  if (line.kind === 'blank' || line.kind === 'unknown') return undefined;
  if (offset < line.begins) return undefined;
  const companions = neighbours ? companionsOf(text, neighbours) : [];
  const token = tokenAt(line, offset);
  const about = token ? tokenLines(token, line, companions) : [];
  const rest = lineLines(line, text, companions, token).slice(0, longestHover - about.length);
  return {
    start: token?.from ?? line.begins,
    end: token?.to ?? text.trimEnd().length,
    ...(about.length > 0 ? { token: joined(about) } : {}),
    line: joined(rest),
  };
}

/** The hover of a whole line, as `monitor --explain` prints it. */
export function lineHover(line: MonitorLine, text: string, companions: readonly MonitorLine[] = []): string {
  return joined(lineLines(line, text, companions).slice(0, longestHover));
}

/** Two blanks make a line break in Markdown. */
function joined(lines: readonly string[]): string {
  return lines.join('  \n');
}

/** The narrowest value around an offset: the value itself or the word that names it. */
function tokenAt(line: MonitorLine, offset: number): Token | undefined {
  const around = line.tokens.filter(({ from, to }) => offset >= from && offset < to);
  const within = around.filter(({ start, end }) => offset >= start && offset < end);
  const best = within.length > 0 ? within : around;
  return best.reduce<Token | undefined>(
    (narrow, token) => (narrow && narrow.to - narrow.from <= token.to - token.from ? narrow : token),
    undefined,
  );
}

function tokenLines(token: Token, line: MonitorLine, companions: readonly MonitorLine[]): string[] {
  const { title, about, meaning } = explainToken(token, line, companions);
  const value = token.text === '' ? '' : ` ${shown(token.text)}`;
  const lines = [`**${markdownText(title)}**${value}`];
  if (meaning !== undefined) lines.push(markdownText(sentence(meaning)));
  if (about !== undefined) lines.push(markdownText(about));
  return lines;
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.:?…)]$/.test(upper) ? upper : `${upper}.`;
}

/** `told` is a value that the hover has spoken of already. */
function lineLines(
  line: MonitorLine,
  text: string,
  companions: readonly MonitorLine[],
  told?: Token,
): string[] {
  const lines = [headingOf(line, text), storyOf(line, companions)];
  const packet = packetOf([line, ...companions]);
  if (packet && line.kind !== 'dissect' && line.type !== 'ct-lookup-tuple') {
    const named = packet.what.replace(
      /^protocol (\d+)$/,
      (_, number: string) => protocolName(Number(number)) ?? '',
    );
    const what = named === '' ? '' : `, ${markdownText(named)}`;
    lines.push(`This packet: ${shown(packet.source)} → ${shown(packet.destination)}${what}`);
  }
  lines.push(...valueLines(line, text, companions, told).slice(0, 4));
  const reason = reasonsOf(line)[0];
  if (reason && reason.causes.length > 0)
    lines.push(`Usual causes: ${markdownText(reason.causes.slice(0, 3).join('; '))}.`);
  const checks = reason && reason.checks.length > 0 ? reason.checks : (line.row?.checks ?? []);
  lines.push(...checks.slice(0, 3).map((check) => `Next: ${checkText(check, line)}`));
  const link = reason?.link ?? line.row?.link;
  if (link !== undefined) lines.push(`[Cilium documentation](${link})`);
  return lines;
}

function headingOf(line: MonitorLine, text: string): string {
  const heading = line.row?.heading ?? line.row?.title ?? line.layer?.title ?? kindWords[line.kind];
  const filled = filledIn(heading, line, []) ?? markdownText(line.row?.title ?? heading);
  const versions = versionsOf(line, text);
  const parts = [`**${filled}**`, markdownText(kindWords[line.kind])];
  if (line.kind === 'trace' && line.type !== undefined) parts.push(shown(line.type));
  if (versions !== '') parts.push(markdownText(versions));
  return parts.join(' · ');
}

function storyOf(line: MonitorLine, companions: readonly MonitorLine[]): string {
  const stories = line.row?.story ?? (line.layer?.story === undefined ? [] : [line.layer.story]);
  for (const story of stories) {
    const filled = filledIn(story, line, companions);
    if (filled !== undefined) return filled;
  }
  const json = line.kind === 'json' ? jsonTypes[line.type ?? ''] : undefined;
  return markdownText(
    line.row?.about ?? line.layer?.about ?? json ?? 'A layer that the tool could not name.',
  );
}

/** A text with `{field}` and `{=field}` filled in, as Markdown; undefined when a value is missing. */
function filledIn(
  template: string,
  line: MonitorLine,
  companions: readonly MonitorLine[],
): string | undefined {
  const parts = template.split(/\{(=?\w+)\}/);
  const filled = parts.map((part, i) => {
    if (i % 2 === 0) return markdownText(part);
    const name = part.replace('=', '');
    const token = line.tokens.find(({ field }) => field === name);
    if (!token || token.text === '') return undefined;
    if (!part.startsWith('=')) return shown(token.text);
    const meaning = explainToken(token, line, companions).meaning;
    return meaning === undefined ? undefined : markdownText(sentence(meaning));
  });
  return filled.includes(undefined) ? undefined : filled.join('');
}

/** Values that say little about a whole line. */
const quiet: ReadonlySet<string> = new Set([
  ...[
    'Contents',
    'Payload',
    'Checksum',
    'Options',
    'Padding',
    'Version',
    'Length',
    'IHL',
    'TOS',
    'DataOffset',
  ],
  ...['bytes', 'captured', 'flow', 'interface', 'origIp', 'verdict', 'reason', 'source', 'destination'],
]);

function valueLines(
  line: MonitorLine,
  text: string,
  companions: readonly MonitorLine[],
  told: Token | undefined,
): string[] {
  const lines: string[] = [];
  const meanings = new Set<string>();
  for (const token of line.tokens) {
    if (quiet.has(token.field) || token.inCarrier || token === told || token.text.length > 60) continue;
    const { title, meaning } = explainToken(token, line, companions);
    if (meaning === undefined || meaning.length > 300 || meaning === 'not set.' || meanings.has(meaning))
      continue;
    meanings.add(meaning);
    const labelled = token.from < token.start || token.to > token.end;
    const words = labelled ? meaning : `${title.charAt(0).toLowerCase()}${title.slice(1)}: ${meaning}`;
    lines.push(`${shown(text.slice(token.from, token.to))} ${markdownText(words)}`);
  }
  return lines;
}

const command = /^(?:cilium(?:-dbg)?|kubectl|hubble|ip|wg|ping) /;
const endOfCommand = /(?: for | and | shows | names | when | or |, |; |: | \()/;

/** A next step; a command in it is shown as code, with the numbers of the line where it asks for them. */
function checkText(check: string, line: MonitorLine): string {
  const value = lookupIn(line, []);
  const fill: Readonly<Record<string, string | undefined>> = {
    '<endpoint>': value('toEndpoint') ?? value('endpoint') ?? value('fromEndpoint'),
    '<id>': value('identity') ?? value('remoteIdentity') ?? value('srcIdentity') ?? value('vni'),
    '<remote ID>': value('remoteIdentity'),
    '<ip>': value('address'),
  };
  const filled = check.replace(/<[\w ]{1,20}>/g, (hole) => {
    const known = Object.hasOwn(fill, hole) ? fill[hole] : undefined;
    return known !== undefined && /^[\w.:-]{1,64}$/.test(known) ? known : hole;
  });
  if (!command.test(filled)) return markdownText(sentence(filled));
  const end = endOfCommand.exec(filled)?.index ?? filled.length;
  return `${markdownCode(filled.slice(0, end).replace(/\.$/, ''))}${markdownText(filled.slice(end))}`;
}
