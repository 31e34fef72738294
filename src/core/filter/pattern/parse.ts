/**
 * Reads a pattern of `matches`: the syntax of PCRE2 (as Wireshark uses it: over bytes, letters of either case alike),
 * without what cannot be matched in one pass over the bytes. That is refused with the reason, never tried.
 */
import {
  anyButNewline,
  anyByte,
  caseless,
  letterClasses,
  namedClasses,
  setOf,
  single,
  without,
} from './byteSets.js';
import type { ByteSet, PatternMistake, PatternNode } from './node.js';

/** Brackets inside each other. */
const deepest = 50;
/** The most that a counted repetition may say. */
const mostTimes = 1000;

/** Settings that `(?i)` and its like change, up to the end of the group. */
interface Flags {
  readonly caseless: boolean;
  readonly dotAll: boolean;
  readonly lines: boolean;
  readonly extended: boolean;
}

/** What stops the parser: it never leaves this file. */
class Stop extends Error {
  constructor(readonly mistake: PatternMistake) {
    super(mistake.message);
  }
}

/** The pattern in `bytes`, or what is wrong with it. */
export function parsePattern(bytes: Uint8Array): PatternNode | PatternMistake {
  try {
    return new Parser(String.fromCharCode(...bytes)).whole();
  } catch (error) {
    if (error instanceof Stop) return error.mistake;
    throw error;
  }
}

const empty: PatternNode = { kind: 'sequence', parts: [] };
/** Escapes of one byte. */
const controls: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };
/** Groups that look around, remember or forbid going back. */
const refusedGroups: readonly { readonly begins: string; readonly what: string }[] = [
  { begins: '(?=', what: 'look-ahead' },
  { begins: '(?!', what: 'look-ahead' },
  { begins: '(?<=', what: 'look-behind' },
  { begins: '(?<!', what: 'look-behind' },
  { begins: '(?>', what: 'an atomic group' },
  { begins: '(?(', what: 'a conditional group' },
  { begins: '(?|', what: 'a branch reset group' },
  { begins: '(?R', what: 'recursion' },
  { begins: '(?P>', what: 'recursion' },
  { begins: '(?&', what: 'recursion' },
  { begins: '(?P=', what: 'a back reference' },
  { begins: '(?C', what: 'a callout' },
  { begins: '(*', what: 'a verb' },
];

class Parser {
  private at = 0;
  private depth = 0;
  private flags: Flags = { caseless: true, dotAll: false, lines: false, extended: false };

  constructor(private readonly text: string) {}

  whole(): PatternNode {
    const node = this.choice();
    if (this.at < this.text.length) this.fail('a ) closes nothing: a bracket itself is written \\)', this.at);
    return node;
  }

  private fail(message: string, at: number): never {
    throw new Stop({ message, at });
  }

  private refuse(what: string, at: number): never {
    this.fail(`${what} is not supported: it can take forever on some packets`, at);
  }

  private get next(): string {
    return this.text.charAt(this.at);
  }

