/** Sorting of very many packets by whole numbers, in steps. */

const digitBits = 11;
const digitValues = 1 << digitBits;
/** Digits of 32 bits. */
const digitsOfWord = 3;
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
 * done from time to time, and the result in the end; whoever does not go on asking has cancelled. The keys are used up.
 */
export function* radixOrder(numbers: Uint32Array, keys: SortKeys): Generator<number, Uint32Array> {
  if (isOrdered(keys)) return numbers.slice();
  if (isTurned(keys)) return turned(numbers, keys);
  const { low, high } = keys;
  if (!high) return yield* sortedBy(low, numbers, 0, 1);
  const places = Uint32Array.from(numbers.keys());
  const byLow = yield* sortedBy(low, places, 0, 0.5);
  const order = yield* sortedBy(gathered(high, byLow), byLow, 0.5, 1);
  return gathered(numbers, order);
}

/**
 * The values in the order of their keys of 32 bits. Keys and values move together, digit by digit from the lowest on:
 * then memory is read in its order, which is what counts with millions. Shares go from `share` to `end`.
 */
function* sortedBy(
  keys: Uint32Array,
  values: Uint32Array,
  share: number,
  end: number,
): Generator<number, Uint32Array> {
  const count = keys.length;
  let nextKeys: Uint32Array = new Uint32Array(count);
  let nextValues: Uint32Array = new Uint32Array(count);
  const given = values;
  for (let digit = 0; digit < digitsOfWord; digit++) {
    const shift = digit * digitBits;
    const starts = startsOf(keys, shift);
    if (!starts) continue;
    for (let from = 0; from < count; from += elementsPerStep) {
      const to = Math.min(count, from + elementsPerStep);
      scatter(keys, values, from, to, shift, starts, nextKeys, nextValues);
      yield share + ((end - share) * (digit + to / count)) / digitsOfWord;
    }
    // The values given are the caller's: they are read, not written.
    const free = values === given ? new Uint32Array(count) : values;
    [keys, nextKeys] = [nextKeys, keys];
    [values, nextValues] = [nextValues, free];
  }
  return values === given ? given.slice() : values;
}

function scatter(
  keys: Uint32Array,
  values: Uint32Array,
  from: number,
  to: number,
  shift: number,
  starts: Uint32Array,
  nextKeys: Uint32Array,
  nextValues: Uint32Array,
): void {
  for (let at = from; at < to; at++) {
    const key = keys[at] ?? 0;
    const value = (key >>> shift) & (digitValues - 1);
    const target = starts[value] ?? 0;
    starts[value] = target + 1;
    nextKeys[target] = key;
    nextValues[target] = values[at] ?? 0;
  }
}

/** Where the elements with each value of a digit begin; undefined when all have the same. */
function startsOf(keys: Uint32Array, shift: number): Uint32Array | undefined {
  const starts = new Uint32Array(digitValues);
  for (let at = 0; at < keys.length; at++) {
    const value = ((keys[at] ?? 0) >>> shift) & (digitValues - 1);
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

function gathered(values: Uint32Array, places: Uint32Array): Uint32Array {
  const made = new Uint32Array(places.length);
  for (let at = 0; at < places.length; at++) made[at] = values[places[at] ?? 0] ?? 0;
  return made;
}

function isOrdered(keys: SortKeys): boolean {
  for (let at = 1; at < keys.length; at++) if (keys.at(at - 1) > keys.at(at)) return false;
  return true;
}

function isTurned(keys: SortKeys): boolean {
  for (let at = 1; at < keys.length; at++) if (keys.at(at - 1) < keys.at(at)) return false;
  return true;
}

/** From last to first, but equal ones as they are. */
function turned(numbers: Uint32Array, keys: SortKeys): Uint32Array {
  const made = new Uint32Array(numbers.length);
  let next = 0;
  for (let end = numbers.length; end > 0;) {
    let from = end - 1;
    while (from > 0 && keys.at(from - 1) === keys.at(from)) from--;
    for (let at = from; at < end; at++) made[next++] = numbers[at] ?? 0;
    end = from;
  }
  return made;
}
