/** The Internet checksum (RFC 1071), and what the tree says of one. */
import { u8 } from '../base/bytes.js';

/** Ones' complement sum of 16-bit words, not yet inverted; `sum` carries on from an earlier piece of even length. */
export function onesSum(frame: Uint8Array, from: number, to: number, sum = 0): number {
  let total = sum;
  for (let at = from; at < to; at += 2) {
    total += (u8(frame, at) << 8) | (at + 1 < to ? u8(frame, at + 1) : 0);
    if (total > 0xffff) total = (total & 0xffff) + 1;
  }
  return total;
}

/** What the checksum field should hold, given what it holds and the sum over everything with it. */
export function expectedChecksum(held: number, sum: number): number {
  const without = sum + (~held & 0xffff);
  return ~((without & 0xffff) + (without >> 16)) & 0xffff;
}

/** Wireshark's `….checksum.status` values. */
export const checksumStatus = { bad: 0, good: 1, unverified: 2, notPresent: 3, illegal: 4 } as const;

export const checksumStatusNames: Readonly<Record<number, string>> = {
  0: 'Bad',
  1: 'Good',
  2: 'Unverified',
  3: 'Not present',
  4: 'Illegal',
};
