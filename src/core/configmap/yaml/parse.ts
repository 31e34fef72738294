/** Reads one YAML document into nodes with places. Never throws: what cannot be read is a problem with a place. */
import {
  EVENT_ID,
  NOT_RESOLVED,
  SCALAR_STYLE,
  YAMLException,
  boolYaml11Tag,
  COLLECTION_STYLE,
  floatCoreTag,
  floatYaml11Tag,
  getScalarValue,
  intYaml11Tag,
  nullYaml11Tag,
  parseEvents,
} from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import type { TextRange } from '../../base/lines.js';
import { grouped } from '../../base/words.js';
import type { MappingEntry, ScalarKind, ScalarNode, YamlNode } from './node.js';

/** Why a document could not be read, in words of our own, and where. */
export interface YamlProblem {
  readonly kind: 'syntax' | 'tab' | 'too-large' | 'too-deep';
  readonly message: string;
  readonly at: number;
}

export interface YamlDocument {
  readonly range: TextRange;
  /** Absent when the document is empty or could not be read; there beside a problem that could be stepped over. */
  readonly root?: YamlNode;
  readonly problem?: YamlProblem;
  /** The root holds only what stands before the line that could not be read. */
  readonly isPartial?: true;
}

/** Collections inside collections that are followed; real manifests have about ten. */
const deepest = 64;

const kinds: readonly (readonly [ScalarKind, (text: string) => boolean])[] = [
  ['null', (text) => nullYaml11Tag.resolve(text, false, '') !== NOT_RESOLVED],
  ['boolean', (text) => boolYaml11Tag.resolve(text, false, '') !== NOT_RESOLVED],
  [
    'number',
    // Base 60 (`1:30`) is a number in YAML 1.1 only on paper: kubectl reads a string.
    (text) =>
      !text.includes(':') &&
      [intYaml11Tag, floatYaml11Tag, floatCoreTag].some(
        (tag) => tag.resolve(text, false, '') !== NOT_RESOLVED,
      ),
  ],
];

function kindOf(text: string, style: ScalarNode['style'], tag: string): ScalarKind {
  if (tag === '!' || tag === '!!str' || tag === '!<tag:yaml.org,2002:str>') return 'string';
  if (tag === '!!int' || tag === '!!float') return 'number';
  if (tag === '!!bool') return 'boolean';
  if (tag === '!!null') return 'null';
  if (tag !== '') return 'other';
  if (style !== 'plain') return 'string';
  // Longer texts are no number, and the tests for numbers need not look at them.
  if (text.length > 100) return 'string';
  return kinds.find(([, is]) => is(text))?.[0] ?? 'string';
}

function styleOf(event: ScalarEvent): ScalarNode['style'] {
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      return 'plain';
    case SCALAR_STYLE.SINGLE_QUOTED:
      return 'single';
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return 'double';
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return 'block';
  }
}

/** Turns the flat events of the parser into nodes; `shift` is where the document begins in the whole text. */
class TreeBuilder {
  private at = 0;
  private readonly anchors = new Map<string, YamlNode>();
  /** End of the last thing that was read, in the document. */
  private end = 0;

  constructor(
    private readonly source: string,
    private readonly events: readonly Event[],
    private readonly shift: number,
  ) {}

  build(): YamlNode | undefined {
    if (this.events[0]?.type !== EVENT_ID.DOCUMENT) return undefined;
    this.at = 1;
    return this.node();
  }

  private range(start: number, end: number): TextRange {
    return { start: start + this.shift, end: end + this.shift };
  }

