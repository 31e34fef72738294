/** Small pieces of wording that every surface shares. */

/** `1204` as `1,204`. */
export function grouped(count: number): string {
  return count.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 packet`, `1,204 packets`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Escapes all that Markdown (and HTML inside it) would read as markup, so that text from a file stays text. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&$:@^=/"']/g, (mark) => `\\${mark}`)
    .replace(/\\</g, '&lt;')
    .replace(/\\>/g, '&gt;')
    .replace(/\\&/g, '&amp;')
    .replace(/[\r\n]+/g, ' ');
}

/** A Markdown code span that shows exactly `text`, whatever backticks it holds. */
export function markdownCode(text: string): string {
  const flat = text.replace(/[\r\n]+/g, ' ');
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') || flat.trim() === '' ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}
