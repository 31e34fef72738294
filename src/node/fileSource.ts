import { closeSync, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';
import path from 'node:path';
import { grouped } from '../core/base/words.js';
import { ByteSourceError, type ByteSource } from '../core/capture/byteSource.js';

/** Bytes fetched at once, and how many such pages are kept. */
const pageSize = 1024 * 1024;
const mostPages = 8;

/** A file of the local file system, read by place. The file stays open until `close`. */
export class FileSource implements ByteSource {
  readonly name: string;
  size: number;

  private readonly descriptor: number;
  private readonly identity: BigIntStats;
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

  /** Throws a {@link ByteSourceError} when the file is gone, is another one now, or has become shorter. */
  refresh(): boolean {
    const now = this.trying(() => statSync(this.file, { bigint: true }));
    if (now.ino !== this.identity.ino || now.dev !== this.identity.dev)
      throw new ByteSourceError(this.name, `was replaced by another file. Open it again to see the new one.`);
    const size = Number(now.size);
    if (size < this.size) throw this.shortened(size);
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
      `became shorter while it was open: ${grouped(this.size)} bytes before, ${grouped(size)} now. Open it again.`,
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
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
