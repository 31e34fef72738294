import type { CaptureSizes, RememberedFilters } from '../../rpc/captureView.js';
import { timeForms, type ListSort, type TimeWish } from '../../rpc/packetList.js';
import { members, readNumber, readTexts } from './stored.js';

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
  /** The filter in force; empty for none. */
  readonly filter: string;
  readonly sort: ListSort | undefined;
  /** The packet that times count from; 0 when none. */
  readonly reference: number;
  readonly follow: boolean;
}

export const usualSizes: CaptureSizes = { listShare: 0.5, treeShare: 0.5, columns: {} };

export const freshState: CaptureViewState = {
  packet: 1,
  position: 0,
  field: '',
  open: [],
  pane: 'list',
  sizes: usualSizes,
  filter: '',
  sort: undefined,
  reference: 0,
  follow: false,
};

/** Filters are typed by people. */
const longestFilter = 10_000;
const mostFilters = 200;

/** A pane keeps at least a tenth of the space that it shares. */
export function clampShare(share: number): number {
  return Math.min(0.9, Math.max(0.1, share));
}

/** Sizes out of storage: whatever is not as it should be is as usual. */
export function readSizes(stored: unknown, otherwise = usualSizes): CaptureSizes {
  const { listShare, treeShare, columns } = members(stored);
  const widths = Object.entries(members(columns)).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return {
    listShare: clampShare(readNumber(listShare, otherwise.listShare)),
    treeShare: clampShare(readNumber(treeShare, otherwise.treeShare)),
    columns: typeof columns === 'object' ? Object.fromEntries(widths) : otherwise.columns,
  };
}

/** A form of times out of storage or settings; since the first packet when it is none. */
export function readTime(stored: unknown): TimeWish {
  const { form, digits } = members(stored);
  const known = timeForms.find((one) => one === form);
  const isDigits = typeof digits === 'number' && Number.isInteger(digits) && digits >= 0 && digits <= 9;
  return { form: known ?? 'relative', ...(isDigits ? { digits } : {}) };
}

/** Kept filters out of storage. */
export function readFilters(stored: unknown): RememberedFilters {
  const { history, saved } = members(stored);
  return {
    history: readTexts(history, mostFilters, longestFilter),
    saved: readTexts(saved, mostFilters, longestFilter),
  };
}

function readSort(stored: unknown): ListSort | undefined {
  const { column, descending } = members(stored);
  return typeof column === 'string' ? { column, descending: descending === true } : undefined;
}

/** A view's state out of storage, where an older version may have written it; `sizes` are the workspace's. */
export function readState(stored: unknown, sizes: CaptureSizes): CaptureViewState {
  const from = members(stored);
  const { field, open, pane: storedPane, filter } = from;
  return {
    packet: Math.floor(readNumber(from['packet'], freshState.packet)),
    position: readNumber(from['position'], freshState.position),
    field: typeof field === 'string' ? field : freshState.field,
    open: Array.isArray(open) ? open.filter((path) => typeof path === 'string') : [],
    pane: panes.find((pane) => pane === storedPane) ?? freshState.pane,
    sizes: readSizes(from['sizes'], sizes),
    filter: typeof filter === 'string' && filter.length <= longestFilter ? filter : freshState.filter,
    sort: readSort(from['sort']),
    reference: Math.floor(readNumber(from['reference'], freshState.reference)),
    follow: from['follow'] === true,
  };
}
