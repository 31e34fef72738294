import { u16, u8 } from '../../base/bytes.js';
import { checksumStatus, checksumStatusNames, expectedChecksum, onesSum } from '../checksum.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, flag, label, uint, yesOrNo } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { greProtocols } from '../values/greProtocols.js';
import type { Layer } from '../walk.js';

const bits = {
  checksum: 0x8000,
  routing: 0x4000,
  key: 0x2000,
  sequence: 0x1000,
  acknowledgment: 0x0080,
} as const;
const versionMask = 0x0007;
const pppProtocol = 0x880b;
/** Point-to-point protocol, and as CDMA2000 carries it: only these are acknowledged. */
const acknowledged: readonly number[] = [pppProtocol, 0x8881, 0x88d2];

const isEnhanced = (layer: Layer): boolean =>
  (layer.u16(0) & versionMask) === 1 && acknowledged.includes(layer.u16(2));
/** The checksum and the offset of the active route come together (RFC 1701). */
const hasChecksum = (flags: number): boolean => (flags & (bits.checksum | bits.routing)) !== 0;
const hasAcknowledgment = (flags: number, protocol: number): boolean =>
  (flags & bits.acknowledgment) !== 0 && (flags & versionMask) === 1 && acknowledged.includes(protocol);

const bit = (name: string, text: string, mask: number): ReturnType<typeof flag> =>
  flag(`gre.flags.${name}`, text, { at: 0, bytes: 2, mask, values: yesOrNo });

const loose = {
  checksum: uint('gre.checksum', 'Checksum', {
    bytes: 2,
    show: 'hex',
    note(value, { layer }) {
      const right = rightChecksum(layer);
      if (right === undefined) return ' [unverified]';
      return right === value ? ' [correct]' : ` incorrect, should be ${hexNumber(right, 4)}`;
    },
    problem: (value, { layer }) => (rightChecksum(layer) ?? value) !== value,
  }),
  checksumStatus: uint('gre.checksum.status', 'Checksum Status', {
    generated: true,
    text: (value) => checksumStatusNames[Number(value)] ?? '',
  }),
  offset: uint('gre.offset', 'Offset'),
  key: uint('gre.key', 'Key', { show: 'hex' }),
  payloadLength: uint('gre.key.payload_length', 'Payload Length'),
  callId: uint('gre.key.call_id', 'Call ID'),
  sequence: uint('gre.sequence_number', 'Sequence Number'),
  acknowledgment: uint('gre.ack_number', 'Acknowledgment Number'),
  routing: label('gre.routing', 'Routing'),
  family: uint('gre.routing.address_family', 'Address Family'),
  entryOffset: uint('gre.routing.sre_offset', 'SRE Offset'),
  entryLength: uint('gre.routing.src_length', 'SRE Length'),
  information: bytes('gre.routing.information', 'Routing Information'),
};

/**
 * Generic routing encapsulation with keys, sequence numbers and source routes, and version 1 as PPTP uses it. Carries
 * ERSPAN's mirrored frames too.
 */
