/**
 * The time that ping programs put at the start of the echo data: seconds and microseconds, 32 bits each, in the
 * sender's byte order. Nothing in the packet says it is there, so it is believed where it is near the capture's time.
 */
import { u32, u32le } from '../../base/bytes.js';
import type { Emit } from '../emit.js';
import { time } from '../field.js';
import { utcText } from '../values/times.js';
import type { Layer } from '../walk.js';

const day = 86400;
/** Without a capture time: 2001 to 2065, which no usual fill pattern falls into with sane microseconds. */
const earliest = 1_000_000_000;
const latest = 3_000_000_000;

function isNear(seconds: number, captured: number | undefined): boolean {
  if (captured === undefined) return seconds >= earliest && seconds <= latest;
  return Math.abs(seconds - captured) < day;
}

const isLittle = (frame: Uint8Array, at: number, captured: number | undefined): boolean =>
  isNear(u32le(frame, at), captured) && u32le(frame, at + 4) < 1_000_000;

const isBig = (frame: Uint8Array, at: number, captured: number | undefined): boolean =>
  isNear(u32(frame, at), captured) && u32(frame, at + 4) < 1_000_000;

/** Whether the echo data at `at` starts with a time. `captured` is the frame's time in seconds, where it is known. */
export function hasDataTime(
  frame: Uint8Array,
  at: number,
  captured: number | undefined,
  limit: number,
): boolean {
  if (at + 8 > limit || at + 8 > frame.length) return false;
  return isLittle(frame, at, captured) || isBig(frame, at, captured);
}

export const dataTimeFields = { dataTime: time('icmp.data_time', 'Timestamp from icmp data') };

/** Reports the time in the echo data, if there is one. */
export function emitDataTime(layer: Layer, emit: Emit): void {
  const at = layer.start + 8;
  const { frame, walk } = layer;
  if (!hasDataTime(frame, at, walk.seconds, layer.captured)) return;
  const little = isLittle(frame, at, walk.seconds);
  const seconds = little ? u32le(frame, at) : u32(frame, at);
  const micros = little ? u32le(frame, at + 4) : u32(frame, at + 4);
  emit.add(dataTimeFields.dataTime, at, 8, utcText(seconds, micros * 1000));
}
