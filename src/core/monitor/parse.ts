/** Understands one line of a monitor log by itself. Never throws; what no row knows is `unknown`. */
import { cleanLine, type CleanLine } from './cleanLine.js';
import { dissectLine } from './dissectLine.js';
import type { FieldKindId } from './fieldKinds.js';
import { jsonLine, objectTokens } from './jsonLine.js';
import type { MonitorLine, Token } from './line.js';
import { connections, noConnection } from './messages/connection.js';
import { messages } from './messages/index.js';
import { prefixAt } from './prefix.js';
import { Recogniser, type Recognised } from './recogniser.js';
import type { MessageRow } from './row.js';
import { hostWords, splitHostPort } from './words/address.js';

const recogniser = new Recogniser(messages);
const connectionRecogniser = new Recogniser(connections);

/** More pieces of foreign tools than this do not stand in front of a line. */
export const mostPrefixes = 12;

const cpuCarrier = /CPU[ \t]{1,8}(\d{1,5}):[ \t]{1,8}/y;
const markCarrier =
  /MARK[ \t]{1,8}(0x[\da-fA-F]{1,16})(?:[ \t]{1,8}\[[ \t]IP-TRACE-ID = (\d{1,20})[ \t]\])?[ \t]{1,8}FROM[ \t]{1,8}(\d{1,10})[ \t]{1,8}/dy;
const debugCarrier = /DEBUG:[ \t]{1,8}/y;

type Understood = Pick<MonitorLine, 'kind' | 'tokens'> & Partial<MonitorLine>;

/**
 * The kind, type and values of a line. `given` is a line without its `\n`; of a very long one only the first 32 KiB
 * are looked at. Offsets of tokens are those of `given`.
 */
export function parseLine(given: string): MonitorLine {
  const clean = cleanLine(given);
  const { text } = clean;
  if (text.trimStart() === '') return { kind: 'blank', begins: clean.place(0), tokens: [] };
  const remark = remarkAtEnd.exec(text.slice(-longestRemark))?.[0].length ?? 0;
  return (
    known(text, clean) ??
    (remark > 0 ? known(text.slice(0, -remark), clean) : undefined) ?? {
      kind: 'unknown',
      begins: clean.place(0),
      tokens: [],
    }
  );
}

