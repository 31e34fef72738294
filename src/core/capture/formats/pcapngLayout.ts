/** How blocks of pcapng lie in a file, and how to tell what is none. */
import { u32, u32le } from '../../base/bytes.js';
import type { ByteWindow } from '../byteWindow.js';
import { searchReach } from '../record.js';
import { otherBlockTypes } from './pcapngBlocks.js';

/** The same in both byte orders, so it is known before the order is. */
export const sectionHeader = 0x0a0d0d0a;
const byteOrderMagic = 0x1a2b3c4d;
/** The same, written in the other order. */
const swappedMagic = 0x4d3c2b1a;

export const blockType = { interface: 1, packet: 2, simplePacket: 3, enhancedPacket: 6 } as const;

/** Block types that are in use (the draft's section 11.1): what may stand at a place where a block is looked for. */
export const knownTypes = new Set<number>([sectionHeader, ...Object.values(blockType), ...otherBlockTypes]);

/** Fixed bytes of each kind of packet block, both lengths counted in. */
export const enhancedLength = 32;
export const simpleLength = 16;
export const emptyBlock = 12;
export const smallestSection = 28;
/** No writer puts more options on a block; they are not read beyond this. */
export const largestOptions = 256 * 1024;
/** A block larger than this proves nothing when the way back is looked for: two of them are within reach. */
export const largestJudged = searchReach / 2;

export function hasOrder(magic: number): boolean {
  return magic === byteOrderMagic || magic === swappedMagic;
}

export function wrongMagic(magic: number): string {
  return `the byte-order magic of a section is 0x${magic.toString(16).padStart(8, '0')} instead of 0x1a2b3c4d`;
}

/**
 * Whether a section is little-endian, by its first 12 bytes: as its magic says, else in the order in which its length
 * makes sense; `undefined` when it makes sense in none.
 */
export function isLittle(head: Uint8Array): boolean | undefined {
  const magic = u32(head, 8);
  if (hasOrder(magic)) return magic === swappedMagic;
  const fits = (length: number): boolean =>
    length >= smallestSection && length <= largestOptions && (length & 3) === 0;
  if (fits(u32le(head, 4))) return true;
  return fits(u32(head, 4)) ? false : undefined;
}

/**
 * Where the block at `offset`, of a usual size, ends when it is beyond reasonable doubt one, else -1. The window keeps
 * what lies from `anchor` on, so that it need not come back.
 */
export function judgeBlock(window: ByteWindow, offset: number, little: boolean, anchor = offset): number {
  if (!window.has(anchor, offset + emptyBlock - anchor)) return -1;
  let order = little;
  const start = offset - window.base;
  if (window.view.getUint32(start, false) === sectionHeader) {
    if (window.view.getUint32(start + 8, true) === byteOrderMagic) order = true;
    else if (window.view.getUint32(start + 8, false) === byteOrderMagic) order = false;
    else return -1;
  } else if (!knownTypes.has(window.view.getUint32(start, order))) return -1;
  const length = window.view.getUint32(start + 4, order);
  if (length < emptyBlock || length > largestJudged || (length & 3) !== 0) return -1;
  if (!window.has(anchor, offset + length - anchor)) return -1;
  return window.view.getUint32(offset + length - 4 - window.base, order) === length ? offset + length : -1;
}
