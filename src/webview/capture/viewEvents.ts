import type { RememberedFilters } from '../../rpc/captureView.js';
import type { FindOrder } from '../../rpc/packetList.js';
import type { Pane } from './viewState.js';

/** What the parts of the view tell the whole, with what each event carries. */
export interface ViewEvents {
  /** A packet was chosen, by number. */
  'packet-selected': number;
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
