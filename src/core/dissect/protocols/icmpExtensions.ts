/** Extension objects of ICMP messages (RFC 4884, 4950, 5837, 8335). */
import { u16, u8 } from '../../base/bytes.js';
import { checksumStatus, checksumStatusNames, expectedChecksum, onesSum } from '../checksum.js';
import type { Emit } from '../emit.js';
import { bytes, flag, ipv4, ipv6, label, string, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import type { Layer } from '../walk.js';

const classes: Readonly<Record<number, string>> = {
  1: 'MPLS Label Stack Class',
  2: 'Interface Information Object',
  3: 'Interface Identification Object',
};

const extensions = label('icmp.ext', 'ICMP Multi-Part Extensions', {
  note: (_, { layer, at }) => (u8(layer.frame, at) >> 4 === 2 ? '' : ' (unsupported version)'),
  children: {
    version: uint('icmp.ext.version', 'Version', { at: 0, bytes: 1, mask: 0xf0, pattern: false }),
    reserved: uint('icmp.ext.res', 'Reserved', { at: 0, bytes: 2, mask: 0x0fff, show: 'hex' }),
  },
});
const object = label('', 'Object', {
  text: (value) => String(value),
  children: {
    length: uint('icmp.ext.length', 'Length', { at: 0, bytes: 2 }),
    class: uint('icmp.ext.class', 'Class', { at: 2, bytes: 1, values: classes }),
    type: uint('icmp.ext.ctype', 'C-Type', {
      at: 3,
      bytes: 1,
      note: (value, { layer, at }) => {
        const name = u8(layer.frame, at - 1) === 3 ? identifications[Number(value)] : undefined;
        return name === undefined ? '' : ` (${name})`;
      },
    }),
  },
});
const identifications: Readonly<Record<number, string>> = {
  1: 'Identifies Interface By Name',
  2: 'Identifies Interface By Index',
  3: 'Identifies Interface By Address',
};

const mplsEntry = label('', 'Label', {
  text: (value) => String(value),
  children: {
    label: uint('icmp.mpls.label', 'Label', { at: 0, bytes: 3, mask: 0xfffff0 }),
    experimental: uint('icmp.mpls.exp', 'Experimental', {
      at: 2,
      bytes: 1,
      mask: 0x0e,
      pattern: { width: 24, mask: 0x0e },
    }),
    bottom: flag('icmp.mpls.s', 'Stack bit', {
      at: 2,
      bytes: 1,
      mask: 0x01,
      pattern: { width: 24, mask: 0x01 },
    }),
    ttl: uint('icmp.mpls.ttl', 'Time to live', { at: 3, bytes: 1 }),
  },
});

const roles: Readonly<Record<number, string>> = {
  0: 'IP interface upon which datagram arrived',
  1: 'sub-IP component of an IP interface upon which datagram arrived',
  2: 'IP interface through which datagram would be forwarded',
  3: 'IP next-hop to which datagram would be forwarded',
};

/** RFC 5837: the C-Type says which parts follow. */
const interfaceParts = label('', 'C-Type', {
  text: () => 'C-Type bits',
  children: {
    role: uint('icmp.int_info.role', 'Interface Role', { at: 3, bytes: 1, mask: 0xc0, values: roles }),
    reserved: uint('icmp.int_info.reserved', 'Reserved', { at: 3, bytes: 1, mask: 0x30 }),
    hasIndex: flag('icmp.int_info.ifindex', 'ifIndex', { at: 3, bytes: 1, mask: 0x08 }),
    hasAddress: flag('icmp.int_info.ipaddr', 'IP Address', { at: 3, bytes: 1, mask: 0x04 }),
    hasName: flag('icmp.int_info.name_present', 'Interface Name', { at: 3, bytes: 1, mask: 0x02 }),
    hasMtu: flag('icmp.int_info.mtu_present', 'MTU', { at: 3, bytes: 1, mask: 0x01 }),
  },
});

const families: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6' };

export const icmpExtensionFields = {
  extensions,
  checksum: uint('icmp.ext.checksum', 'Checksum', {
    bytes: 2,
    show: 'hex',
    text: (value) => (value === 0 ? '[missing]' : hexNumber(value, 4)),
    note: (value, { layer, at }) => {
      const right = rightChecksum(layer, at - 2);
      if (value === 0) return '';
      return right === value ? ' [correct]' : ` incorrect, should be ${hexNumber(right, 4)}`;
    },
    problem: (value, { layer, at }) => value !== 0 && rightChecksum(layer, at - 2) !== value,
  }),
  checksumStatus: uint('icmp.ext.checksum.status', 'Checksum Status', {
    generated: true,
    text: (value) => checksumStatusNames[Number(value)] ?? '',
  }),
  object,
  data: bytes('icmp.ext.data', 'Data'),
  mplsEntry,
  interfaceParts,
  index: uint('icmp.int_info.index', 'Interface Index'),
  family: uint('icmp.int_info.afi', 'Address Family Identifier', { values: families }),
  reserved: bytes('icmp.reserved', 'Reserved'),
  address4: ipv4('icmp.int_info.ipv4', 'Source'),
  address6: ipv6('icmp.int_info.ipv6', 'Source'),
  nameLength: uint('icmp.int_info.name_length', 'Name Length'),
  name: string('icmp.int_info.name', 'Name'),
  mtu: uint('icmp.int_info.mtu', 'Maximum Transmission Unit'),
  identName: string('icmp.int_ident.name', 'Name'),
  identIndex: uint('icmp.int_ident.index', 'Interface Index'),
  identFamily: uint('icmp.int_ident.afi', 'Address Family Identifier', { values: families }),
  identLength: uint('icmp.int_ident.addr_length', 'Address Length'),
  identReserved: bytes('icmp.int_ident.reserved', 'Reserved'),
  identAddress4: ipv4('icmp.int_ident.ipv4', 'Address'),
  identAddress6: ipv6('icmp.int_ident.ipv6', 'Address'),
  identAddress: bytes('icmp.int_ident.address', 'Address'),
};
const fields = icmpExtensionFields;

/** The checksum covers the whole extension structure, from its header at `at`. */
function rightChecksum(layer: Layer, at: number): number {
  return expectedChecksum(u16(layer.frame, at + 2), onesSum(layer.frame, at, layer.end));
}

function statusOf(layer: Layer, at: number): number {
  const held = u16(layer.frame, at + 2);
  if (held === 0) return checksumStatus.notPresent;
  return rightChecksum(layer, at) === held ? checksumStatus.good : checksumStatus.bad;
}

/** Reports the extension structure that starts at `from` and goes on to the end of the message. */
export function emitIcmpExtensions(layer: Layer, emit: Emit, from: number): void {
  const { frame, end } = layer;
  if (from + 4 > end || !emit.open(extensions, from, end - from)) return;
  emit.add(fields.checksum, from + 2, 2);
  emit.add(fields.checksumStatus, from + 2, 0, statusOf(layer, from));
  if (u8(frame, from) >> 4 === 2)
    for (let at = from + 4; at + 4 <= end;) {
      const length = u16(frame, at);
      emitObject(layer, emit, at, Math.min(Math.max(4, length), end - at), length);
      at += Math.max(4, length);
    }
  emit.close();
}

function emitObject(layer: Layer, emit: Emit, at: number, length: number, claimed: number): void {
  const { frame } = layer;
  const kind = u8(frame, at + 2);
  const cType = u8(frame, at + 3);
  const known = kind === 1 ? 'MPLS Stack Entry' : classes[kind];
  const cut = claimed > length ? ' (truncated)' : '';
  if (!emit.open(object, at, length, `${known ?? `Unknown object (${kind}/${cType})`}${cut}`)) return;
  const end = at + length;
  if (kind === 1 && cType === 1) emitMpls(layer, emit, at + 4, end);
  else if (kind === 2) emitInterface(layer, emit, at, end);
  else if (kind === 3) emitIdentification(layer, emit, at + 4, end, cType);
  else if (end > at + 4) emit.add(fields.data, at + 4, end - at - 4);
  emit.close();
}

function emitMpls(layer: Layer, emit: Emit, from: number, end: number): void {
  for (let at = from; at + 4 <= end; at += 4) {
    const { frame } = layer;
    const tag = (u16(frame, at) << 4) | (u8(frame, at + 2) >> 4);
    const low = u8(frame, at + 2);
    emit.add(
      mplsEntry,
      at,
      4,
      `Label: ${tag}, Exp: ${(low >> 1) & 7}, S: ${low & 1}, TTL: ${u8(frame, at + 3)}`,
    );
  }
}

function emitInterface(layer: Layer, emit: Emit, at: number, end: number): void {
  const { frame } = layer;
  const parts = u8(frame, at + 3);
  emit.add(interfaceParts, at, 4);
  let place = at + 4;
  if (parts & 0x08 && place + 4 <= end) {
    emit.add(fields.index, place, 4);
    place += 4;
  }
  if (parts & 0x04 && place + 4 <= end) {
    emit.add(fields.family, place, 2);
    emit.add(fields.reserved, place + 2, 2);
    const family = u16(frame, place);
    place += 4;
    const size = family === 1 ? 4 : 16;
    if (place + size > end) return;
    emit.add(family === 1 ? fields.address4 : fields.address6, place, size);
    place += size;
  }
  if (parts & 0x02 && place + 1 <= end) {
    const size = Math.min(u8(frame, place), end - place);
    emit.add(fields.nameLength, place, 1);
    if (size > 1) emit.add(fields.name, place + 1, size - 1);
    place += Math.max(1, size);
  }
  if (parts & 0x01 && place + 4 <= end) emit.add(fields.mtu, place, 4);
}

function emitIdentification(layer: Layer, emit: Emit, at: number, end: number, cType: number): void {
  if (cType === 1 && end > at) emit.add(fields.identName, at, end - at);
  else if (cType === 2 && at + 4 <= end) emit.add(fields.identIndex, at, 4);
  else if (cType === 3 && at + 4 <= end) {
    const family = u16(layer.frame, at);
    const size = u8(layer.frame, at + 2);
    emit.add(fields.identFamily, at, 2);
    emit.add(fields.identLength, at + 2, 1);
    emit.add(fields.identReserved, at + 3, 1);
    const there = Math.min(size, end - at - 4);
    if (family === 1 && there === 4) emit.add(fields.identAddress4, at + 4, 4);
    else if (family === 2 && there === 16) emit.add(fields.identAddress6, at + 4, 16);
    else if (there > 0) emit.add(fields.identAddress, at + 4, there);
  }
}
