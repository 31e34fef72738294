/**
 * A display filter that was understood: names are resolved to declared fields, literals to values of the type they are
 * compared with, shorthand spellings to the relation they mean. All that evaluates filters reads this tree.
 */
import type { Dissector } from '../dissect/dissector.js';
import type { Field, FieldType } from '../dissect/field.js';
import type { ProblemKind } from '../dissect/walk.js';
import type { FrameField } from '../frame/frameField.js';

/** Where something stands in the filter's text, as offsets of UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Something wrong with a filter's text. */
export interface FilterMistake extends Span {
  /** A sentence: what is wrong and what was expected. */
  readonly message: string;
}

/**
 * What a value is compared as. `time` is a moment, `span` a length of time; `protocol` stands for the bytes of a
 * layer, `label` for fields that are there or not and have no value.
 */
export type ValueType = FieldType | 'span' | 'protocol';

/** One declared thing that a name of the language stands for. */
export type FieldTarget =
  /**
   * A field of a protocol. `path` leads to it: the fields around it, outermost first, then itself. `loose`: reported
   * by the dissector's `extra` (itself or a field around it).
   */
  | {
      readonly kind: 'field';
      readonly dissector: Dissector;
      readonly field: Field;
      readonly path: readonly Field[];
      readonly loose: boolean;
      /** Compared as the text it is shown as: Wireshark's `ip.src_host`. */
      readonly asText: boolean;
    }
  /** A layer of the packet. */
  | { readonly kind: 'protocol'; readonly dissector: Dissector }
  /** Something that the file knows of the packet. */
  | { readonly kind: 'frame'; readonly field: FrameField }
  /** What stopped the dissection: `_ws.malformed`. */
  | { readonly kind: 'problem'; readonly problems: readonly ProblemKind[] };

/** `length` bytes (undefined: all there are) of a value from `from` on, which counts from its end where negative. */
export interface ByteRange {
  readonly from: number;
  readonly length: number | undefined;
}

/** Which layers of one protocol count: `from` to `to`, both included, from 1; negative numbers count from the last. */
export interface LayerRange {
  readonly from: number;
  readonly to: number | undefined;
}

/** A name: all values that the packet has for it, quoted and inner packets too. */
export interface FieldOperand extends Span {
  readonly kind: 'field';
  /** As declared. */
  readonly name: string;
  readonly type: ValueType;
  /** More than one for names that stand for several fields: `ip.addr`, `cilium.identity`. */
  readonly targets: readonly FieldTarget[];
  /** Absent: every layer counts. */
  readonly layers?: readonly LayerRange[];
}

/** A moment or span in whole seconds (rounded down) and nanoseconds. */
export interface TimeValue {
  readonly seconds: number;
  readonly nanos: number;
}

/** A value written in the filter. */
export interface ConstantOperand extends Span {
  readonly kind: 'constant';
  readonly type: ValueType;
  readonly value: ConstantValue;
}

/**
 * - numbers and flags: `number`; beyond 2^53 also exact, as `big`;
 * - addresses and byte strings: `bytes`; `prefix` counts the leading bits that are compared (`10.0.0.0/8`);
 * - texts: `bytes` in UTF-8;
 * - moments and spans: `time`.
 */
export type ConstantValue =
  | { readonly number: number; readonly big?: bigint }
  | { readonly bytes: Uint8Array; readonly prefix?: number }
  | { readonly time: TimeValue };

/** Some bytes of a value, one after the other. */
export interface SliceOperand extends Span {
  readonly kind: 'slice';
  readonly type: 'bytes' | 'string';
  readonly operand: Operand;
  readonly ranges: readonly ByteRange[];
}

export type FunctionName = 'abs' | 'count' | 'len' | 'lower' | 'max' | 'min' | 'string' | 'upper';

export interface FunctionOperand extends Span {
  readonly kind: 'function';
  readonly name: FunctionName;
  readonly type: ValueType;
  readonly operands: readonly Operand[];
}

export type ArithmeticSign = '+' | '-' | '*' | '/' | '%' | '&';

/** Every value of the one side with every value of the other. Without `left`: the negative of `right`. */
export interface ArithmeticOperand extends Span {
  readonly kind: 'arithmetic';
  readonly type: ValueType;
  readonly sign: ArithmeticSign;
  readonly left: Operand | undefined;
  readonly right: Operand;
}

export type Operand = FieldOperand | ConstantOperand | SliceOperand | FunctionOperand | ArithmeticOperand;

export type Relation = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** A member of a set: one value, or all from `low` to `high`, both included. */
export interface SetMember {
  readonly low: Operand;
  readonly high: Operand | undefined;
}

/** A pattern of `matches`. */
export interface Pattern extends Span {
  /** Without quotes, as it was written. */
  readonly text: string;
  /** Whether some part of the bytes matches; linear in their number. */
  test(bytes: Uint8Array, from: number, to: number): boolean;
}

/**
 * A test of the values of `left` (and, in comparisons, `right`). `any`: some value passes; `all`: there are values,
 * and each passes. So `ip.addr == x` is `eq` of `any`, `ip.addr != x` is `ne` of `all`.
 */
interface Test extends Span {
  readonly kind: 'test';
  readonly quantifier: 'any' | 'all';
  readonly left: Operand;
}

export type TestNode = Test &
  (
    | { readonly relation: Relation; readonly right: Operand }
    | { readonly relation: 'contains'; readonly right: Operand }
    | { readonly relation: 'matches'; readonly pattern: Pattern }
    | { readonly relation: 'in'; readonly members: readonly SetMember[] }
  );

export type TypedNode =
  | ({ readonly kind: 'and' | 'or' | 'xor'; readonly left: TypedNode; readonly right: TypedNode } & Span)
  | ({ readonly kind: 'not'; readonly operand: TypedNode } & Span)
  /** The packet has the field. */
  | ({ readonly kind: 'exists'; readonly field: FieldOperand } & Span)
  /** Some value is other than 0 (numbers), or there is one: `tcp.flags & 2`. */
  | ({ readonly kind: 'truth'; readonly operand: Operand } & Span)
  /** An empty filter: all packets. */
  | ({ readonly kind: 'everything' } & Span)
  | TestNode;
