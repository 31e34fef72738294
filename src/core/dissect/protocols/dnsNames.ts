/** Domain names as DNS messages carry them: labels, each behind its length, with pointers to what was said before. */
import { u16, u8 } from '../../base/bytes.js';

/** A name in a message. */
export interface DnsName {
  /** `kernel.org`; `<Root>` for the empty name. */
  readonly text: string;
  /** Bytes it takes where it stands, up to its end or its first pointer. */
  readonly length: number;
}

/** RFC 1035, section 2.3.4: 255 bytes; each label takes two at least. */
const mostLabels = 128;

/**
 * Where the name at `at` ends in the message, -1 when it does not end before `end` or has a label of an unknown kind.
 * Does not follow pointers, so it costs a step a label.
 */
export function nameEnd(frame: Uint8Array, at: number, end: number): number {
  let place = at;
  while (place < end) {
    const length = u8(frame, place);
    if (length === 0) return place + 1;
    if (length >= 0xc0) return place + 2 <= end ? place + 2 : -1;
    if (length > 63) return -1;
    place += 1 + length;
  }
  return -1;
}

/**
 * Reads the name at `at`. Pointers count from `message`, the first byte of the header, and must point backwards, as
 * names that are read in one go can only do; so no message can make this run in circles.
 */
export function readName(frame: Uint8Array, at: number, message: number, end: number): DnsName {
  const stop = nameEnd(frame, at, end);
  const length = (stop < 0 ? end : stop) - at;
  const labels: string[] = [];
  let place = at;
  let limit = end;
  while (place < limit && labels.length < mostLabels) {
    const size = u8(frame, place);
    if (size === 0) break;
    if (size >= 0xc0) {
      const target = message + (u16(frame, place) & 0x3fff);
      if (target >= place) return { text: '<Name contains a pointer that loops>', length };
      limit = place;
      place = target;
      continue;
    }
    if (size > 63) {
      labels.push('<Unknown kind of label>');
      break;
    }
    labels.push(labelText(frame, place + 1, Math.min(place + 1 + size, limit)));
    place += 1 + size;
  }
  return { text: labels.length === 0 ? '<Root>' : labels.join('.'), length };
}

function labelText(frame: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) {
    const code = u8(frame, i);
    text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
  }
  return text;
}
