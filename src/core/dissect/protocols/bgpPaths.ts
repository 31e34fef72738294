/** The networks that a route came through: AS_PATH and AS4_PATH (RFC 4271, section 4.3; RFC 6793). */
import { u16, u32, u8 } from '../../base/bytes.js';
import type { FieldCursor } from '../fieldCursor.js';
import { label, uint } from '../field.js';
import { asText } from '../values/bgpNames.js';

const path = 'bgp.update.path_attribute';

const fields = {
  segment: label(`${path}.as_path_segment`, 'AS Path segment', {
    text: (value) => `AS Path segment: ${value}`,
  }),
  segmentType: uint(`${path}.as_path_segment.type`, 'Segment type', {
    values: { 1: 'AS_SET', 2: 'AS_SEQUENCE', 3: 'AS_CONFED_SEQUENCE', 4: 'AS_CONFED_SET' },
  }),
  segmentLength: uint(`${path}.as_path_segment.length`, 'Segment length (number of ASN)'),
  as2: uint(`${path}.as_path_segment.as2`, 'AS2', { text: asText }),
  as4: uint(`${path}.as_path_segment.as4`, 'AS4', { text: asText }),
};
export const pathFields = fields;

/**
 * Bytes of an AS number in a path: 2, unless both sides can do 4 (RFC 6793), which they said at a time that may not be
 * captured. So 4 is taken where the path makes no sense with 2.
 */
export function numberSize(frame: Uint8Array, from: number, end: number): 2 | 4 {
  for (let at = from; at < end;) {
    const count = u8(frame, at + 1);
    const type = u8(frame, at);
    if (type < 1 || type > 4 || at + 2 + 2 * count > end) return 4;
    for (let i = 0; i < count; i++) if (u16(frame, at + 2 + 2 * i) === 0) return 4;
    at += 2 + 2 * count;
  }
  return 2;
}

/** AS numbers that a line names. */
const mostNamed = 64;

/** `65000 65001`, sets in braces. */
function segmentText(frame: Uint8Array, at: number, end: number, size: 2 | 4): string {
  const type = u8(frame, at);
  const count = Math.min(u8(frame, at + 1), mostNamed, Math.floor((end - at - 2) / size));
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) {
    const place = at + 2 + size * i;
    numbers.push(size === 2 ? u16(frame, place) : u32(frame, place));
  }
  const more = u8(frame, at + 1) > mostNamed ? ' …' : '';
  if (type === 1) return `{${numbers.join(', ')}${more}}`;
  if (type === 4) return `[${numbers.join(', ')}${more}]`;
  return (type === 3 ? `(${numbers.join(' ')})` : numbers.join(' ')) + more;
}

export function pathText(frame: Uint8Array, from: number, end: number, size: 2 | 4): string {
  if (from === end) return 'empty';
  let text = '';
  for (let at = from; at + 2 <= end; at += 2 + size * u8(frame, at + 1))
    text += `${segmentText(frame, at, end, size)} `;
  return text;
}

/** Reports the segments of a path whose numbers take so many bytes. */
export function reportPath(cursor: FieldCursor, size: 2 | 4): void {
  while (cursor.left >= 2) {
    const count = cursor.u8(1);
    cursor.group(
      fields.segment,
      2 + size * count,
      (segment) => {
        segment.field(fields.segmentType, 1);
        segment.field(fields.segmentLength, 1);
        while (segment.left >= size) segment.field(size === 2 ? fields.as2 : fields.as4, size);
      },
      segmentText(cursor.frame, cursor.at, cursor.end, size),
    );
  }
}
