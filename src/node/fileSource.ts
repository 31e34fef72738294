import { closeSync, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';
import path from 'node:path';
import { grouped } from '../core/base/words.js';
import { ByteSourceError, type ByteSource } from '../core/capture/byteSource.js';

/** Bytes fetched at once, and how many such pages are kept. */
const pageSize = 1024 * 1024;
const mostPages = 8;
/** So many bytes at the start show whether a file was written anew: the header of a capture and its first times. */
const headLength = 256;

/** A file of the local file system, read by place. The file stays open until `close`. */
export class FileSource implements ByteSource {
  readonly name: string;
  size: number;

  private readonly descriptor: number;
  private readonly identity: BigIntStats;
  /** The first bytes, as far as they were there when the file was looked at last, and when it had been written then. */
  private head: Uint8Array = new Uint8Array(0);
  private written: bigint;
  /** Pages in the order of their last use, by page number. Only whole pages are kept: the last one may grow. */
  private readonly pages = new Map<number, Uint8Array>();
  private open = true;

  /** Throws a {@link ByteSourceError} when the file cannot be opened. */
  constructor(private readonly file: string) {
    this.name = path.basename(file);
    this.descriptor = this.trying(() => openSync(file, 'r'));
    this.identity = this.trying(() => fstatSync(this.descriptor, { bigint: true }));
    if (!this.identity.isFile()) {
      this.close();
      throw new ByteSourceError(this.name, `is ${this.identity.isDirectory() ? 'a folder' : 'not a file'}.`);
    }
    this.size = Number(this.identity.size);
    this.written = this.identity.mtimeNs;
    this.head = this.readHead();
  }

  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.size);
    if (end <= offset) return new Uint8Array(0);
    if (end - offset > pageSize) return this.fill(new Uint8Array(end - offset), offset);
    const first = Math.floor(offset / pageSize);
    const last = Math.floor((end - 1) / pageSize);
    const start = offset - first * pageSize;
    if (first === last) return this.page(first).subarray(start, end - first * pageSize);
    const joined = new Uint8Array(end - offset);
    joined.set(this.page(first).subarray(start));
    joined.set(this.page(last).subarray(0, end - last * pageSize), pageSize - start);
    return joined;
  }

  readInto(scratch: Uint8Array, offset: number): Uint8Array {
    const length = Math.max(0, Math.min(scratch.length, this.size - offset));
    return this.fill(scratch.subarray(0, length), offset);
  }

  /**
   * Whether the file has grown. Throws a {@link ByteSourceError} when it was deleted, or is another one now, or has
   * become shorter, or was written anew. A deleted or replaced file can still be read: it exists as long as it is
   * held open. The size is that of the open file, so it grows on even when the path may no longer be looked at.
   */
  refresh(): boolean {
    if (!this.open) throw new ByteSourceError(this.name, `is closed.`);
    this.checkPath();
    const now = this.trying(() => fstatSync(this.descriptor, { bigint: true }));
    const size = Number(now.size);
    if (size < this.size) throw this.shortened(size);
    if (now.mtimeNs !== this.written) {
      const head = this.readHead();
      if (this.head.some((byte, at) => byte !== head[at]))
        throw new ByteSourceError(
          this.name,
          `was written anew while it was open. Open it again to see what it holds now.`,
        );
      this.head = head;
      this.written = now.mtimeNs;
    }
    const grown = size > this.size;
    this.size = size;
    return grown;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.pages.clear();
    closeSync(this.descriptor);
  }

  /** Throws when the path leads to another file, or to none. */
  private checkPath(): void {
    let now: BigIntStats;
    try {
      now = statSync(this.file, { bigint: true });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT')
        throw new ByteSourceError(this.name, `was deleted. What was read of it stays until it is closed.`);
      // No permission for a folder on the way, or a network that fails for a while: the open file may still be read.
      return;
    }
    if (now.ino !== this.identity.ino || now.dev !== this.identity.dev)
      throw new ByteSourceError(this.name, `was replaced by another file. Open it again to see the new one.`);
  }

  private readHead(): Uint8Array {
    const bytes = new Uint8Array(headLength);
    return bytes.subarray(
      0,
      this.trying(() => readSync(this.descriptor, bytes, 0, headLength, 0)),
    );
  }

  private page(number: number): Uint8Array {
    let page = this.pages.get(number);
    if (page) this.pages.delete(number);
    else {
      const start = number * pageSize;
      page = this.fill(new Uint8Array(Math.min(pageSize, this.size - start)), start);
    }
    if (page.length === pageSize) {
      this.pages.set(number, page);
      const [oldest] = this.pages.keys();
      if (this.pages.size > mostPages && oldest !== undefined) this.pages.delete(oldest);
    }
    return page;
  }

  /** Fills all of `target` from `offset`; the file is known to reach that far. */
  private fill(target: Uint8Array, offset: number): Uint8Array {
    if (!this.open) throw new ByteSourceError(this.name, `is closed.`);
    let done = 0;
    while (done < target.length) {
      const count = this.trying(() =>
        readSync(this.descriptor, target, done, target.length - done, offset + done),
      );
      if (count === 0) throw this.shortened(offset + done);
      done += count;
    }
    return target;
  }

  private shortened(size: number): ByteSourceError {
    return new ByteSourceError(
      this.name,
      `became shorter while it was open: ${grouped(this.size)} bytes before, ${grouped(size)} now. Open it again to see what is left.`,
    );
  }

  private trying<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new ByteSourceError(this.name, fileProblem(error));
    }
  }
}

/** Why the system refused, as the rest of a sentence that begins with the name of the file. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'is not there.';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: no permission.';
    case 'EISDIR':
      return 'is a folder.';
    case 'EMFILE':
    case 'ENFILE':
      return 'cannot be opened: too many files are open.';
    case 'ESTALE':
      return 'cannot be read any more: the file system has lost it. Open it again.';
    case 'EIO':
      return 'cannot be read: the disk or the network reports an error.';
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
