/** Times and durations in words. */

const units: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** `194 d 20 h`, `16 h 50 min`, `59 s`: the two largest units of a number of seconds, rounded down. */
export function durationText(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  const parts: string[] = [];
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}

/**
 * What the kernel's tick counter divided by 256 is at boot: the counter starts 5 minutes below 2^32 ticks
 * (INITIAL_JIFFIES of linux/jiffies.h), so this is about 16,777,000 at every usual tick rate.
 */
function ticksAtBoot(ticksPerSecond: number): number {
  return (2 ** 32 - 300 * ticksPerSecond) / 256;
}

/** Seconds since boot of a time in units of 256 ticks, for a tick rate; undefined before boot. */
function secondsOfTicks(time: number, ticksPerSecond: number): number | undefined {
  const seconds = ((time - ticksAtBoot(ticksPerSecond)) * 256) / ticksPerSecond;
  return seconds < 0 ? undefined : seconds;
}

/**
 * Both readings of a time on the datapath's clock (`bpf_mono_now`): seconds since boot, or ticks of the kernel
 * divided by 256, where Cilium found that clock usable.
 */
export function datapathTimeText(time: number): string {
  const asSeconds = `read as seconds: ${durationText(time)} after the node booted`;
  const at250 = secondsOfTicks(time, 250);
  const at1000 = secondsOfTicks(time, 1000);
  if (at250 === undefined || at1000 === undefined) return `${asSeconds}.`;
  return `${asSeconds}; read as jiffies/256 (a counter that starts near 16.777 million): ${durationText(at250)} after boot with 250 ticks a second, ${durationText(at1000)} with 1,000.`;
}