  private node(): YamlNode | undefined {
    const event = this.events[this.at];
    if (event === undefined) return undefined;
    this.at++;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.anchored(event, this.scalar(event));
      case EVENT_ID.MAPPING: {
        const start = this.leftOf(event.start, event);
        const entries: MappingEntry[] = [];
        this.end = Math.max(this.end, event.start);
        while (this.events[this.at] !== undefined && this.events[this.at]?.type !== EVENT_ID.POP) {
          const key = this.node();
          if (key === undefined) break;
          this.skipColon();
          const value = this.node();
          if (value === undefined) break;
          entries.push({ key, value });
        }
        this.at++;
        const style = event.style === COLLECTION_STYLE.FLOW ? 'flow' : 'block';
        // A pair inside a flow sequence (`[a: b]`) is a mapping without brackets.
        if (this.source[event.start] === '{') this.closeFlow('}');
        const node = { type: 'mapping', range: this.range(start, this.end), style, entries } as const;
        return this.anchored(event, node);
      }
      case EVENT_ID.SEQUENCE: {
        const items: YamlNode[] = [];
        this.end = Math.max(this.end, event.start);
        while (this.events[this.at] !== undefined && this.events[this.at]?.type !== EVENT_ID.POP) {
          const item = this.node();
          if (item === undefined) break;
          items.push(item);
        }
        this.at++;
        if (event.style === COLLECTION_STYLE.FLOW) this.closeFlow(']');
        return this.anchored(event, { type: 'sequence', range: this.range(event.start, this.end), items });
      }
      case EVENT_ID.ALIAS: {
        const name = this.source.slice(event.anchorStart, event.anchorEnd);
        this.end = event.anchorEnd;
        const range = this.range(event.anchorStart - 1, event.anchorEnd);
        return { type: 'alias', range, name, target: this.anchors.get(name) };
      }
      case EVENT_ID.DOCUMENT:
      case EVENT_ID.POP:
        return undefined;
    }
  }

  /** The parser gives no place for the start of a block mapping but its first key, which may have no property. */
  private leftOf(start: number, event: { tagStart: number; anchorStart: number }): number {
    const places = [start, event.tagStart, event.anchorStart - 1].filter((place) => place >= 0);
    return Math.min(...places);
  }

  private anchored<T extends YamlNode>(event: { anchorStart: number; anchorEnd: number }, node: T): T {
    if (event.anchorStart >= 0) this.anchors.set(this.source.slice(event.anchorStart, event.anchorEnd), node);
    return node;
  }

  /** Moves behind the colon after a key, so that an empty value has a place. */
  private skipColon(): void {
    const colon = /^[ \t]*(?:[\r\n][\s]*)?:/.exec(this.source.slice(this.end, this.end + 200));
    if (colon !== null) this.end += colon[0].length;
  }

  /** Moves behind the bracket that closes a flow collection; only blanks, commas and comments stand before it. */
  private closeFlow(bracket: string): void {
    let at = this.end;
    while (at < this.source.length && this.source[at] !== bracket) {
      if (this.source[at] === '#') {
        const newline = this.source.indexOf('\n', at);
        if (newline < 0) return;
        at = newline;
      }
      at++;
    }
    this.end = Math.min(at + 1, this.source.length);
  }

  private scalar(event: ScalarEvent): ScalarNode {
    const style = styleOf(event);
    const value = getScalarValue(this.source, event);
    const tag = event.tagStart < 0 ? '' : this.source.slice(event.tagStart, event.tagEnd);
    const kind = kindOf(value, style, tag);
    if (event.valueStart < 0) {
      const at = Math.max(this.end, event.tagEnd, event.anchorEnd);
      const range = this.range(at, at);
      this.end = at;
      return { type: 'scalar', range, inner: range, value, style, kind };
    }
    const inner = this.range(event.valueStart, event.valueEnd);
    let start = event.valueStart;
    let end = event.valueEnd;
    if (style === 'single' || style === 'double') {
      start--;
      end++;
    } else if (style === 'block') {
      // Between what was read before and the first line stand only properties, the header and a comment.
      const header = this.source.slice(this.end, start).search(/[|>]/);
      if (header >= 0) start = this.end + header;
      while (end > event.valueStart && /\s/.test(this.source.charAt(end - 1))) end--;
      end = Math.max(end, start + 1);
    }
    this.end = end;
    return { type: 'scalar', range: this.range(start, end), inner, value, style, kind };
  }
}

/** The parser's reasons in words that say what to do; reasons not listed here are plain enough. */
const reasons: readonly (readonly [RegExp, YamlProblem['kind'], string])[] = [
  [/^tab characters/, 'tab', 'A tab stands in the indentation. YAML allows only spaces there.'],
  [/^nesting exceeded/, 'too-deep', 'Lists and mappings are nested too deeply to be read.'],
  [/within a (single|double) quoted/, 'syntax', 'A quote is opened and not closed.'],
  [/within a flow collection/, 'syntax', 'A bracket is opened and not closed.'],
  [/missed comma/, 'syntax', 'A comma is missing between two entries.'],
  [
    /^deficient indentation/,
    'syntax',
    'A quote or bracket that is opened above is not closed before this line.',
  ],
  [/^bad indentation/, 'syntax', 'The indentation fits no entry above, or a quote or colon is missing.'],
  [/multiline key|expected ':'/, 'syntax', 'A colon is missing after the key.'],
  [/end of the stream or a document/, 'syntax', 'The document should end here, but more text follows.'],
];

