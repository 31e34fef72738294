/** How a hover's texts are written: Markdown for the editor, plain for the terminal. */
import { markdownCode, markdownText } from '../base/words.js';

export interface Markup {
  /** Our own words, or what is to be read as such. */
  text(text: string): string;
  /** A value of the log. */
  code(text: string): string;
  /** A command that we advise. */
  command(text: string): string;
  /** A heading; `written` is made by the other functions. */
  strong(written: string): string;
  link(title: string, address: string): string;
  /** A value of the log and what it means; both are made by the other functions. */
  pair(value: string, words: string): string;
  /** Joins lines. */
  lines(lines: readonly string[]): string;
}

/** Markdown in which no text of the log can become markup. */
export const markdown: Markup = {
  text: markdownText,
  code: markdownCode,
  command: markdownCode,
  strong: (written) => `**${written}**`,
  link: (title, address) => `[${markdownText(title)}](${address})`,
  // A blank that Markdown keeps, and one that breaks.
  pair: (value, words) => `${value}\u00a0 ${words}`,
  // Two blanks make a line break.
  lines: (lines) => lines.join('  \n'),
};

/** The same with another wording of our own texts; values of the log stay as they are. */
export function reworded(markup: Markup, words: (text: string) => string): Markup {
  return {
    ...markup,
    text: (text) => markup.text(words(text)),
    command: (text) => markup.command(words(text)),
  };
}

/** Plain text. */
export const plain: Markup = {
  text: (text) => text,
  code: (text) => text,
  command: (text) => text,
  strong: (written) => written,
  link: (title, address) => `${title}: ${address}`,
  pair: (value, words) => `${value}: ${words}`,
  lines: (lines) => lines.join('\n'),
};
