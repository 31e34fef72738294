/** Amounts in the words people use: sizes, durations, shares. */
import { grouped } from './words.js';

/** `98 bytes`, `118.3 KB`, `1.2 GB`: decimal units, as disks and packet counters have them. */
export function sizeText(bytes: number): string {
  if (bytes < 10_000) return `${grouped(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 999.95 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${amount.toFixed(1).replace(/\.0$/, '')} ${units[unit] ?? ''}`;
}

/** Three figures, without noughts at the end. */
function figures(amount: number): string {
  return String(Number(amount.toPrecision(3)));
}

/** A duration in seconds as decimal text (`0.000842`), in the unit people would say it in: `0.84 ms`, `2 h 05 min`. */
export function spanText(seconds: string): string {
  const value = Number(seconds);
  if (seconds === '' || !Number.isFinite(value) || value < 0) return '';
  if (value === 0) return '0 s';
  if (value < 0.000_000_999_5) return `${figures(value * 1e9)} ns`;
  if (value < 0.0001) return `${figures(value * 1e6)} µs`;
  if (value < 0.9995) return `${figures(value * 1e3)} ms`;
  if (value < 119.95) return `${figures(value)} s`;
  const whole = Math.round(value);
  const two = (part: number): string => part.toString().padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  if (whole < 172_800) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
  return `${grouped(Math.floor(whole / 86_400))} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

/** How much of a file is indexed: `45 %`, never 100 before all is. */
export function shareText(part: number, whole: number): string {
  if (whole <= 0 || part >= whole) return '100 %';
  return `${Math.min(99, Math.floor((part / whole) * 100))} %`;
}
