import { type CaptureSizes } from '../../rpc/captureView.js';

/** The pane that has, or had, the keyboard. */
export const panes = ['list', 'tree', 'bytes'] as const;
export type Pane = (typeof panes)[number];

/** What a view must know to stand again as it stood, after its tab was hidden or the window was loaded anew. */
export interface CaptureViewState {
  /** Selected packet, from 1; 0 when none. */
  readonly packet: number;
  /** See scrollGeometry. */
  readonly position: number;
  /** Path of the selected field, see TreeRow; empty when none. */
  readonly field: string;
  /** Paths of the open tree nodes. */
  readonly open: readonly string[];
  readonly pane: Pane;
  readonly sizes: CaptureSizes;
}

export const usualSizes: CaptureSizes = { listShare: 0.5, treeShare: 0.5, columns: {} };

export const freshState: CaptureViewState = {
  packet: 1,
  position: 0,
  field: '',
  open: [],
  pane: 'list',
  sizes: usualSizes,
};

/** A pane keeps at least a tenth of the space that it shares. */
export function clampShare(share: number): number {
  return Math.min(0.9, Math.max(0.1, share));
}

/** An object whose members are yet to be looked at. */
function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

/** Sizes out of storage: whatever is not as it should be is as usual. */
export function readSizes(stored: unknown, otherwise = usualSizes): CaptureSizes {
  const { listShare, treeShare, columns } = members(stored);
  const widths = Object.entries(members(columns)).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return {
    listShare: clampShare(number(listShare, otherwise.listShare)),
    treeShare: clampShare(number(treeShare, otherwise.treeShare)),
    columns: typeof columns === 'object' ? Object.fromEntries(widths) : otherwise.columns,
  };
}

/** A view's state out of storage, where an older version may have written it; `sizes` are the workspace's. */
export function readState(stored: unknown, sizes: CaptureSizes): CaptureViewState {
  const from = members(stored);
  return {
    packet: Math.floor(number(from['packet'], freshState.packet)),
    position: number(from['position'], freshState.position),
    field: typeof from['field'] === 'string' ? from['field'] : freshState.field,
    open: Array.isArray(from['open']) ? from['open'].filter((path) => typeof path === 'string') : [],
    pane: panes.find((pane) => pane === from['pane']) ?? freshState.pane,
    sizes: readSizes(from['sizes'], sizes),
  };
}
