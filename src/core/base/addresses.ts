/** Network addresses as text, written as Wireshark and Cilium write them. */
import { hex, u16, u8 } from './bytes.js';

/** `10.0.0.85` from the four bytes at `at`. */
export function ipv4Text(bytes: Uint8Array, at: number): string {
  return `${u8(bytes, at)}.${u8(bytes, at + 1)}.${u8(bytes, at + 2)}.${u8(bytes, at + 3)}`;
}

/** `c6:6d:95:cd:34:a2` from the six bytes at `at`. */
export function macText(bytes: Uint8Array, at: number): string {
  return hex(bytes, at, 6, ':');
}

/**
 * The canonical text of the IPv6 address at `at`: lower case, the longest run of two or more zero groups as `::`,
 * the first of equal runs (RFC 5952); IPv4-mapped addresses end in dotted form, as Wireshark prints them.
 */
export function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => u16(bytes, at + 2 * i));
  let bestStart = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > bestLength) {
      bestStart = i;
      bestLength = end - i;
    }
    if (end > i) i = end;
  }
  const mapped = bestStart === 0 && bestLength === 5 && groups[5] === 0xffff;
  const compatible = bestStart === 0 && bestLength === 6 && groups[6] !== 0;
  if (mapped || compatible) return `${mapped ? '::ffff:' : '::'}${ipv4Text(bytes, at + 12)}`;
  const words = groups.map((group) => group.toString(16));
  if (bestStart < 0) return words.join(':');
  return `${words.slice(0, bestStart).join(':')}::${words.slice(bestStart + bestLength).join(':')}`;
}
