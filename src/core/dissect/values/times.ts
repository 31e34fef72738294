/** Moments as Wireshark writes them. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => value.toString().padStart(2, '0');

/** `May 18, 2013 20:22:20.000000000 UTC` from seconds since 1970 and nanoseconds. */
export function utcText(seconds: number, nanoseconds: number): string {
  const date = new Date(seconds * 1000);
  const day = date.getUTCDate().toString().padStart(2, ' ');
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const fraction = nanoseconds.toString().padStart(9, '0');
  return `${months[date.getUTCMonth()] ?? ''} ${day}, ${date.getUTCFullYear()} ${clock}.${fraction} UTC`;
}
