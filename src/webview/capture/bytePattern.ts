/**
 * Bytes as people write them: `0a000055`, `0a 00 00 55`, `0a:00:00:55`, `0x0a, 0x00`, `"\x0a\x00"`. Gives the bare hex
 * digits, or nothing when the text is no whole number of bytes.
 */
export function bytePattern(text: string): string | undefined {
  const digits = text.replace(/0x|\\x|[\s:.,;"'-]/gi, '');
  return /^(?:[0-9a-f]{2})+$/i.test(digits) ? digits.toLowerCase() : undefined;
}