/** What people write behind a line when they show it to others: `… revnat=0   # here it is`. */
const remarkAtEnd = /[ \t]{1,64}(?:#|\/\/|<--|←)[^]*$/;
const longestRemark = 200;

/** A known line, with or without pieces of other tools in front. */
function known(text: string, clean: CleanLine): MonitorLine | undefined {
  let at = 0;
  let time: string | undefined;
  let origin: string | undefined;
  for (let i = 0; i <= mostPrefixes; i++) {
    const understood = understand(text, at, time === undefined && origin === undefined);
    if (understood) {
      return {
        ...understood,
        begins: clean.place(at),
        ...(time === undefined ? {} : { time }),
        ...(origin === undefined ? {} : { origin }),
        tokens: inGivenText(understood.tokens, clean),
      };
    }
    const prefix = prefixAt(text, at);
    if (!prefix || prefix.end >= text.length) break;
    at = prefix.end;
    time ??= prefix.time;
    origin ??= prefix.origin;
  }
  return undefined;
}

function inGivenText(tokens: readonly Token[], clean: CleanLine): readonly Token[] {
  if (tokens.length === 0 || clean.place(clean.text.length) === clean.text.length) return tokens;
  return tokens.map((token) => ({
    ...token,
    start: clean.place(token.start),
    end: clean.place(token.end - 1) + 1,
    from: clean.place(token.from),
    to: clean.place(token.to - 1) + 1,
  }));
}

/** Understands the text from `at` on as a whole line. `bare`: no other tool has put anything in front of it. */
function understand(text: string, at: number, bare: boolean): Understood | undefined {
  if (text.startsWith('CPU', at)) {
    const carried = withCarrier(text, at);
    if (carried) return carried;
  }
  const dissected = dissectLine(text, at);
  if (dissected) {
    const { layer, tokens } = dissected;
    return { kind: 'dissect', type: layer?.id ?? 'unknown-layer', ...(layer ? { layer } : {}), tokens };
  }
  const json = jsonLine(text, at);
  if (json) return { kind: 'json', type: json.type, tokens: json.tokens, ...jsonCarrier(json.tokens) };
  const found = recogniser.match('line', text, at);
  const line = found && lineOf(found, []);
  return line?.kind === 'summary' && !(bare && isBetweenAddresses(line.tokens)) ? undefined : line;
}

/** A connection that stands alone is believed only between addresses: `a -> b` is a common thing to write. */
function isBetweenAddresses(tokens: readonly Token[]): boolean {
  return ['source', 'destination'].every((side) => {
    const token = tokens.find(({ field }) => field === side);
    return token && (token.kind === 'mac' || hostWords(splitHostPort(token.text).host) !== undefined);
  });
}

function withCarrier(text: string, at: number): Understood | undefined {
  cpuCarrier.lastIndex = at;
  const cpu = cpuCarrier.exec(text);
  if (cpu?.[1] === undefined) return undefined;
  const cpuAt = at + cpu[0].indexOf(cpu[1], 3);
  const tokens = [carrierToken('cpu', 'cpu', cpu[1], cpuAt, at)];
  let behind = at + cpu[0].length;
  markCarrier.lastIndex = behind;
  const mark = markCarrier.exec(text);
  if (!mark) {
    const found = recogniser.match('cpu', text, behind);
    return found && { ...lineOf(found, tokens), cpu: Number(cpu[1]) };
  }
  const markFields = ['mark', 'traceId', 'reporter'] as const;
  const labels = ['MARK ', '', 'FROM '] as const;
  markFields.forEach((field, i) => {
    const value = mark[i + 1];
    const place = mark.indices?.[i + 1];
    if (value !== undefined && place)
      tokens.push(carrierToken(field, field, value, place[0], place[0] - (labels[i]?.length ?? 0)));
  });
  behind += mark[0].length;
  debugCarrier.lastIndex = behind;
  const debug = debugCarrier.exec(text);
  const found = debug
    ? recogniser.match('debug', text, behind + debug[0].length)
    : recogniser.match('mark', text, behind);
  if (!found) return undefined;
  return {
    ...lineOf(found, tokens),
    cpu: Number(cpu[1]),
    mark: parseInt(mark[1] ?? '', 16),
    endpoint: Number(mark[3]),
  };
}

function carrierToken(field: string, kind: FieldKindId, text: string, start: number, from: number): Token {
  const end = start + text.length;
  return { field, kind, text, start, end, from, to: end, inCarrier: kind !== 'traceId' };
}

function lineOf({ compiled, match }: Recognised, carrier: readonly Token[]): Understood {
  const { row, form, template } = compiled;
  const tokens = [...carrier];
  let connection: MessageRow | undefined;
  template.fields.forEach((field, i) => {
    const text = match[i + 1];
    const place = match.indices?.[i + 1];
    if (text === undefined || !place || (text === '' && field.kind !== 'quotedText')) return;
    const [start, end] = place;
    const from = start - field.labelBefore;
    const to = end + field.unitAfter;
    tokens.push({ field: field.name, kind: field.kind, text, start, end, from, to, inCarrier: false });
    // The agent's notifications are objects since Cilium 1.1.
    if (row.kind === 'agent') tokens.push(...objectTokens(match.input, start));
    if (field.kind === 'connection' || field.kind === 'knownConnection')
      connection = pushConnection(text, start, tokens, 0) ?? connection;
  });
  return {
    kind: row.kind,
    type: row.id,
    row,
    form,
    ...(connection ? { connection } : {}),
    ...namedByFields(row, tokens),
    tokens,
  };
}

/** Adds the values of a connection; returns its shape. `start` is its place in the line. */
function pushConnection(text: string, start: number, tokens: Token[], depth: number): MessageRow | undefined {
  if (Object.hasOwn(noConnection, text) || depth > 1) return undefined;
  const found = connectionRecogniser.match('line', text.trimEnd(), 0);
  if (!found) return undefined;
  const inner = lineOf(found, []);
  for (const token of inner.tokens)
    tokens.push({
      ...token,
      start: token.start + start,
      end: token.end + start,
      from: token.from + start,
      to: token.to + start,
    });
  return inner.connection ?? found.compiled.row;
}

const endpointFields = ['endpoint', 'toEndpoint', 'fromEndpoint'];

/** What summary lines say of hash and endpoint, in the words of their own fields. */
function namedByFields(
  row: MessageRow,
  tokens: readonly Token[],
): Pick<MonitorLine, 'mark' | 'endpoint' | 'cpu'> {
  const valueOf = (field: string): string | undefined => tokens.find((token) => token.field === field)?.text;
  const flow = valueOf('flow');
  const cpu = valueOf('cpu');
  const endpoint =
    row.kind === 'l7' ? undefined : endpointFields.map(valueOf).find((value) => value !== undefined);
  return {
    ...(cpu === undefined ? {} : { cpu: Number(cpu) }),
    ...(flow === undefined ? {} : { mark: parseInt(flow, 16) }),
    ...(endpoint === undefined ? {} : { endpoint: Number(endpoint) }),
  };
}

function jsonCarrier(tokens: readonly Token[]): Pick<MonitorLine, 'mark' | 'endpoint' | 'cpu'> {
  const valueOf = (field: string): string => tokens.find((token) => token.field === field)?.text ?? '';
  const cpu = /\d{1,5}/.exec(valueOf('cpu'))?.[0];
  const mark = /^0x[\da-f]{1,16}$/i.exec(valueOf('mark'))?.[0];
  const source = /^\d{1,10}$/.exec(valueOf('source'))?.[0];
  return {
    ...(cpu === undefined ? {} : { cpu: Number(cpu) }),
    ...(mark === undefined ? {} : { mark: parseInt(mark, 16) }),
    ...(source === undefined ? {} : { endpoint: Number(source) }),
  };
}
