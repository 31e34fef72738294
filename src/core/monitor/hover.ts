/**
 * What a person reads when the pointer rests on a line of a log: first the value under it, then the line.
 * All texts of the log are escaped; no hover has more than `longestHover` lines.
 */
import { companionsOf, packetOf, readAmong, type Neighbours } from './companions.js';
import { explainToken, kindWords, reasonsOf, sentence, versionsOf } from './explain.js';
import { jsonTypes } from './jsonLine.js';
import type { MonitorLine, Token } from './line.js';
import { markdown, reworded, type Markup } from './markup.js';
import { nextSteps } from './nextSteps.js';
import { parseLine } from './parse.js';
import { isBeforeRename, versionsText } from './row.js';
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
function shown(markup: Markup, value: string): string {
  const flat = value.slice(0, longestValue).replaceAll('\t', ' ').replace(controls, '\ufffd');
  return markup.code(value.length > longestValue ? `${flat}…` : flat);
}

/**
 * The hover at an offset of a line, or undefined where there is nothing to say (blank and unknown lines).
 * Neighbours help where they are at hand; the row and the line alone are enough.
 */
export function hoverAt(text: string, offset: number, neighbours?: Neighbours): MonitorHover | undefined {
  const line = parseLine(text);
  if (line.kind === 'blank' || line.kind === 'unknown') return undefined;
  const around = neighbours ? readAmong(text, neighbours) : [];
  const companions = companionsOf(around, neighbours?.before.length ?? 0);
  const token = tokenAt(line, offset);
  const isOld = isOfOldTool(line) || around.some((each) => isOfOldTool(each.line));
  const markup = isOld ? wordedForOldTool(markdown) : markdown;
  const about = token ? tokenLines(markup, token, line, companions) : [];
  const rest = lineLines(markup, line, text, companions, token).slice(0, longestHover - about.length);
  return {
    start: token?.from ?? line.begins,
    end: token?.to ?? text.trimEnd().length,
    ...(about.length > 0 ? { token: markdown.lines(about) } : {}),
    line: markdown.lines(rest),
  };
}

/**
 * The hover of a whole line, as `monitor --explain` prints it; empty for blank and unknown lines. For logs with lines
 * of the {@link isOfOldTool old tool} the markup should be {@link wordedForOldTool}.
 */
export function lineHover(
  line: MonitorLine,
  text: string,
  companions: readonly MonitorLine[],
  markup: Markup,
): string {
  if (line.kind === 'blank' || line.kind === 'unknown') return '';
  return markup.lines(lineLines(markup, line, text, companions).slice(0, longestHover));
}

/** Whether only versions print this line whose tool is called cilium: then all of its log is of such a version. */
export function isOfOldTool(line: MonitorLine): boolean {
  return line.form !== undefined && isBeforeRename(line.form);
}

