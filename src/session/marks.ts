/** Which packets are marked: a bit each, as far as the last that ever was. */
export class Marks {
  private words = new Uint32Array(64);
  private marked = 0;

  /** How many packets are marked. */
  get count(): number {
    return this.marked;
  }

  has(number: number): boolean {
    return (((this.words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  /** Marks a packet, or takes its mark away. */
  set(number: number, marked: boolean): void {
    if (this.has(number) === marked) return;
    if (number >>> 5 >= this.words.length) this.grow(number);
    const word = this.words[number >>> 5] ?? 0;
    this.words[number >>> 5] = word ^ (1 << (number & 31));
    this.marked += marked ? 1 : -1;
  }

  clear(): void {
    this.words = new Uint32Array(64);
    this.marked = 0;
  }

  /** The first marked packet from a number on; 0 when there is none. */
  from(number: number): number {
    for (let at = number >>> 5, skip = number & 31; at < this.words.length; at++, skip = 0) {
      const word = ((this.words[at] ?? 0) >>> skip) << skip;
      if (word !== 0) return at * 32 + (31 - Math.clz32(word & -word));
    }
    return 0;
  }

  /** The numbers of all marked packets, in order. */
  *numbers(): Generator<number> {
    for (let number = this.from(1); number > 0; number = this.from(number + 1)) yield number;
  }

  private grow(number: number): void {
    const words = new Uint32Array(Math.max(this.words.length * 2, (number >>> 5) + 1));
    words.set(this.words);
    this.words = words;
  }
}
