/** Gives the names and values of a filter their meaning, and finds what cannot mean anything. */
import { filterNames, type FilterName, nearestNames } from './catalogue.js';
import { constantOf, negativeOf, type Subject } from './constant.js';
import { functionsByName, type FilterFunction } from './functions.js';
import { bytesOf, ipv4Of, ipv6Of, networkOf, numberOf } from './literal.js';
import { compilePattern } from './pattern/pattern.js';
import type {
  ArithmeticTerm,
  CallTerm,
  ComparisonSign,
  SliceTerm,
  SyntaxNode,
  Term,
  TextTerm,
  WordTerm,
} from './syntax.js';
import type {
  FieldOperand,
  FilterMistake,
  Operand,
  Pattern,
  Relation,
  SetMember,
  Span,
  TypedNode,
} from './typed.js';
import { valueTypes } from './valueType.js';

type Test = Extract<SyntaxNode, { kind: 'test' }>;

/** What each comparison means, and of which values where no `any` or `all` stands in front. */
const comparisons: Readonly<
  Record<ComparisonSign, { readonly relation: Relation; readonly of: 'any' | 'all' }>
> = {
  '==': { relation: 'eq', of: 'any' },
  '!=': { relation: 'ne', of: 'all' },
  '===': { relation: 'eq', of: 'all' },
  '!==': { relation: 'ne', of: 'any' },
  '>': { relation: 'gt', of: 'any' },
  '>=': { relation: 'ge', of: 'any' },
  '<': { relation: 'lt', of: 'any' },
  '<=': { relation: 'le', of: 'any' },
};

/** The meaning of a filter, or all that is wrong with it, in the order of the text. */
export function checkSyntax(node: SyntaxNode): TypedNode | readonly FilterMistake[] {
  const checker = new Checker();
  const typed = checker.node(node);
  if (typed && checker.mistakes.length === 0) return typed;
  return checker.mistakes.sort((one, other) => one.start - other.start);
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });

class Checker {
  readonly mistakes: FilterMistake[] = [];

  private mistake(place: Span, message: string): null {
    this.mistakes.push({ message, start: place.start, end: place.end });
    return null;
  }

  node(node: SyntaxNode): TypedNode | null {
    switch (node.kind) {
      case 'and':
      case 'or':
      case 'xor': {
        const left = this.node(node.left);
        const right = this.node(node.right);
        return left && right && { kind: node.kind, left, right, ...spanOf(node) };
      }
      case 'not': {
        const operand = this.node(node.operand);
        return operand && { kind: 'not', operand, ...spanOf(node) };
      }
      case 'everything':
        return { kind: 'everything', ...spanOf(node) };
      case 'bare':
        return this.bare(node.term);
      case 'test':
        return this.test(node);
    }
  }

  private bare(term: Term): TypedNode | null {
    const operand = this.value(term);
    if (!operand) return null;
    switch (operand.kind) {
      case 'field':
        return { kind: 'exists', field: operand, ...spanOf(term) };
      case 'function':
        return this.mistake(term, `${operand.name}() gives a value: compare it with something`);
      case 'constant':
        return this.mistake(term, 'A value alone tests nothing');
      case 'slice':
      case 'arithmetic':
        return { kind: 'truth', operand, ...spanOf(term) };
    }
  }

  private test(node: Test): TypedNode | null {
    const left = this.value(node.left);
    if (!left) return null;
    const base = { kind: 'test' as const, left, ...spanOf(node) };
    const quantifier = node.quantifier ?? 'any';
    if (node.sign === 'matches') return this.matches(node, left, { ...base, quantifier });
    if (node.sign === 'contains') {
      if (!valueTypes[left.type].searched)
        return this.mistake(
          node.left,
          `${subjectOf(left).name} is ${valueTypes[left.type].called}; contains looks into text and bytes`,
        );
      const right = this.operand(node.right, { ...subjectOf(left), partial: true });
      if (!right || !this.compatible(left, right)) return null;
      return { ...base, quantifier, relation: 'contains', right };
    }
    if (!valueTypes[left.type].compared)
      return this.mistake(
        node.left,
        `${subjectOf(left).name} is ${valueTypes[left.type].called}; it stands alone in a filter`,
      );
    if (node.sign === 'in') return this.in(node, left, { ...base, quantifier });
    const { relation, of } = comparisons[node.sign];
    const right = this.operand(node.right, subjectOf(left));
    if (!right || !this.compatible(left, right)) return null;
    return { ...base, quantifier: node.quantifier ?? of, relation, right };
  }