/** The same markup with the tool's name of those versions in our advice. */
export function wordedForOldTool(markup: Markup): Markup {
  return reworded(markup, (words) => words.replaceAll('cilium-dbg', 'cilium'));
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

function tokenLines(
  markup: Markup,
  token: Token,
  line: MonitorLine,
  companions: readonly MonitorLine[],
): string[] {
  const { title, about, meaning } = explainToken(token, line, companions);
  const value = token.text === '' ? '' : ` ${shown(markup, token.text)}`;
  const lines = [`**${markup.text(title)}**${value}`];
  if (meaning !== undefined) lines.push(markup.text(sentence(meaning)));
  if (about !== undefined) lines.push(markup.text(about));
  return lines;
}

/** `told` is a value that the hover has spoken of already. */
function lineLines(
  markup: Markup,
  line: MonitorLine,
  text: string,
  companions: readonly MonitorLine[],
  told?: Token,
): string[] {
  const lines = [headingOf(markup, line, text)];
  const story = storyOf(markup, line, companions);
  const saidBefore = told && explainToken(told, line, companions).meaning;
  if (saidBefore === undefined || story !== markup.text(sentence(saidBefore))) lines.push(story);
  const packet = packetOf([line, ...companions]);
  if (packet && line.kind !== 'dissect' && line.type !== 'ct-lookup-tuple') {
    const named = packet.what.replace(
      /^protocol (\d+)$/,
      (_, number: string) => protocolName(Number(number)) ?? '',
    );
    const what = named === '' ? '' : `, ${markup.text(named)}`;
    lines.push(`This packet: ${shown(markup, packet.source)} → ${shown(markup, packet.destination)}${what}`);
  }
  const reason = reasonsOf(line)[0];
  const values = valueLines(markup, line, text, companions, told, story);
  // Of a drop people want to know why and what to do, so that comes before most of the values.
  const first = reason ? Number(line.tokens.some((token) => token.kind === 'extError' && token !== told)) : 4;
  lines.push(...values.slice(0, first));
  if (reason && reason.causes.length > 0)
    lines.push(`Usual causes: ${markup.text(reason.causes.slice(0, 3).join('; '))}.`);
  lines.push(...nextSteps(markup, [line, ...companions], reason).map((step) => `Next: ${step}`));
  const link = reason?.link ?? line.row?.link;
  if (link !== undefined) lines.push(markup.link('Cilium documentation', link));
  if (reason) lines.push(...values.slice(first, first + 3));
  return lines;
}

function headingOf(markup: Markup, line: MonitorLine, text: string): string {
  const heading = line.row?.heading ?? line.row?.title ?? line.layer?.title ?? kindWords[line.kind];
  const filled = filledIn(markup, heading, line, []) ?? markup.text(line.row?.title ?? heading);
  const versions = versionsText(versionsOf(line, text));
  const kind = kindWords[line.kind];
  const parts = [markup.strong(filled), ...(heading === kind ? [] : [markup.text(kind)])];
  if ((line.kind === 'trace' || line.kind === 'json') && line.type !== undefined)
    parts.push(shown(markup, line.type));
  if (versions !== '') parts.push(markup.text(versions));
  return parts.join(' · ');
}

function storyOf(markup: Markup, line: MonitorLine, companions: readonly MonitorLine[]): string {
  const stories = line.row?.story ?? (line.layer?.story === undefined ? [] : [line.layer.story]);
  for (const story of stories) {
    const filled = filledIn(markup, story, line, companions);
    if (filled !== undefined) return filled;
  }
  if (line.kind === 'json') {
    const reason = reasonsOf(line)[0];
    return markup.text(reason?.about ?? jsonTypes[line.type ?? ''] ?? '');
  }
  return markup.text(line.row?.about ?? line.layer?.about ?? 'A layer that the tool could not name.');
}

/** A text with `{field}` and `{=field}` filled in, as Markdown; undefined when a value is missing. */
function filledIn(
  markup: Markup,
  template: string,
  line: MonitorLine,
  companions: readonly MonitorLine[],
): string | undefined {
  const parts = template.split(/\{(=?\w+)\}/);
  const filled = parts.map((part, i) => {
    if (i % 2 === 0) return markup.text(part);
    const name = part.replace('=', '');
    const token = line.tokens.find(({ field }) => field === name);
    if (!token || token.text === '' || (token.kind === 'interface' && token.text === '0')) return undefined;
    if (!part.startsWith('=')) return shown(markup, token.text);
    const meaning = explainToken(token, line, companions).meaning;
    return meaning === undefined ? undefined : markup.text(sentence(meaning));
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
  ...[
    'bytes',
    'captured',
    'flow',
    'direction',
    'observed',
    'interface',
    'origIp',
    'verdict',
    'reason',
    'source',
    'destination',
  ],
]);

/** The error that a drop carries tells most; endpoint ids are known to whoever asked for them. */
function rank(token: Token): number {
  if (token.kind === 'extError') return 0;
  return token.kind === 'endpoint' ? 2 : 1;
}

function valueLines(
  markup: Markup,
  line: MonitorLine,
  text: string,
  companions: readonly MonitorLine[],
  told: Token | undefined,
  story: string,
): string[] {
  const lines: string[] = [];
  const meanings = new Set<string>();
  for (const token of [...line.tokens].sort((a, b) => rank(a) - rank(b))) {
    if (quiet.has(token.field) || token.inCarrier || token === told || token.text.length > 60) continue;
    const { title, meaning } = explainToken(token, line, companions);
    if (meaning === undefined || meaning.length > 300 || meaning === 'not set.' || meanings.has(meaning))
      continue;
    meanings.add(meaning);
    if (story.includes(markup.text(sentence(meaning)))) continue;
    const isLabelled = token.from < token.start || token.to > token.end;
    const words =
      isLabelled || title.toLowerCase() === token.text
        ? meaning
        : `${title.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())}: ${meaning}`;
    lines.push(markup.pair(shown(markup, text.slice(token.from, token.to)), markup.text(words)));
  }
  return lines;
}
