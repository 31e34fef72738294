/** Measurements that tests make in the extension host, shown by the tool that started it. */

// Every test file is a bundle of its own, so what they share lies on the global object.
const shared = globalThis as { ciliumLensNotes?: string[] };

/** Leaves a line for the person who runs the tests. */
export function note(line: string): void {
  (shared.ciliumLensNotes ??= []).push(line);
}

/** All lines left so far. */
export function takeNotes(): readonly string[] {
  return shared.ciliumLensNotes ?? [];
}
