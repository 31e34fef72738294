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

  /** Marks the packets from 1 to `count`. */
  fill(count: number): void {
    if (count >>> 5 >= this.words.length) this.grow(count);
    for (let number = 1; number <= count;) {
      if ((number & 31) === 0 && number + 31 <= count) {
        this.words[number >>> 5] = 0xffffffff;
        number += 32;
      } else this.set(number++, true);
    }
    this.marked = count;
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

  /** The last marked packet up to a number; 0 when there is none. */
  upTo(number: number): number {
    let at = Math.min(number >>> 5, this.words.length - 1);
    let keep = at < number >>> 5 ? 31 : number & 31;
    for (; at >= 0; at--, keep = 31) {
      const word = ((this.words[at] ?? 0) << (31 - keep)) >>> (31 - keep);
      if (word !== 0) return at * 32 + (31 - Math.clz32(word));
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
