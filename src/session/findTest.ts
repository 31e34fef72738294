/** What `find` can look for, as tests of rows. */
import { compileFilter } from '../core/filter/displayFilter.js';
import type { TreeNode } from '../rpc/capture.js';
import type { FilterMistake, FindOrder } from '../rpc/packetList.js';
import type { CaptureGround } from './captureGround.js';
import { packetLayers } from './packetDetail.js';
import { PacketJudge } from './packetJudge.js';
import { PacketReader, passChunk } from './packetReader.js';
import type { RowMaker } from './rowMaker.js';
import type { RowOrder } from './rowOrder.js';

/** Whether a row is one that is looked for. */
type RowTest = (row: number) => boolean;

/** A pattern that is understood, or what is wrong with it. */
type FindTest = { readonly test: RowTest } | { readonly mistakes: readonly FilterMistake[] };

/** What to ask of each row to find what a person looks for. */
export function findTest(find: FindOrder, order: RowOrder, rows: RowMaker, ground: CaptureGround): FindTest {
  if (find.what === 'filter') return filterTest(find, order, ground);
  // In the order of the file all of it is read; else a packet here and there.
  const packets = new PacketReader(ground.index, ground.marks, order.isSorted ? undefined : passChunk);
  return find.what === 'bytes' ? bytesTest(find, order, packets) : textTest(find, order, packets, rows);
}

/** A display filter: asked of the columns first, in the order of the file. */
function filterTest({ pattern }: FindOrder, order: RowOrder, ground: CaptureGround): FindTest {
  const result = compileFilter(pattern);
  if ('mistakes' in result) return result;
  if (result.filter.tree.kind === 'everything') return wrong(pattern, 'Type the filter to look for.');
  const judge = new PacketJudge(result.filter, ground);
  return { test: (row) => judge.matches(order.at(row)) };
}

/** Text, in the cells of the rows or in all lines of the tree. */
function textTest(
  { pattern, caseSensitive = false, inTree = false }: FindOrder,
  order: RowOrder,
  packets: PacketReader,
  rows: RowMaker,
): FindTest {
  if (pattern === '') return wrong(pattern, 'Type the text to look for.');
  const fold = caseSensitive ? (text: string): string => text : (text: string): string => text.toLowerCase();
  const wanted = fold(pattern);
  const has = (text: string): boolean => fold(text).includes(wanted);
  if (inTree)
    return {
      test: (row) => packets.go(order.at(row)) && packetLayers(packets).some((layer) => hasNode(layer, has)),
    };
  return { test: (row) => rows.cells(packets, order.at(row), order.at(row - 1))?.some(has) ?? false };
}

/** Bytes anywhere in a packet, written as hex digits; blanks, colons, hyphens and full stops between them are free. */
function bytesTest({ pattern }: FindOrder, order: RowOrder, packets: PacketReader): FindTest {
  const digits: number[] = [];
  for (let at = pattern.startsWith('0x') ? 2 : 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (/[\s:.-]/.test(character)) continue;
    const digit = Number.parseInt(character, 16);
    if (Number.isNaN(digit))
      return {
        mistakes: [
          { start: at, end: at + 1, message: `"${character}" is no hex digit. Write bytes as 0a 00 ff.` },
        ],
      };
    digits.push(digit);
  }
  if (digits.length === 0) return wrong(pattern, 'Type the bytes to look for as hex digits, as in 0a 00 ff.');
  if (digits.length % 2 === 1)
    return wrong(pattern, 'A byte has two hex digits; here is one too many or too few.');
  const wanted = Uint8Array.from(
    { length: digits.length / 2 },
    (_, at) => (digits[2 * at] ?? 0) * 16 + (digits[2 * at + 1] ?? 0),
  );
  return { test: (row) => packets.go(order.at(row)) && includesBytes(packets.bytes, wanted) };
}

function wrong(pattern: string, message: string): FindTest {
  return { mistakes: [{ start: 0, end: pattern.length, message }] };
}

function hasNode({ label, children = [] }: TreeNode, has: (text: string) => boolean): boolean {
  return has(label) || children.some((child) => hasNode(child, has));
}

/** Whether `wanted` (one byte at least) is somewhere in `bytes`. */
function includesBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const [first = 0] = wanted;
  const last = bytes.length - wanted.length;
  for (let at = bytes.indexOf(first); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
    if (same === wanted.length) return true;
  }
  return false;
}
