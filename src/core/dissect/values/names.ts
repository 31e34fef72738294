/** Domain names as packets carry them: labels, each behind its length. */
import { u8 } from '../../base/bytes.js';

/** Bytes of the name at `at`, with its closing zero; not beyond `end`. Compression is not used where this is. */
export function nameLength(frame: Uint8Array, at: number, end: number): number {
  let place = at;
  while (place < end) {
    const length = u8(frame, place);
    if (length === 0) return place + 1 - at;
    place += 1 + length;
  }
  return end - at;
}

/** `svc.example.com`; what is not printable shows as the replacement sign. */
export function wordsOfName(frame: Uint8Array, at: number, end: number): string {
  const labels: string[] = [];
  let place = at;
  while (place < end) {
    const length = u8(frame, place);
    if (length === 0) break;
    let label = '';
    for (let i = place + 1; i <= place + length && i < end; i++) {
      const code = u8(frame, i);
      label += code > 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
    }
    labels.push(label);
    place += 1 + length;
  }
  return labels.join('.');
}
