/** A YAML file: its documents, within bounds. */
import type { TextRange } from '../../base/lines.js';
import { grouped } from '../../base/words.js';
import { splitDocuments } from './documents.js';
import { parseDocument } from './parse.js';
import type { YamlDocument } from './parse.js';
import { paintOverTemplates } from './templates.js';

/** Kubernetes refuses objects above 1 MiB; lists of objects are larger. In UTF-16 units. */
const longestDocument = 4 << 20;

/** Documents that are read; the rest of a longer stream is not. */
const mostDocuments = 5_000;

/** All text that is read of one file, in UTF-16 units. */
export const longestText = 32 << 20;

export interface YamlFile {
  readonly text: string;
  readonly documents: readonly YamlDocument[];
}

function tooLarge(range: TextRange, message: string): YamlDocument {
  return { range, problem: { kind: 'too-large', message, at: range.start } };
}

function millions(length: number): string {
  return `${grouped(Math.round(length / 1e5) / 10)} million characters`;
}

/** Reads all documents of a text, each for itself. */
export function readYaml(text: string): YamlFile {
  if (text.length > longestText) {
    const message = `The file has ${millions(text.length)}; files above ${millions(longestText)} are not read.`;
    return { text, documents: [tooLarge({ start: 0, end: text.length }, message)] };
  }
  const readable = paintOverTemplates(text);
  const ranges = splitDocuments(readable);
  const documents = ranges.slice(0, mostDocuments).map((range) => {
    const length = range.end - range.start;
    if (length <= longestDocument) return parseDocument(readable, range);
    return tooLarge(
      range,
      `This document has ${millions(length)}; documents above ${millions(longestDocument)} are not read.`,
    );
  });
  const first = ranges[mostDocuments];
  if (first !== undefined) {
    documents.push(
      tooLarge(
        { start: first.start, end: text.length },
        `Only the first ${grouped(mostDocuments)} documents are read.`,
      ),
    );
  }
  return { text, documents };
}
