/** How a hover's texts are written: Markdown for the editor, plain for the terminal. */
import { markdownCode, markdownText } from '../base/words.js';

export interface Markup {
  /** Our own words, or what is to be read as such. */
  text(text: string): string;
  /** A value of the log, or a command. */
  code(text: string): string;
  /** A heading; `written` is made by the other functions. */
  strong(written: string): string;
  link(title: string, address: string): string;
  /** Joins lines. */
  lines(lines: readonly string[]): string;
}

/** Markdown in which no text of the log can become markup. */
export const markdown: Markup = {
  text: markdownText,
  code: markdownCode,
  strong: (written) => `**${written}**`,
  link: (title, address) => `[${markdownText(title)}](${address})`,
  // Two blanks make a line break.
  lines: (lines) => lines.join('  \n'),
};

/** Plain text. */
export const plain: Markup = {
  text: (text) => text,
  code: (text) => text,
  strong: (written) => written,
  link: (title, address) => `${title}: ${address}`,
  lines: (lines) => lines.join('\n'),
};
