/** When the extension's code began to run. Imported before all other modules. */

/** Node 24 tells a thread's own processor time; before it, only that of all threads was to be had. */
interface ProcessorClock {
  readonly threadCpuUsage?: () => NodeJS.CpuUsage;
  readonly cpuUsage: () => NodeJS.CpuUsage;
}

const startTime = performance.now();
const startProcessor = processorMilliseconds();

/** Time since then, on the clock and of the processor. */
export function sinceStart(): { readonly milliseconds: number; readonly processorMilliseconds: number } {
  return {
    milliseconds: performance.now() - startTime,
    processorMilliseconds: processorMilliseconds() - startProcessor,
  };
}

function processorMilliseconds(): number {
  const clock: ProcessorClock = process;
  const { user, system } = clock.threadCpuUsage?.() ?? clock.cpuUsage();
  return (user + system) / 1000;
}