  private take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** What a pattern that is tried at the place matches, if it does; the place is behind it then. */
  private takeMatch(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private choice(): PatternNode {
    if (++this.depth > deepest) this.fail('too many brackets inside each other', this.at);
    const before = this.flags;
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    this.flags = before;
    this.depth--;
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'choice', parts };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.text.length && this.next !== '|' && this.next !== ')') {
      const part = this.item();
      if (part) parts.push(part);
    }
    return { kind: 'sequence', parts };
  }

  private item(): PatternNode | undefined {
    if (this.flags.extended && this.takeMatch(/[ \t\n\v\f\r]+|#[^\n]*/y) !== undefined) return undefined;
    if (this.takeMatch(/\\E/y) !== undefined || this.takeMatch(/\(\?#[^)]*\)/y) !== undefined)
      return undefined;
    if (this.take('\\Q')) return this.literal();
    const start = this.at;
    const part = this.atom();
    if (!part) return undefined;
    return this.repeated(part, start);
  }

  /** Everything up to `\E` as it stands. */
  private literal(): PatternNode | undefined {
    const end = this.text.indexOf('\\E', this.at);
    const text = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + 2;
    const parts: PatternNode[] = Array.from(text, (one) => this.bytes(single(one.charCodeAt(0))));
    const last = parts.pop();
    // A quantifier behind it counts the last character alone.
    return last && { kind: 'sequence', parts: [...parts, this.repeated(last, this.at)] };
  }

  private repeated(part: PatternNode, start: number): PatternNode {
    let node = part;
    for (let count = 0; ; count++) {
      const at = this.at;
      const times = this.times();
      if (!times) return node;
      if (count > 0) this.fail('a quantifier follows a quantifier', at);
      if (part.kind === 'assert') this.fail('a quantifier follows what has no width', start);
      if (this.next === '+') this.refuse('a possessive quantifier', at);
      // Lazy or greedy finds the same packets.
      this.take('?');
      node = { kind: 'repeat', part, least: times.least, most: times.most };
    }
  }

  private times(): { readonly least: number; readonly most: number | undefined } | undefined {
    if (this.take('*')) return { least: 0, most: undefined };
    if (this.take('+')) return { least: 1, most: undefined };
    if (this.take('?')) return { least: 0, most: 1 };
    const at = this.at;
    const found = this.takeMatch(/\{\d+(?:,\d*)?\}/y);
    if (found === undefined) return undefined;
    const [least = '', most] = found.slice(1, -1).split(',');
    const times = {
      least: Number(least),
      most: most === undefined ? Number(least) : most === '' ? undefined : Number(most),
    };
    if (Math.max(times.least, times.most ?? 0) > mostTimes)
      this.fail(`a repetition may count up to ${mostTimes}`, at);
    if (times.most !== undefined && times.most < times.least) this.fail(`${found} ends before it begins`, at);
    return times;
  }

  private bytes(set: ByteSet): PatternNode {
    return { kind: 'bytes', set: this.flags.caseless ? caseless(set) : set };
  }

  private atom(): PatternNode | undefined {
    const start = this.at;
    const one = this.next;
    switch (one) {
      case '(':
        return this.group();
      case '[':
        return this.bytes(this.bracketClass());
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        this.fail(`nothing stands before ${one} for it to repeat`, start);
    }
    this.at++;
    switch (one) {
      case '.':
        return { kind: 'bytes', set: this.flags.dotAll ? anyByte : anyButNewline };
      case '^':
        return { kind: 'assert', what: this.flags.lines ? 'lineStart' : 'start' };
      case '$':
        return { kind: 'assert', what: this.flags.lines ? 'lineEnd' : 'end' };
      default:
        return this.bytes(single(one.charCodeAt(0)));
    }
  }

  private group(): PatternNode | undefined {
    const start = this.at;
    const refused = refusedGroups.find(({ begins }) => this.text.startsWith(begins, start));
    if (refused) this.refuse(refused.what, start);
    if (this.takeMatch(/\(\?\d+\)|\(\?[+-]\d+\)/y) !== undefined) this.refuse('recursion', start);
    const settings = this.takeMatch(/\(\?\^?[imsxnJU]*(?:-[imsxnJU]*)?[:)]/y);
    const before = this.flags;
    if (settings !== undefined) {
      this.flags = withSettings(before, settings);
      if (settings.endsWith(')')) return undefined;
    } else if (this.takeMatch(/\(\?(?:P?<\w+>|'\w+')/y) === undefined) {
      this.at++;
      if (this.next === '?') this.fail('(? begins no group that is known', start);
    }
    const inside = this.choice();
    this.flags = before;
    if (!this.take(')')) this.fail('the closing ) is missing', start);
    return inside;
  }

  private escape(): PatternNode {
    const start = this.at;
    this.at++;
    const one = this.next;
    if (one === '') this.fail('a backslash ends the pattern', start);
    const set = this.classLetter();
    if (set) return this.bytes(set);
    switch (one) {
      case 'b':
      case 'B':
      case 'A':
      case 'Z':
      case 'z':
        this.at++;
        return { kind: 'assert', what: edges[one] };
      case 'R':
        this.at++;
        return lineBreak;
      case 'N':
        this.at++;
        return { kind: 'bytes', set: anyButNewline };
      case 'K':
        // Where a match is said to begin does not matter to whether there is one.
        this.at++;
        return empty;
    }
    if (/[1-9gk]/.test(one) && this.takeMatch(/[89]|[1-7](?![0-7])|[gk]/y) !== undefined)
      this.refuse('a back reference', start);
    return this.bytes(single(this.escapedByte(start)));
  }

  /** The set of `\d` and its like, when one stands here. */
  private classLetter(): ByteSet | undefined {
    const one = this.next;
    const set = Object.hasOwn(letterClasses, one.toLowerCase())
      ? letterClasses[one.toLowerCase()]
      : undefined;
    if (!set) return undefined;
    this.at++;
    return one === one.toLowerCase() ? set : without(set);
  }

  /** The byte that an escape names; the backslash is behind. */
  private escapedByte(start: number): number {
    const braced = this.takeMatch(/x\{[0-9a-fA-F]{1,6}\}|o\{[0-7]{1,7}\}/y);
    const plain = braced ?? this.takeMatch(/x[0-9a-fA-F]{0,2}|[0-7]{1,3}/y);
    if (plain !== undefined) {
      const digits = plain.replace(/[xo{}]/g, '');
      const value = digits === '' ? 0 : Number.parseInt(digits, plain.startsWith('x') ? 16 : 8);
      if (value > 255) this.fail('a pattern is matched with bytes, and this is more than one holds', start);
      return value;
    }
    const one = this.next;
    const control = this.takeMatch(/c[\x20-\x7e]/y);
    if (control !== undefined) return control.toUpperCase().charCodeAt(1) ^ 0x40;
    this.at++;
    const known = Object.hasOwn(controls, one) ? controls[one] : undefined;
    if (known !== undefined) return known;
    if (/[A-Za-z0-9]/.test(one))
      this.fail(
        one === 'p' || one === 'P'
          ? `\\${one} is not supported: write the characters, such as [a-z]`
          : `\\${one} means nothing: a backslash itself is written \\\\`,
        start,
      );
    return one.charCodeAt(0);
  }

  /** `[…]`, with ranges, escapes, and names such as `[:alpha:]`. */
  private bracketClass(): ByteSet {
    const start = this.at;
    this.at++;
    const negated = this.take('^');
    let set = setOf(() => false);
    const add = (more: ByteSet): void => {
      set = set.map((mark, byte) => mark | (more[byte] ?? 0));
    };
    for (let first = true; first || this.next !== ']'; first = false) {
      if (this.at >= this.text.length) this.fail('the closing ] is missing', start);
      const at = this.at;
      const low = this.classPart();
      if (low === undefined) continue;
      if (typeof low !== 'number') {
        add(low);
        continue;
      }
      if (this.next !== '-' || this.text.charAt(this.at + 1) === ']' || this.at + 1 >= this.text.length) {
        add(single(low));
        continue;
      }
      this.at++;
      const high = this.classPart();
      if (typeof high !== 'number') this.fail('a range in [ ] ends with no single character', at);
      if (high < low) this.fail('a range in [ ] ends before it begins', at);
      add(setOf((byte) => byte >= low && byte <= high));
    }
    this.at++;
    // Letters of either case are alike before the rest is taken.
    if (this.flags.caseless) set = caseless(set);
    return negated ? without(set) : set;
  }

  /** One byte or one class within `[…]`; undefined for what adds nothing. */
  private classPart(): number | ByteSet | undefined {
    const start = this.at;
    const named = this.takeMatch(/\[:\^?[a-z]+:\]/y);
    if (named !== undefined) {
      const name = named.replace(/[[\]:^]/g, '');
      const set = Object.hasOwn(namedClasses, name) ? namedClasses[name] : undefined;
      if (!set) this.fail(`there is no class ${named}`, start);
      return named.includes('^') ? without(set) : set;
    }
    if (this.next !== '\\') {
      this.at++;
      return this.text.charCodeAt(start);
    }
    this.at++;
    if (this.take('E')) return undefined;
    if (this.take('b')) return 8;
    if (this.at >= this.text.length) this.fail('the closing ] is missing', start);
    return this.classLetter() ?? this.escapedByte(start);
  }
}

const edges = { b: 'wordEdge', B: 'noWordEdge', A: 'start', Z: 'end', z: 'last' } as const;

/** `\R`: a line break of any kind; one of two bytes is never taken for two. */
const lineBreak: PatternNode = {
  kind: 'choice',
  parts: [
    {
      kind: 'sequence',
      parts: [
        { kind: 'bytes', set: single(13) },
        { kind: 'bytes', set: single(10) },
      ],
    },
    { kind: 'bytes', set: setOf((byte) => (byte >= 10 && byte <= 12) || byte === 0x85) },
    {
      kind: 'sequence',
      parts: [
        { kind: 'bytes', set: single(13) },
        { kind: 'assert', what: 'noNewline' },
      ],
    },
  ],
};

function withSettings(flags: Flags, text: string): Flags {
  const [on = '', off = ''] = text.slice(2, -1).split('-');
  const start = on.startsWith('^')
    ? { caseless: false, dotAll: false, lines: false, extended: false }
    : flags;
  const set = (letter: string, before: boolean): boolean =>
    off.includes(letter) ? false : on.includes(letter) || before;
  return {
    caseless: set('i', start.caseless),
    dotAll: set('s', start.dotAll),
    lines: set('m', start.lines),
    extended: set('x', start.extended),
  };
}
