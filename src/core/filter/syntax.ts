/** A filter as it was written, before its names and values are understood. */
import type { ArithmeticSign, ByteRange, LayerRange, Span } from './typed.js';

/** A name, number, address or other value without quotes. */
export interface WordTerm extends Span {
  readonly kind: 'word';
  readonly text: string;
  readonly only?: 'field' | 'literal';
  readonly layers?: readonly LayerRange[];
}

export interface TextTerm extends Span {
  readonly kind: 'text' | 'character';
  /** As written between the quotes. */
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface SliceTerm extends Span {
  readonly kind: 'slice';
  readonly term: Term;
  readonly ranges: readonly ByteRange[];
}

export interface CallTerm extends Span {
  readonly kind: 'call';
  readonly name: string;
  /** Where the name stands. */
  readonly place: Span;
  readonly terms: readonly Term[];
}

export interface ArithmeticTerm extends Span {
  readonly kind: 'arithmetic';
  readonly sign: ArithmeticSign;
  readonly left: Term | undefined;
  readonly right: Term;
}

export type Term = WordTerm | TextTerm | SliceTerm | CallTerm | ArithmeticTerm;

/** Signs between two values that compare them. */
export const comparisonSigns = ['==', '!=', '===', '!==', '>', '>=', '<', '<='] as const;
export type ComparisonSign = (typeof comparisonSigns)[number];

interface TestSyntax extends Span {
  readonly kind: 'test';
  /** The word in front: `any` or `all`. */
  readonly quantifier: 'any' | 'all' | undefined;
  readonly left: Term;
  /** Where the operator stands. */
  readonly place: Span;
}

export type SyntaxNode =
  | ({ readonly kind: 'and' | 'or' | 'xor'; readonly left: SyntaxNode; readonly right: SyntaxNode } & Span)
  | ({ readonly kind: 'not'; readonly operand: SyntaxNode } & Span)
  | ({ readonly kind: 'bare'; readonly term: Term } & Span)
  | ({ readonly kind: 'everything' } & Span)
  | (TestSyntax & { readonly sign: ComparisonSign | 'contains' | 'matches'; readonly right: Term })
  | (TestSyntax & {
      readonly sign: 'in';
      readonly members: readonly { readonly low: Term; readonly high: Term | undefined }[];
    });
