/**
 * Goes through the fields of a layer in the order of the tree and tells a visitor what is where. The tree, and a
 * filter that asks for a field without a fixed place, are such visitors.
 */
import { type Field, fieldList, type FieldSet, type FieldValue, readMasked } from './field.js';
import { u64 } from '../base/bytes.js';
import type { Layer } from './walk.js';

/** Is told of each field; fields between `enter` and its `leave` are children. */
export interface FieldVisitor {
  /** `value` is absent where the field's own bytes are the value (addresses, bytes, strings) or there is none. */
  enter(field: Field, layer: Layer, at: number, length: number, value: FieldValue | undefined): void;
  leave(): void;
  /** A layer that stands inside the one being visited. */
  inner(layer: Layer): void;
}

/** What a dissector's `extra` reports to. Fields that do not lie in the captured bytes are left out. */
export class Emit {
  private innerDone = false;

  constructor(
    private readonly layer: Layer,
    private readonly visitor: FieldVisitor,
  ) {}

  /** All declared fields of the layer, then what `extra` reports, then the layers inside. */
  run(): void {
    const { layer } = this;
    const { dissector } = layer;
    this.fields(dissector.fields, layer.start, layer.end);
    dissector.extra?.(layer, this);
    this.inner();
  }

  /** A field at a known place, with its children. `value` only where it is not what the bytes say. */
  add(field: Field, at: number, length: number, value?: FieldValue): void {
    if (this.open(field, at, length, value)) this.close();
  }

  /** As {@link add}, with more children until `close`. False (and then no `close`) when the place is not there. */
  open(field: Field, at: number, length: number, value?: FieldValue): boolean {
    return this.openAt(field, at, length, value, at);
  }

  close(): void {
    this.visitor.leave();
  }

  /** Puts the layers that stand inside this one here; else they come last. */
  inner(): void {
    if (this.innerDone) return;
    this.innerDone = true;
    const { walk, index } = this.layer;
    for (let i = index + 1; i < walk.count; i++)
      if (walk.parentOf(i) === index) this.visitor.inner(walk.layer(i));
  }

  /** `base` is what the children's places count from. */
  private openAt(
    field: Field,
    at: number,
    length: number,
    value: FieldValue | undefined,
    base: number,
  ): boolean {
    const { frame } = this.layer;
    if (at < 0 || length < 0 || at > frame.length) return false;
    const there = Math.min(length, frame.length - at);
    const cut = there < length;
    if (
      cut &&
      (there === 0 || !(field.type === 'bytes' || field.type === 'string' || field.type === 'label'))
    )
      return false;
    this.visitor.enter(field, this.layer, at, there, value ?? this.read(field, at, there));
    if (field.children) this.fields(field.children, base, at + there);
    return true;
  }

  /** The placed and computed fields of a set; `base` is what their places count from, `end` where they must end. */
  fields(fields: FieldSet, base: number, end: number): void {
    for (const field of fieldList(fields)) {
      if (field.at === undefined && field.compute === undefined) continue;
      if (field.when && !field.when(this.layer, base)) continue;
      const at = base + (field.at ?? 0);
      const length = field.bytes === 'rest' ? end - at : (field.bytes ?? 0);
      if (at + length > end || (field.bytes === 'rest' && length <= 0)) continue;
      const value = field.compute?.(this.layer);
      if (field.compute && value === undefined) continue;
      if (this.openAt(field, at, length, value, base)) this.close();
    }
  }

  private read(field: Field, at: number, length: number): FieldValue | undefined {
    if (field.type !== 'uint' && field.type !== 'flag') return undefined;
    return length > 6 ? u64(this.layer.frame, at) : readMasked(this.layer.frame, at, length, field);
  }
}

/** Tells `visitor` all fields of a layer. */
export function visitFields(layer: Layer, visitor: FieldVisitor): void {
  new Emit(layer, visitor).run();
}
