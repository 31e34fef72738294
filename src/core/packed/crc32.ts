/** CRC-32 as gzip uses it (RFC 1952, section 8), eight bytes at a time ("slicing by 8"). */

const sliceLength = 256;
const tables = makeTables();

/** Table 0 is the usual one; table k tells what a byte does to the sum k bytes later. */
function makeTables(): Int32Array {
  const made = new Int32Array(8 * sliceLength);
  for (let byte = 0; byte < sliceLength; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    made[byte] = sum;
  }
  for (let at = sliceLength; at < made.length; at++) {
    const before = made[at - sliceLength] ?? 0;
    made[at] = (before >>> 8) ^ (made[before & 0xff] ?? 0);
  }
  return made;
}

/** The sum of bytes that follow others with the sum `before` (0 when none do). As a signed 32-bit number. */
export function crc32(before: number, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = ~before;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = view.getInt32(at, true) ^ sum;
    const high = view.getInt32(at + 4, true);
    sum =
      (tables[0x700 + (low & 0xff)] ?? 0) ^
      (tables[0x600 + ((low >>> 8) & 0xff)] ?? 0) ^
      (tables[0x500 + ((low >>> 16) & 0xff)] ?? 0) ^
      (tables[0x400 + (low >>> 24)] ?? 0) ^
      (tables[0x300 + (high & 0xff)] ?? 0) ^
      (tables[0x200 + ((high >>> 8) & 0xff)] ?? 0) ^
      (tables[0x100 + ((high >>> 16) & 0xff)] ?? 0) ^
      (tables[high >>> 24] ?? 0);
  }
  for (; at < bytes.length; at++) sum = (sum >>> 8) ^ (tables[(sum ^ view.getUint8(at)) & 0xff] ?? 0);
  return ~sum;
}
