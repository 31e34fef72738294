/** Controls, line breaks, and marks that hide or reorder the text beside them. */
const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** C0 controls have pictures of their own; the rest is written as its code point. */
function picture(mark: string): string {
  const code = mark.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** Text from a file, made safe to stand in a line: one line, at most `limit` characters, no controls. */
export function harmless(text: string, limit = 1000): string {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return short.replace(harmful, picture);
}
