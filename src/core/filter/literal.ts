/** Values as a filter writes them, without quotes: numbers, addresses, bytes. Each function answers `undefined` for other text. */

/** A number and, where a double cannot hold it, its exact value. */
export interface NumberLiteral {
  readonly number: number;
  readonly big?: bigint;
}

/** Decimal, `0x` hexadecimal, `0b` binary, or octal with a leading 0. At most 64 bits. */
export function numberOf(text: string): NumberLiteral | undefined {
  if (!/^(?:0[xX][0-9a-fA-F]{1,64}|0[bB][01]{1,64}|0[0-7]{0,64}|[1-9][0-9]{0,63})$/.test(text))
    return undefined;
  const octal = /^0[0-7]+$/.test(text);
  const big = BigInt(octal ? `0o${text.slice(1)}` : text);
  if (big >= 1n << 64n) return undefined;
  const number = Number(big);
  return Number.isSafeInteger(number) ? { number } : { number, big };
}

/** The four bytes of `10.0.0.1`. */
export function ipv4Of(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return Uint8Array.from(parts, Number);
}

/** The sixteen bytes of `fe80::1`; the last four may be written as an IPv4 address. */
export function ipv6Of(text: string): Uint8Array | undefined {
  if (!text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '', true) : [];
  if (!head || !tail) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  return Uint8Array.from([...head, ...Array.from({ length: missing }, () => 0), ...tail]);
}

/** The bytes of groups between colons; `last` when an IPv4 address may end them. */
function groupsOf(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [at, group] of groups.entries()) {
    const ipv4 = last && at === groups.length - 1 ? ipv4Of(group) : undefined;
    if (ipv4) bytes.push(...ipv4);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes;
}

/** An address and the length of its network: `10.0.0.0/8`. Whether the length is possible is for the caller to judge. */
export function networkOf(
  text: string,
  address: (text: string) => Uint8Array | undefined,
): { readonly bytes: Uint8Array; readonly prefix: number | undefined } | undefined {
  const slash = text.indexOf('/');
  const bytes = address(slash < 0 ? text : text.slice(0, slash));
  if (!bytes) return undefined;
  if (slash < 0) return { bytes, prefix: undefined };
  const digits = text.slice(slash + 1);
  return /^\d{1,6}$/.test(digits) ? { bytes, prefix: Number(digits) } : undefined;
}

const separated = [
  /^[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2})+$/,
  /^[0-9a-fA-F]{1,2}(?:-[0-9a-fA-F]{1,2})+$/,
  /^[0-9a-fA-F]{1,2}(?:\.[0-9a-fA-F]{1,2})+$/,
  /^[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4})+$/,
];

/**
 * Bytes in hexadecimal: `00:1a`, `00-1a`, `00.1a`, `001a`, `001a.2b3c`, one byte as `0x1a`. An odd number of digits in
 * a row has a 0 in front.
 */
export function bytesOf(text: string): Uint8Array | undefined {
  if (/^0[xX][0-9a-fA-F]{2}$/.test(text)) return Uint8Array.of(Number.parseInt(text.slice(2), 16));
  if (/^[0-9a-fA-F]+$/.test(text)) return pairs(text.length % 2 === 0 ? text : `0${text}`);
  if (!separated.some((form) => form.test(text))) return undefined;
  const groups = text.split(/[:.-]/);
  return pairs(groups.map((group) => (group.length % 2 === 0 ? group : `0${group}`)).join(''));
}

function pairs(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
