import { readSync } from 'node:fs';
import { ByteSourceError, unknownSize, type ByteSource } from '../core/capture/byteSource.js';

/** How far back a reader may still go; far enough for a search that looks a few packets ahead. */
const keptBehind = 4 * 1024 * 1024;
const smallestBuffer = 256 * 1024;
/** Milliseconds to wait where the system has nothing for us yet and will not wait itself. */
const patience = 20;

/**
 * A pipe as a source: read forward once, with some megabytes kept to go back in. It answers with what has come, so
 * that packets of a live capture are shown as they arrive.
 */
export class StreamSource implements ByteSource {
  /** {@link unknownSize} until the end has come. */
  size = unknownSize;

  private buffer = new Uint8Array(smallestBuffer);
  /** Offset in the stream of the first byte of `buffer`, and how many bytes are in it. */
  private base = 0;
  private filled = 0;

  constructor(
    readonly name: string,
    private readonly descriptor: number,
  ) {}

  read(offset: number, length: number): Uint8Array {
    return this.readInto(new Uint8Array(length), offset, length);
  }

  readInto(scratch: Uint8Array, offset: number, atLeast: number): Uint8Array {
    if (offset < this.base) throw new ByteSourceError(this.name, `cannot be read backwards.`);
    while (this.base + this.filled < offset + atLeast && this.size === unknownSize) this.pull(offset);
    const start = offset - this.base;
    const end = Math.min(start + scratch.length, this.filled);
    if (end <= start) return scratch.subarray(0, 0);
    scratch.set(this.buffer.subarray(start, end));
    return scratch.subarray(0, end - start);
  }

  refresh(): boolean {
    return false;
  }

  close(): void {
    // The descriptor belongs to the process.
  }

  /** Takes in what comes next, and drops what lies far before `needed`. */
  private pull(needed: number): void {
    if (this.filled === this.buffer.length) this.makeRoom(needed);
    try {
      const count = readSync(
        this.descriptor,
        this.buffer,
        this.filled,
        this.buffer.length - this.filled,
        null,
      );
      if (count === 0) this.size = this.base + this.filled;
      this.filled += count;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') this.size = this.base + this.filled;
      else if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
      else
        throw new ByteSourceError(
          this.name,
          `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        );
    }
  }

  private makeRoom(needed: number): void {
    const drop = Math.min(this.filled, Math.max(0, needed - keptBehind - this.base));
    const kept = this.buffer.subarray(drop, this.filled);
    // Moving little is cheap, moving much for little room is not: then the buffer doubles.
    const target = drop >= this.buffer.length / 2 ? this.buffer : new Uint8Array(this.buffer.length * 2);
    target.set(kept);
    this.buffer = target;
    this.base += drop;
    this.filled = kept.length;
  }
}
