/** Template actions (`{{ … }}`, `{% … %}`) in YAML: text that another program will replace before Cilium sees it. */

const action = /\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}/g;
const actionLine = /^[ \t]*(?:\{\{[^{}\n]*\}\}|\{%[^%\n]*%\})[ \t\r]*$/;

/** What stands for a value in files that are filled in later: Helm, Jinja, envsubst, make, sed. */
const placeholder = /\{\{|\{%|\$\{|\$\(|__[A-Z][A-Z0-9_]*__|@[A-Z][A-Z0-9_]*@/;

/** Whether a value will be filled in later, so that nothing can be said about it. */
export function isTemplated(source: string): boolean {
  return placeholder.test(source.length > 4096 ? source.slice(0, 4096) : source);
}

/**
 * The text with its template actions painted over, so that it parses and every place stays the same: a line that
 * holds only an action becomes a comment, an action inside a line becomes underscores.
 */
export function paintOverTemplates(text: string): string {
  if (!text.includes('{{') && !text.includes('{%')) return text;
  return text
    .split('\n')
    .map((line) => {
      if (!line.includes('{{') && !line.includes('{%')) return line;
      if (actionLine.test(line)) return `#${line.slice(1).replace(/[^\s]/g, ' ')}`;
      return line.replace(action, (found) => '_'.repeat(found.length));
    })
    .join('\n');
}
