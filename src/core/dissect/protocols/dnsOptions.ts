/** Options of EDNS0, in the data of an OPT record (RFC 6891). */
import { ipv4Text, ipv6Text } from '../../base/addresses.js';
import { u16 } from '../../base/bytes.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, type FieldSet, ipv4, ipv6, label, string, uint } from '../field.js';
import { algorithmNames, digestNames, extendedErrorNames, optionNames } from '../values/dnsTypes.js';
import type { Layer } from '../walk.js';

const option = {
  node: label('dns.opt', 'Option', { text: (value) => `Option: ${String(value)}` }),
  code: uint('dns.opt.code', 'Option Code', { bytes: 2, values: optionNames }),
  length: uint('dns.opt.len', 'Option Length', { bytes: 2 }),
  data: bytes('dns.opt.data', 'Option Data'),
};
const values = {
  dau: uint('dns.opt.dau', 'DAU', { bytes: 1, values: algorithmNames }),
  dhu: uint('dns.opt.dhu', 'DHU', { bytes: 1, values: digestNames }),
  n3u: uint('dns.opt.n3u', 'N3U', { bytes: 1, values: { 1: 'SHA-1' } }),
  family: uint('dns.opt.client.family', 'Family', { bytes: 2, values: { 1: 'IPv4', 2: 'IPv6' } }),
  netmask: uint('dns.opt.client.netmask', 'Source Netmask', { bytes: 1 }),
  scope: uint('dns.opt.client.scope', 'Scope Netmask', { bytes: 1 }),
  address4: ipv4('dns.opt.client.addr4', 'Client Subnet'),
  address6: ipv6('dns.opt.client.addr6', 'Client Subnet'),
  address: bytes('dns.opt.client.addr', 'Client Subnet'),
  clientCookie: bytes('dns.opt.cookie.client', 'Client Cookie'),
  serverCookie: bytes('dns.opt.cookie.server', 'Server Cookie'),
  timeout: uint('dns.opt.edns_tcp_keepalive.timeout', 'Timeout', { bytes: 2 }),
  padding: bytes('dns.opt.padding', 'Padding'),
  trustPoint: string('dns.opt.chain.fqdn', 'Closest Trust Point'),
  infoCode: uint('dns.opt.ext_error.info_code', 'Info Code', { bytes: 2, values: extendedErrorNames }),
  extraText: string('dns.opt.ext_error.extra_text', 'Extra Text'),
};

export const optionFields: FieldSet = { ...option, ...values };

type Report = (emit: Emit, frame: Uint8Array, at: number, length: number) => void;

const eachByte =
  (field: Field): Report =>
  (emit, _, at, length) => {
    for (let i = 0; i < length; i++) emit.add(field, at + i, 1);
  };
const whole =
  (field: Field): Report =>
  (emit, _, at, length) => {
    emit.add(field, at, length);
  };

/** RFC 7871, section 6: as many bytes of the address as the prefix has. */
const clientSubnet: Report = (emit, frame, at, length) => {
  if (length < 4) return;
  emit.add(values.family, at, 2);
  emit.add(values.netmask, at + 2, 1);
  emit.add(values.scope, at + 3, 1);
  const size = length - 4;
  const family = u16(frame, at);
  const address = new Uint8Array(16);
  address.set(frame.subarray(at + 4, at + 4 + Math.min(16, size)));
  if (size === 0) return;
  if (family === 1 && size <= 4) emit.add(values.address4, at + 4, size, ipv4Text(address, 0));
  else if (family === 2 && size <= 16) emit.add(values.address6, at + 4, size, ipv6Text(address, 0));
  else emit.add(values.address, at + 4, size);
};

/** By code; the others show their data. */
const reports: Readonly<Record<number, Report>> = {
  5: eachByte(values.dau),
  6: eachByte(values.dhu),
  7: eachByte(values.n3u),
  8: clientSubnet,
  10: (emit, _, at, length) => {
    emit.add(values.clientCookie, at, Math.min(8, length));
    emit.add(values.serverCookie, at + Math.min(8, length), Math.max(0, length - 8));
  },
  11: (emit, _, at, length) => {
    if (length >= 2) emit.add(values.timeout, at, 2);
  },
  12: whole(values.padding),
  13: whole(values.trustPoint),
  15: (emit, _, at, length) => {
    if (length >= 2) emit.add(values.infoCode, at, 2);
    if (length > 2) emit.add(values.extraText, at + 2, length - 2);
  },
};

/** Reports the options between two places. */
export function reportOptions({ frame }: Layer, emit: Emit, from: number, end: number): void {
  for (let at = from; at + 4 <= end;) {
    const code = u16(frame, at);
    const length = Math.min(u16(frame, at + 2), end - at - 4);
    if (emit.open(option.node, at, 4 + length, optionNames[code] ?? `Unknown (${code})`)) {
      emit.add(option.code, at, 2);
      emit.add(option.length, at + 2, 2);
      emit.add(option.data, at + 4, length);
      reports[code]?.(emit, frame, at + 4, length);
      emit.close();
    }
    at += 4 + length;
  }
}
