import type { ListSort, ListState } from '../../rpc/packetList.js';

/** Which packets the rows of a list are, and in what order they stand. */
export interface ShownOrder {
  readonly filter: string;
  readonly sort: ListSort | undefined;
}

export const fileOrder: ShownOrder = { filter: '', sort: undefined };

/**
 * What the rows of a state are. `sort` of a state is what is wanted: while the session filters, rows come in the order
 * of the file, and while it sorts, they still stand as they stood before.
 */
export function orderOf({ filter, sort, phase }: ListState, before: ShownOrder): ShownOrder {
  if (phase === 'ready') return { filter, sort };
  return { filter, sort: phase === 'sorting' && filter === before.filter ? before.sort : undefined };
}

export function isSameOrder(one: ShownOrder, other: ShownOrder): boolean {
  return (
    one.filter === other.filter &&
    one.sort?.column === other.sort?.column &&
    one.sort?.descending === other.sort?.descending
  );
}

/** True when all packets are shown in the order of the file: rows and numbers then say the same. */
export function isFileOrder({ filter, sort }: ShownOrder): boolean {
  return filter === '' && sort === undefined;
}
