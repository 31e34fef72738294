import type { Choice } from './chosenRows.js';

/** Where the keyboard is in the list: rows and columns counted from 0, -1 where there is none. */
export interface ListPlace {
  readonly row: number;
  readonly last: number;
  /** Rows that a page moves by. */
  readonly page: number;
  readonly column: number;
  readonly columns: number;
}

/** What a key asks of the list. */
export type ListMove =
  | { readonly what: 'row'; readonly row: number; readonly choice: Choice }
  /** A cell of the row, or -1 for the whole row. */
  | { readonly what: 'column'; readonly column: number }
  | { readonly what: 'find'; readonly by: 1 | -1 }
  | { readonly what: 'all' }
  | { readonly what: 'tree' }
  | { readonly what: 'filter' };

type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** What a key means in the list; nothing for keys that are not the list's. */
export function listMove(press: Press, place: ListPlace): ListMove | undefined {
  const { key, shiftKey } = press;
  if (press.altKey) return undefined;
  if (press.ctrlKey || press.metaKey) {
    if (key.toLowerCase() === 'a' && !shiftKey) return { what: 'all' };
    if (key === ' ' && place.row >= 0) return { what: 'row', row: place.row, choice: 'toggle' };
    // Ctrl+Home and Ctrl+End are what other lists use; arrows with Ctrl are commands of the workbench.
    return key === 'Home' || key === 'End' ? rowMove(key, shiftKey, place) : undefined;
  }
  switch (key) {
    case 'Enter':
      return { what: 'tree' };
    case '/':
      return { what: 'filter' };
    case 'n':
    case 'N':
      return { what: 'find', by: shiftKey ? -1 : 1 };
    case 'p':
      return { what: 'find', by: -1 };
    case 'Escape':
      if (place.column >= 0) return { what: 'column', column: -1 };
      return place.row >= 0 ? { what: 'row', row: place.row, choice: 'only' } : undefined;
    case 'ArrowLeft':
      return { what: 'column', column: Math.max(-1, place.column - 1) };
    case 'ArrowRight':
      return { what: 'column', column: Math.min(place.columns - 1, place.column + 1) };
    default:
      return rowMove(key, shiftKey, place);
  }
}

function rowMove(key: string, isExtending: boolean, place: ListPlace): ListMove | undefined {
  const { row, last, page } = place;
  const targets: Readonly<Record<string, number>> = {
    ArrowUp: row - 1,
    ArrowDown: row + 1,
    PageUp: row - page,
    PageDown: row + page,
    Home: 0,
    End: last,
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  if (target === undefined || last < 0) return undefined;
  return {
    what: 'row',
    row: Math.min(last, Math.max(0, target)),
    choice: isExtending ? 'extend' : 'only',
  };
}
