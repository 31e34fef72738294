/**
 * What lies behind the payload of an Ethernet frame, or of a header that stands for one. Told apart as Wireshark does
 * by default: zeros up to 60 bytes are padding; of the rest, the last four bytes of a frame of 64 or more are taken
 * for the frame check sequence.
 */
import { checksumStatus, checksumStatusNames } from '../checksum.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, uint } from '../field.js';
import type { Layer } from '../walk.js';

export const trailerFields = {
  padding: bytes('eth.padding', 'Padding'),
  checkSequence: uint('eth.fcs', 'Frame check sequence', {
    bytes: 4,
    show: 'hex',
    note: () => ' [unverified]',
  }),
  checkStatus: uint('eth.fcs.status', 'FCS Status', { values: checksumStatusNames, generated: true }),
};

/** Reports the bytes that the payload does not claim; `trailer` is the field for those that are no padding. */
export function emitTrailer(layer: Layer, emit: Emit, trailer: Field, mayHaveCheck = true): void {
  let payload = layer.following;
  // A label does not say how long its packet is.
  while (payload?.dissector.id === 'mpls') payload = payload.following;
  if (!payload) return;
  let at = payload.limit;
  let length = layer.limit - at;
  if (length <= 0 || at > layer.captured) return;
  // Counted over the whole frame, also inside a tunnel.
  const onWire = layer.walk.wireLength;
  const padding = onWire >= 60 ? Math.max(0, 60 - (onWire - length)) : 0;
  if (padding > 0 && isZero(layer.frame, at, at + padding)) {
    emit.add(trailerFields.padding, at, padding);
    at += padding;
    length -= padding;
  }
  const hasCheck = mayHaveCheck && layer.limit - layer.start >= 64 && length >= 4;
  const rest = hasCheck ? length - 4 : length;
  if (rest > 0) emit.add(trailer, at, rest);
  if (!hasCheck) return;
  emit.add(trailerFields.checkSequence, at + rest, 4);
  emit.add(trailerFields.checkStatus, at + rest, 0, checksumStatus.unverified);
}

function isZero(frame: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (frame[at] !== 0) return false;
  return true;
}
