/** A pattern of `matches`, understood. */

/** 256 marks, one for each byte value. */
export type ByteSet = Uint8Array;

/**
 * Places without width. `end` is the end or the newline before it, as `$` is; `last` the end alone; `lineStart` and
 * `lineEnd` are `^` and `$` of many lines; `noNewline` is where none follows.
 */
export type Assertion =
  'start' | 'end' | 'last' | 'lineStart' | 'lineEnd' | 'wordEdge' | 'noWordEdge' | 'noNewline';

export type PatternNode =
  | { readonly kind: 'bytes'; readonly set: ByteSet }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly part: PatternNode;
      readonly least: number;
      readonly most: number | undefined;
    };

/** What is wrong with a pattern: a sentence and the offset in its bytes. */
export interface PatternMistake {
  readonly message: string;
  readonly at: number;
}
