/** Sorting of very many packets by whole numbers, in steps. */

const digitBits = 11;
const digitValues = 1 << digitBits;
/** Elements between two looks at whether to go on. */
const elementsPerStep = 1 << 18;

/** Whole numbers of up to 53 bits, in two halves. */
export class SortKeys {
  readonly low: Uint32Array;
  /** Made when a number needs it. */
  high: Uint32Array | undefined;
  /** Largest of all. */
  largest = 0;

  constructor(readonly length: number) {
    this.low = new Uint32Array(length);
  }

  set(at: number, value: number): void {
    if (value > this.largest) this.largest = value;
    this.low[at] = value;
    if (value > 0xffffffff) {
      this.high ??= new Uint32Array(this.length);
      this.high[at] = value / 2 ** 32;
    }
  }

  at(at: number): number {
    return (this.high?.[at] ?? 0) * 2 ** 32 + (this.low[at] ?? 0);
  }

  /** Turns the order around: equal keys stay equal. */
  reverse(): void {
    const { largest, length } = this;
    for (let at = 0; at < length; at++) {
      const value = largest - this.at(at);
      if (this.high) this.high[at] = value / 2 ** 32;
      this.low[at] = value;
    }
  }
}

/**
 * The numbers in the order of their keys (at the same places); equal ones stay as they are. Gives the share that is
 * done from time to time, and the result in the end; whoever does not go on asking has cancelled.
 */
export function* radixOrder(numbers: Uint32Array, keys: SortKeys): Generator<number, Uint32Array> {
  const count = numbers.length;
  if (isOrdered(keys)) return numbers.slice();
  const digits = Math.max(1, Math.ceil(Math.log2(keys.largest + 1) / digitBits));
  let order = Uint32Array.from({ length: 0 });
  let next = new Uint32Array(count);
  for (let digit = 0; digit < digits; digit++) {
    const starts = startsOf(keys, digit);
    if (!starts) continue;
    const isFirst = order.length === 0 && count > 0;
    for (let from = 0; from < count; from += elementsPerStep) {
      const to = Math.min(count, from + elementsPerStep);
      for (let at = from; at < to; at++) {
        const place = isFirst ? at : (order[at] ?? 0);
        const value = digitOf(keys, place, digit);
        const target = starts[value] ?? 0;
        starts[value] = target + 1;
        next[target] = place;
      }
      yield (digit + to / count) / (digits + 1);
    }
    const free = isFirst ? new Uint32Array(count) : order;
    order = next;
    next = free;
  }
  for (let at = 0; at < count; at++) next[at] = numbers[order[at] ?? 0] ?? 0;
  return next;
}

function digitOf({ low, high }: SortKeys, place: number, digit: number): number {
  const shift = digit * digitBits;
  const lower = low[place] ?? 0;
  if (!high) return (lower >>> shift) & (digitValues - 1);
  const upper = high[place] ?? 0;
  if (shift >= 32) return (upper >>> (shift - 32)) & (digitValues - 1);
  const bits = shift + digitBits > 32 ? (lower >>> shift) | (upper << (32 - shift)) : lower >>> shift;
  return bits & (digitValues - 1);
}

/** Where the elements with each value of a digit begin; undefined when all have the same. */
function startsOf(keys: SortKeys, digit: number): Float64Array | undefined {
  const starts = new Float64Array(digitValues);
  for (let at = 0; at < keys.length; at++) {
    const value = digitOf(keys, at, digit);
    starts[value] = (starts[value] ?? 0) + 1;
  }
  let sum = 0;
  for (let value = 0; value < digitValues; value++) {
    const count = starts[value] ?? 0;
    if (count === keys.length) return undefined;
    starts[value] = sum;
    sum += count;
  }
  return starts;
}

function isOrdered(keys: SortKeys): boolean {
  for (let at = 1; at < keys.length; at++) if (keys.at(at - 1) > keys.at(at)) return false;
  return true;
}
