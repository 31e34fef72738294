/** Takes off what is no text of a line: its end, trailing blanks, terminal colours. */

/** Only so much of a line is looked at; no line of the monitor is longer. */
export const longestLine = 32_768;

export interface CleanLine {
  readonly text: string;
  /** Offset in the line as it was given, for an offset of `text`. */
  readonly place: (offset: number) => number;
}

// Escape characters stand out better as a number than unseen in a pattern.
const escapeSequence = new RegExp(`${String.fromCharCode(27)}\\[[\\d;:?]{0,40}[@-~]`, 'g');

/** The text of a line without what a terminal or an end of line added. */
export function cleanLine(given: string): CleanLine {
  let text = given.length > longestLine ? given.slice(0, longestLine) : given;
  if (!text.includes('\u001b')) return { text: text.trimEnd(), place: (offset) => offset };
  const kept: string[] = [];
  /** Where each kept piece begins in the clean text, and how much was taken out before it. */
  const starts: number[] = [];
  const removed: number[] = [];
  let at = 0;
  let length = 0;
  const keep = (end: number): void => {
    starts.push(length);
    removed.push(at - length);
    kept.push(text.slice(at, end));
    length += end - at;
  };
  for (const match of text.matchAll(escapeSequence)) {
    keep(match.index);
    at = match.index + match[0].length;
  }
  keep(text.length);
  text = kept.join('').trimEnd();
  return {
    text,
    place: (offset) => {
      let piece = starts.length - 1;
      while (piece > 0 && (starts[piece] ?? 0) > offset) piece--;
      return offset + (removed[piece] ?? 0);
    },
  };
}
