/** Numbers that look random and are the same each time: xorshift with 32 bits (Marsaglia 2003). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bf03635) >>> 0 || 1;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    let { state } = this;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state >>> 0;
    return this.state % limit;
  }

  /** True in so many cases of a hundred. */
  percent(share: number): boolean {
    return this.below(100) < share;
  }
}
