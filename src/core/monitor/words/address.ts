/** What an address in a line is, in words. */
import { portName } from '../values/network.js';

/** An address with what stands behind its colon. */
export interface HostPort {
  readonly host: string;
  /** Undefined when the text has none, or when it is empty. */
  readonly port?: number;
}

/** Splits `10.0.0.85:3072`, `[fe80::1]:53` and bare addresses; any word counts as an address (they get redacted). */
export function splitHostPort(text: string): HostPort {
  const bracketed = /^\[([^\]]{0,64})\](?::(\d{0,5}))?$/.exec(text);
  const plain = bracketed ?? /^([^:]{1,64}):(\d{0,5})$/.exec(text);
  if (!plain) return { host: text };
  const [, host = '', port = ''] = plain;
  return port === '' ? { host } : { host, port: Number(port) };
}

function ipv4Number(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts?.every((part) => part <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

const ipv4Kinds: readonly (readonly [from: string, bits: number, about: string])[] = [
  ['0.0.0.0', 32, 'not set'],
  ['10.0.0.0', 8, 'a private address'],
  ['100.64.0.0', 10, 'an address of the shared range 100.64.0.0/10'],
  ['127.0.0.0', 8, 'the loopback range'],
  ['169.254.0.0', 16, 'link-local (or a cloud metadata service)'],
  ['172.16.0.0', 12, 'a private address'],
  ['192.168.0.0', 16, 'a private address'],
  ['224.0.0.0', 4, 'multicast'],
  ['255.255.255.255', 32, 'broadcast'],
];

/** `a private address`, `multicast`, …; undefined for texts that are no address. */
export function hostWords(host: string): string | undefined {
  const number = ipv4Number(host);
  if (number !== undefined) {
    const kind = ipv4Kinds.find(([from, bits]) => {
      const start = ipv4Number(from) ?? 0;
      return number >= start && number < start + 2 ** (32 - bits);
    });
    return kind?.[2] ?? 'a public address';
  }
  if (!/^[\da-f:.]{2,45}$/i.test(host) || !host.includes(':')) return undefined;
  if (host === '::') return 'not set';
  if (/^fe[89ab]/i.test(host)) return 'link-local';
  if (/^ff/i.test(host)) return 'multicast';
  if (/^f[cd]/i.test(host)) return 'a private (unique local) address';
  return 'an IPv6 address';
}

/**
 * Explains an address with or without a port. For ICMP (`protocol` 1 or 58, or its name) the number behind the colon
 * is the echo id on the side that asked and 0 on the other.
 */
export function addressWords(text: string, protocol: string | undefined): string | undefined {
  const { host, port } = splitHostPort(text);
  const kind = hostWords(host);
  const words = kind === undefined ? [] : [kind];
  if (port !== undefined) {
    if (protocol !== undefined && /^(?:1|58|icmp.*)$/i.test(protocol)) {
      words.push(port === 0 ? 'no echo id on this side (the other side asked)' : `ICMP echo id ${port}`);
    } else {
      const name = portName(port);
      const unsure = protocol === undefined ? ' (for ICMP this number is the echo id)' : '';
      words.push(`port ${port}${name === undefined ? '' : `, ${name}`}${unsure}`);
    }
  }
  return words.length > 0 ? `${words.join('; ')}.` : undefined;
}

/** The IPv4 address that a little-endian machine prints as this hex number: `0x0101a8c0` is 192.168.1.1. */
export function reversedIpv4(hex: string): string | undefined {
  const digits = /^(?:0x)?([\da-f]{1,8})$/i.exec(hex)?.[1]?.padStart(8, '0');
  if (digits === undefined) return undefined;
  return [6, 4, 2, 0].map((at) => parseInt(digits.slice(at, at + 2), 16)).join('.');
}

/**
 * The node that a number stands for. Versions differ in the byte order in which they print it, so both readings are
 * given, unless only one of them is a private address, as nodes have.
 */
export function nodeAddressWords(hex: string): string | undefined {
  const backwards = reversedIpv4(hex);
  if (backwards === undefined) return undefined;
  const forwards = backwards.split('.').reverse().join('.');
  const [one, other] = [forwards, backwards].map((text) => hostWords(text) === 'a private address');
  if (forwards === backwards) return `${forwards}.`;
  if (one === other) return `${forwards}, or ${backwards} in the other byte order.`;
  return `${one ? forwards : backwards} (in the other byte order ${one ? backwards : forwards}, which is no private address).`;
}
