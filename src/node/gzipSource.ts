import { createGunzip } from 'node:zlib';
import { grouped } from '../core/base/words.js';
import { ByteSourceError, type ByteSource } from '../core/capture/byteSource.js';

/** Bytes taken from the archive at once, and bytes a page of what comes out of it holds. */
const inputSize = 1024 * 1024;
const pageSize = 4 * 1024 * 1024;

/** As much as is kept of what an archive unpacks to: some bytes can unpack to any number (a decompression bomb). */
export const mostUnpacked = 512 * 1024 * 1024;

/** What an archive holds, unpacked in memory, page by page so that it is never copied as a whole. */
class UnpackedSource implements ByteSource {
  readonly packing = 'gzip';

  constructor(
    readonly name: string,
    private readonly pages: readonly Uint8Array[],
    readonly size: number,
    readonly flaw: string | undefined,
  ) {}

  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.size);
    if (end <= offset) return new Uint8Array(0);
    const first = Math.floor(offset / pageSize);
    const page = this.pages[first];
    if (page && end <= (first + 1) * pageSize)
      return page.subarray(offset - first * pageSize, end - first * pageSize);
    return this.readInto(new Uint8Array(end - offset), offset);
  }

  readInto(scratch: Uint8Array, offset: number): Uint8Array {
    const length = Math.max(0, Math.min(scratch.length, this.size - offset));
    for (let done = 0; done < length;) {
      const at = offset + done;
      const page = this.pages[Math.floor(at / pageSize)] ?? new Uint8Array(0);
      const piece = page.subarray(at % pageSize, Math.min(page.length, (at % pageSize) + length - done));
      scratch.set(piece, done);
      done += piece.length;
    }
    return scratch.subarray(0, length);
  }

  refresh(): boolean {
    return false;
  }

  close(): void {
    // The archive was closed when it had been read.
  }
}

/** Whether a source is a gzip archive (RFC 1952, section 2.3.1). */
function isGzip(source: ByteSource): boolean {
  const [first, second] = source.read(0, 2);
  return first === 0x1f && second === 0x8b;
}

/**
 * The source itself, or what it holds when it is a gzip archive (RFC 1952, of one member or several). Of an archive
 * that is cut off or damaged, all before that place is kept, and `flaw` says what is missing; so it does when the
 * archive holds more than `limit` bytes. Closes the archive, not a source that it gives back.
 */
export async function unpacked(source: ByteSource, limit = mostUnpacked): Promise<ByteSource> {
  if (!isGzip(source)) return source;
  const pages: Uint8Array[] = [];
  let size = 0;
  let flaw: string | undefined;
  /** Keeps what fits; false when there was more. */
  const keep = (bytes: Uint8Array): boolean => {
    for (let done = 0; done < bytes.length && size < limit;) {
      if (size === pages.length * pageSize) pages.push(new Uint8Array(Math.min(pageSize, limit - size)));
      const page = pages.at(-1);
      const at = size % pageSize;
      const piece = bytes.subarray(done, done + Math.min((page?.length ?? 0) - at, bytes.length - done));
      page?.set(piece, at);
      size += piece.length;
      done += piece.length;
      if (done < bytes.length && size >= limit) return false;
    }
    return true;
  };

  const gunzip = createGunzip();
  const feeding = feed(source, gunzip);
  try {
    for await (const bytes of gunzip as AsyncIterable<Uint8Array>) {
      if (keep(bytes)) continue;
      flaw = `the gzip archive unpacks to more than ${grouped(limit)} bytes; the rest is left out`;
      break;
    }
  } catch (error) {
    if (error instanceof ByteSourceError) throw error;
    flaw = `the gzip archive is damaged or cut off: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    gunzip.destroy();
    await feeding;
    source.close();
  }
  const last = pages.pop();
  if (last) pages.push(last.subarray(0, size - pages.length * pageSize));
  return new UnpackedSource(source.name, pages, size, flaw);
}

/** Puts the archive in, piece by piece, as fast as it is unpacked. A failing read destroys the stream with its error. */
async function feed(source: ByteSource, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for (let at = 0; !gunzip.destroyed; at += inputSize) {
      const bytes = source.read(at, inputSize);
      if (bytes.length > 0 && !gunzip.write(bytes)) {
        await new Promise<void>((resolve) => {
          gunzip
            .once('drain', resolve)
            .once('close', resolve)
            .once('error', () => {
              resolve();
            });
        });
      }
      if (bytes.length < inputSize) break;
    }
    if (!gunzip.destroyed) gunzip.end();
  } catch (error) {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
