/** Examples of rules as they are written in the rule files: carets mark places, the head of the ConfigMap is left out. */
import type { TextRange } from '../base/lines.js';

export interface ReadExample {
  /** A whole document. */
  readonly text: string;
  /** What the carets mark in `text`. */
  readonly marks: readonly TextRange[];
}

const head = `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
  namespace: kube-system
`;

/** The lines of an example without the indentation of the source file; `carets` are comment lines with `^^^`. */
export function exampleLines(example: string): readonly string[] {
  const lines = example.replace(/^\n/, '').replace(/\n *$/, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent));
}

export function isCaretLine(line: string): boolean {
  return /^\s*#[ ^]*\^ *$/.test(line);
}

/** An example as a document to lint, with the usual head where it has none, and the places that its carets mark. */
export function readExample(example: string): ReadExample {
  const lines = exampleLines(example);
  let text = lines.includes('kind: ConfigMap') ? '' : head;
  let lineStart = text.length;
  const marks: TextRange[] = [];
  for (const line of lines) {
    if (isCaretLine(line)) {
      for (const match of line.matchAll(/\^+/g)) {
        marks.push({ start: lineStart + match.index, end: lineStart + match.index + match[0].length });
      }
    } else {
      lineStart = text.length;
      text += `${line}\n`;
    }
  }
  return { text, marks };
}
