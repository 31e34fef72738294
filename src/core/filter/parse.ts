/**
 * From tokens to the tree of a filter as it was written. Precedence as in Wireshark, loosest first: or, xor, and, not,
 * comparisons, `&`, `+ -`, `* / %`. Round brackets group conditions, curly ones group sums.
 */
import { rangesOf } from './ranges.js';
import { comparisonSigns, type ComparisonSign, type SyntaxNode, type Term, type WordTerm } from './syntax.js';
import { type Token, tokensOf } from './token.js';
import type { ArithmeticSign, FilterMistake, LayerRange, Span } from './typed.js';

/** Longer texts are refused: no person writes one, and everything behind may then count on it. */
export const longestFilter = 65_536;
/** Brackets, negations and sums inside each other. */
const deepest = 100;

/** What stops the parser: it never leaves this file. */
class Stop extends Error {
  constructor(readonly mistake: FilterMistake) {
    super(mistake.message);
  }
}

/** The tree of a filter text, or the first place that makes no sense. An empty text is a filter: all packets. */
export function parseFilter(text: string): SyntaxNode | FilterMistake {
  if (text.length > longestFilter)
    return { message: 'The filter is too long', start: longestFilter, end: text.length };
  try {
    return new Parser(text).filter();
  } catch (error) {
    if (error instanceof Stop) return error.mistake;
    throw error;
  }
}

/** Whether {@link parseFilter} found a mistake. */
export const isMistake = (parsed: SyntaxNode | FilterMistake): parsed is FilterMistake => !('kind' in parsed);

const over = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });

