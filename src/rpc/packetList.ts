/**
 * The packet list as a view asks the session for it. A view has a list of its own, by a number that the host gives
 * out: which packets are shown (a display filter), in what order, and how their rows look. Rows of a list count from
 * 0, packets from 1.
 */

/** The list of one view. */
export type ListId = number;

/** What a column shows; `field` takes any field of the display filter language. */
export const columnKinds = [
  'number',
  'time',
  'source',
  'destination',
  'protocol',
  'length',
  'info',
  'field',
] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** A column of the list. */
export interface ColumnWish {
  /** Unique in its list. */
  readonly id: string;
  readonly kind: ColumnKind;
  /** For kind `field`: its display-filter name, `ip.ttl`, with `#n` for the n-th occurrence. */
  readonly field?: string;
}

/**
 * How times are written: since the first packet, on the clock of this machine or in UTC, seconds since 1970, since the
 * packet before in the file or in the list, since the reference packet.
 */
export const timeForms = ['relative', 'local', 'utc', 'epoch', 'delta', 'delta-shown', 'reference'] as const;
export type TimeForm = (typeof timeForms)[number];

export interface TimeWish {
  readonly form: TimeForm;
  /** Decimal digits of the second, 0 to 9; absent: as many as the file has. */
  readonly digits?: number;
  /** Number of the packet that times count from, for the form `reference`. */
  readonly reference?: number;
}

/** Tints that a theme has a colour for. */
export const rowTints = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'grey'] as const;
export type RowTint = (typeof rowTints)[number];

/** Rows that match the filter take the tint; the first rule that matches wins. */
export interface ColourRule {
  /** Said in the row's tooltip. */
  readonly name: string;
  /** A display filter. */
  readonly filter: string;
  readonly tint: RowTint;
}

/** How the rows of a list look. */
export interface ListLook {
  readonly columns: readonly ColumnWish[];
  readonly time: TimeWish;
  readonly colours: readonly ColourRule[];
}

/** A row as it is shown. */
export interface ListRow {
  /** Number of its packet. */
  readonly number: number;
  /** Texts in the order of the columns. */
  readonly cells: readonly string[];
  /** Index of the colour rule that matches; absent when none does. */
  readonly rule?: number;
  readonly marked?: true;
  readonly commented?: true;
  /** Cut short by the snap length, malformed, or damaged in the file. */
  readonly problem?: true;
}

