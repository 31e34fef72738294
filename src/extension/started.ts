/** When the extension's code began to run. Imported before all other modules. */
export const started = {
  /** On the clock of `performance`, in milliseconds. */
  time: performance.now(),
  /** Of the extension host, since its own start. */
  processor: process.cpuUsage(),
};
