/**
 * What passes between the packet view and the extension host: everything the session answers (the host hands those
 * calls on to the worker and keeps no packets), and the few things only the host can do.
 */
import type { CaptureCalls, CaptureEvents } from './capture.js';
import type { ColourRule, ColumnWish, ListId, TimeWish } from './packetList.js';

/** How the three panes lie: all below each other, tree beside bytes below the list, or bytes right of both. */
export const captureLayouts = ['beside', 'stacked', 'right'] as const;
export type CaptureLayout = (typeof captureLayouts)[number];

/** Sizes a person has chosen; kept for the workspace, so that the next capture opens the same way. */
export interface CaptureSizes {
  /** Share of the height that the list takes, 0 to 1. */
  readonly listShare: number;
  /** Share of the tree in the space that it divides with the bytes, 0 to 1. */
  readonly treeShare: number;
  /** Widths in pixels by column id; only of columns that were changed. */
  readonly columns: Readonly<Record<string, number>>;
}

/** The colour rules of the settings that can be used, and what is wrong with the others. */
export interface ChosenColours {
  readonly colours: readonly ColourRule[];
  /** A sentence for each rule that is not one, with its place: `Colour rule 3 has no filter.` Filters are not checked. */
  readonly mistakes: readonly string[];
}

/** What the view needs before it can show anything. */
export interface CaptureViewStart extends ChosenColours {
  /** The view's list: unique in the window, and the same for as long as its tab is there. */
  readonly list: ListId;
  /** A sentence for the time until the first packets are there: `Opening node1.cap (528 MB)`. */
  readonly opening: string;
  /**
   * Why the file is not opened without being asked twice: its file system gives files only whole, and it is larger
   * than the settings allow. The view says so and offers to open it all the same (`openAnyway`, then `open`) or to
   * change the setting. Until then `open` fails with this sentence.
   */
  readonly tooLarge?: { readonly message: string; readonly setting: string };
  readonly layout: CaptureLayout;
  /** Absent, or from an older version and to be checked: it comes from storage. */
  readonly sizes: unknown;
  /** What `rememberLook` kept, absent or to be checked; `time` is the settings' where nothing was kept. */
  readonly columns: unknown;
  readonly time: unknown;
  /** What `rememberFilters` kept; absent, or to be checked. */
  readonly filters: unknown;
  /** Translated texts by their English ones; empty in English. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Columns and times as a person has chosen them; kept for the workspace. */
export interface RememberedLook {
  readonly columns: readonly ColumnWish[];
  /** Without `reference`, which means a packet of one file. */
  readonly time: TimeWish;
}

/** Filters as a person has typed and starred them, the latest first; kept for the workspace. */
export interface RememberedFilters {
  readonly history: readonly string[];
  readonly saved: readonly string[];
}

/** The packets that can be exported; how many decides what is offered. */
export interface ExportWish {
  readonly list: ListId;
  /** Numbers of the selected packets, in the list's order. When all rows are selected: empty, `shown` is the same. */
  readonly selected: readonly number[];
  /** Packets shown, marked and in the file. */
  readonly shown: number;
  readonly marked: number;
  readonly packets: number;
}

/** What became of an export. */
export interface ExportOutcome {
  /** For the status line: `Exported 1,204 packets (98 KB) to node1-filtered.pcapng`. */
  readonly message: string;
  /** What could not be kept as it was, a sentence each. */
  readonly notes: readonly string[];
  /** Can be opened by `openExported`; absent when nothing was written. */
  readonly file?: string;
}

/** What the palette, a key or a context menu can ask of the view that is active. */
export const captureViewCommands = [
  'goToPacket',
  'nextPacket',
  'previousPacket',
  'nextPane',
  'previousPane',
  'focusFilter',
  'clearFilter',
  'find',
  'findNext',
  'findPrevious',
  'applyAsFilter',
  'applyAsFilterNot',
  'applyAsFilterAnd',
  'applyAsFilterOr',
  'applyAsFilterAndNot',
  'applyAsFilterOrNot',
  'prepareAsFilter',
  'prepareAsFilterNot',
  'prepareAsFilterAnd',
  'prepareAsFilterOr',
  'prepareAsFilterAndNot',
  'prepareAsFilterOrNot',
  'applyAsColumn',
  'copyRow',
  'copyPacketAsText',
  'copyPacketAsJson',
  'copyFieldAsFilter',
  'copyFieldValue',
  'copyBytesAsHex',
  'copyBytesAsCArray',
  'copyBytesAsBase64',
  'toggleMark',
  'nextMark',
  'previousMark',
  'markShown',
  'unmarkAll',
  'setTimeReference',
  'timeFormat',
  'toggleFollow',
  'chooseColumns',
  'resetColumns',
  'export',
  'properties',
  'stop',
] as const;
export type CaptureViewCommand = (typeof captureViewCommands)[number];

/** What `data-vscode-context` says of the place that a context menu is for; the menus of package.json ask for it. */
export interface CaptureViewContext {
  readonly ciliumLensPane: 'list' | 'tree' | 'bytes' | 'header' | '';
  /** The place has a value that can become a filter: a cell of the list, a field of the tree or of the bytes. */
  readonly ciliumLensCell: boolean;
  readonly preventDefaultContextMenuItems: true;
}

export interface CaptureViewCalls extends CaptureCalls {
  start(argument: undefined): CaptureViewStart;
  /** Allows a file that is larger than the settings allow, until its last view is closed. */
  openAnyway(argument: undefined): undefined;
  /** Puts text on the clipboard. */
  copy(argument: { readonly text: string }): undefined;
  /** Keeps sizes for the next capture that is opened in this workspace. */
  remember(sizes: CaptureSizes): undefined;
  /** Keeps columns and times likewise. */
  rememberLook(look: RememberedLook): undefined;
  /** Keeps filters likewise. */
  rememberFilters(filters: RememberedFilters): undefined;
  /**
   * Asks which packets, in what format and where to, and writes them. `work` events tell how far it is, the list's
   * `stop` ends it. Nothing is answered when the user does not go through with it; rejects when it fails.
   */
  exportPackets(wish: ExportWish): ExportOutcome | undefined;
  /** Opens a capture that this view has exported. */
  openExported(argument: { readonly file: string }): undefined;
  /** Shows one of this extension's settings, by its whole name. */
  openSettings(argument: { readonly id: string }): undefined;
  /** Lets the user choose another editor for this file. */
  reopenWith(argument: undefined): undefined;
  /** Shows the file in the text editor. */
  openAsText(argument: undefined): undefined;
}

export interface CaptureViewEvents extends CaptureEvents {
  /** `time` comes with `timeFormat`. */
  command: { readonly command: CaptureViewCommand; readonly time?: TimeWish };
  layout: { readonly layout: CaptureLayout };
  /** The colour rules of the settings have changed. */
  colours: ChosenColours;
}