function problemOf(error: unknown, shift: number): YamlProblem {
  if (!(error instanceof YAMLException)) {
    return { kind: 'too-deep', message: 'This document is too deeply nested to be read.', at: shift };
  }
  const at = shift + (error.mark?.position ?? 0);
  const known = reasons.find(([pattern]) => pattern.test(error.reason));
  if (known !== undefined) return { kind: known[1], message: known[2], at };
  return { kind: 'syntax', message: `This is not YAML: ${error.reason.slice(0, 200)}.`, at };
}

/** Most lines that are joined in one document, and the text that may be read anew for it, in UTF-16 units. */
const mostJoins = 200;
const mostReread = 20_000_000;

/**
 * The source with the line that a parser stumbled over joined to the one before, in as many characters. YAML wants
 * text in quotes and brackets indented, but the reader in kubectl does not care, so neither do we.
 */
function joinLine(source: string, at: number): string | undefined {
  const end = source.lastIndexOf('\n', at);
  const start = source.lastIndexOf('\n', end - 1) + 1;
  if (end < 0 || source.slice(start, end).includes('#')) return undefined;
  const isCrlf = source[end - 1] === '\r';
  return source.slice(0, isCrlf ? end - 1 : end) + (isCrlf ? '  ' : ' ') + source.slice(end + 1);
}

/** The events of a source; throws what the parser throws. */
function eventsOf(source: string): { source: string; events: Event[] } {
  let readable = source;
  let first: unknown;
  const most = Math.min(mostJoins, Math.ceil(mostReread / (source.length + 1)));
  for (let joins = 0; joins <= most; joins++) {
    try {
      return { source: readable, events: parseEvents(readable, { maxDepth: deepest }) };
    } catch (error) {
      first ??= error;
      const isIndentation = error instanceof YAMLException && error.reason === 'deficient indentation';
      const joined = isIndentation ? joinLine(readable, error.mark?.position ?? 0) : undefined;
      if (joined === undefined) break;
      readable = joined;
    }
  }
  throw first;
}

/** What YAML does not allow anywhere in a text, as the parser sees it. */
const forbidden =
  /[\0-\x08\v\f\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** What to say of characters that YAML does not allow; nothing when there are none. */
function forbiddenIn(source: string, shift: number): YamlProblem | undefined {
  let first: RegExpExecArray | undefined;
  let count = 0;
  for (const match of source.matchAll(forbidden)) {
    first ??= match;
    count++;
  }
  if (first === undefined) return undefined;
  const code = first[0].charCodeAt(0);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const what = code === 0 ? `A zero byte (${name})` : `The control character ${name}`;
  const more = count === 1 ? '' : ` There ${count === 2 ? 'is one' : `are ${grouped(count - 1)}`} more.`;
  return {
    kind: 'syntax',
    message: `${what} stands here, which YAML does not allow; Kubernetes refuses the file. It is read as a blank.${more}`,
    at: shift + first.index,
  };
}

/** The root of a source; throws what the parser throws. */
function rootOf(text: string, shift: number): YamlNode | undefined {
  const { source, events } = eventsOf(text);
  return new TreeBuilder(source, events, shift).build();
}

/** Longer documents are not read in part: each try costs as much as reading them. In UTF-16 units. */
const longestInPart = 500_000;

/**
 * The root of the longest run of whole lines from the start that can be read. What cannot be read stays so however
 * much follows, so halving finds the place.
 */
function rootBefore(text: string, shift: number): YamlNode | undefined {
  if (text.length > longestInPart) return undefined;
  const lines: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  let root: YamlNode | undefined;
  let low = 0;
  let high = lines.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    try {
      root = rootOf(text.slice(0, lines[middle]), shift) ?? root;
      low = middle + 1;
    } catch {
      high = middle - 1;
    }
  }
  return root;
}

/** Reads the document that lies in `range` of `text`. */
export function parseDocument(text: string, range: TextRange): YamlDocument {
  const source = text.slice(range.start, range.end);
  const stray = forbiddenIn(source, range.start);
  const readable = stray === undefined ? source : source.replace(forbidden, ' ');
  try {
    const root = rootOf(readable, range.start);
    return {
      range,
      ...(root === undefined ? {} : { root }),
      ...(stray === undefined ? {} : { problem: stray }),
    };
  } catch (error) {
    // The parser reports by throwing; a stack that overflows in it lands here too.
    const problem = stray ?? problemOf(error, range.start);
    const root = problem.kind === 'too-deep' ? undefined : rootBefore(readable, range.start);
    return root === undefined ? { range, problem } : { range, problem, root, isPartial: true };
  }
}
