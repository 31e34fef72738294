import type { PacketSet } from './packetSet.js';

/** In what order the packets of a set stand in a list: that of the file, or sorted as far as they were there then. */
export class RowOrder {
  constructor(
    readonly set: PacketSet,
    /** Numbers of the packets of the first rows; those behind stand as in the set. */
    private readonly sorted: Uint32Array | undefined,
  ) {}

  get size(): number {
    return this.set.size;
  }

  /** Rows at the end that are not sorted; 0 in the order of the file. */
  get unsorted(): number {
    return this.sorted ? this.set.size - this.sorted.length : 0;
  }

  get isSorted(): boolean {
    return this.sorted !== undefined;
  }

  /** The number of the packet in a row; 0 where there is no such row. */
  at(row: number): number {
    return this.sorted?.[row] ?? this.set.at(row);
  }

  /** The row of a packet, or of the next packet that is shown, else the last; -1 in an empty list. */
  rowOf(number: number): number {
    const { set, sorted } = this;
    const row = Math.min(set.rowFrom(number), set.size - 1);
    return sorted && row >= 0 && row < sorted.length ? sorted.indexOf(set.at(row)) : row;
  }

  /** The row of a packet; -1 when it is not shown. */
  exactRowOf(number: number): number {
    const row = this.rowOf(number);
    return this.at(row) === number ? row : -1;
  }

  *numbers(): Generator<number> {
    for (let row = 0; row < this.size; row++) yield this.at(row);
  }
}
