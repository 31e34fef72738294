/** Columns of one value a packet, in chunks that are never copied as the column grows. Rows count from 0. */

export const rowsPerChunk = 1 << 16;
export const chunkBits = 16;
export const chunkMask = rowsPerChunk - 1;

/** Whole numbers below 2^32, in 16 bits each as long as a chunk has none that needs more. */
export class LengthColumn {
  readonly chunks: (Uint16Array | Uint32Array)[] = [];
  /** Bytes of memory in use. */
  size = 0;

  /** The chunk that a row lies in, with room for values up to `largest`. */
  chunk(row: number, largest: number): Uint16Array | Uint32Array {
    const place = row >>> chunkBits;
    let chunk = this.chunks[place];
    if (!chunk) this.size += (chunk = new Uint16Array(rowsPerChunk)).byteLength;
    if (largest > 0xffff && chunk instanceof Uint16Array) {
      this.size += chunk.byteLength;
      chunk = Uint32Array.from(chunk);
    }
    this.chunks[place] = chunk;
    return chunk;
  }

  set(row: number, value: number): void {
    this.chunk(row, value)[row & chunkMask] = value;
  }

  at(row: number): number {
    return this.chunks[row >>> chunkBits]?.[row & chunkMask] ?? 0;
  }
}

/** Numbers of one kind of typed array. */
export class RowColumn<Chunk extends Uint8Array | Uint32Array | Float64Array> {
  readonly chunks: Chunk[] = [];
  /** Bytes of memory in use. */
  size = 0;

  constructor(private readonly make: (length: number) => Chunk) {}

  /** The chunk that a row lies in, made when it is not there. */
  chunk(row: number): Chunk {
    const place = row >>> chunkBits;
    let chunk = this.chunks[place];
    if (!chunk) {
      chunk = this.make(rowsPerChunk);
      this.size += chunk.byteLength;
      this.chunks[place] = chunk;
    }
    return chunk;
  }

  at(row: number): number {
    return this.chunks[row >>> chunkBits]?.[row & chunkMask] ?? 0;
  }
}
