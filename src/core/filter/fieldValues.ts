/** Reads all values that a packet has for a name. */
import { Emit, type FieldVisitor, visitFields } from '../dissect/emit.js';
import type { Dissector } from '../dissect/dissector.js';
import type { Field, FieldValue } from '../dissect/field.js';
import { valueText } from '../dissect/fieldText.js';
import type { Layer, Walk } from '../dissect/walk.js';
import type { FrameFacts, FrameField } from '../frame/frameField.js';
import type { LayerViews } from './layerViews.js';
import { bytesOf, ipv4Of, ipv6Of } from './literal.js';
import { numberAt, type Placed, placedOf, placeIn } from './placed.js';
import { momentOf } from './timeLiteral.js';
import type { FieldOperand, FieldTarget, LayerRange, TimeValue } from './typed.js';
import { Bytes, type Value, wholeOf } from './value.js';

/** What a filter looks at: one packet. Filled again for each. */
export interface PacketView {
  walk: Walk;
  facts: FrameFacts;
  readonly views: LayerViews;
}

/** Whether a packet passes. */
export type PacketTest = (packet: PacketView) => boolean;

/** Is told of each place a field was found at. `value` as {@link FieldVisitor.enter} has it. */
export type Found = (
  field: Field,
  layer: Layer,
  at: number,
  length: number,
  value: FieldValue | undefined,
) => void;

const utf8 = new TextEncoder();

/** Gathers the values of an operand; made once for a filter. */
export class FieldValues {
  private readonly byDissector: ReadonlyMap<Dissector, Reading>;
  private readonly frameFields: readonly FrameField[];
  private readonly problems: ReadonlySet<string>;

  /** `headers`: the bytes of a protocol end with its header, as for slices; else they go on with the payload. */
  constructor(
    private readonly operand: FieldOperand,
    headers = false,
  ) {
    const byDissector = new Map<Dissector, FieldTarget[]>();
    for (const target of operand.targets)
      if (target.kind === 'field' || target.kind === 'protocol')
        byDissector.set(target.dissector, [...(byDissector.get(target.dissector) ?? []), target]);
    this.byDissector = new Map(
      [...byDissector].map(([dissector, targets]) => [dissector, new Reading(targets, headers)]),
    );
    this.frameFields = operand.targets.flatMap((target) => (target.kind === 'frame' ? [target.field] : []));
    this.problems = new Set(
      operand.targets.flatMap((target) => (target.kind === 'problem' ? target.problems : [])),
    );
  }

  /** Whether the packet has any. */
  exist(packet: PacketView): boolean {
    const { walk } = packet;
    const { layers } = this.operand;
    for (let index = 0; index < walk.count; index++) {
      const reading = this.byDissector.get(walk.dissectorAt(index));
      if (reading && (!layers || layerCounts(walk, index, layers)) && reading.exists(packet, index))
        return true;
    }
    if (this.hasProblem(walk)) return true;
    return (
      this.frameFields.length > 0 &&
      (!layers || inRanges(1, 1, layers)) &&
      this.frameFields.some((field) => frameValues(field, packet).length > 0)
    );
  }

  /** All of them, in the order of the packet. A field without a value counts as 1. */
  all(packet: PacketView): Value[] {
    const { walk } = packet;
    const { layers } = this.operand;
    const values: Value[] = [];
    if (this.byDissector.size > 0)
      for (let index = 0; index < walk.count; index++) {
        const reading = this.byDissector.get(walk.dissectorAt(index));
        if (reading && (!layers || layerCounts(walk, index, layers))) reading.values(packet, index, values);
      }
    if (this.hasProblem(walk)) values.push(1);
    if (!layers || inRanges(1, 1, layers))
      for (const field of this.frameFields) values.push(...frameValues(field, packet));
    return values;
  }

  /** Tells `found` of each place of the fields of protocols. */
  places(packet: PacketView, found: Found): void {
    const { walk } = packet;
    const { layers } = this.operand;
    for (let index = 0; index < walk.count; index++) {
      const reading = this.byDissector.get(walk.dissectorAt(index));
      if (reading && (!layers || layerCounts(walk, index, layers))) reading.visit(packet, index, found);
    }
  }

  private hasProblem(walk: Walk): boolean {
    return this.problems.size > 0 && walk.stopped && this.problems.has(walk.problem?.kind ?? '');
  }
}

/** Whether a layer is among those asked for: layers of one protocol count from 1, or from the last with -1. */
export function layerCounts(walk: Walk, index: number, layers: readonly LayerRange[]): boolean {
  const dissector = walk.dissectorAt(index);
  let number = 0;
  let count = 0;
  for (let at = 0; at < walk.count; at++) {
    if (walk.dissectorAt(at) !== dissector) continue;
    count++;
    if (at <= index) number++;
  }
  return inRanges(number, count, layers);
}

function inRanges(number: number, count: number, layers: readonly LayerRange[]): boolean {
  return layers.some(({ from, to }) => {
    const first = from < 0 ? count + 1 + from : from;
    const last = to === undefined ? count : to < 0 ? count + 1 + to : to;
    return number >= first && number <= last;
  });
}

