/** Compared and moved between two chances to stop: a fraction of a millisecond. */
const stepsAtOnce = 8192;
/** Runs this short are sorted by insertion. */
const shortRun = 16;

/**
 * Sorts the numbers from 0 to `count` - 1 by what `compare` says of them, equal ones in their order, and yields now
 * and then: sorting millions takes seconds. Returns them sorted.
 */
export function* mergeSort(
  count: number,
  compare: (a: number, b: number) => number,
): Generator<undefined, Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, index) => index);
  let to = new Uint32Array(count);
  let steps = 0;
  for (let start = 0; start < count; start += shortRun) {
    insertionSort(from, start, Math.min(count, start + shortRun), compare);
    if ((steps += shortRun * 4) >= stepsAtOnce) {
      steps = 0;
      yield;
    }
  }
  for (let width = shortRun; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(count, start + width);
      const end = Math.min(count, start + 2 * width);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const takesLeft = left < middle && (right >= end || compare(from[left] ?? 0, from[right] ?? 0) <= 0);
        to[at] = (takesLeft ? from[left++] : from[right++]) ?? 0;
        if (++steps >= stepsAtOnce) {
          steps = 0;
          yield;
        }
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

function insertionSort(
  items: Uint32Array,
  start: number,
  end: number,
  compare: (a: number, b: number) => number,
): void {
  for (let at = start + 1; at < end; at++) {
    const item = items[at] ?? 0;
    let place = at;
    while (place > start && compare(items[place - 1] ?? 0, item) > 0) {
      items[place] = items[place - 1] ?? 0;
      place--;
    }
    items[place] = item;
  }
}
