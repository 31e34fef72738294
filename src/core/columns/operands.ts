import type { FieldOperand, Operand, TypedNode } from '../filter/typed.js';

/** A part of a filter that is tested as a whole. */
export type Leaf = Exclude<TypedNode, { readonly kind: 'and' | 'or' | 'xor' | 'not' }>;

/** All fields that a test names. */
export function fieldsOf(leaf: Leaf): readonly FieldOperand[] {
  switch (leaf.kind) {
    case 'everything':
      return [];
    case 'exists':
      return [leaf.field];
    case 'truth':
      return fieldsIn(leaf.operand);
    case 'test':
      switch (leaf.relation) {
        case 'matches':
          return fieldsIn(leaf.left);
        case 'in':
          return [
            leaf.left,
            ...leaf.members.flatMap(({ low, high }) => (high === undefined ? [low] : [low, high])),
          ].flatMap(fieldsIn);
        default:
          return [leaf.left, leaf.right].flatMap(fieldsIn);
      }
  }
}

function fieldsIn(operand: Operand): readonly FieldOperand[] {
  switch (operand.kind) {
    case 'field':
      return [operand];
    case 'constant':
      return [];
    case 'slice':
      return fieldsIn(operand.operand);
    case 'function':
      return operand.operands.flatMap(fieldsIn);
    case 'arithmetic':
      return [...(operand.left ? fieldsIn(operand.left) : []), ...fieldsIn(operand.right)];
  }
}
