/** An extension that runs the suite at start-up: editors shown in a browser load a suite in no other way. */
import { run } from './index.js';

/** Runs the suite when a test run asks for it; in any other editor it does nothing. */
export function activate(): void {
  if (process.env['CILIUM_LENS_TEST_AT_START'] === undefined) return;
  run().catch(() => {
    // The outcome is in the file.
  });
}
