/** What a way of packing files must offer, so that {@link ArchiveSource} can give random access to what they hold. */
import type { ByteSource } from '../capture/byteSource.js';

/** How an unpacker stands. */
export const standing = {
  /** There is more to unpack. */
  more: 'more',
  /** The archive ends here, as it should. More may be appended to it. */
  end: 'end',
  /** The archive ends, but should not. More may come while it is being written. */
  cut: 'cut',
  /** What comes cannot be unpacked. */
  damaged: 'damaged',
} as const;

export type Standing = (typeof standing)[keyof typeof standing];

/** A pass over an archive, from some place on. It stops wherever it is told to, and goes on there. */
export interface Unpacker {
  readonly standing: Standing;
  /** What is wrong so far, as words for a sentence without a full stop; empty when nothing is. */
  readonly flaw: string;
  /** Bytes of the archive gone through. */
  readonly position: number;
  /**
   * Unpacks into `output` from `at` until it is filled up to `until`, or up to the overrun of the packing further.
   * Before `at` must stand what came before, as far back as the window of the packing. Returns how far `output` is
   * filled; less than `until` unless `standing` is `more`. May be called again after the archive has grown.
   */
  run(output: Uint8Array, at: number, until: number): number;
  /**
   * How to begin again where this unpacker stands now: a function that makes another one there. Undefined at places
   * where none can begin. One that begins later does not check sums that cover what came before.
   */
  restart(): (() => Unpacker) | undefined;
}

/** A way of packing files. */
export interface Packing {
  /** As users call it: `gzip`. */
  readonly name: string;
  /** How many bytes of what came before unpacking may refer to. */
  readonly window: number;
  /** By how many bytes {@link Unpacker.run} may fill more than it was told to. */
  readonly overrun: number;
  /** Whether a file that begins with these four bytes is packed this way. */
  sniff(head: Uint8Array): boolean;
  begin(archive: ByteSource): Unpacker;
}
