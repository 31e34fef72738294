/** What the tests of archives share. */
import { BufferSource, type ByteSource } from '../../../src/core/capture/byteSource.js';

/** Larger than several pieces; some of it repeats itself, some does not. */
export const content = Buffer.from(makeContent(2_400_000));

function makeContent(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let seed = 7;
  for (let at = 0; at < length; at++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    // By turns: noise, text-like bytes, repeats of what stands 20,000 bytes before, runs.
    const stretch = (at >> 14) & 3;
    bytes[at] =
      stretch === 0
        ? seed >> 16
        : stretch === 1
          ? 97 + ((seed >> 16) % 7)
          : stretch === 2
            ? (bytes[at - 20_000] ?? 0)
            : at >> 12;
  }
  return bytes;
}

export function source(bytes: Uint8Array): ByteSource {
  return new BufferSource('capture.pcap.gz', bytes);
}

/** All that a source holds, read from first to last as a stream is. */
export function readAll(from: ByteSource): Buffer {
  const scratch = new Uint8Array(100_000);
  const pieces: Uint8Array[] = [];
  for (let at = 0; ;) {
    const piece = from.readInto(scratch, at, 16);
    if (piece.length === 0) return Buffer.concat(pieces);
    pieces.push(piece.slice());
    at += piece.length;
  }
}

/** Numbers below a bound, the same in every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}
