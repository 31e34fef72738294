/** What the tools tell a person while they work. */

/** Shows what is going on and, when done, how long it took. `about` is the usual duration in seconds. */
export async function step<T>(title: string, about: number | undefined, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  console.log(about === undefined ? `${title} …` : `${title}, about ${about} s …`);
  const result = await work();
  const seconds = secondsSince(started);
  if (about !== undefined) console.log(`  done in ${seconds}`);
  return result;
}

/** Seconds since a `performance.now()`, as `1.2 s`. */
export function secondsSince(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/** 1234567 as `1,234,567`. */
export function thousands(value: number): string {
  return value.toLocaleString('en-US');
}
