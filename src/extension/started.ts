/** Milliseconds on the clock of `performance` when the extension's code began to run. Imported first. */
export const started = performance.now();
