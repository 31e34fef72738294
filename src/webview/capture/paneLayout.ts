import type { CaptureLayout, CaptureSizes } from '../../rpc/captureView.js';
import type { SplitRange } from './splitter.js';

/** Below this width in pixels, tree and bytes do not fit beside each other. */
const narrow = 640;

/** The layout for the space there is: in a narrow view all panes lie below each other. */
export function layoutFor(chosen: CaptureLayout, width: number): CaptureLayout {
  return width > 0 && width < narrow ? 'stacked' : chosen;
}

function tracks(...shares: readonly number[]): string {
  return shares.map((share) => `minmax(0, ${(share * 100).toFixed(3)}fr)`).join(' 1px ');
}

/** `grid-template` of panes and splitters; the areas are named list, tree, bytes, and after the splitters. */
export function gridTemplate(layout: CaptureLayout, { listShare, treeShare }: CaptureSizes): string {
  const rest = 1 - listShare;
  switch (layout) {
    case 'beside':
      return (
        `grid-template-rows: ${tracks(listShare, rest)}; ` +
        `grid-template-columns: ${tracks(treeShare, 1 - treeShare)}; ` +
        `grid-template-areas: 'list list list' 'split-list split-list split-list' 'tree split-tree bytes'`
      );
    case 'stacked':
      return (
        `grid-template-rows: ${tracks(listShare, rest * treeShare, rest * (1 - treeShare))}; ` +
        `grid-template-columns: minmax(0, 1fr); ` +
        `grid-template-areas: 'list' 'split-list' 'tree' 'split-tree' 'bytes'`
      );
    case 'right':
      return (
        `grid-template-rows: ${tracks(listShare, rest)}; ` +
        `grid-template-columns: ${tracks(treeShare, 1 - treeShare)}; ` +
        `grid-template-areas: 'list split-tree bytes' 'split-list split-tree bytes' 'tree split-tree bytes'`
      );
  }
}

/** Where the splitter below the list moves, within the space of all panes. */
export function listSplitRange(space: DOMRect): SplitRange {
  return { from: space.top, to: space.bottom };
}

/** Where the splitter between tree and bytes moves, within the space of all panes. */
export function treeSplitRange(layout: CaptureLayout, space: DOMRect, listShare: number): SplitRange {
  return layout === 'stacked'
    ? { from: space.top + space.height * listShare, to: space.bottom }
    : { from: space.left, to: space.right };
}
