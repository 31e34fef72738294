import type { ByteSource } from '../capture/byteSource.js';
import { ArchiveSource, type ArchiveOptions } from './archiveSource.js';
import { gzip } from './gzip.js';
import { lz4 } from './lz4.js';
import type { Packing } from './unpacker.js';
import { zstd } from './zstd.js';

/** Every way of packing that is understood. A new one is added here. */
export const packings: readonly Packing[] = [gzip, zstd, lz4];

/**
 * The source itself, or what it holds when it is an archive (see {@link ArchiveSource}). Reads four bytes, unpacks
 * none. Closing what is given back closes the source.
 */
export function unpacked(source: ByteSource, options: ArchiveOptions = {}): ByteSource {
  const head = source.read(0, 4);
  const packing = packings.find((one) => one.sniff(head));
  return packing ? new ArchiveSource(source, packing, options) : source;
}
