/** What the values of a line are and mean, from the row that declares them. */
import { compileRow } from './recogniser.js';
import { fieldKinds, type FieldLookup } from './fieldKinds.js';
import { jsonKeys } from './jsonLine.js';
import { fieldOf, type MonitorLine, type Token } from './line.js';
import type { LineKind, VersionSpan } from './row.js';
import { dropReasonsOf, type DropReason } from './values/dropReasons.js';
import { addressWords } from './words/address.js';
import { identityWords } from './words/identity.js';

/** A value explained; all texts are plain. */
export interface Explained {
  readonly title: string;
  /** What such a value is. */
  readonly about?: string;
  /** What this one means. */
  readonly meaning?: string;
}

/** Looks a field up in the line, then in its companions. */
export function lookupIn(line: MonitorLine, companions: readonly MonitorLine[]): FieldLookup {
  return (name) => {
    for (const candidate of [line, ...companions]) {
      const value = fieldOf(candidate, name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** Explains a value. Companions are lines of the same packet, which can hold what the value alone does not say. */
export function explainToken(token: Token, line: MonitorLine, companions: readonly MonitorLine[]): Explained {
  if (token.kind === 'layer') {
    const field =
      line.layer && Object.hasOwn(line.layer.fields, token.field)
        ? line.layer.fields[token.field]
        : undefined;
    const meaning = field?.explain?.(token.text, (name) => fieldOf(line, name));
    return explained(field?.title ?? token.field, field?.about, meaning);
  }
  if (token.kind === 'json') {
    const key = Object.hasOwn(jsonKeys, token.field) ? jsonKeys[token.field] : undefined;
    return explained(key?.title ?? token.field, key?.about, jsonMeaning(token, line));
  }
  const kind = fieldKinds[token.kind];
  return explained(kind.title, kind.about, kind.explain?.(token.text, lookupIn(line, companions)));
}

function explained(title: string, about: string | undefined, meaning: string | undefined): Explained {
  return { title, ...(about === undefined ? {} : { about }), ...(meaning === undefined ? {} : { meaning }) };
}

function jsonMeaning(token: Token, line: MonitorLine): string | undefined {
  const isIdentity = token.field === 'old-id' || (token.field === 'id' && line.type?.startsWith('ipcache'));
  if (isIdentity === true) return identityWords(token.text);
  if (/host-ip$/.test(token.field)) return addressWords(token.text, undefined);
  if (/(?:Label|Identity)$/.test(token.field)) return identityWords(token.text);
  if (token.field === 'reason') return dropReasonsOf(token.text)[0]?.about;
  if (token.field === 'state') return fieldKinds.state.explain?.(token.text, () => undefined);
  return undefined;
}

/** The drop reasons that a line may name, the likeliest first. */
export function reasonsOf(line: MonitorLine): readonly DropReason[] {
  const code = fieldOf(line, 'code');
  const reason = fieldOf(line, 'reason');
  const byCode = code === undefined ? [] : dropReasonsOf(code);
  return byCode.length > 0 ? byCode : reason === undefined ? [] : dropReasonsOf(reason);
}

/** The versions that print this line as it is, by the wordings that it can be. Empty when it says nothing. */
export function versionsOf(line: MonitorLine, text: string): readonly VersionSpan[] {
  if (line.layer) return [line.layer];
  const { row, form } = line;
  if (!row) return [];
  const carrier = form?.carrier ?? row.carrier;
  const candidates = compileRow(row).filter((compiled) => compiled.carrier === carrier);
  if (candidates.length <= 1) return form ? [form] : row.forms;
  const message = messageText(line, text);
  const matches = candidates.flatMap((compiled) => {
    compiled.pattern.lastIndex = 0;
    const match = message.startsWith(compiled.template.begins) ? compiled.pattern.exec(message) : null;
    return match ? [{ form: compiled.form, values: match.slice(1).join('\n') }] : [];
  });
  // A loose wording of old versions can take a whole newer line for one value: it is another reading of the line.
  const alike = matches.filter(({ values }) => values === matches[0]?.values).map((match) => match.form);
  return alike.length > 0 ? alike : row.forms;
}

/** The text behind the carrier. */
function messageText(line: MonitorLine, text: string): string {
  const rest = text.slice(line.begins).trimEnd();
  return rest.replace(
    /^CPU\s{1,8}\d{1,5}:\s{1,8}(?:MARK\s.{1,80}?FROM\s{1,8}\d{1,10}\s{1,8}(?:DEBUG:\s{1,8})?)?/,
    '',
  );
}

/** What a kind of line is called in a heading. */
export const kindWords: Readonly<Record<LineKind, string>> = {
  debug: 'debug message',
  capture: 'capture',
  drop: 'drop',
  trace: 'trace',
  'policy-verdict': 'policy',
  l7: 'L7 record',
  agent: 'notification of the agent',
  'sock-trace': 'socket trace',
  recorder: 'recorder',
  lost: 'lost events',
  dissect: 'layer of the packet',
  'decode-error': 'note of the decoder',
  summary: 'connection',
  hexdump: 'hex dump',
  separator: 'separator',
  header: 'line of the tool',
  json: 'JSON event',
  blank: 'blank line',
  unknown: 'unknown line',
};

/** A meaning as a sentence of its own. */
export function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.:?…)]$/.test(upper) ? upper : `${upper}.`;
}
