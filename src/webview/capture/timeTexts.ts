import type { TimeForm } from '../../rpc/packetList.js';

/** The forms of times in words, English. */
export const timeFormTexts: Readonly<Record<TimeForm, string>> = {
  relative: 'Since first packet',
  local: 'Date and time, local',
  utc: 'Date and time, UTC',
  epoch: 'Seconds since 1970',
  delta: 'Since previous packet',
  'delta-shown': 'Since previous packet shown',
  reference: 'Since reference packet',
};

/** Digits of the second that are offered, with what people call them; none: as many as the file has. */
export const timeDigits: readonly (readonly [digits: number | undefined, text: string])[] = [
  [undefined, 'Digits as in the file'],
  [0, 'Seconds'],
  [3, 'Milliseconds'],
  [6, 'Microseconds'],
  [9, 'Nanoseconds'],
];
