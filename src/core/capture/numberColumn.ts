/** A column of numbers that grows without being copied: 64 bits each, in chunks. */
export class NumberColumn {
  private readonly chunks: Float64Array[] = [];
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** Bytes of memory it takes. */
  get bytes(): number {
    return this.chunks.length * chunkLength * Float64Array.BYTES_PER_ELEMENT;
  }

  push(value: number): void {
    const place = this.count & chunkMask;
    let chunk = this.chunks[this.count >>> chunkBits];
    if (!chunk) {
      chunk = new Float64Array(chunkLength);
      this.chunks.push(chunk);
    }
    chunk[place] = value;
    this.count++;
  }

  /** The value at an index; 0 where there is none. */
  at(index: number): number {
    return this.chunks[index >>> chunkBits]?.[index & chunkMask] ?? 0;
  }
}

const chunkBits = 12;
const chunkLength = 1 << chunkBits;
const chunkMask = chunkLength - 1;
