/** Address ranges as Go's `net.ParseCIDR` reads them. Addresses are bytes, so that both families go one way. */
import { ipv4Text, ipv6Text } from '../base/addresses.js';

export interface Cidr {
  readonly family: 4 | 6;
  /** The address as written, host bits included. */
  readonly address: Uint8Array;
  readonly prefix: number;
}

/** Four bytes of `10.0.0.1`. Go refuses leading zeros. */
function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes = new Uint8Array(4);
  for (const [at, part] of parts.entries()) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bytes[at] = Number(part);
  }
  return bytes;
}

function parseIpv6(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const dotted = last?.at(-1)?.includes('.') === true ? parseIpv4(last.pop() ?? '') : undefined;
  const words = groups.map((half) =>
    half.map((word) => (/^[\da-f]{1,4}$/i.test(word) ? parseInt(word, 16) : NaN)),
  );
  if (words.some((half) => half.some(Number.isNaN))) return undefined;
  const [head = [], tail = []] = words;
  const room = 8 - (dotted === undefined ? 0 : 2);
  const gap = room - head.length - tail.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  const all = [...head, ...Array.from({ length: gap }, () => 0), ...tail];
  const bytes = new Uint8Array(16);
  for (const [at, word] of all.entries()) {
    bytes[2 * at] = word >> 8;
    bytes[2 * at + 1] = word & 0xff;
  }
  if (dotted !== undefined) bytes.set(dotted, 12);
  return bytes;
}

/** The bytes of an address of either family. */
export function parseAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** `10.0.0.0/8` or `fd00::/48`; `undefined` when Cilium would refuse the text. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0 || text.length > 64) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,3}$/.test(digits)) return undefined;
  const prefix = Number(digits);
  if (prefix > 8 * address.length) return undefined;
  return { family: address.length === 4 ? 4 : 6, address, prefix };
}

function masked(address: Uint8Array, prefix: number): Uint8Array {
  return address.map((byte, at) => {
    const bits = Math.min(Math.max(prefix - 8 * at, 0), 8);
    return byte & (0xff << (8 - bits)) & 0xff;
  });
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** The range without host bits. */
export function networkOf(cidr: Cidr): Cidr {
  return { ...cidr, address: masked(cidr.address, cidr.prefix) };
}

export function hasHostBits(cidr: Cidr): boolean {
  return !equalBytes(cidr.address, masked(cidr.address, cidr.prefix));
}

export function cidrText(cidr: Cidr): string {
  const address = cidr.family === 4 ? ipv4Text(cidr.address, 0) : ipv6Text(cidr.address, 0);
  return `${address}/${cidr.prefix}`;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    equalBytes(masked(outer.address, outer.prefix), masked(inner.address, outer.prefix))
  );
}

/** One range that is exactly the given ones together; `undefined` when they have gaps or overlap. */
export function exactUnion(cidrs: readonly Cidr[]): Cidr | undefined {
  let ranges = cidrs.map(networkOf);
  while (ranges.length > 1) {
    const longest = Math.max(...ranges.map((range) => range.prefix));
    const last = ranges.find((range) => range.prefix === longest);
    if (last === undefined || longest === 0) return undefined;
    const parent = networkOf({ ...last, prefix: longest - 1 });
    const halves = ranges.filter((range) => range.prefix === longest && contains(parent, range));
    if (
      halves.length !== 2 ||
      equalBytes(halves[0]?.address ?? last.address, halves[1]?.address ?? last.address)
    )
      return undefined;
    ranges = [...ranges.filter((range) => !halves.includes(range)), parent];
  }
  return ranges[0];
}

/** The last address of a range, as text. */
export function lastAddress(cidr: Cidr): string {
  const last = masked(cidr.address, cidr.prefix).map((byte, at) => {
    const bits = Math.min(Math.max(cidr.prefix - 8 * at, 0), 8);
    return byte | (0xff >> bits);
  });
  return cidr.family === 4 ? ipv4Text(last, 0) : ipv6Text(last, 0);
}
