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
}

export type ViewEvent<K extends keyof ViewEvents> = CustomEvent<ViewEvents[K]>;

/** Tells whoever shows `from` what happened in it. */
export function tell<K extends keyof ViewEvents>(from: EventTarget, name: K, detail: ViewEvents[K]): void {
  from.dispatchEvent(new CustomEvent(name, { detail }));
}