export const gre = defineDissector({
  id: 'gre',
  title: 'Generic Routing Encapsulation',
  column: 'GRE',
  spec: 'https://www.rfc-editor.org/rfc/rfc2890',
  claims: [{ table: 'ip.proto', keys: [47] }],
  fields: {
    flags: uint('gre.flags_and_version', 'Flags and Version', {
      at: 0,
      bytes: 2,
      show: 'hex',
      children: {
        checksum: bit('checksum', 'Checksum Bit', bits.checksum),
        routing: bit('routing', 'Routing Bit', bits.routing),
        key: bit('key', 'Key Bit', bits.key),
        sequence: bit('sequence_number', 'Sequence Number Bit', bits.sequence),
        strictRoute: bit('strict_source_route', 'Strict Source Route Bit', 0x0800),
        recursion: uint('gre.flags.recursion_control', 'Recursion control', {
          at: 0,
          bytes: 2,
          mask: 0x0700,
        }),
        acknowledgment: flag('gre.flags.ack', 'Acknowledgment', {
          at: 0,
          bytes: 2,
          mask: bits.acknowledgment,
          values: yesOrNo,
          when: isEnhanced,
        }),
        reserved: uint('gre.flags.reserved', 'Flags (Reserved)', {
          at: 0,
          bytes: 2,
          mask: 0x00f8,
          when: (layer) => !isEnhanced(layer),
        }),
        reservedEnhanced: uint('gre.flags.reserved', 'Flags (Reserved)', {
          at: 0,
          bytes: 2,
          mask: 0x0078,
          when: isEnhanced,
        }),
        version: uint('gre.flags.version', 'Version', {
          at: 0,
          bytes: 2,
          mask: versionMask,
          values: { 0: 'GRE', 1: 'Enhanced GRE' },
        }),
      },
    }),
    protocol: uint('gre.proto', 'Protocol Type', { at: 2, bytes: 2, show: 'hex', values: greProtocols }),
  },
  loose,

  measure(walk) {
    if (!walk.header(4)) return;
    const flags = walk.u16(0);
    let length = 4;
    if (hasChecksum(flags)) length += 4;
    if (flags & bits.key) length += 4;
    if (flags & bits.sequence) length += 4;
    if (hasAcknowledgment(flags, walk.u16(2))) length += 4;
    if (!walk.header(length)) return;
    if (flags & bits.routing)
      for (;;) {
        if (!walk.header(length + 4)) return;
        const entry = walk.u8(length + 3);
        const isLast = walk.u16(length) === 0 && entry === 0;
        length += 4 + entry;
        if (!walk.header(length)) return;
        if (isLast) break;
      }
    if (!walk.tryNext('gre.proto', walk.u16(2))) walk.insideData(length);
  },

  heading(layer) {
    if (!layer.has(4)) return '';
    const type = layer.u16(2);
    return ` (${greProtocols[type] ?? `${hexNumber(type, 4)} - unknown`})`;
  },
  info(layer) {
    if (!layer.has(4)) return undefined;
    const type = layer.u16(2);
    return `Encapsulated ${greProtocols[type] ?? `${hexNumber(type, 4)} (unknown)`}`;
  },

  extra(layer, emit) {
    if (!layer.has(4)) return;
    const flags = layer.u16(0);
    let at = layer.start + 4;
    if (hasChecksum(flags)) {
      if (layer.has(8)) {
        emit.add(loose.checksum, at, 2);
        emit.add(loose.checksumStatus, at, 0, statusOf(layer));
        emit.add(loose.offset, at + 2, 2);
      }
      at += 4;
    }
    if (flags & bits.key) {
      if (at + 4 <= layer.end) emitKey(layer, emit, at);
      at += 4;
    }
    if (flags & bits.sequence) {
      if (at + 4 <= layer.end) emit.add(loose.sequence, at, 4);
      at += 4;
    }
    if (hasAcknowledgment(flags, layer.u16(2))) {
      if (at + 4 <= layer.end) emit.add(loose.acknowledgment, at, 4);
      at += 4;
    }
    if (flags & bits.routing) emitRoutes(layer, emit, at);
  },

  examples: [
    {
      title: 'a key, IPv4 inside',
      hex: '2000 0800 0000002a',
      fields: { 'gre.flags.key': 1, 'gre.proto': 0x0800, 'gre.key': 42 },
      info: 'Encapsulated IP',
    },
    {
      title: 'PPTP: call 7, sequence and acknowledgment',
      hex: '3081 880b 0004 0007 00000003 00000002',
      fields: {
        'gre.flags.version': 1,
        'gre.flags.ack': 1,
        'gre.key.payload_length': 4,
        'gre.key.call_id': 7,
        'gre.sequence_number': 3,
        'gre.ack_number': 2,
      },
      info: 'Encapsulated PPP',
    },
    {
      title: 'checksum, nothing inside',
      hex: '8000 0000 7fff 0000',
      fields: { 'gre.checksum': 0x7fff, 'gre.checksum.status': 1, 'gre.offset': 0 },
    },
    {
      title: 'one source route entry, then the last',
      hex: '4000 0000 0000 0000 0800 00 04 0a000001 0000 00 00',
      fields: { 'gre.routing.address_family': 0x0800, 'gre.routing.information': '0a:00:00:01' },
    },
  ],
});

/** The checksum covers header and payload; `undefined` when there is none or not all of that was captured. */
function rightChecksum(layer: Layer): number | undefined {
  if (layer.limit > layer.frame.length || !layer.has(8) || !(layer.u16(0) & bits.checksum)) return undefined;
  return expectedChecksum(layer.u16(4), onesSum(layer.frame, layer.start, layer.limit));
}

function statusOf(layer: Layer): number {
  const right = rightChecksum(layer);
  if (right === undefined) return checksumStatus.unverified;
  return right === layer.u16(4) ? checksumStatus.good : checksumStatus.bad;
}

/** RFC 2637 splits the key of version 1 in two. */
function emitKey(layer: Layer, emit: Emit, at: number): void {
  if (isEnhanced(layer) && layer.u16(2) === pppProtocol) {
    emit.add(loose.payloadLength, at, 2);
    emit.add(loose.callId, at + 2, 2);
  } else emit.add(loose.key, at, 4);
}

function emitRoutes({ frame, end }: Layer, emit: Emit, from: number): void {
  for (let at = from; at + 4 <= end;) {
    const length = u8(frame, at + 3);
    emit.add(loose.routing, at, Math.min(4 + length, end - at));
    emit.add(loose.family, at, 2);
    emit.add(loose.entryOffset, at + 2, 1);
    emit.add(loose.entryLength, at + 3, 1);
    if (u16(frame, at) === 0 && length === 0) break;
    if (length > 0 && at + 4 + length <= end) emit.add(loose.information, at + 4, length);
    at += 4 + length;
  }
}
