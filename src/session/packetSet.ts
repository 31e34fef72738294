/** Which packets a list shows, in the order of the file. Rows count from 0, packets from 1. */
export interface PacketSet {
  readonly size: number;
  /** The number of the packet in a row; 0 where there is no such row. */
  at(row: number): number;
  /** The first row whose packet has this number or a larger one; `size` when there is none. */
  rowFrom(number: number): number;
}

/** All packets there are. Takes no memory, however many they are. */
export class AllPackets implements PacketSet {
  /** `count` tells how many packets there are now. */
  constructor(private readonly count: () => number) {}

  get size(): number {
    return this.count();
  }

  at(row: number): number {
    return row >= 0 && row < this.size ? row + 1 : 0;
  }

  rowFrom(number: number): number {
    return Math.min(Math.max(0, number - 1), this.size);
  }
}

const chunkBits = 16;
const chunkSize = 1 << chunkBits;

/** Packets that were picked out. Four bytes each, and never copied while it grows. */
export class PickedPackets implements PacketSet {
  private readonly chunks: Uint32Array[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Adds a packet; its number must be larger than all before. */
  push(number: number): void {
    const within = this.count & (chunkSize - 1);
    if (within === 0) this.chunks.push(new Uint32Array(chunkSize));
    const chunk = this.chunks[this.count >>> chunkBits];
    if (chunk) chunk[within] = number;
    this.count++;
  }

  at(row: number): number {
    if (row < 0 || row >= this.count) return 0;
    return this.chunks[row >>> chunkBits]?.[row & (chunkSize - 1)] ?? 0;
  }

  rowFrom(number: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The row of a packet in a set; -1 when it is not shown. */
export function rowIn(set: PacketSet, number: number): number {
  const row = set.rowFrom(number);
  return set.at(row) === number ? row : -1;
}

/** The numbers of all packets of a set, for sorting. */
export function numbersOf(set: PacketSet): Uint32Array {
  const numbers = new Uint32Array(set.size);
  for (let row = 0; row < numbers.length; row++) numbers[row] = set.at(row);
  return numbers;
}