/** A place in a text of the filter language that is wrong, as offsets of UTF-16 units, and a sentence that says why. */
export interface FilterMistake {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** What can stand at a place of a filter. */
export interface FilterCompletion {
  /** What is put in. */
  readonly text: string;
  /** The part of the filter that it takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'field' | 'protocol' | 'value' | 'operator' | 'function';
  /** In a few words: `IPv4 address`, `number, 8 bits`, the value's name. */
  readonly detail: string;
  /** One line of help: the field's title and protocol. */
  readonly help: string;
}

/** How a list stands. */
export interface ListState {
  readonly list: ListId;
  /** Changes when rows that were given out are no longer what they were; rows that come in late have an older one. */
  readonly age: number;
  /** The filter in force; empty for all packets. */
  readonly filter: string;
  readonly sort: ListSort | undefined;
  /** Rows there are. */
  readonly shown: number;
  /** Packets looked at for the filter so far, of `packets`. */
  readonly examined: number;
  readonly packets: number;
  readonly phase: 'ready' | 'filtering' | 'sorting';
  /** For `sorting`: how far, 0 to 1. */
  readonly share?: number;
  /** The user has stopped the filter: `shown` counts those found until then. */
  readonly stopped?: true;
  /** Rows at the end that came after the list was sorted, and stand there in the order of the file. */
  readonly unsorted?: number;
  /** Why the list is not as it was asked for, a sentence: too many different values to sort by. */
  readonly trouble?: string;
}

export interface ListSort {
  /** Id of a column of the look. */
  readonly column: string;
  readonly descending: boolean;
}

/** What to look for. */
export interface FindOrder {
  /** `text`: in the cells of the rows or, with `inTree`, in all lines of the tree; `bytes`: hex digits; `filter`: a display filter. */
  readonly what: 'text' | 'bytes' | 'filter';
  readonly pattern: string;
  readonly caseSensitive?: boolean;
  readonly inTree?: boolean;
  /** Row to begin at; it is looked at last. */
  readonly from: number;
  readonly backwards?: boolean;
}

export type FindReply =
  | { readonly row: number; readonly number: number; readonly wrapped: boolean }
  /** Nothing found; with `mistakes` the pattern itself is wrong, with `stopped` the user did not wait. */
  | { readonly row?: undefined; readonly mistakes?: readonly FilterMistake[]; readonly stopped?: true };

export const exportFormats = ['pcap', 'pcapng', 'csv', 'json', 'text'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOrder {
  readonly list: ListId;
  /** `shown`: the rows of the list in its order; `marked`: in the order of the file; or these packets. */
  readonly which: 'all' | 'shown' | 'marked' | readonly number[];
  readonly format: ExportFormat;
  /** Where to; without a path the bytes are in the answer (file systems that are not the machine's). */
  readonly path?: string;
}

export interface ExportReply {
  readonly packets: number;
  /** Bytes written. */
  readonly size: number;
  readonly bytes?: Uint8Array;
  /** What could not be kept as it was, a sentence each: several link types in one pcap, times finer than it has. */
  readonly notes: readonly string[];
  readonly stopped?: true;
}

/** What is known of the file as a whole, for people: titled groups of label and value. */
export interface PropertyGroup {
  readonly title: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
}

export interface ListCalls {
  /** Says how rows are to look; the answer names rules and columns that cannot be used, with the reason. */
  look(argument: {
    readonly list: ListId;
    readonly look: ListLook;
  }): readonly { readonly what: 'column' | 'colour'; readonly index: number; readonly message: string }[];
  /** Shows the packets that match; `list` events tell how it goes. Mistakes leave the list as it is. */
  filter(argument: { readonly list: ListId; readonly text: string }): readonly FilterMistake[];
  /** Orders the list, or puts it back in the order of the file; `list` events tell how it goes. */
  sort(argument: { readonly list: ListId; readonly by: ListSort | undefined }): undefined;
  /** Stops what the list is doing (filter, sort, find, export); what there is stays. */
  stop(argument: { readonly list: ListId }): undefined;
  /** How the list stands; a list is made by asking. */
  state(argument: { readonly list: ListId }): ListState;
  /** Rows from `first`; fewer where the list ends. */
  rows(argument: { readonly list: ListId; readonly first: number; readonly count: number }): {
    readonly age: number;
    readonly rows: readonly ListRow[];
  };
  /** The row of a packet, or of the next packet that is shown (else the last); -1 in an empty list. */
  rowOf(argument: { readonly list: ListId; readonly number: number }): number;
  find(argument: FindOrder & { readonly list: ListId }): FindReply;
  /** The view is gone. */
  drop(argument: { readonly list: ListId }): undefined;
  /** What can stand at an offset of a filter text. */
  complete(argument: { readonly text: string; readonly at: number }): readonly FilterCompletion[];
  /** What is wrong with a filter text. */
  check(argument: { readonly text: string }): readonly FilterMistake[];
  /** Marks packets, or takes their marks away; `shown` stands for all rows of a list, `all` for all packets. */
  mark(argument: {
    readonly which: readonly number[] | { readonly shown: ListId } | 'all';
    readonly marked: boolean;
  }): undefined;
  /** The marked packet after (or before) a packet among the rows of a list. */
  nextMark(argument: {
    readonly list: ListId;
    readonly number: number;
    readonly backwards?: boolean;
  }): { readonly row: number; readonly number: number } | undefined;
  export(argument: ExportOrder): ExportReply;
  properties(argument: undefined): readonly PropertyGroup[];
}

export interface ListEvents {
  /** A list stands otherwise now. */
  list: ListState;
  /** How far a search or an export is, 0 to 1. */
  work: { readonly list: ListId; readonly what: 'find' | 'export'; readonly share: number };
  /** How many packets are marked. */
  marks: { readonly marked: number };
}

/** Every call and every event, to be handed on by name. */
export const listCallNames: Readonly<Record<keyof ListCalls, true>> = {
  look: true,
  filter: true,
  sort: true,
  stop: true,
  state: true,
  rows: true,
  rowOf: true,
  find: true,
  drop: true,
  complete: true,
  check: true,
  mark: true,
  nextMark: true,
  export: true,
  properties: true,
};
export const listEventNames: Readonly<Record<keyof ListEvents, true>> = {
  list: true,
  work: true,
  marks: true,
};
