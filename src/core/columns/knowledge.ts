/** What the headers of a flow tell of a test: whether its answer is the same for all packets of the flow. */
import type { Dissector } from '../dissect/dissector.js';
import type { Field } from '../dissect/field.js';
import type { FieldTarget } from '../filter/typed.js';
import { isPacketHeader } from './nextLayers.js';
import { fieldsOf, type Leaf } from './operands.js';
import type { Specimen, SpecimenLayer } from './specimen.js';
import { tcpFlagsByte } from './flowLayer.js';

/**
 * How much is known of the answer to a test, each including the ones before it:
 * - `stack`: the stack of headers decides;
 * - `flow`: the flow's key decides;
 * - `flags`: the TCP flags are needed, and nothing but them;
 * - `nothing`: the packet must be looked at.
 */
export const knowledge = { stack: 0, flow: 1, flags: 2, nothing: 3 } as const;
export type Knowledge = (typeof knowledge)[keyof typeof knowledge];

/** `served`: a dissector claims a port of the flow, so layers that flows do not know may follow. */
export function knowledgeOf(leaf: Leaf, specimen: Specimen, served: boolean): Knowledge {
  let most: Knowledge = knowledge.stack;
  let usesKey = false;
  for (const { targets } of fieldsOf(leaf))
    for (const target of targets) {
      const known = knowledgeOfTarget(target, leaf.kind === 'exists', specimen, served);
      if (known > most) most = known;
      usesKey ||= known === knowledge.flow;
    }
  // A table of the flags' values is made once a stack, so no other bits may play a part.
  return most === knowledge.flags && usesKey ? knowledge.nothing : most;
}

/** Whether a test reads the TCP flags at all. */
export function readsFlags(leaf: Leaf): boolean {
  return fieldsOf(leaf).some(({ targets }) =>
    targets.some(
      (target) =>
        target.kind === 'field' &&
        target.dissector.id === 'tcp' &&
        !target.loose &&
        coversFlags(target.field),
    ),
  );
}

function coversFlags({ at, bytes }: Field): boolean {
  return at !== undefined && typeof bytes === 'number' && at <= tcpFlagsByte && at + bytes > tcpFlagsByte;
}

function knowledgeOfTarget(
  target: FieldTarget,
  existence: boolean,
  specimen: Specimen,
  served: boolean,
): Knowledge {
  if (target.kind === 'frame' || target.kind === 'problem') return knowledge.nothing;
  const { dissector } = target;
  const layers = specimen.layers.filter(({ id }) => id === dissector.id);
  if (layers.length === 0) return mayFollow(dissector, served) ? knowledge.nothing : knowledge.stack;
  if (target.kind === 'protocol') return existence ? knowledge.stack : knowledge.nothing;
  if (target.loose) return layers.every(({ plain }) => plain) ? knowledge.stack : knowledge.nothing;
  let most: Knowledge = knowledge.flow;
  for (const layer of layers) {
    const known = knowledgeOfField(target.path, layer, specimen);
    if (known > most) most = known;
  }
  return most;
}

/** Whether a layer may stand behind the headers that a flow has. */
function mayFollow(dissector: Dissector, served: boolean): boolean {
  if (dissector.id === 'data' || dissector.recognises) return true;
  return served && !isPacketHeader(dissector);
}

/** `path`: the fields around a field, then itself. */
function knowledgeOfField(path: readonly Field[], layer: SpecimenLayer, specimen: Specimen): Knowledge {
  if (!path.every(({ name, when, compute }) => (!when && !compute) || layer.settled.includes(name)))
    return knowledge.nothing;
  const field = path.at(-1);
  if (!field) return knowledge.nothing;
  if (field.at === undefined) return field.compute ? knowledge.flow : knowledge.nothing;
  if (layer.length !== undefined && field.at + Number(field.bytes ?? 0) > layer.length)
    return knowledge.stack;
  return bitsKnown(field, layer.start, specimen);
}

function bitsKnown({ at = 0, bytes, mask }: Field, start: number, specimen: Specimen): Knowledge {
  if (typeof bytes !== 'number') return knowledge.nothing;
  let most: Knowledge = knowledge.flow;
  for (let byte = 0; byte < bytes; byte++) {
    const place = start + at + byte;
    const shift = 8 * (bytes - 1 - byte);
    const wanted = mask === undefined ? 0xff : shift < 32 ? (mask >>> shift) & 0xff : 0;
    const missing = wanted & ~(specimen.known[place] ?? 0);
    if (missing === 0) continue;
    if (place !== specimen.flagsAt) return knowledge.nothing;
    most = knowledge.flags;
  }
  return most;
}