/** The values of some fields of one protocol. */
class Reading {
  /** When all fields have a fixed place. */
  private readonly placed: readonly Placed[] | undefined;
  private readonly fields = new Set<Field>();
  private readonly texts = new Set<Field>();
  private readonly isProtocol: boolean;
  private readonly onlyLoose: boolean;

  /** `headers`: of a protocol without its payload. */
  constructor(
    targets: readonly FieldTarget[],
    private readonly headers: boolean,
  ) {
    const placed: Placed[] = [];
    let others = 0;
    for (const target of targets) {
      if (target.kind !== 'field') continue;
      this.fields.add(target.field);
      if (target.asText) this.texts.add(target.field);
      const place = placedOf(target);
      if (place) placed.push(place);
      else others++;
    }
    this.isProtocol = targets.some((target) => target.kind === 'protocol');
    this.placed = others === 0 ? placed : undefined;
    this.onlyLoose = targets.every((target) => target.kind === 'field' && target.loose);
  }

  exists(packet: PacketView, index: number): boolean {
    if (this.isProtocol) return true;
    if (this.placed)
      return this.placed.some((placed) => placeIn(packet.walk, index, placed, packet.views) >= 0);
    let found = false;
    this.visit(packet, index, () => (found = true));
    return found;
  }

  values(packet: PacketView, index: number, values: Value[]): void {
    const { walk } = packet;
    if (this.isProtocol) {
      const end = this.headers ? walk.endOf(index) : Math.min(walk.limitOf(index), walk.frame.length);
      values.push(new Bytes(walk.frame, walk.startOf(index), end));
    }
    if (!this.placed) {
      this.visit(packet, index, (field, layer, at, length, value) => {
        const one = this.texts.has(field)
          ? wholeOf(utf8.encode(valueText(field, value, { layer, at, length }) ?? ''))
          : valueAt(field, walk.frame, at, length, value);
        if (one !== undefined) values.push(one);
      });
      return;
    }
    for (const placed of this.placed) {
      const at = placeIn(walk, index, placed, packet.views);
      if (at < 0) continue;
      const { field } = placed;
      const number =
        field.type === 'uint' || field.type === 'flag' ? numberAt(walk.frame, at, placed) : undefined;
      const value = valueAt(field, walk.frame, at, placed.bytes, number);
      if (value !== undefined) values.push(value);
    }
  }

  visit(packet: PacketView, index: number, found: Found): void {
    const { fields } = this;
    const visitor: FieldVisitor = {
      enter(field, layer, at, length, value) {
        if (fields.has(field)) found(field, layer, at, length, value);
      },
      leave() {},
      inner() {},
    };
    if (fields.size === 0) return;
    const layer = packet.views.of(packet.walk, index);
    // What only `extra` reports is found without going through the rest.
    if (this.onlyLoose) layer.dissector.extra?.(layer, new Emit(layer, visitor));
    else visitFields(layer, visitor);
  }
}

/** A value as a filter compares it; 1 for fields that have none. */
function valueAt(
  field: Field,
  frame: Uint8Array,
  at: number,
  length: number,
  value: FieldValue | undefined,
): Value | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  switch (field.type) {
    case 'label':
    case 'uint':
    case 'flag':
      return 1;
    case 'time':
      return value === undefined ? undefined : momentOf(value);
    case 'string': {
      if (value !== undefined) return wholeOf(utf8.encode(value));
      const zero = frame.indexOf(0, at);
      return new Bytes(frame, at, zero >= at && zero < at + length ? zero : at + length);
    }
    case 'ipv4':
      return value === undefined ? new Bytes(frame, at, at + length) : fromText(ipv4Of(value));
    case 'ipv6':
      return value === undefined ? new Bytes(frame, at, at + length) : fromText(ipv6Of(value));
    case 'ether':
    case 'eui64':
    case 'bytes':
      return value === undefined ? new Bytes(frame, at, at + length) : fromText(bytesOf(value));
  }
}

const fromText = (bytes: Uint8Array | undefined): Bytes | undefined => bytes && wholeOf(bytes);

/** The values of a field about the frame. */
export function frameValues(field: FrameField, { facts, walk }: PacketView): Value[] {
  if (field.type === 'packet') return [wholeOf(walk.frame)];
  if (field.texts) return field.texts(facts, walk).map((text) => wholeOf(utf8.encode(text)));
  if (field.time) {
    const time = field.time(facts);
    return time ? [nanosOf(time)] : [];
  }
  const number = field.number?.(facts, walk);
  return number === undefined ? [] : [number];
}

/** With nine decimals; what is finer is cut off. */
function nanosOf({
  seconds,
  fraction,
  digits,
}: NonNullable<ReturnType<NonNullable<FrameField['time']>>>): TimeValue {
  return { seconds, nanos: Math.floor(fraction * 10 ** (9 - digits)) };
}
