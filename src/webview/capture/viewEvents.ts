import type { CaptureViewCommand, RememberedFilters } from '../../rpc/captureView.js';
import type { FindOrder, ListSort, TimeWish } from '../../rpc/packetList.js';
import type { ListColumn } from './columns.js';
import type { Choice } from './chosenRows.js';
import type { Pane } from './viewState.js';

/** What the parts of the view tell the whole, with what each event carries. */
export interface ViewEvents {
  /** A row of the list was chosen. */
  'row-chosen': { readonly row: number; readonly choice: Choice };
  /** All rows were chosen. */
  'all-chosen': undefined;
  /** A column of the list was chosen, by id; nothing when the whole row is meant. */
  'column-chosen': string | undefined;
  /** The list was moved by hand. */
  'list-touched': undefined;
  /** The list no longer stands at its end, where new packets come in. */
  'follow-ended': undefined;
  /** The list should be in the order of a column, or in that of the file. */
  'sort-wanted': ListSort | undefined;
  /** A column should stand where another one does, which makes room. */
  'column-moved': { readonly id: string; readonly place: string };
  /** A column is not wanted any more, by id. */
  'column-dropped': string;
  /** Columns were moved, hidden, shown, named or added. */
  'columns-changed': readonly ListColumn[];
  /** The usual columns are wanted. */
  'columns-reset': undefined;
  /** The next match of what was looked for is wanted, or the one before. */
  'find-step': 1 | -1;
  /** The keyboard should go to the filter. */
  'filter-asked': undefined;
  /** Times should be written otherwise. */
  'time-wanted': TimeWish;
  /** Something the view can do is wanted. */
  'command-wanted': CaptureViewCommand;
  /** The list moved, see scrollGeometry. */
  'list-scrolled': number;
  /** Column widths in pixels by id. */
  'columns-sized': Readonly<Record<string, number>>;
  /** A field was chosen in the tree, by path. */
  'field-selected': string;
  /** Paths of the tree nodes that are open now. */
  'tree-opened': readonly string[];
  /** A byte was chosen, by offset. */
  'byte-selected': number;
  /** The keyboard should go to a pane. */
  'pane-wanted': Pane;
  /** A scroll bar was dragged to a position. */
  'bar-moved': number;
  /** A splitter was moved to a share of its space; nothing when it should go back to its usual place. */
  'split-moved': number | undefined;
  /** A packet number was entered. */
  'go-to': number;
  /** A part asks to be put away. */
  dismissed: undefined;
  /** A filter was entered for the list; empty for all packets. */
  'filter-wanted': string;
  /** The history of filters, or the starred ones, have changed. */
  'filters-kept': RememberedFilters;
  /** A pattern is to be looked for, from where the list stands. */
  'find-wanted': Omit<FindOrder, 'from'>;
  /** What the list is busy with should stop. */
  'stop-wanted': undefined;
  /** The text of a filter field is another. */
  'filter-edited': string;
  /** Enter was pressed, perhaps with Shift, in a filter field whose text is not known to be wrong. */
  'filter-entered': { readonly text: string; readonly isShifted: boolean };
}

export type ViewEvent<K extends keyof ViewEvents> = CustomEvent<ViewEvents[K]>;

/** Tells whoever shows `from` what happened in it. */
export function tell<K extends keyof ViewEvents>(from: EventTarget, name: K, detail: ViewEvents[K]): void {
  from.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Hears what `from` tells, for as long as it is there. */
export function listen<K extends keyof ViewEvents>(
  from: EventTarget,
  name: K,
  heard: (detail: ViewEvents[K]) => void,
): void {
  from.addEventListener(name, (event) => {
    if (event instanceof CustomEvent) heard(event.detail as ViewEvents[K]);
  });
}
