import { u16le, u32, u64 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, string, time, uint } from '../field.js';
import { etherTypes } from '../values/etherTypes.js';
import { utcText } from '../values/times.js';
import type { Layer } from '../walk.js';

const payloadType = 9;
const types: Readonly<Record<number, string>> = {
  1: 'NFULA_PACKET_HDR',
  2: 'NFULA_MARK',
  3: 'NFULA_TIMESTAMP',
  4: 'NFULA_IFINDEX_INDEV',
  5: 'NFULA_IFINDEX_OUTDEV',
  6: 'NFULA_IFINDEX_PHYSINDEV',
  7: 'NFULA_IFINDEX_PHYSOUTDEV',
  8: 'NFULA_HWADDR',
  [payloadType]: 'NFULA_PAYLOAD',
  10: 'NFULA_PREFIX',
  11: 'NFULA_UID',
  12: 'NFULA_SEQ',
  13: 'NFULA_SEQ_GLOBAL',
  14: 'NFULA_GID',
  15: 'NFULA_HWTYPE',
  16: 'NFULA_HWHEADER',
  17: 'NFULA_HWLEN',
};
const families: Readonly<Record<number, string>> = { 0: 'None', 2: 'IPv4', 7: 'Bridge', 10: 'IPv6' };
const hooks: Readonly<Record<number, string>> = {
  0: 'Pre-routing',
  1: 'Local in',
  2: 'Forwarding',
  3: 'Local out',
  4: 'Post-routing',
};

/** An attribute's length and type are in the order of the machine that wrote them: those we know are little-endian. */
const headerLength = 4;
const typeOf = (frame: Uint8Array, at: number): number => u16le(frame, at + 2) & 0x7fff;
/** Attributes begin at multiples of four bytes. */
const aligned = (length: number): number => (length + 3) & ~3;

/** What an attribute holds, where it is one number or text. */
const values: Readonly<Record<number, Field>> = {
  4: uint('nflog.ifindex_indev', 'IFINDEX_INDEV'),
  5: uint('nflog.ifindex_outdev', 'IFINDEX_OUTDEV'),
  6: uint('nflog.ifindex_physindev', 'IFINDEX_PHYSINDEV'),
  7: uint('nflog.ifindex_physoutdev', 'IFINDEX_PHYSOUTDEV'),
  10: string('nflog.prefix', 'Prefix'),
  11: uint('nflog.uid', 'UID'),
  14: uint('nflog.gid', 'GID'),
};

const loose = {
  attribute: bytes('nflog.tlv', 'TLV', {
    text: (_, { layer: { frame }, at }) => {
      const type = typeOf(frame, at);
      return `Type: ${types[type] ?? 'Unknown'} (${type}), Length: ${u16le(frame, at)}`;
    },
  }),
  length: uint('nflog.tlv_length', 'Length'),
  type: uint('nflog.tlv_type', 'Type', { values: types }),
  protocol: uint('nflog.protocol', 'HW protocol', { show: 'hex', values: etherTypes }),
  hook: uint('nflog.hook', 'Netfilter hook', { values: hooks }),
  timestamp: time('nflog.timestamp', 'Timestamp'),
  value: bytes('nflog.tlv_value', 'Value'),
  ...Object.fromEntries(Object.entries(values).map(([type, field]) => [`value${type}`, field])),
};

/** Packets that a netfilter rule logged, with what the kernel knew of them. */
export const nflog = defineDissector({
  id: 'nflog',
  title: 'Linux Netfilter NFLOG',
  column: 'NFLOG',
  spec: 'https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html',
  claims: [{ table: 'link', keys: [239] }],
  fields: {
    family: uint('nflog.family', 'Family', { at: 0, bytes: 1, values: families }),
    version: uint('nflog.version', 'Version', { at: 1, bytes: 1 }),
    resource: uint('nflog.res_id', 'Resource id', { at: 2, bytes: 2 }),
  },
  loose,

  measure(walk) {
    if (!walk.header(headerLength)) return;
    const { frame, start } = walk;
    for (let at = headerLength; at < walk.limit - start;) {
      if (!walk.header(at + 4)) return;
      const length = u16le(frame, start + at);
      if (length < headerLength) {
        walk.bad('an attribute is shorter than its header');
        return;
      }
      if (typeOf(frame, start + at) === payloadType) {
        const family = walk.u8(0);
        walk.whole();
        walk.follows(at + headerLength);
        walk.payloadEnds(at + length);
        if (family === 2) walk.nextIs('ip');
        else if (family === 10) walk.nextIs('ipv6');
        else walk.nextIsData();
        return;
      }
      if (!walk.header(at + length)) return;
      at += aligned(length);
    }
    walk.whole();
  },

  extra(layer, emit) {
    const { frame, start, end } = layer;
    for (let at = start + headerLength; at + headerLength <= end;) {
      const length = u16le(frame, at);
      if (length < headerLength) return;
      emitAttribute(layer, emit, at, Math.min(length, end - at));
      at += aligned(length);
    }
  },

  examples: [
    {
      title: 'an input rule with a prefix',
      hex: '02000000 08000100 08000100 08000400 00000002 0a000a00 666f6f3a2000 0000 05000900 45',
      fields: {
        'nflog.family': 2,
        'nflog.protocol': 0x0800,
        'nflog.hook': 1,
        'nflog.ifindex_indev': 2,
        'nflog.prefix': 'foo: ',
      },
    },
  ],
});

function emitAttribute({ frame }: Layer, emit: Emit, at: number, length: number): void {
  if (!emit.open(loose.attribute, at, length)) return;
  const type = typeOf(frame, at);
  emit.add(loose.length, at, 2, u16le(frame, at));
  emit.add(loose.type, at + 2, 2, type);
  const from = at + headerLength;
  const size = length - headerLength;
  const field = values[type];
  if (type === 1 && size >= 3) {
    emit.add(loose.protocol, from, 2);
    emit.add(loose.hook, from + 2, 1);
  } else if (type === 3 && size >= 16) emit.add(loose.timestamp, from, 16, kernelTime(frame, from));
  else if (field && (field.type === 'string' ? size > 0 : size === 4)) emit.add(field, from, size);
  else if (size > 0 && type !== payloadType) emit.add(loose.value, from, size);
  emit.close();
}

/** Seconds and microseconds, 64 bits each in network byte order. */
function kernelTime(frame: Uint8Array, at: number): string {
  const seconds = Number(u64(frame, at));
  return seconds > latest ? 'Not representable' : utcText(seconds, 1000 * (u32(frame, at + 12) % 1_000_000));
}
/** What a date can hold. */
const latest = 8_640_000_000_000;
