/** How the time column writes times. */
import { isoText, powerOfTen, timeBetween, timeText, type CaptureTime } from '../core/capture/captureTime.js';
import type { TimeForm, TimeWish } from '../rpc/packetList.js';

/** The moment that the times of a form count from. */
export type TimeBase = 'first' | 'before' | 'before-shown' | 'reference' | 'none';

const bases: Readonly<Record<TimeForm, TimeBase>> = {
  relative: 'first',
  local: 'none',
  utc: 'none',
  epoch: 'none',
  delta: 'before',
  'delta-shown': 'before-shown',
  reference: 'reference',
};

/** What a form of time counts from. */
export function timeBase(form: TimeForm): TimeBase {
  return bases[form];
}

/**
 * A time as the list shows it. `base` is the moment it counts from; where that has no time, the packet counts from
 * itself, as the first packet does.
 */
export function rowTimeText(time: CaptureTime, base: CaptureTime | undefined, wish: TimeWish): string {
  const shown = withDigits(
    timeBase(wish.form) === 'none' ? time : timeBetween(base ?? time, time),
    wish.digits,
  );
  switch (wish.form) {
    case 'local':
      return localText(shown);
    case 'utc':
      return isoText(shown).replace('T', ' ').replace('Z', '');
    case 'epoch':
    case 'relative':
    case 'delta':
    case 'delta-shown':
    case 'reference':
      return timeText(shown);
  }
}

/** The same time with so many digits: more are zeros, fewer are cut off, as Wireshark does. */
function withDigits(time: CaptureTime, digits: number | undefined): CaptureTime {
  if (digits === undefined || digits === time.digits) return time;
  const { seconds, fraction } = time;
  if (digits > time.digits) return { seconds, fraction: fraction * powerOfTen(digits - time.digits), digits };
  const unit = powerOfTen(time.digits - digits);
  if (seconds >= 0) return { seconds, fraction: Math.floor(fraction / unit), digits };
  // Before the start, cutting digits off goes towards zero, which is up.
  const cut = Math.ceil(fraction / unit);
  return cut === powerOfTen(digits)
    ? { seconds: seconds + 1, fraction: 0, digits }
    : { seconds, fraction: cut, digits };
}

/** Day and time on the clock of this machine: `2022-08-08 23:06:40.123456`. */
function localText(time: CaptureTime): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return timeText(time);
  const two = (value: number): string => value.toString().padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const fraction = time.digits === 0 ? '' : `.${time.fraction.toString().padStart(time.digits, '0')}`;
  return `${day} ${clock}${fraction}`;
}
