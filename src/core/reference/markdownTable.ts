/** Tables of the reference pages. */

/** One cell: what Markdown would read as the end of the cell or of the line is taken out. */
export function cell(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/\|/g, '\\|')
    .trim();
}

/** Words of a declaration as they stand, also where they hold `<n>` or `*`, which Markdown would not show. */
export function prose(text: string): string {
  return text.replace(/</g, '&lt;').replace(/\*/g, '\\*');
}

/** A table; rows shorter than the head are filled up. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const filled = rows.map((row) => head.map((_, i) => row[i] ?? ''));
  return [line(head), line(head.map(() => '---')), ...filled.map(line)].join('\n');
}
