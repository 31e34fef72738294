/** Lengths of time in words. */
import { counted } from '../../base/words.js';

const units = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `12 minutes, 52 seconds`; fractions stay with the seconds. */
export function inWords(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(counted(count, unit));
    rest -= count * size;
  }
  const left = Math.round(rest * 1000) / 1000;
  if (left > 0 || parts.length === 0) parts.push(`${left} ${left === 1 ? 'second' : 'seconds'}`);
  return parts.join(', ');
}