/** Levels of arithmetic, loosest first; all from left to right. */
const arithmeticLevels: readonly (readonly ArithmeticSign[])[] = [['&'], ['+', '-'], ['*', '/', '%']];
/** Levels of conditions, loosest first. */
const logicalLevels = [
  { sign: '||', kind: 'or' },
  { sign: '^^', kind: 'xor' },
  { sign: '&&', kind: 'and' },
] as const;

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  filter(): SyntaxNode {
    const [first] = this.tokens;
    if (first?.kind === 'end') return { kind: 'everything', start: 0, end: this.text.length };
    const node = this.condition(0);
    if (this.next.kind !== 'end') this.unexpected('and, or, or the end of the filter');
    return node;
  }

  private get next(): Token {
    const token = this.tokens[this.at] ?? this.tokens[this.tokens.length - 1];
    return token ?? { kind: 'end', text: '', start: 0, end: 0 };
  }

  private take(): Token {
    const token = this.next;
    this.at++;
    return token;
  }

  private isSign(text: string): boolean {
    return this.next.kind === 'sign' && this.next.text === text;
  }

  private takeSign(text: string): Token | undefined {
    return this.isSign(text) ? this.take() : undefined;
  }

  private fail(message: string, place: Span): never {
    throw new Stop({ message, start: place.start, end: place.end });
  }

  private unexpected(wanted: string): never {
    const { next } = this;
    if (next.kind === 'wrong') this.fail(next.text, next);
    if (next.kind === 'end') this.fail(`The filter ends where ${wanted} is expected`, next);
    this.fail(`'${this.text.slice(next.start, next.end)}' stands where ${wanted} is expected`, next);
  }

  private deeper<T>(work: () => T): T {
    if (++this.depth > deepest) this.fail('Too many brackets or negations inside each other', this.next);
    const result = work();
    this.depth--;
    return result;
  }

  // Conditions

  private condition(level: number): SyntaxNode {
    const operator = logicalLevels[level];
    if (!operator) return this.negation();
    const parts = [this.condition(level + 1)];
    while (this.takeSign(operator.sign)) parts.push(this.condition(level + 1));
    return balanced(parts, operator.kind);
  }

  private negation(): SyntaxNode {
    const sign = this.takeSign('!');
    if (!sign) return this.relation();
    const operand = this.deeper(() => this.negation());
    return { kind: 'not', operand, ...over(sign, operand) };
  }

  private relation(): SyntaxNode {
    const open = this.takeSign('(');
    if (open) {
      const inside = this.deeper(() => this.condition(0));
      const close = this.takeSign(')');
      if (!close) this.unexpected('a closing )');
      if (this.atOperator()) {
        this.fail('Round brackets hold conditions; curly brackets hold sums: {ip.ttl + 1} == 65', this.next);
      }
      return { ...inside, ...over(open, close) };
    }
    const first = this.next;
    const quantifier = this.takeSign('any') ? 'any' : this.takeSign('all') ? 'all' : undefined;
    const left = this.sum(0);
    const test = this.test(quantifier, left, quantifier ? first : left);
    if (test) return test;
    if (quantifier)
      this.fail(`${quantifier} stands before a comparison: ${quantifier} ip.ttl == 64`, this.next);
    return { kind: 'bare', term: left, start: left.start, end: left.end };
  }

  private atOperator(): boolean {
    const { kind, text } = this.next;
    return (
      (kind === 'sign' &&
        (isComparison(text) || text === 'contains' || text === 'matches' || text === 'in')) ||
      kind === 'ranges'
    );
  }

  /** The test that follows `left`, if one does; several in a row (`a < b < c`) are joined by and. */
  private test(quantifier: 'any' | 'all' | undefined, left: Term, first: Span): SyntaxNode | undefined {
    const { kind, text } = this.next;
    if (kind !== 'sign') return undefined;
    const not = text === '!' && this.isInNext();
    if (text === 'in' || not) {
      if (not) this.take();
      const place = this.take();
      if (left.kind === 'arithmetic') this.fail('in tests a field, not a sum', left);
      const { members, end } = this.set();
      const node: SyntaxNode = {
        kind: 'test',
        quantifier,
        sign: 'in',
        left,
        place,
        members,
        start: first.start,
        end,
      };
      return not ? { kind: 'not', operand: node, start: first.start, end } : node;
    }
    if (text === 'contains' || text === 'matches') {
      const place = this.take();
      const right = this.entity();
      if (left.kind === 'arithmetic') this.fail(`${text} tests a field, not a sum`, left);
      return { kind: 'test', quantifier, sign: text, left, place, right, ...over(first, right) };
    }
    const tests: SyntaxNode[] = [];
    let from = left;
    for (;;) {
      const sign = this.next.text;
      if (this.next.kind !== 'sign' || !isComparison(sign)) break;
      const place = this.take();
      if (this.isSign('(')) {
        this.fail('Round brackets hold conditions; curly brackets hold sums: {ip.ttl + 1}', this.next);
      }
      const right = this.sum(0);
      const start = tests.length === 0 ? first : from;
      tests.push({ kind: 'test', quantifier, sign, left: from, place, right, ...over(start, right) });
      from = right;
    }
    return tests.length === 0 ? undefined : balanced(tests, 'and');
  }

  private isInNext(): boolean {
    const after = this.tokens[this.at + 1];
    return after?.kind === 'sign' && after.text === 'in';
  }

  private set(): {
    readonly members: { readonly low: Term; readonly high: Term | undefined }[];
    readonly end: number;
  } {
    if (!this.takeSign('{')) this.unexpected('a set such as {80, 443, 8000..8080}');
    const members = [];
    do {
      const low = this.signedEntity();
      members.push({ low, high: this.takeSign('..') ? this.signedEntity() : undefined });
    } while (this.takeSign(','));
    const close = this.takeSign('}');
    if (!close) this.unexpected('a comma or the closing }');
    return { members, end: close.end };
  }

  // Values

  private sum(level: number): Term {
    const signs = arithmeticLevels[level];
    if (!signs) return this.signedEntity(true);
    let left = this.sum(level + 1);
    for (let count = 0; ; count++) {
      const sign = signs.find((one) => this.isSign(one));
      if (sign === undefined) return left;
      if (count === deepest) this.fail('The sum is too long', this.next);
      this.take();
      const right = this.sum(level + 1);
      left = { kind: 'arithmetic', sign, left, right, ...over(left, right) };
    }
  }

  private signedEntity(group = false): Term {
    const open = group ? this.takeSign('{') : undefined;
    if (open) {
      const inside = this.deeper(() => this.sum(0));
      const close = this.takeSign('}');
      if (!close) this.unexpected('a closing }');
      return { ...inside, ...over(open, close) };
    }
    if (this.takeSign('+')) return this.entity();
    const minus = this.takeSign('-');
    if (!minus) return this.entity();
    const right = this.entity();
    return { kind: 'arithmetic', sign: '-', left: undefined, right, ...over(minus, right) };
  }

  private entity(): Term {
    let term = this.atom();
    for (let count = 0; this.next.kind === 'ranges'; count++) {
      const brackets = this.take();
      if (count === deepest) this.fail('Too many slices of slices', brackets);
      const ranges = rangesOf(brackets.text, brackets.start + 1);
      if ('message' in ranges) throw new Stop(ranges);
      term = { kind: 'slice', term, ranges, ...over(term, brackets) };
    }
    return term;
  }

  private atom(): Term {
    const token = this.next;
    if (token.kind === 'text' || token.kind === 'character') {
      this.take();
      return {
        kind: token.kind,
        text: token.text,
        bytes: token.bytes ?? new Uint8Array(0),
        start: token.start,
        end: token.end,
      };
    }
    if (token.kind !== 'word') this.unexpected('a field or a value');
    this.take();
    if (this.isSign('(') && token.only === undefined) return this.call(token);
    const only = token.only === undefined ? {} : { only: token.only };
    const term: WordTerm = { kind: 'word', text: token.text, ...only, start: token.start, end: token.end };
    if (this.next.kind !== 'layer') return term;
    const layer = this.take();
    return { ...term, layers: this.layers(layer), ...over(token, layer) };
  }

  private call(name: Token): Term {
    return this.deeper(() => {
      this.take();
      const terms: Term[] = [];
      if (!this.isSign(')')) {
        do terms.push(this.sum(0));
        while (this.takeSign(','));
      }
      const close = this.takeSign(')');
      if (!close) this.unexpected('a comma or the closing )');
      return { kind: 'call', name: name.text, place: name, terms, ...over(name, close) };
    });
  }

  private layers(token: Token): readonly LayerRange[] {
    const offset = this.text.startsWith('#[', token.start) ? 2 : 1;
    const ranges = rangesOf(token.text, token.start + offset);
    if ('message' in ranges) throw new Stop(ranges);
    return ranges.map(({ from, length }) => {
      const end = endOf(from, length);
      return { from, to: end === undefined ? undefined : end - 1 };
    });
  }
}

/** Where a range of layers ends, not included; undefined for the last layer. */
function endOf(from: number, length: number | undefined): number | undefined {
  return length === undefined || (from < 0 && from + length >= 0) ? undefined : from + length;
}

const isComparison = (text: string): text is ComparisonSign =>
  (comparisonSigns as readonly string[]).includes(text);

/** Joins nodes two by two, so that a long row of them makes no deep tree. */
function balanced(nodes: readonly SyntaxNode[], kind: 'and' | 'or' | 'xor'): SyntaxNode {
  const [first] = nodes;
  if (nodes.length === 1 && first) return first;
  const middle = nodes.length >> 1;
  const left = balanced(nodes.slice(0, middle), kind);
  const right = balanced(nodes.slice(middle), kind);
  return { kind, left, right, ...over(left, right) };
}
