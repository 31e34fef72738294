/** Exact edits of a ConfigMap's `data`: quotes, indentation, comments and line ends of the file stay as they are. */
import type { TextRange } from '../base/lines.js';
import type { CiliumConfig, ConfigEntry } from './config.js';
import { resolved } from './yaml/node.js';

/** `text` goes in place of `range`; an empty range inserts. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

/** Edits that belong together; `undefined` when the file is written in a way that cannot be edited safely. */
export type Edits = readonly TextEdit[] | undefined;

/** All edits of several steps, or none when one of them cannot be made. */
export function together(...steps: readonly Edits[]): Edits {
  const all: TextEdit[] = [];
  for (const step of steps) {
    if (step === undefined) return undefined;
    all.push(...step);
  }
  return all;
}

/** The text after some edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    result += text.slice(at, edit.range.start) + edit.text;
    at = edit.range.end;
  }
  return result + text.slice(at);
}

/** Whether two sets of edits want the same text, or insert where the other changes something. */
export function editsCollide(a: readonly TextEdit[], b: readonly TextEdit[]): boolean {
  return a.some((one) =>
    b.some((other) => {
      const inserts = one.range.start === one.range.end || other.range.start === other.range.end;
      return inserts
        ? one.range.start <= other.range.end && other.range.start <= one.range.end
        : one.range.start < other.range.end && other.range.start < one.range.end;
    }),
  );
}

function quoted(value: string, style: string): string {
  if (style === 'single' && !/[\n\r]/.test(value)) return `'${value.replace(/'/g, "''")}'`;
  return JSON.stringify(value);
}

/** Start of the line that holds `at`. */
function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** End of the line that holds `at`, before its line break. */
function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

/** The line break behind the line from `start` to `end`; in the last line of a text the one before it. */
function lineBreakNear(text: string, start: number, end: number): '\r\n' | '\n' {
  return text.charAt(end) === '\r' || (end === text.length && text.charAt(start - 2) === '\r')
    ? '\r\n'
    : '\n';
}

/** Makes edits of one ConfigMap; every method gives `undefined` where the file forbids a safe edit. */
export class ConfigEditor {
  constructor(private readonly config: CiliumConfig) {}

  private entry(key: string): ConfigEntry | undefined {
    const entry = this.config.byKey.get(key);
    return entry?.borrowed === false ? entry : undefined;
  }

  private isFlow(): boolean {
    return this.config.data?.style === 'flow';
  }

  /** Only blanks stand before the key on its line, and it is not in an explicit `? key` form. */
  private standsAlone(entry: ConfigEntry): boolean {
    const { text } = this.config;
    const start = lineStart(text, entry.keyNode.range.start);
    return /^[ ]*$/.test(text.slice(start, entry.keyNode.range.start));
  }

  /** Writes a value in the style of the one that stands there; plain values get quotes where they need them. */
  setValue(entry: ConfigEntry, value: string): Edits {
    const node = entry.valueNode;
    if (entry.borrowed || node.type === 'alias') return undefined;
    const { text } = this.config;
    if (node.type !== 'scalar') return [{ range: node.range, text: quoted(value, 'double') }];
    if (node.range.start === node.range.end) {
      const space = text[node.range.start - 1] === ':' ? ' ' : '';
      return [{ range: node.range, text: space + quoted(value, 'double') }];
    }
    const plainIsSafe = node.style === 'plain' && node.kind === 'string' && /^[a-z][a-z-]{3,}$/.test(value);
    const isWord = plainIsSafe && !['true', 'false', 'null'].includes(value);
    return [{ range: node.range, text: isWord ? value : quoted(value, node.style) }];
  }

  /** Gives a key a value: changes it where it stands, else adds it behind `near` (or behind the last pair). */
  set(key: string, value: string, near?: string): Edits {
    const existing = this.config.byKey.get(key);
    if (existing !== undefined) return this.setValue(existing, value);
    const after = (near === undefined ? undefined : this.entry(near)) ?? this.lastWritten();
    return after === undefined ? undefined : this.insertAfter(after, key, value);
  }

  private lastWritten(): ConfigEntry | undefined {
    return this.config.entries.filter((entry) => !entry.borrowed).at(-1);
  }

  /** A new pair behind another, with its indentation and its way of quoting. */
  insertAfter(after: ConfigEntry, key: string, value: string): Edits {
    if (after.borrowed || this.config.data === undefined) return undefined;
    const { text } = this.config;
    const node = resolved(after.valueNode);
    const valueStyle = node?.type === 'scalar' ? node.style : 'double';
    const keyStyle = after.keyNode.style;
    const keyText = keyStyle === 'plain' ? key : quoted(key, keyStyle);
    const pair = `${keyText}: ${quoted(value, valueStyle)}`;
    const end = after.valueNode.range.end;
    if (this.isFlow()) return [{ range: { start: end, end }, text: `, ${pair}` }];
    if (!this.standsAlone(after)) return undefined;
    const start = lineStart(text, after.keyNode.range.start);
    const indent = text.slice(start, after.keyNode.range.start);
    const at = lineEnd(text, end);
    const lineBreak = lineBreakNear(text, start, at);
    return [{ range: { start: at, end: at }, text: `${lineBreak}${indent}${pair}` }];
  }

  /** Takes a pair out: its whole lines with the comment behind it; comments above stay, they may speak of others. */
  remove(entry: ConfigEntry): Edits {
    if (entry.borrowed || this.config.data === undefined) return undefined;
    const { text } = this.config;
    if (this.isFlow()) return this.removeFromFlow(entry);
    if (!this.standsAlone(entry)) return undefined;
    const start = lineStart(text, entry.keyNode.range.start);
    const newline = text.indexOf('\n', lineEnd(text, entry.valueNode.range.end));
    const end = newline < 0 ? text.length : newline + 1;
    return [{ range: { start, end }, text: '' }];
  }

  private removeFromFlow(entry: ConfigEntry): Edits {
    const { text } = this.config;
    const { start } = entry.keyNode.range;
    const { end } = entry.valueNode.range;
    const after = /^\s*,\s*/.exec(text.slice(end, end + 200));
    if (after !== null) return [{ range: { start, end: end + after[0].length }, text: '' }];
    const before = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start));
    return [{ range: { start: start - (before?.[0].length ?? 0), end }, text: '' }];
  }

  /** Takes a key out when it is there. */
  removeKey(key: string): Edits {
    const entry = this.config.byKey.get(key);
    return entry === undefined ? [] : this.remove(entry);
  }

  /** Another name for a pair; the value stays. */
  rename(entry: ConfigEntry, key: string): Edits {
    if (entry.borrowed) return undefined;
    const { keyNode } = entry;
    return [{ range: keyNode.range, text: keyNode.style === 'plain' ? key : quoted(key, keyNode.style) }];
  }
}
