import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What something took: milliseconds on the wall, seconds of processor time. */
export interface Cost {
  readonly wall: number;
  readonly processor: number;
}

/** Measures work that ends when it returns. */
export function cost(work: () => void): Cost {
  const stop = startClock();
  work();
  return stop();
}

/** Starts measuring; the answer tells what it took so far. */
export function startClock(): () => Cost {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    return { wall, processor: (user + system) / 1e6 };
  };
}

const readSize = 4 * 1024 * 1024;

/** Reads a file from first to last byte and does nothing with it: what no reader can be faster than. */
export function readRaw(file: string): void {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  const buffer = new Uint8Array(readSize);
  for (let at = 0; at < size;) at += readSync(descriptor, buffer, 0, buffer.length, at);
  closeSync(descriptor);
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
