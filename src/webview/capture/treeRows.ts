import type { TreeNode } from '../../rpc/capture.js';

/** A line of the tree as it stands open now. */
export interface TreeRow {
  readonly node: TreeNode;
  /**
   * The names from the layer down, `ip/ip.flags/ip.flags.df`; the second of a name among its brothers is `ip#2`. The
   * same field of another packet has the same path: that is how openness and selection go from packet to packet.
   */
  readonly path: string;
  /** 1 for layers. */
  readonly level: number;
  /** From 1, among its brothers. */
  readonly position: number;
  readonly brothers: number;
  readonly isOpen: boolean;
}

/** Deeper than any honest packet; keeps a hostile one from exhausting the stack. */
const deepest = 200;

/** Calls `visit` for every node, with its brothers, in tree order until it answers `stop`; `skip` leaves a node's children out. */
export function walkTree(
  layers: readonly TreeNode[],
  visit: (row: Omit<TreeRow, 'isOpen'>, brothers: readonly TreeNode[]) => 'stop' | 'skip' | undefined,
): void {
  const go = (nodes: readonly TreeNode[], prefix: string, level: number): boolean => {
    const seen = new Map<string, number>();
    return nodes.every((node, index) => {
      const count = (seen.get(node.name) ?? 0) + 1;
      seen.set(node.name, count);
      const path = `${prefix}${node.name}${count > 1 ? `#${count}` : ''}`;
      const answer = visit({ node, path, level, position: index + 1, brothers: nodes.length }, nodes);
      if (answer === 'stop') return false;
      if (answer === 'skip' || !node.children || level >= deepest) return true;
      return go(node.children, `${path}/`, level + 1);
    });
  };
  go(layers, '', 1);
}

export function hasChildren(node: TreeNode): boolean {
  return node.children !== undefined && node.children.length > 0;
}

/** The lines of the tree, with the children of those whose path is in `open`. */
export function treeRows(layers: readonly TreeNode[], open: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  walkTree(layers, (row) => {
    const isOpen = hasChildren(row.node) && open.has(row.path);
    rows.push({ ...row, isOpen });
    return isOpen ? undefined : 'skip';
  });
  return rows;
}

/** The node at a path, when this packet has it. */
export function nodeAt(layers: readonly TreeNode[], path: string): TreeNode | undefined {
  let found: TreeNode | undefined;
  walkTree(layers, (row) => {
    if (row.path === path) {
      found = row.node;
      return 'stop';
    }
    return path.startsWith(`${row.path}/`) ? undefined : 'skip';
  });
  return found;
}

/** The paths above a path, outermost first. */
export function pathsAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The paths of a node and all below it that have children. */
export function pathsBelow(layers: readonly TreeNode[], path: string): readonly string[] {
  const paths: string[] = [];
  walkTree(layers, (row) => {
    if (row.path === path || row.path.startsWith(`${path}/`)) {
      if (hasChildren(row.node)) paths.push(row.path);
      return undefined;
    }
    return path.startsWith(`${row.path}/`) ? undefined : 'skip';
  });
  return paths;
}

/**
 * The innermost field that holds a byte: the shortest one, and of equally short ones the first in tree order, so that
 * a byte of flags selects the flags and not the first of them. Bits of a field (they share its bytes with their
 * brothers) are left out for the same reason, and worked-out fields have no bytes.
 */
export function fieldAtByte(layers: readonly TreeNode[], offset: number): TreeRow | undefined {
  let best: Omit<TreeRow, 'isOpen'> | undefined;
  walkTree(layers, (row, brothers) => {
    const { start, length, generated } = row.node;
    const holds = generated !== true && length > 0 && start <= offset && offset < start + length;
    if (holds && (!best || length < best.node.length) && !(row.level > 2 && isBits(row.node, brothers)))
      best = row;
    return undefined;
  });
  return best && { ...best, isOpen: false };
}

function isBits(node: TreeNode, brothers: readonly TreeNode[]): boolean {
  return brothers.some(
    (other) =>
      other !== node && other.start === node.start && other.length === node.length && !other.generated,
  );
}
