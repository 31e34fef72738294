/**
 * The tests that filters are mostly made of: a field with a fixed place and a constant. They look at the bytes where
 * they lie and allocate nothing.
 */
import type { Walk } from '../dissect/walk.js';
import type { PacketTest } from './fieldValues.js';
import { numberAt, type Placed, placedOf, placeIn } from './placed.js';
import type { ConstantOperand, FieldOperand, Operand, TestNode } from './typed.js';
import { Bytes, compareValues, holding, valueOf } from './value.js';

/** Looks at the value of a placed field, whose first byte is `at`. */
type PlaceTest = (frame: Uint8Array, at: number, placed: Placed) => boolean;

/** The test, when it is of that kind. */
export function quickTest(node: TestNode): PacketTest | undefined {
  const { left } = node;
  if (left.kind !== 'field' || left.layers) return undefined;
  const frameTest = testOfFrame(node, left);
  if (frameTest) return frameTest;
  const places = placesOf(left);
  const passes = places && passing(node, left);
  if (!passes) return undefined;
  const isAll = node.quantifier === 'all';
  const [only] = places;
  return only && places.length === 1
    ? (packet) => testLayers(packet.walk, packet.views, only, passes, isAll) === 1
    : (packet) => {
        let found = false;
        for (const placed of places) {
          const result = testLayers(packet.walk, packet.views, placed, passes, isAll);
          if (result === 1 && !isAll) return true;
          if (result === 0 && isAll) return false;
          found ||= result >= 0;
        }
        return isAll && found;
      };
}

/** 1 when some value (all values) passes, 0 when none (not all) does, -1 when there is no value. */
function testLayers(
  walk: Walk,
  views: Parameters<typeof placeIn>[3],
  placed: Placed,
  passes: PlaceTest,
  isAll: boolean,
): -1 | 0 | 1 {
  let result: -1 | 0 | 1 = -1;
  for (let index = 0; index < walk.count; index++) {
    if (walk.dissectorAt(index) !== placed.dissector) continue;
    const at = placeIn(walk, index, placed, views);
    if (at < 0) continue;
    const passed = passes(walk.frame, at, placed);
    if (passed !== isAll) return passed ? 1 : 0;
    result = passed ? 1 : 0;
  }
  return result;
}

function placesOf({ targets }: FieldOperand): readonly Placed[] | undefined {
  const places: Placed[] = [];
  for (const target of targets) {
    const placed = target.kind === 'field' ? placedOf(target) : undefined;
    if (!placed) return undefined;
    places.push(placed);
  }
  return places;
}

const isConstant = (operand: Operand | undefined): operand is ConstantOperand => operand?.kind === 'constant';

function passing(node: TestNode, left: FieldOperand): PlaceTest | undefined {
  switch (left.type) {
    case 'uint':
    case 'flag':
      return numberTest(node);
    case 'ipv4':
    case 'ipv6':
    case 'ether':
      return addressTest(node);
    default:
      return undefined;
  }
}

function numberTest(node: TestNode): PlaceTest | undefined {
  if (node.relation === 'in') {
    const ranges: (readonly [number, number])[] = [];
    for (const { low, high = low } of node.members) {
      if (!isConstant(low) || !isConstant(high)) return undefined;
      const [first, last] = [valueOf(low.value), valueOf(high.value)];
      if (typeof first !== 'number' || typeof last !== 'number') return undefined;
      ranges.push([first, last]);
    }
    return (frame, at, placed) => {
      const value = numberAt(frame, at, placed);
      for (const [low, high] of ranges) if (value >= low && value <= high) return true;
      return false;
    };
  }
  if (node.relation === 'matches' || node.relation === 'contains' || !isConstant(node.right))
    return undefined;
  const wanted = valueOf(node.right.value);
  if (typeof wanted !== 'number') return undefined;
  switch (node.relation) {
    case 'eq':
      return (frame, at, placed) => Number(numberAt(frame, at, placed)) === wanted;
    case 'ne':
      return (frame, at, placed) => Number(numberAt(frame, at, placed)) !== wanted;
    case 'gt':
      return (frame, at, placed) => numberAt(frame, at, placed) > wanted;
    case 'ge':
      return (frame, at, placed) => numberAt(frame, at, placed) >= wanted;
    case 'lt':
      return (frame, at, placed) => numberAt(frame, at, placed) < wanted;
    case 'le':
      return (frame, at, placed) => numberAt(frame, at, placed) <= wanted;
  }
}

function addressTest(node: TestNode): PlaceTest | undefined {
  if (node.relation !== 'eq' && node.relation !== 'ne') return undefined;
  if (!isConstant(node.right)) return undefined;
  const value = valueOf(node.right.value);
  if (!(value instanceof Bytes)) return undefined;
  const wantEqual = node.relation === 'eq';
  const bits = value.prefix ?? 8 * value.length;
  const whole = bits >> 3;
  const mask = (0xff00 >> (bits & 7)) & 0xff;
  const { bytes } = value;
  return (frame, at, placed) => {
    if (placed.bytes !== bytes.length) return !wantEqual;
    for (let i = 0; i < whole; i++) if (frame[at + i] !== bytes[i]) return !wantEqual;
    const same = mask === 0 || ((frame[at + whole] ?? 0) & mask) === ((bytes[whole] ?? 0) & mask);
    return same === wantEqual;
  };
}

/** A number about the frame and a constant. */
function testOfFrame(node: TestNode, left: FieldOperand): PacketTest | undefined {
  const [target] = left.targets;
  if (left.targets.length !== 1 || target?.kind !== 'frame') return undefined;
  const read = target.field.number;
  if (!read || node.relation === 'matches' || node.relation === 'contains' || node.relation === 'in')
    return undefined;
  if (!isConstant(node.right)) return undefined;
  const wanted = valueOf(node.right.value);
  if (typeof wanted !== 'number') return undefined;
  const holds = holding(node.relation);
  return ({ facts, walk }) => {
    const value = read(facts, walk);
    return value !== undefined && holds(compareValues(value, wanted, 'bytes'));
  };
}