  private matches(
    node: Test & { readonly sign: 'matches' | 'contains' | ComparisonSign },
    left: Operand,
    base: { readonly kind: 'test'; readonly left: Operand; readonly quantifier: 'any' | 'all' } & Span,
  ): TypedNode | null {
    if (!valueTypes[left.type].matched)
      return this.mistake(
        node.left,
        `${subjectOf(left).name} is ${valueTypes[left.type].called}; matches looks into text and bytes` +
          (valueTypes[left.type].texted ? `: string(${subjectOf(left).name}) makes text of it` : ''),
      );
    if (node.right.kind !== 'text')
      return this.mistake(node.right, 'matches is followed by a pattern in double quotes');
    const pattern = this.pattern(node.right);
    return pattern && { ...base, relation: 'matches', pattern };
  }

  private pattern(term: TextTerm): Pattern | null {
    const compiled = compilePattern(term.bytes);
    if (!('message' in compiled))
      return { text: term.text, test: (bytes, from, to) => compiled.test(bytes, from, to), ...spanOf(term) };
    // With escapes, an offset in the pattern's bytes is not one in the text.
    const inner = term.end - 1 - term.text.length;
    const at = inner + compiled.at;
    const place =
      term.text.length === term.bytes.length && at < term.end - 1 ? { start: at, end: at + 1 } : term;
    return this.mistake(place, `The pattern cannot be used: ${compiled.message}`);
  }

  private in(
    node: Extract<Test, { sign: 'in' }>,
    left: Operand,
    base: { readonly kind: 'test'; readonly left: Operand; readonly quantifier: 'any' | 'all' } & Span,
  ): TypedNode | null {
    if (left.kind !== 'field') return this.mistake(node.left, 'in tests a field, as it is');
    const subject = subjectOf(left);
    const members: SetMember[] = [];
    for (const { low, high } of node.members) {
      const first = this.operand(low, subject);
      const last = high && this.operand(high, subject);
      if (!first || last === null || !this.compatible(left, first)) continue;
      if (last && !this.compatible(left, last)) continue;
      members.push({ low: first, high: last ?? undefined });
    }
    return members.length === node.members.length ? { ...base, relation: 'in', members } : null;
  }

  /** Two values that are compared must be of one type, or be bytes in one way or another. */
  private compatible(left: Operand, right: Operand): boolean {
    if (left.type === right.type) return true;
    const isSlice = left.kind === 'slice' || right.kind === 'slice';
    if (isSlice && valueTypes[left.type].sliced && valueTypes[right.type].sliced) return true;
    const [one, other] = [subjectOf(left), subjectOf(right)];
    this.mistake(
      right,
      `${one.name} is ${valueTypes[one.type].called}; ${other.name} is ${valueTypes[other.type].called}` +
        (right.kind === 'field' && right.type === 'protocol' && left.type !== 'protocol'
          ? `: a name of that spelling stands in quotes, "${right.name}"`
          : ''),
    );
    return false;
  }

  // Values

  /** A value that must stand for itself: what a comparison begins with. */
  private value(term: Term): Operand | null {
    return this.operand(term, undefined);
  }

  /** A value; constants become what `subject` is. */
  private operand(term: Term, subject: Subject | undefined): Operand | null {
    switch (term.kind) {
      case 'word':
        return this.word(term, subject);
      case 'text':
      case 'character':
        return subject
          ? this.constant(term, subject)
          : this.mistake(term, 'A comparison begins with a field: frame contains "GET"');
      case 'slice':
        return this.slice(term);
      case 'call':
        return this.call(term);
      case 'arithmetic':
        return this.arithmetic(term, subject);
    }
  }

  private word(term: WordTerm, subject: Subject | undefined): Operand | null {
    const known = term.only === 'literal' ? undefined : filterNames().get(term.text);
    if (known) return fieldOperand(term, known);
    if (term.only === 'field' || term.layers) return this.noField(term);
    if (subject) return this.constant(term, subject);
    if (term.only === 'literal' || isValue(term.text))
      return this.mistake(term, `A comparison begins with a field; ${term.text} is a value`);
    return this.noField(term);
  }

  private noField(term: WordTerm): null {
    const nearest = nearestNames(term.text);
    const hint = nearest.length === 0 ? '' : `. Did you mean ${nearest.join(' or ')}?`;
    return this.mistake(term, `There is no field '${term.text}'${hint}`);
  }

