/** Moments and lengths of time as a filter writes them. */
import type { TimeValue } from './typed.js';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const clock = String.raw`(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9})0*)?)?)?`;
const zone = String.raw`\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
/** `2026-01-02 03:04:05.678`, with any end left out; ISO 8601's `T` may stand in the middle. */
const numbers = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[T ]${clock}${zone})?$`);
/** `Jan  2, 2026 03:04:05.678`, as Wireshark shows it. */
const words = new RegExp(`^([A-Za-z]{3}) {1,2}(\\d{1,2}), (\\d{4}) ${clock}${zone}$`);

/** What a moment looks like, for messages. */
export const momentExamples = '"2026-01-02 03:04:05.678", "2026-01-02 03:04:05Z", "Jan 2, 2026 03:04:05"';

/**
 * The moment that a text names, since 1970 in UTC. Without a zone it is on the clock of this machine, as in Wireshark.
 * `undefined` where the text names no moment.
 */
export function momentOf(text: string): TimeValue | undefined {
  const byNumber = numbers.exec(text);
  if (byNumber) {
    const [, year, month, day, ...rest] = byNumber;
    return moment(Number(year), Number(month), Number(day), rest);
  }
  const byWord = words.exec(text);
  if (!byWord) return undefined;
  const [, month = '', day, year, ...rest] = byWord;
  return moment(Number(year), months.indexOf(month.toLowerCase()) + 1, Number(day), rest);
}

function moment(
  year: number,
  month: number,
  day: number,
  [hour = '0', minute = '0', second = '0', fraction = '', zoneText]: readonly (string | undefined)[],
): TimeValue | undefined {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  // A 60th second exists: leap seconds, counted as the next.
  if (month < 1 || month > 12 || day < 1 || hours > 23 || minutes > 59 || seconds > 60) return undefined;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  const offset = zoneText === undefined ? undefined : zoneSeconds(zoneText);
  const milliseconds =
    offset === undefined
      ? new Date(year, month - 1, day, hours, minutes, seconds).getTime()
      : Date.UTC(year, month - 1, day, hours, minutes, seconds) - offset * 1000;
  if (Number.isNaN(milliseconds)) return undefined;
  return { seconds: Math.floor(milliseconds / 1000), nanos: Number(fraction.padEnd(9, '0')) };
}

/** Seconds east of Greenwich. */
function zoneSeconds(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** Seconds with up to nine decimals: `0.25`, `-1`. */
export function secondsOf(text: string): TimeValue | undefined {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,9})0*)?$/.exec(text) ?? [];
  if (whole === '') return undefined;
  const nanos = Number(fraction.padEnd(9, '0'));
  return sign === '-' ? negated({ seconds: Number(whole), nanos }) : { seconds: Number(whole), nanos };
}

/** The same length of time the other way round. */
export function negated({ seconds, nanos }: TimeValue): TimeValue {
  return nanos === 0 ? { seconds: 0 - seconds, nanos } : { seconds: -seconds - 1, nanos: 1e9 - nanos };
}
