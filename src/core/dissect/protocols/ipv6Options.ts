/** Options of hop-by-hop and destination options headers (RFC 8200 and those that IANA lists). */
import { u8 } from '../../base/bytes.js';
import { counted } from '../../base/words.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, type FieldSet, flag, ipv6, label, uint, yesOrNo } from '../field.js';
import type { Layer } from '../walk.js';

const types: Readonly<Record<number, string>> = {
  0x00: 'Pad1',
  0x01: 'PadN',
  0x04: 'Tunnel Encapsulation Limit',
  0x05: 'Router Alert',
  0x07: 'CALIPSO',
  0x08: 'SMF_DPD',
  0x0f: 'Performance and Diagnostic Metrics',
  0x1e: 'Experimental (0x1E)',
  0x26: 'Quick-Start',
  0x30: 'Path MTU Option',
  0x31: 'IOAM Option',
  0x3e: 'Experimental (0x3E)',
  0x41: 'Tunnel Payload Forwarding (TPF) Information',
  0x5e: 'Experimental (0x5E)',
  0x63: 'RPL Option',
  0x6d: 'MPL Option',
  0x7e: 'Experimental (0x7E)',
  0x8a: 'Endpoint Identification',
  0x8b: 'ILNP Nonce',
  0x8c: 'Line-Identification Option',
  0x9e: 'Experimental (0x9E)',
  0xbe: 'Experimental (0xBE)',
  0xc2: 'Jumbo Payload',
  0xc9: 'Home Address',
  0xde: 'Experimental (0xDE)',
  0xee: 'IP_DFF',
  0xfe: 'Experimental (0xFE)',
};
/** Of the type: what a node does that does not know the option. */
const actions: Readonly<Record<number, string>> = {
  0: 'Skip and continue',
  1: 'Discard',
  2: 'Discard and send ICMP Parameter Problem',
  3: 'Discard and send ICMP Parameter Problem if not multicast',
};
const routerAlerts: Readonly<Record<number, string>> = { 0: 'MLD', 1: 'RSVP', 2: 'Active Network' };

/** A single zero byte has no more to it. */
function isNotPad1({ frame }: Layer, base: number): boolean {
  return u8(frame, base) !== 0;
}

const type = uint('ipv6.opt.type', 'Type', {
  at: 0,
  bytes: 1,
  show: 'hex',
  values: types,
  children: {
    action: uint('ipv6.opt.type.action', 'Action', {
      at: 0,
      bytes: 1,
      mask: 0xc0,
      values: actions,
      when: isNotPad1,
    }),
    change: flag('ipv6.opt.type.change', 'May Change', {
      at: 0,
      bytes: 1,
      mask: 0x20,
      values: yesOrNo,
      when: isNotPad1,
    }),
    rest: uint('ipv6.opt.type.rest', 'Low-Order Bits', {
      at: 0,
      bytes: 1,
      mask: 0x1f,
      show: 'hex',
      when: isNotPad1,
    }),
  },
});

const pad1 = 0x00;
const padN = 0x01;
const cilium = 0x1b;
const isType =
  (wanted: number) =>
  ({ frame }: Layer, base: number): boolean =>
    u8(frame, base) === wanted;

const nameOfType = (layer: Layer, at: number): string => {
  const value = u8(layer.frame, at);
  return value === cilium
    ? 'Cilium DSR'
    : (types[value] ?? `Unknown (0x${value.toString(16).padStart(2, '0')})`);
};

const option = label('ipv6.opt', 'IPv6 Option', {
  text: (_, { layer, at }) => nameOfType(layer, at),
  children: {
    type,
    length: uint('ipv6.opt.length', 'Length', {
      at: 1,
      bytes: 1,
      when: (layer, base) => !isType(pad1)(layer, base),
    }),
    pad1: label('ipv6.opt.pad1', 'Pad1', { at: 0, bytes: 1, when: isType(pad1) }),
    padN: bytes('ipv6.opt.padn', 'PadN', { at: 2, bytes: 'rest', when: isType(padN) }),
    tunnelLimit: uint('ipv6.opt.tel', 'Tunnel Encapsulation Limit', { at: 2, bytes: 1, when: isType(0x04) }),
    routerAlert: uint('ipv6.opt.router_alert', 'Router Alert', {
      at: 2,
      bytes: 2,
      values: routerAlerts,
      when: isType(0x05),
    }),
    jumbo: uint('ipv6.opt.jumbo', 'Payload Length', { at: 2, bytes: 4, when: isType(0xc2) }),
    homeAddress: ipv6('ipv6.opt.mipv6.home_address', 'MIPv6 Home Address', { at: 2, when: isType(0xc9) }),
    // DSR_IPV6_OPT_TYPE in bpf/lib/nodeport.h: the service address of a packet that is answered directly.
    ciliumAddress: ipv6('cilium.dsr.addr6', 'Service address', { at: 2, when: isType(cilium) }),
    ciliumPort: uint('cilium.dsr.port', 'Service port', { at: 18, bytes: 2, when: isType(cilium) }),
  },
});
const emptyPad = bytes('ipv6.opt.padn', 'PadN', { text: () => '<none>' });
const experimental = bytes('ipv6.opt.experimental', 'Experimental Option');
const unknown = bytes('ipv6.opt.unknown', 'Unknown Option Payload');
const broken = label('', 'Option', { text: (value) => String(value), problem: () => true });

/** What the options may report. */
export const ipv6OptionFields: FieldSet = { option, emptyPad, experimental, unknown, broken };

const experimentalTypes: readonly number[] = [0x1e, 0x3e, 0x5e, 0x7e, 0x9e, 0xbe, 0xde, 0xfe];
const explained: readonly number[] = [padN, 0x04, 0x05, 0xc2, 0xc9, cilium];

/** Reports the options between two places. */
export function emitIpv6Options(layer: Layer, emit: Emit, from: number, to: number): void {
  const { frame } = layer;
  let at = from;
  while (at < to) {
    const kind = u8(frame, at);
    if (kind === pad1) {
      emit.add(option, at, 1);
      at++;
      continue;
    }
    const length = at + 1 < to ? u8(frame, at + 1) : -1;
    if (length < 0 || at + 2 + length > to) {
      emit.add(
        broken,
        at,
        to - at,
        `${nameOfType(layer, at)} (option length = ${counted(Math.max(0, length), 'byte')} says option goes past end of options)`,
      );
      return;
    }
    if (emit.open(option, at, 2 + length)) {
      const value: Field | undefined =
        length === 0
          ? kind === padN
            ? emptyPad
            : undefined
          : experimentalTypes.includes(kind)
            ? experimental
            : explained.includes(kind)
              ? undefined
              : unknown;
      if (value) emit.add(value, at + 2, length);
      emit.close();
    }
    at += 2 + length;
  }
}
