/** The filters that are kept: those applied lately and those starred. */
import type { RememberedFilters } from '../../rpc/captureView.js';

/** More than anybody goes back through; a filter longer than this is not kept, since storage is shared. */
const mostRecent = 50;
const mostSaved = 200;
const longestKept = 5000;

export const noFilters: RememberedFilters = { history: [], saved: [] };

function texts(value: unknown, most: number): readonly string[] {
  if (!Array.isArray(value)) return [];
  const good = value.filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '' && text.length <= longestKept,
  );
  return [...new Set(good.map((text) => text.trim()))].slice(0, most);
}

/** Kept filters out of storage, where an older version may have written them: what is not a filter text is left out. */
export function readFilters(stored: unknown): RememberedFilters {
  if (typeof stored !== 'object' || stored === null) return noFilters;
  const { history, saved }: { history?: unknown; saved?: unknown } = stored;
  return { history: texts(history, mostRecent), saved: texts(saved, mostSaved) };
}

/** With `text` as the latest of the history, once. */
export function withApplied({ history, saved }: RememberedFilters, text: string): RememberedFilters {
  return { history: texts([text, ...history], mostRecent), saved };
}

/** With `text` starred when it was not, else without its star. */
export function withStarToggled({ history, saved }: RememberedFilters, text: string): RememberedFilters {
  const named = text.trim();
  return {
    history,
    saved: saved.includes(named) ? saved.filter((one) => one !== named) : texts([...saved, named], mostSaved),
  };
}

/** Without `text` in the history. */
export function withoutApplied({ history, saved }: RememberedFilters, text: string): RememberedFilters {
  return { history: history.filter((one) => one !== text), saved };
}

/**
 * A walk through the history by key: back to older filters and forth again to the text one began with. It begins anew
 * whenever the text was edited between two steps.
 */
export class HistoryWalk {
  /** The texts of this walk: what was typed, then the history. */
  #texts: readonly string[] = [];
  #at = 0;

  /** The text one step on from `text`, or nothing at the end. */
  step(text: string, history: readonly string[], to: 'older' | 'newer'): string | undefined {
    if (this.#texts[this.#at] !== text) {
      this.#texts = [text, ...history.filter((one) => one !== text.trim())];
      this.#at = 0;
    }
    const next = this.#texts[this.#at + (to === 'older' ? 1 : -1)];
    if (next === undefined) return undefined;
    this.#at += to === 'older' ? 1 : -1;
    return next;
  }
}
