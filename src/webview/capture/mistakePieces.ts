import type { FilterMistake } from '../../rpc/packetList.js';

/** A stretch of a text that is underlined as wrong, or not. */
export interface TextPiece {
  readonly text: string;
  readonly wrong: boolean;
}

/**
 * A text cut where mistakes begin and end; the pieces joined are the text. A mistake without width takes the character
 * at its place; one at the end of the text gets a blank of its own behind the text, so that there is something to
 * underline. Places outside of the text are brought inside.
 */
export function mistakePieces(text: string, mistakes: readonly FilterMistake[]): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const { start, end } of [...mistakes].sort((a, b) => a.start - b.start)) {
    const place = Math.min(text.length, Math.max(0, start));
    const from = Math.max(done, place);
    const to = Math.max(from, Math.min(text.length, Math.max(end, place + 1)));
    if (from > done) pieces.push({ text: text.slice(done, from), wrong: false });
    if (to > from) pieces.push({ text: text.slice(from, to), wrong: true });
    done = to;
    if (place === text.length) {
      pieces.push({ text: ' ', wrong: true });
      return pieces;
    }
  }
  if (done < text.length) pieces.push({ text: text.slice(done), wrong: false });
  return pieces;
}
