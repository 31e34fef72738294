/**
 * What passes between the packet view and the extension host: everything the session answers (the host hands those
 * calls on to the worker and keeps no packets), and the few things only the host can do.
 */
import type { CaptureCalls, CaptureEvents } from './capture.js';

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

/** What the view needs before it can show anything. */
export interface CaptureViewStart {
  /** A sentence for the time until the first packets are there: `Opening node1.cap (528 MB)`. */
  readonly opening: string;
  readonly layout: CaptureLayout;
  /** Absent, or from an older version and to be checked: it comes from storage. */
  readonly sizes: unknown;
  /** Translated texts by their English ones; empty in English. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What the palette, a key or a context menu can ask of the view that is active. */
export const captureViewCommands = [
  'goToPacket',
  'nextPacket',
  'previousPacket',
  'nextPane',
  'previousPane',
  'copyPacketAsText',
  'copyPacketAsJson',
  'copyFieldAsFilter',
  'copyFieldValue',
  'copyBytesAsHex',
] as const;
export type CaptureViewCommand = (typeof captureViewCommands)[number];

export interface CaptureViewCalls extends CaptureCalls {
  start(argument: undefined): CaptureViewStart;
  /** Puts text on the clipboard. */
  copy(argument: { readonly text: string }): undefined;
  /** Keeps sizes for the next capture that is opened in this workspace. */
  remember(sizes: CaptureSizes): undefined;
  /** Lets the user choose another editor for this file. */
  reopenWith(argument: undefined): undefined;
  /** Shows the file in the text editor. */
  openAsText(argument: undefined): undefined;
}

export interface CaptureViewEvents extends CaptureEvents {
  command: { readonly command: CaptureViewCommand };
  layout: { readonly layout: CaptureLayout };
}
