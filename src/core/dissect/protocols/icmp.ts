import { expectedChecksum, onesSum } from '../checksum.js';
import { checksumFields } from '../checksumFields.js';
import { defineDissector } from '../dissector.js';
import { bytes, type Field, flag, ipv4, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { extendedEchoStates } from '../values/extendedEcho.js';
import { inWords } from '../values/durations.js';
import type { Layer } from '../walk.js';
import { dataTimeFields, emitDataTime, hasDataTime } from './icmpDataTime.js';
import { emitIcmpExtensions, icmpExtensionFields } from './icmpExtensions.js';
import { icmpCodes, icmpTypes } from './icmpTypes.js';

const type = (layer: Layer): number => layer.u8(0);
const isType =
  (...wanted: number[]) =>
  (layer: Layer): boolean =>
    wanted.includes(type(layer));

const echo = isType(0, 8);
const timestamp = isType(13, 14);
const extendedEcho = isType(42, 43);
const hasSequence = isType(0, 8, 13, 14, 15, 16, 17, 18);
const hasIdentifier = (layer: Layer): boolean => hasSequence(layer) || extendedEcho(layer);

/** Errors that may say how much of the packet they quote (RFC 4884). */
const hasQuoteLength = isType(3, 11, 12);
const quoteLengthByte = 5;
const fragmentationNeeded = (layer: Layer): boolean => type(layer) === 3 && layer.u8(1) === 4;
const saysQuoteLength = (layer: Layer): boolean => hasQuoteLength(layer) && layer.u8(quoteLengthByte) !== 0;

function codeName(layer: Layer): string | undefined {
  const names = icmpCodes[type(layer)];
  return names && (names[layer.u8(1)] ?? `Unknown code: ${layer.u8(1)}`);
}

/** The right checksum; `undefined` when not all it covers was captured, or the message is quoted and cut. */
function rightChecksum(layer: Layer): number | undefined {
  const { walk, index } = layer;
  if (layer.limit > layer.frame.length || layer.isInside || walk.isPiece(index)) return undefined;
  return expectedChecksum(layer.u16(2), onesSum(layer.frame, layer.start, layer.limit));
}

const midnight = (value: string): string => ` (${inWords(Number(value) / 1000)} after midnight UTC)`;
const stamp = (name: string, label: string, at: number): Field =>
  uint(`icmp.${name}_timestamp`, label, {
    at,
    bytes: 4,
    when: timestamp,
    note: (value) => midnight(String(value)),
  });

const loose = {
  ...icmpExtensionFields,
  ...dataTimeFields,
  routerAddress: ipv4('icmp.router_address', 'Router address'),
  preference: uint('icmp.pref_level', 'Preference level'),
};

/** Bytes of the quoted packet, by the message's own claim: up to where extensions may start. */
export function quotedLength(layer: Layer): number {
  if (saysQuoteLength(layer)) return 4 * layer.u8(quoteLengthByte);
  // Before RFC 4884 routers put extensions behind a quote padded to 128 bytes.
  const all = layer.limit - layer.start - 8;
  return hasQuoteLength(layer) && all > 128 && layer.u16(10) <= 128 ? 128 : all;
}

/** ICMP for IPv4. The packet that an error quotes is decoded inside the message. */
export const icmp = defineDissector({
  id: 'icmp',
  title: 'Internet Control Message Protocol',
  column: 'ICMP',
  spec: 'https://www.rfc-editor.org/rfc/rfc792',
  claims: [{ table: 'ip.proto', keys: [1] }],
  fields: {
    type: uint('icmp.type', 'Type', {
      at: 0,
      bytes: 1,
      text: (value) => `${value} (${icmpTypes[Number(value)] ?? 'Unknown ICMP (obsolete or malformed?)'})`,
    }),
    code: uint('icmp.code', 'Code', {
      at: 1,
      bytes: 1,
      note(_, { layer }) {
        const name = codeName(layer);
        return name === undefined ? '' : ` (${name})`;
      },
    }),
    ...checksumFields({
      name: 'icmp.checksum',
      label: 'Checksum',
      statusLabel: 'Checksum Status',
      at: 2,
      header: 4,
      right: rightChecksum,
      remark: (layer, right) => (right === undefined && layer.isInside ? ' [in ICMP error packet]' : ''),
    }),
    identifier: uint('icmp.ident', 'Identifier (BE)', {
      at: 4,
      bytes: 2,
      show: 'dec-hex',
      when: hasIdentifier,
    }),
    identifierSwapped: uint('icmp.ident_le', 'Identifier (LE)', {
      at: 4,
      bytes: 2,
      show: 'dec-hex',
      when: hasIdentifier,
      compute: (layer) => swapped(layer.u16(4)),
    }),
    sequence: uint('icmp.seq', 'Sequence Number (BE)', {
      at: 6,
      bytes: 2,
      show: 'dec-hex',
      when: hasSequence,
    }),
    sequenceSwapped: uint('icmp.seq_le', 'Sequence Number (LE)', {
      at: 6,
      bytes: 2,
      show: 'dec-hex',
      when: hasSequence,
      compute: (layer) => swapped(layer.u16(6)),
    }),
    echoSequence: uint('icmp.ext.echo.seq', 'Sequence Number', {
      at: 6,
      bytes: 1,
      show: 'dec-hex',
      when: extendedEcho,
    }),
    requestReserved: uint('icmp.ext.echo.req.res', 'Reserved', {
      at: 7,
      bytes: 1,
      mask: 0xfe,
      show: 'hex',
      when: isType(42),
    }),
    requestLocal: flag('icmp.ext.echo.req.local', 'Local bit', {
      at: 7,
      bytes: 1,
      mask: 0x01,
      when: isType(42),
    }),
    replyState: uint('icmp.ext.echo.rsp.state', 'State', {
      at: 7,
      bytes: 1,
      mask: 0xe0,
      when: isType(43),
      values: extendedEchoStates,
    }),
    replyReserved: uint('icmp.ext.echo.rsp.res', 'Reserved', {
      at: 7,
      bytes: 1,
      mask: 0x18,
      show: 'hex',
      when: isType(43),
    }),
    replyActive: flag('icmp.ext.echo.rsp.active', 'Active bit', {
      at: 7,
      bytes: 1,
      mask: 0x04,
      when: isType(43),
    }),
    replyIpv4: flag('icmp.ext.echo.rsp.ipv4', 'IPv4 bit', { at: 7, bytes: 1, mask: 0x02, when: isType(43) }),
    replyIpv6: flag('icmp.ext.echo.rsp.ipv6', 'IPv6 bit', { at: 7, bytes: 1, mask: 0x01, when: isType(43) }),
    originate: stamp('originate', 'Originate Timestamp', 8),
    receive: stamp('receive', 'Receive Timestamp', 12),
    transmit: stamp('transmit', 'Transmit Timestamp', 16),
    addressMask: ipv4('icmp.address_mask', 'Address Mask', { at: 8, when: isType(17, 18) }),
    gateway: ipv4('icmp.redir_gw', 'Gateway Address', { at: 4, when: isType(5) }),
    pointer: uint('icmp.pointer', 'Pointer', { at: 4, bytes: 1, when: isType(12) }),
    unusedFirst: bytes('icmp.unused', 'Unused', {
      at: 4,
      bytes: 1,
      when: (layer) => isType(3, 11)(layer) && saysQuoteLength(layer),
    }),
    unusedAll: bytes('icmp.unused', 'Unused', {
      at: 4,
      bytes: 4,
      when: (layer) => isType(3, 11)(layer) && !saysQuoteLength(layer) && !fragmentationNeeded(layer),
    }),
    unusedTwo: bytes('icmp.unused', 'Unused', {
      at: 4,
      bytes: 2,
      when: (layer) => fragmentationNeeded(layer) && !saysQuoteLength(layer),
    }),
    unusedThree: bytes('icmp.unused', 'Unused', {
      at: 5,
      bytes: 3,
      when: (layer) => isType(12)(layer) && !saysQuoteLength(layer),
    }),
    quoteLength: uint('icmp.length', 'Length', {
      at: quoteLengthByte,
      bytes: 1,
      when: saysQuoteLength,
      children: {
        original: uint('icmp.length.original_datagram', 'Length of original datagram', {
          at: quoteLengthByte,
          bytes: 1,
          scale: 4,
        }),
      },
    }),
    unusedLast: bytes('icmp.unused', 'Unused', {
      at: 6,
      bytes: 2,
      when: (layer) => saysQuoteLength(layer) && !fragmentationNeeded(layer),
    }),
    mtu: uint('icmp.mtu', 'MTU of next hop', { at: 6, bytes: 2, when: fragmentationNeeded }),
    addresses: uint('icmp.num_addrs', 'Number of addresses', { at: 4, bytes: 1, when: isType(9) }),
    entrySize: uint('icmp.addr_entry_size', 'Address entry size', { at: 5, bytes: 1, when: isType(9) }),
    lifetime: uint('icmp.lifetime', 'Lifetime', {
      at: 6,
      bytes: 2,
      when: isType(9),
      note: (value) => ` (${inWords(Number(value))})`,
    }),
  },
  loose,

  measure(walk) {
    if (!walk.header(4)) return;
    walk.whole();
    const kind = walk.u8(0);
    const there = walk.available;
    if (kind === 0 || kind === 8) {
      if (there > 8)
        walk.insideData(hasDataTime(walk.frame, walk.start + 8, walk.seconds, walk.limit) ? 16 : 8);
    } else if ((kind >= 3 && kind <= 5) || kind === 11 || kind === 12) {
      if (there > 8) {
        const all = walk.limit - walk.start - 8;
        const claimed = kind === 4 || kind === 5 ? 0 : 4 * walk.u8(quoteLengthByte);
        const padded = kind !== 4 && kind !== 5 && all > 128 && walk.u16(10) <= 128 ? 128 : all;
        walk.quotes(8, claimed || padded);
        walk.nextIs('ip');
      }
    }
  },

  info(layer) {
    if (!layer.has(4)) return undefined;
    const kind = type(layer);
    const name = (icmpTypes[kind] ?? 'Unknown ICMP (obsolete or malformed?)').padEnd(20);
    const code = codeName(layer);
    if (!hasSequence(layer) || !layer.has(8)) return code === undefined ? name : `${name} (${code})`;
    const ttl = layer.before('ip');
    const sequence = layer.u16(6);
    return (
      `${name} id=${hexNumber(layer.u16(4), 4)}, seq=${sequence}/${swapped(sequence)}` +
      (ttl ? `, ttl=${ttl.u8(8)}` : '')
    );
  },

  extra(layer, emit) {
    if (!layer.has(8)) return;
    if (echo(layer)) emitDataTime(layer, emit);
    if (type(layer) === 9) {
      const size = 4 * layer.u8(5);
      let at = layer.start + 8;
      for (let i = 0; i < layer.u8(4) && size >= 8 && at + 8 <= layer.end; i++, at += size) {
        emit.add(loose.routerAddress, at, 4);
        emit.add(loose.preference, at + 4, 4);
      }
    }
    emit.inner();
    if (extendedEcho(layer)) {
      if (type(layer) === 42) emitIcmpExtensions(layer, emit, layer.start + 8);
    } else if (hasQuoteLength(layer)) {
      const end = layer.start + 8 + quotedLength(layer);
      if (end < layer.end) emitIcmpExtensions(layer, emit, end);
    }
  },

  examples: [
    {
      title: 'echo request',
      hex: '0800 7444 0c00 0000 6162636465666768',
      fields: {
        'icmp.type': 8,
        'icmp.ident': 3072,
        'icmp.ident_le': 12,
        'icmp.seq': 0,
        'icmp.checksum.status': 0,
      },
      info: 'Echo (ping) request  id=0x0c00, seq=0/0',
    },
    {
      title: 'port unreachable, quoting a UDP datagram',
      hex: '0303 f3e7 00000000 4500 0020 0001 4000 4011 0000 0a000055 0a00017c 0401 0035 000c 0000',
      fields: { 'icmp.code': 3, 'icmp.unused': '00:00:00:00', 'ip.src': '10.0.0.85', 'udp.dstport': 53 },
      info: 'Destination unreachable (Port unreachable)',
    },
    {
      title: 'fragmentation needed, with the MTU of the next hop',
      hex: '0304 0000 0000 0578 4500 05dc 0001 4000 4006 0000 0a000055 0a00017c c89c 01bb 8afa6c32',
      fields: { 'icmp.mtu': 1400, 'ip.len': 1500, 'tcp.dstport': 443 },
      info: 'Destination unreachable (Fragmentation needed)',
    },
  ],
});

function swapped(value: number): number {
  return ((value & 0xff) << 8) | (value >> 8);
}
