import type { ListState } from '../../rpc/packetList.js';
import type { RowCache } from './rowCache.js';

/** Where the list stands on screen. */
export interface ListStand {
  /** See scrollGeometry. */
  readonly position: number;
  readonly viewRows: number;
  stand(position: number): void;
}

/** A packet that should be found again in a changed list, and how many rows from the upper edge it stood. */
export interface Place {
  readonly number: number;
  readonly offset: number;
}

/** Rows of a changed list, -1 where there is none. */
export interface Found {
  /** Of the packet that the user chose. */
  active: number;
  /** Of the packet that should stay where it is on screen. */
  place: number;
  isKnown: boolean;
}

/**
 * Where a changed list is to stand so that a packet stays where it was on screen. A list that stood at its top stays
 * there when the packet is on screen all the same: what comes before it is not to be hidden by a few rows.
 */
export function positionFor(place: Place, row: number, stand: ListStand | undefined): number {
  const isAtTop = stand?.position === 0 && row + 1 <= stand.viewRows;
  return isAtTop ? 0 : row - place.offset;
}

/** What is needed of a list to wait for its rows. */
export interface ArrivingList {
  /** The newest state heard of. */
  readonly newest: ListState;
  /** Resolves with the next one. */
  next(): Promise<void>;
  rowOf(number: number): Promise<number>;
}

/** Whether a filter that may still be running has come past a packet. */
export function isPast({ phase, examined }: ListState, number: number): boolean {
  return phase !== 'filtering' || examined >= number;
}

/**
 * Waits until the rows of a list of another age that will be on screen are here, and notes in `found` where the packets
 * that matter are now, as soon as that is known. Ends early when the list is of yet another age.
 */
export async function arrival(
  list: ArrivingList,
  rows: RowCache,
  chosen: number,
  place: Place | undefined,
  view: { readonly isSame: boolean; readonly stand: ListStand | undefined },
  found: Found,
): Promise<void> {
  const viewRows = Math.ceil(view.stand?.viewRows ?? 0) + 1;
  const isAge = (): boolean => list.newest.age === rows.age;
  while (isAge() && !isPast(list.newest, chosen)) {
    if (place === undefined && list.newest.shown >= viewRows) break;
    await list.next();
  }
  if (!isAge()) return;
  const active = chosen > 0 ? await list.rowOf(chosen) : -1;
  const kept = place === undefined || place.number === chosen ? active : await list.rowOf(place.number);
  Object.assign(found, { active, place: kept, isKnown: true });
  const { shown } = list.newest;
  const from = view.isSame ? (view.stand?.position ?? 0) : place ? positionFor(place, kept, view.stand) : 0;
  rows.grow(shown);
  rows.want(Math.max(0, Math.floor(Math.min(from, shown - viewRows))), viewRows);
  await rows.settled();
}
