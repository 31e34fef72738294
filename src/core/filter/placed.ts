/** Fields with a fixed place in the header: found without looking at the others. */
import type { Dissector } from '../dissect/dissector.js';
import { type Field, readMasked } from '../dissect/field.js';
import { u64 } from '../base/bytes.js';
import type { Walk } from '../dissect/walk.js';
import type { LayerViews } from './layerViews.js';
import type { FieldTarget } from './typed.js';

type FieldOfProtocol = Extract<FieldTarget, { kind: 'field' }>;

/** Where a field of a fixed place is. `need` bytes of the header must be there. */
export interface Placed {
  readonly dissector: Dissector;
  readonly field: Field;
  readonly at: number;
  readonly bytes: number;
  readonly need: number;
  /** Those of the field and the fields around it that are not always there. */
  readonly conditions: readonly NonNullable<Field['when']>[];
}

/**
 * The place of a field that needs no more than its declaration to be read; undefined for computed and loose fields, and
 * those that go on to the end of the header.
 */
export function placedOf({ dissector, path, loose, field, asText }: FieldOfProtocol): Placed | undefined {
  if (loose || asText) return undefined;
  const conditions: NonNullable<Field['when']>[] = [];
  let need = 0;
  for (const one of path) {
    if (one.compute || one.at === undefined || typeof one.bytes !== 'number') return undefined;
    if (one.when) conditions.push(one.when);
    need = Math.max(need, one.at + one.bytes);
    // A child must end within the field around it; declared so, or the field is never there.
    const around = path[path.indexOf(one) - 1];
    if (around && one.at + one.bytes > (around.at ?? 0) + Number(around.bytes)) return undefined;
  }
  if (field.at === undefined || typeof field.bytes !== 'number') return undefined;
  return { dissector, field, at: field.at, bytes: field.bytes, need, conditions };
}

/** First byte of the field in the frame; -1 where the layer does not have it. */
export function placeIn(walk: Walk, index: number, placed: Placed, views: LayerViews): number {
  const start = walk.startOf(index);
  if (start + placed.need > walk.endOf(index)) return -1;
  if (placed.conditions.length > 0) {
    const layer = views.of(walk, index);
    for (const condition of placed.conditions) if (!condition(layer, start)) return -1;
  }
  return start + placed.at;
}

/** The number there. */
export function numberAt(frame: Uint8Array, at: number, { bytes, field }: Placed): number | bigint {
  return bytes > 6 ? u64(frame, at) : readMasked(frame, at, bytes, field);
}
