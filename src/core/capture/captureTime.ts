/**
 * Times as captures store them. A time is kept in whole numbers, never as one floating-point number: a double has
 * no room for nanoseconds since 1970.
 */

/** A moment (since 1970-01-01 00:00 UTC) or a span: `seconds` plus `fraction` times ten to the minus `digits`. */
export interface CaptureTime {
  /** Whole seconds, rounded down; negative before the start. */
  readonly seconds: number;
  /** 0 to 10^digits - 1. */
  readonly fraction: number;
  /** Decimal digits of the fraction, 0 to 15. */
  readonly digits: number;
}

/** How an interface counts its time: a tick is 10^-exponent or 2^-exponent seconds. */
export interface CaptureClock {
  readonly binary: boolean;
  /** 0 to 127. */
  readonly exponent: number;
  /** Seconds to add to every time stamp (`if_tsoffset`). */
  readonly offset: number;
  /** Decimal digits with which its times are kept. */
  readonly digits: number;
}

/** A double holds every whole number up to this many digits; finer clocks lose what is below a femtosecond. */
const mostDigits = 15;

/** The clock that pcapng assumes where an interface does not say: microseconds. */
export const microseconds = clock(false, 6);

/** A clock of 10^-exponent or 2^-exponent seconds. Binary ticks show with the digits that tell them apart, at least nine. */
export function clock(binary: boolean, exponent: number, offset = 0): CaptureClock {
  const digits = binary ? Math.max(9, Math.ceil(exponent * Math.log10(2))) : exponent;
  return { binary, exponent, offset, digits: Math.min(digits, mostDigits) };
}

const powersOfTen = Array.from({ length: mostDigits + 1 }, (_, exponent) => 10 ** exponent);

/** Ten to a power of 0 to 15. */
export function powerOfTen(exponent: number): number {
  return powersOfTen[exponent] ?? 1;
}

/** Where {@link readTicks} leaves its result. */
export interface TimeTarget {
  seconds: number;
  fraction: number;
}

/** Puts the time of a 64-bit count of ticks (as two halves) into `target`, exactly, without big integers. */
export function readTicks(high: number, low: number, from: CaptureClock, target: TimeTarget): void {
  if (from.binary) readBinaryTicks(high, low, from, target);
  else if (from.exponent <= 9) readDecimalTicks(high, low, powerOfTen(from.exponent), target);
  else readFineTicks(high, low, from, target);
  target.seconds += from.offset;
}

/**
 * Reads the ticks of one interface, much faster where packets lie close together: within the second of the packet
 * before, a subtraction does.
 */
export class TickReader implements TimeTarget {
  /** The time that was read last. */
  seconds = 0;
  fraction = 0;
  readonly digits: number;
  private readonly perSecond: number;
  /** The ticks at which the second `seconds` begins, and how many it has; 0 before there is one. */
  private high = 0;
  private low = 0;
  private room = 0;

  constructor(private readonly from: CaptureClock) {
    this.digits = from.digits;
    this.perSecond = from.binary || from.exponent > 9 ? 0 : powerOfTen(from.exponent);
  }

  /** Leaves the time of a 64-bit count of ticks (as two halves) in `seconds` and `fraction`. */
  read(high: number, low: number): void {
    const since = (high - this.high) * 2 ** 32 + (low - this.low);
    if (since >= 0 && since < this.room) this.fraction = since;
    else this.readAnew(high, low);
  }

  private readAnew(high: number, low: number): void {
    readTicks(high, low, this.from, this);
    const start = low - this.fraction;
    const borrowed = start < 0 ? 1 : 0;
    this.high = high - borrowed;
    this.low = start + borrowed * 2 ** 32;
    this.room = this.perSecond;
  }
}

/** Decimal ticks of a nanosecond or coarser: long division in digits of 16 bits, each step below 2^53. */
function readDecimalTicks(high: number, low: number, perSecond: number, target: TimeTarget): void {
  const upper = high * 0x10000 + (low >>> 16);
  const upperSeconds = Math.floor(upper / perSecond);
  const rest = (upper - upperSeconds * perSecond) * 0x10000 + (low & 0xffff);
  const lowerSeconds = Math.floor(rest / perSecond);
  target.seconds = upperSeconds * 0x10000 + lowerSeconds;
  target.fraction = rest - lowerSeconds * perSecond;
}

