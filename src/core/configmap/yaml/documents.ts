/** Cuts a text into YAML documents, so that one that cannot be read does not hide the others. */
import type { TextRange } from '../../base/lines.js';

function isBlankOrDirective(line: string): boolean {
  const text = line.trimStart();
  return text === '' || text.startsWith('#') || line.startsWith('%');
}

/**
 * The pieces of a text that are one document each, with its `---` line and the directives above it. A marker at the
 * start of a line ends a document wherever it stands, inside a block scalar too (YAML 1.2, 9.1.2), so this needs no
 * parser.
 */
export function splitDocuments(text: string): readonly TextRange[] {
  const pieces: TextRange[] = [];
  let start = 0;
  let onlyPreamble = true;
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    const marker = text.startsWith('---', at) || text.startsWith('...', at);
    if (marker && (at + 3 === text.length || /\s/.test(text.charAt(at + 3)))) {
      const opens = text.charAt(at) === '-';
      const cut = opens ? at : end;
      if (opens ? !onlyPreamble : true) {
        pieces.push({ start, end: cut });
        start = cut;
      }
      onlyPreamble = !opens;
    } else if (onlyPreamble && !isBlankOrDirective(text.slice(at, Math.min(end, at + 200)))) {
      onlyPreamble = false;
    }
    at = end;
  }
  if (start < text.length) pieces.push({ start, end: text.length });
  return pieces;
}