  private constant(term: WordTerm | TextTerm, subject: Subject): Operand | null {
    const value = constantOf(term, subject);
    if (typeof value === 'string') {
      const nearest =
        term.kind === 'word' && /^[a-z][\w-]*\.[\w.-]+$/i.test(term.text) ? nearestNames(term.text, 1) : [];
      return this.mistake(
        term,
        nearest[0] === undefined
          ? value
          : `${value}, and there is no such field: did you mean ${nearest[0]}?`,
      );
    }
    return { kind: 'constant', type: subject.type, value, ...spanOf(term) };
  }

  private slice(term: SliceTerm): Operand | null {
    const operand = this.value(term.term);
    if (!operand) return null;
    if (!valueTypes[operand.type].sliced)
      return this.mistake(
        term.term,
        `${subjectOf(operand).name} is ${valueTypes[operand.type].called}; bytes are taken of addresses, bytes, texts and protocols`,
      );
    return { kind: 'slice', type: 'bytes', operand, ranges: term.ranges, ...spanOf(term) };
  }

  private call(term: CallTerm): Operand | null {
    const declared = functionsByName.get(term.name);
    if (!declared) {
      const names = [...functionsByName.keys()].map((name) => `${name}()`).join(', ');
      return this.mistake(term.place, `There is no function '${term.name}'. There are ${names}`);
    }
    const operands = this.parameters(term, declared);
    const [first] = operands ?? [];
    if (!operands || !first) return null;
    const wrong = declared.refuses(first);
    if (wrong !== undefined) return this.mistake(first, wrong);
    return { kind: 'function', name: declared.name, type: declared.gives(first), operands, ...spanOf(term) };
  }

  private parameters(term: CallTerm, declared: FilterFunction): readonly Operand[] | null {
    const [first, ...rest] = term.terms;
    if (!first || (rest.length > 0 && !declared.several))
      return this.mistake(
        term,
        `${declared.name}() takes ${declared.several ? 'one value or more' : 'one value'}: ${declared.example}`,
      );
    const operand = this.value(first);
    if (!operand) return null;
    const operands = [operand];
    for (const one of rest) {
      const more = this.operand(one, subjectOf(operand));
      if (!more || !this.compatible(operand, more)) return null;
      operands.push(more);
    }
    return operands;
  }

  private arithmetic(term: ArithmeticTerm, subject: Subject | undefined): Operand | null {
    const { sign } = term;
    if (!term.left) {
      const right = this.operand(term.right, subject);
      if (!right) return null;
      if (right.kind === 'constant' && subject) {
        const value = negativeOf(right.value, subject);
        return typeof value === 'string' ? this.mistake(term, value) : { ...right, value, ...spanOf(term) };
      }
      if (!this.knows(right, '-')) return null;
      return { kind: 'arithmetic', type: right.type, sign, left: undefined, right, ...spanOf(term) };
    }
    const left = this.operand(term.left, subject);
    if (!left || !this.knows(left, sign)) return null;
    const right = this.operand(term.right, subject && left.kind === 'constant' ? subject : subjectOf(left));
    if (!right || !this.compatible(left, right)) return null;
    return { kind: 'arithmetic', type: left.type, sign, left, right, ...spanOf(term) };
  }

  private knows(operand: Operand, sign: string): boolean {
    if (valueTypes[operand.type].signs.includes(sign)) return true;
    this.mistake(
      operand,
      `${subjectOf(operand).name} is ${valueTypes[operand.type].called}: it knows no ${sign}`,
    );
    return false;
  }
}

const isValue = (text: string): boolean =>
  numberOf(text) !== undefined ||
  networkOf(text, ipv4Of) !== undefined ||
  networkOf(text, ipv6Of) !== undefined ||
  (/[:.-]/.test(text) && bytesOf(text) !== undefined);

function fieldOperand(term: WordTerm, { name, type, targets }: FilterName): FieldOperand {
  const layers = term.layers === undefined ? {} : { layers: term.layers };
  return { kind: 'field', name, type, targets, ...layers, ...spanOf(term) };
}

/** What constants beside an operand are compared with. */
export function subjectOf(operand: Operand): Subject {
  const plain = { type: operand.type, bits: 64, values: undefined };
  switch (operand.kind) {
    case 'field': {
      const known = filterNames().get(operand.name);
      return { ...plain, name: operand.name, bits: known?.bits ?? 64, values: known?.values };
    }
    case 'slice':
      return { ...plain, name: 'a slice' };
    case 'function':
      return { ...plain, name: `${operand.name}()` };
    case 'arithmetic': {
      const leading = subjectOf(operand.left ?? operand.right);
      return { ...leading, type: operand.type };
    }
    case 'constant':
      return { ...plain, name: 'the value' };
  }
}
