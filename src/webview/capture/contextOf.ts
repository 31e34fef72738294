import type { CaptureViewContext } from '../../rpc/captureView.js';
import type { ListColumn } from './columns.js';

/** Columns whose cells no filter finds. */
const unfilteredKinds: readonly ListColumn['kind'][] = ['info'];

/** What `data-vscode-context` says of the place of a context menu: its pane, and whether a filter can be made of it. */
export function contextOf(
  event: Event,
  columns: readonly ListColumn[],
  hasField: boolean,
): CaptureViewContext {
  const path = event.composedPath().filter((target) => target instanceof HTMLElement);
  const pane = path.map((element) => element.dataset['pane']).find((name) => name !== undefined);
  const id = path.map((element) => element.dataset['column']).find((name) => name !== undefined);
  const column = columns.find((one) => one.id === id);
  const isCell = pane === 'list' && column !== undefined && !unfilteredKinds.includes(column.kind);
  return {
    ciliumLensPane: isPane(pane) ? pane : '',
    ciliumLensCell: isCell || ((pane === 'tree' || pane === 'bytes') && hasField),
    preventDefaultContextMenuItems: true,
  };
}

function isPane(name: string | undefined): name is 'list' | 'tree' | 'bytes' | 'header' {
  return name === 'list' || name === 'tree' || name === 'bytes' || name === 'header';
}

/** Text fields keep their own menu, with cut and paste. */
export function hasOwnMenu(event: Event): boolean {
  return event
    .composedPath()
    .some((target) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement);
}
