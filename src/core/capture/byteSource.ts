/**
 * A file or buffer as a capture format reads it: by place, a piece at a time.
 *
 * Reads are synchronous on purpose. The code that reads runs in a worker that owns the file, where a synchronous
 * read is the fastest there is and keeps record loops free of promises; where a platform has no ranged read, the
 * whole file is a buffer anyway.
 */
export interface ByteSource {
  /** What the user calls it: the file's base name. */
  readonly name: string;
  /** Bytes there are now; {@link unknownSize} for a stream whose end was not reached. May grow; see `refresh`. */
  readonly size: number;
  /** How the bytes were packed in the file, where they were: `gzip`. */
  readonly packing?: string | undefined;
  /**
   * How far a packed file was unpacked. Its bytes are unpacked as they are asked for and `size` is
   * {@link unknownSize} until the end has been met, so this tells the share that is done.
   */
  readonly archive?: ArchiveProgress | undefined;
  /** Why the bytes end before they should, where they do: words for a sentence, without a full stop. */
  readonly flaw?: string | undefined;
  /**
   * Up to `length` bytes from `offset`; fewer only at the end. The bytes are never changed again, and belong to
   * whoever asked. Failing reads (file removed, no permission any more) throw {@link ByteSourceError}.
   */
  read(offset: number, length: number): Uint8Array;
  /**
   * Like `read`, without allocating: up to `scratch.length` bytes from `offset`, in `scratch` or in the source's own
   * memory, good until `scratch` is used again. A stream answers as soon as it has `atLeast` bytes.
   */
  readInto(scratch: Uint8Array, offset: number, atLeast: number): Uint8Array;
  /** Looks at the size again; true when it changed. */
  refresh(): boolean;
  close(): void;
}

/** How far an archive was unpacked. */
export interface ArchiveProgress {
  /** Bytes of the archive gone through so far, and all that it has. */
  readonly position: number;
  readonly size: number;
  /** Bytes unpacked so far: what can be read without waiting. */
  readonly unpacked: number;
  /** Whether `flaw` tells of the limit that the user set on unpacking. */
  readonly limited: boolean;
}

/** The size of a source whose end is not known yet: larger than any file. */
export const unknownSize = Number.MAX_SAFE_INTEGER;

/** The platform could not read. `message` is a sentence for the user that begins with the name of the source. */
export class ByteSourceError extends Error {
  override readonly name = 'ByteSourceError';

  /** `problem`: the rest of that sentence, such as `cannot be read: no permission.` */
  constructor(
    source: string,
    readonly problem: string,
  ) {
    super(`${source} ${problem}`);
  }
}

/** A source over bytes in memory. Reads are views: cheap, and safe because nobody writes. */
export class BufferSource implements ByteSource {
  constructor(
    readonly name: string,
    private readonly bytes: Uint8Array,
  ) {}

  get size(): number {
    return this.bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.bytes.subarray(offset, Math.min(this.bytes.length, offset + length));
  }

  readInto(scratch: Uint8Array, offset: number): Uint8Array {
    return this.read(offset, scratch.length);
  }

  refresh(): boolean {
    return false;
  }

  close(): void {
    // Nothing is held open.
  }
}
