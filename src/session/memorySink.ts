import type { FileSink } from './exportRun.js';

/** More is not held in memory: what takes it, a file system in the browser, would not either. */
const mostBytes = 1024 * 1024 * 1024;

/** A file that exists only in memory. */
export class MemorySink implements FileSink {
  private readonly pieces: Uint8Array[] = [];
  private size = 0;

  /** Throws when it becomes larger than memory should be asked for. */
  write(bytes: Uint8Array): void {
    this.size += bytes.length;
    if (this.size > mostBytes)
      throw new Error(
        'More than 1 GiB cannot be written to this file system. Export fewer packets, or to a disk of this machine.',
      );
    this.pieces.push(bytes.slice());
  }

  /** What was written, in a buffer of its own. */
  bytes(): Uint8Array {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  close(): void {
    // Complete as it is.
  }

  discard(): void {
    this.pieces.length = 0;
    this.size = 0;
  }
}
