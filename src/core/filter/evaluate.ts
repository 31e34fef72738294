/** Makes a typed filter ready to be asked of millions of packets: one closure a node, decided beforehand. */
import { FieldValues, type PacketTest, type PacketView } from './fieldValues.js';
import { orderOf, type ValuesOf, valuesOf } from './operandValues.js';
import { quickTest } from './quickTest.js';
import type { TestNode, TypedNode } from './typed.js';
import { Bytes, compareValues, containsBytes, holding, type Value } from './value.js';

export function testOf(node: TypedNode): PacketTest {
  switch (node.kind) {
    case 'everything':
      return () => true;
    case 'not': {
      const test = testOf(node.operand);
      return (packet) => !test(packet);
    }
    case 'and': {
      const [left, right] = [testOf(node.left), testOf(node.right)];
      return (packet) => left(packet) && right(packet);
    }
    case 'or': {
      const [left, right] = [testOf(node.left), testOf(node.right)];
      return (packet) => left(packet) || right(packet);
    }
    case 'xor': {
      const [left, right] = [testOf(node.left), testOf(node.right)];
      return (packet) => left(packet) !== right(packet);
    }
    case 'exists': {
      const field = new FieldValues(node.field);
      return (packet) => field.exist(packet);
    }
    case 'truth': {
      const values = valuesOf(node.operand);
      const isTrue = node.operand.kind === 'slice' ? isThere : isNotZero;
      return (packet) => values(packet).some(isTrue);
    }
    case 'test':
      return quickTest(node) ?? generalTest(node);
  }
}

const isThere = (value: Value): boolean => value instanceof Bytes && value.length > 0;

function isNotZero(value: Value): boolean {
  if (value instanceof Bytes) return value.bytes.subarray(value.from, value.to).some((byte) => byte !== 0);
  return typeof value === 'object' ? value.seconds !== 0 || value.nanos !== 0 : Number(value) !== 0;
}

/** Any operands, by gathering their values. */
function generalTest(node: TestNode): PacketTest {
  const left = valuesOf(node.left);
  const isAll = node.quantifier === 'all';
  const passes = passing(node);
  return (packet) => {
    const values = left(packet);
    if (values.length === 0) return false;
    const test = passes(packet);
    if (!test) return false;
    return isAll ? values.every(test) : values.some(test);
  };
}

/** From a packet what each value on the left must pass; undefined when the right side has no value. */
function passing(node: TestNode): (packet: PacketView) => ((value: Value) => boolean) | undefined {
  switch (node.relation) {
    case 'matches': {
      const { pattern } = node;
      const test = (value: Value): boolean =>
        value instanceof Bytes && pattern.test(value.bytes, value.from, value.to);
      return () => test;
    }
    case 'contains':
      return against(
        valuesOf(node.right),
        (one, other) => one instanceof Bytes && other instanceof Bytes && containsBytes(one, other),
        node.quantifier,
      );
    case 'in': {
      const order = orderOf(node.left);
      const members = node.members.map(({ low, high }) => ({
        low: valuesOf(low),
        high: high && valuesOf(high),
      }));
      return (packet) => {
        const ready = members.map(({ low, high }) => ({ low: low(packet), high: high?.(packet) }));
        return (value) =>
          ready.some(({ low, high }) =>
            high
              ? low.some((one) => compareValues(value, one, order) >= 0) &&
                high.some((one) => compareValues(value, one, order) <= 0)
              : low.some((one) => compareValues(value, one, order) === 0),
          );
      };
    }
    default: {
      const holds = holding(node.relation);
      const order = orderOf(node.left);
      return against(
        valuesOf(node.right),
        (one, other) => holds(compareValues(one, other, order)),
        node.quantifier,
      );
    }
  }
}

function against(
  rights: ValuesOf,
  test: (one: Value, other: Value) => boolean,
  quantifier: 'any' | 'all',
): (packet: PacketView) => ((value: Value) => boolean) | undefined {
  return (packet) => {
    const others = rights(packet);
    if (others.length === 0) return undefined;
    return quantifier === 'all'
      ? (value) => others.every((other) => test(value, other))
      : (value) => others.some((other) => test(value, other));
  };
}