/** Decimal ticks finer than a nanosecond: digits beyond the fifteenth are dropped, then bit-wise long division. */
function readFineTicks(high: number, low: number, from: CaptureClock, target: TimeTarget): void {
  for (let drop = from.exponent - from.digits; drop > 0; drop -= 6) {
    const divisor = powerOfTen(Math.min(drop, 6));
    const upper = Math.floor(high / divisor);
    low = Math.floor(((high - upper * divisor) * 2 ** 32 + low) / divisor);
    high = upper;
  }
  const perSecond = powerOfTen(from.digits);
  let quotient = 0;
  let rest = 0;
  for (let bit = 63; bit >= 0; bit--) {
    rest = rest * 2 + ((bit >= 32 ? high >>> (bit - 32) : low >>> bit) & 1);
    quotient *= 2;
    if (rest >= perSecond) {
      rest -= perSecond;
      quotient += 1;
    }
  }
  target.seconds = quotient;
  target.fraction = rest;
}

/** Binary ticks: whole seconds by shifting, then the fraction three decimal digits at a time. */
function readBinaryTicks(high: number, low: number, from: CaptureClock, target: TimeTarget): void {
  const shift = from.exponent;
  const whole =
    shift >= 64 ? 0 : Math.floor(high / 2 ** (shift - 32)) + (shift < 32 ? Math.floor(low / 2 ** shift) : 0);
  // The fraction as 64 bits behind the point, in two halves.
  let upper: number;
  let lower: number;
  if (shift <= 32) {
    upper = shift === 0 ? 0 : (low % 2 ** shift) * 2 ** (32 - shift);
    lower = 0;
  } else if (shift <= 64) {
    const up = 2 ** (64 - shift);
    const moved = low * up;
    upper = ((high % 2 ** (shift - 32)) * up + Math.floor(moved / 2 ** 32)) % 2 ** 32;
    lower = moved % 2 ** 32;
  } else {
    const down = 2 ** (shift - 64);
    upper = Math.floor(high / down);
    lower = Math.floor(((high % down) * 2 ** 32 + low) / down);
  }
  let fraction = 0;
  for (let digits = from.digits; digits > 0; digits -= 3) {
    const scale = powerOfTen(Math.min(digits, 3));
    lower *= scale;
    upper = upper * scale + Math.floor(lower / 2 ** 32);
    lower %= 2 ** 32;
    const next = Math.floor(upper / 2 ** 32);
    fraction = fraction * scale + next;
    upper -= next * 2 ** 32;
  }
  target.seconds = whole;
  target.fraction = fraction;
}

/** `1660000000.123456789`: all digits the time has, no more. */
export function timeText({ seconds, fraction, digits }: CaptureTime): string {
  if (seconds < 0 && fraction > 0) {
    return `-${timeText({ seconds: -seconds - 1, fraction: powerOfTen(digits) - fraction, digits })}`;
  }
  return digits === 0 ? seconds.toString() : `${seconds}.${fraction.toString().padStart(digits, '0')}`;
}

/** From `earlier` to `later` (negative when they are the other way round), with the finer one's digits. */
export function timeBetween(earlier: CaptureTime, later: CaptureTime): CaptureTime {
  const digits = Math.max(earlier.digits, later.digits);
  let seconds = later.seconds - earlier.seconds;
  let fraction =
    later.fraction * powerOfTen(digits - later.digits) -
    earlier.fraction * powerOfTen(digits - earlier.digits);
  if (fraction < 0) {
    seconds -= 1;
    fraction += powerOfTen(digits);
  }
  return { seconds, fraction, digits };
}

/** Below 0 when `a` is before `b`, 0 when they are the same moment. */
export function compareTimes(a: CaptureTime, b: CaptureTime): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  if (a.digits === b.digits) return a.fraction - b.fraction;
  const digits = Math.max(a.digits, b.digits);
  return a.fraction * powerOfTen(digits - a.digits) - b.fraction * powerOfTen(digits - b.digits);
}

/** A span as a plain number of seconds, for rates and other figures that are rounded anyway. */
export function roundedSeconds({ seconds, fraction, digits }: CaptureTime): number {
  return seconds + fraction / powerOfTen(digits);
}

/** The day and time of a moment in UTC: `2022-08-08T23:06:40.123456Z`; plain seconds where no calendar reaches. */
export function isoText(time: CaptureTime): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return timeText(time);
  const fraction = time.digits === 0 ? '' : `.${time.fraction.toString().padStart(time.digits, '0')}`;
  return date.toISOString().replace(/\.\d+Z$/, `${fraction}Z`);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The same as Wireshark writes it: `Aug  8, 2022 23:06:40.123456 UTC`. */
export function calendarText(time: CaptureTime): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return `${timeText(time)} seconds`;
  const clockText = isoText(time).replace(/^.*T/, '').replace(/Z$/, '');
  const day = date.getUTCDate().toString().padStart(2);
  return `${months[date.getUTCMonth()] ?? ''} ${day}, ${date.getUTCFullYear()} ${clockText} UTC`;
}
