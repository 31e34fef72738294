/** The Multipath TCP option (RFC 6824 and 8684): one kind, nine subtypes. */
import { u8 } from '../../base/bytes.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, type FieldSet, flag, ipv4, ipv6, label, uint } from '../field.js';
import type { OptionKind } from '../options.js';
import type { Layer } from '../walk.js';
import { kindAndLength } from './tcpOptionKinds.js';

const subtypes: Readonly<Record<number, string>> = {
  0: 'Multipath Capable',
  1: 'Join Connection',
  2: 'Data Sequence Signal',
  3: 'Add Address',
  4: 'Remove Address',
  5: 'Change Subflow Priority',
  6: 'TCP Fallback',
  7: 'Fast Close',
  8: 'TCP Reset',
};

const subtypeOf = (layer: Layer, base: number): number => u8(layer.frame, base + 2) >> 4;
const isSubtype =
  (...wanted: number[]) =>
  (layer: Layer, base: number): boolean =>
    wanted.includes(subtypeOf(layer, base));

/** A bit of a flags byte, shown as a number. */
const bit = (name: string, text: string, at: number, mask: number): Field =>
  uint(`tcp.options.mptcp.${name}`, text, { at, bytes: 1, mask });

const flagsByte = (at: number, when: Field['when'], children: FieldSet): Field =>
  uint('tcp.options.mptcp.flags', 'Multipath TCP flags', {
    at,
    bytes: 1,
    show: 'hex',
    ...(when && { when }),
    children,
  });

const isCapable = isSubtype(0);
/** The third packet of a join is told by its length. */
const isJoinAck = (layer: Layer, base: number): boolean => u8(layer.frame, base + 1) === 24;
const isVersionZero = (layer: Layer, base: number): boolean => (u8(layer.frame, base + 2) & 0x0f) === 0;

const placed: FieldSet = {
  subtype: uint('tcp.options.mptcp.subtype', 'Multipath TCP subtype', {
    at: 2,
    bytes: 1,
    mask: 0xf0,
    values: subtypes,
  }),
  version: uint('tcp.options.mptcp.version', 'Multipath TCP version', {
    at: 2,
    bytes: 1,
    mask: 0x0f,
    when: isCapable,
  }),
  capableFlags: flagsByte(3, isCapable, {
    checksum: bit('checksumreq.flags', 'Checksum required', 3, 0x80),
    extensible: bit('extensibility.flag', 'Extensibility', 3, 0x40),
    noMore: {
      ...bit(
        'nomoresubflows.flag',
        'Do not attempt to establish new subflows to this address and port',
        3,
        0x20,
      ),
      when: (layer, base) => !isVersionZero(layer, base),
    },
    sha1: { ...bit('sha1.flag', 'Use HMAC-SHA1', 3, 0x01), when: isVersionZero },
    sha256: {
      ...bit('sha256.flag', 'Use HMAC-SHA256', 3, 0x01),
      when: (layer, base) => !isVersionZero(layer, base),
    },
    reserved: uint('tcp.options.mptcp.reserved.flag', 'Reserved', {
      at: 3,
      bytes: 1,
      mask: 0x3e,
      show: 'hex',
    }),
  }),
  joinFlags: flagsByte(2, (layer, base) => isSubtype(1)(layer, base) && !isJoinAck(layer, base), {
    backup: bit('backup.flag', 'Backup flag', 2, 0x01),
  }),
  joinReserved: uint('tcp.options.mptcp.reserved', 'Reserved', {
    at: 2,
    bytes: 2,
    mask: 0x0fff,
    show: 'hex',
    when: (layer, base) => isSubtype(1)(layer, base) && isJoinAck(layer, base),
  }),
  joinAddress: uint('tcp.options.mptcp.addrid', 'Address ID', {
    at: 3,
    bytes: 1,
    when: (layer, base) => isSubtype(1)(layer, base) && !isJoinAck(layer, base),
  }),
  signalFlags: flagsByte(3, isSubtype(2), {
    fin: bit('datafin.flag', 'DATA_FIN', 3, 0x10),
    sequence8: bit('dseqn8.flag', 'Data Sequence Number is 8 octets', 3, 0x08),
    sequence: bit(
      'dseqnpresent.flag',
      'Data Sequence Number, Subflow Sequence Number, Data-level Length, Checksum present',
      3,
      0x04,
    ),
    ack8: bit('dataack8.flag', 'Data ACK is 8 octets', 3, 0x02),
    ack: bit('dataackpresent.flag', 'Data ACK is present', 3, 0x01),
  }),
  echo: uint('tcp.options.mptcp.echo', 'Echo', { at: 2, bytes: 1, mask: 0x01, when: isSubtype(3) }),
  priorityFlags: flagsByte(2, isSubtype(5), { backup: bit('backup.flag', 'Backup flag', 2, 0x01) }),
  resetFlags: flagsByte(2, isSubtype(8), {
    u: flag('tcp.options.mptcp.flag_U.flag', 'Flag U', { at: 2, bytes: 1, mask: 0x08 }),
    v: flag('tcp.options.mptcp.flag_V.flag', 'Flag V', { at: 2, bytes: 1, mask: 0x04 }),
    w: flag('tcp.options.mptcp.flag_W.flag', 'Flag W', { at: 2, bytes: 1, mask: 0x02 }),
    transient: flag('tcp.options.mptcp.flag_T.flag', 'Transient', { at: 2, bytes: 1, mask: 0x01 }),
  }),
  resetReason: uint('tcp.options.mptcp.rst_reason', 'TCPRST Reason', {
    at: 3,
    bytes: 1,
    show: 'hex',
    when: isSubtype(8),
  }),
};

const option = label('mptcp', 'Multipath Transmission Control Protocol', {
  note: (_, { layer, at }) => `: ${subtypes[subtypeOf(layer, at)] ?? 'Unknown'}`,
  children: { ...kindAndLength, ...placed },
});

/** What is there or not by the option's length and flags. */
export const mptcpFields = {
  senderKey: uint('tcp.options.mptcp.sendkey', "Sender's Key", { bytes: 8 }),
  receiverKey: uint('tcp.options.mptcp.recvkey', "Receiver's Key", { bytes: 8 }),
  token: uint('tcp.options.mptcp.recvtok', "Receiver's Token", { bytes: 4 }),
  random: uint('tcp.options.mptcp.sendrand', "Sender's Random Number", { bytes: 4 }),
  truncatedMac: uint('tcp.options.mptcp.sendtrunchmac', "Sender's Truncated HMAC", { bytes: 8 }),
  mac: bytes('tcp.options.mptcp.sendhmac', "Sender's HMAC"),
  dataAck: uint('tcp.options.mptcp.rawdataack', 'Original MPTCP Data ACK', {
    note: (_, { length }) => ` (${8 * length}bits)`,
  }),
  dataSequence: uint('tcp.options.mptcp.rawdataseqno', 'Data Sequence Number', {
    note: (_, { length }) => ` (${8 * length}bits)`,
  }),
  subflowSequence: uint('tcp.options.mptcp.subflowseqno', 'Subflow Sequence Number', { bytes: 4 }),
  dataLength: uint('tcp.options.mptcp.datalvllen', 'Data-level Length', { bytes: 2 }),
  checksum: uint('tcp.options.mptcp.checksum', 'Checksum', { bytes: 2, show: 'hex' }),
  addressId: uint('tcp.options.mptcp.addrid', 'Address ID', { bytes: 1 }),
  removed: uint('mptcp.rm_addr.count', 'Number of removed addresses', { bytes: 1 }),
  address4: ipv4('tcp.options.mptcp.ipv4', 'Advertised IPv4 Address'),
  address6: ipv6('tcp.options.mptcp.ipv6', 'Advertised IPv6 Address'),
  port: uint('tcp.options.mptcp.port', 'Advertised port', { bytes: 2 }),
  addressMac: uint('tcp.options.mptcp.addaddrtrunchmac', 'Truncated HMAC', { bytes: 8 }),
} as const;

/** Reports fields one behind the other, as long as the option has room for them. */
class Row {
  constructor(
    private readonly emit: Emit,
    private at: number,
    private readonly end: number,
  ) {}

  take(field: Field, length: number): this {
    if (this.at + length <= this.end) this.emit.add(field, this.at, length);
    this.at += length;
    return this;
  }

  get left(): number {
    return this.end - this.at;
  }
}

export const mptcpOption: OptionKind = {
  type: 30,
  title: 'Multipath TCP',
  atLeast: 3,
  field: option,
  more(layer, emit, at, length) {
    const end = at + length;
    const row = (offset: number): Row => new Row(emit, at + offset, end);
    switch (subtypeOf(layer, at)) {
      case 0:
        row(4)
          .take(mptcpFields.senderKey, 8)
          .take(mptcpFields.receiverKey, 8)
          .take(mptcpFields.dataLength, 2)
          .take(mptcpFields.checksum, 2);
        break;
      case 1:
        emitJoin(row(4), length);
        break;
      case 2:
        emitSignal(row(4), u8(layer.frame, at + 3));
        break;
      case 3:
        emitAddress(row(3), length);
        break;
      case 4:
        emit.add(mptcpFields.removed, at + 2, 1, length - 3);
        for (let i = 3; i < length; i++) emit.add(mptcpFields.addressId, at + i, 1);
        break;
      case 5:
        row(3).take(mptcpFields.addressId, 1);
        break;
      case 6:
        row(4).take(mptcpFields.dataSequence, 8);
        break;
      case 7:
        row(4).take(mptcpFields.receiverKey, 8);
        break;
      default:
        break;
    }
  },
};

/** SYN, SYN/ACK and ACK of a join differ in length only. */
function emitJoin(row: Row, length: number): void {
  if (length === 12) row.take(mptcpFields.token, 4).take(mptcpFields.random, 4);
  else if (length === 16) row.take(mptcpFields.truncatedMac, 8).take(mptcpFields.random, 4);
  else row.take(mptcpFields.mac, row.left);
}

function emitSignal(row: Row, flags: number): void {
  if (flags & 0x01) row.take(mptcpFields.dataAck, flags & 0x02 ? 8 : 4);
  if (!(flags & 0x04)) return;
  row
    .take(mptcpFields.dataSequence, flags & 0x08 ? 8 : 4)
    .take(mptcpFields.subflowSequence, 4)
    .take(mptcpFields.dataLength, 2)
    .take(mptcpFields.checksum, 2);
}

/** IPv4 or IPv6, with or without port and HMAC, told by the length. */
function emitAddress(row: Row, length: number): void {
  row.take(mptcpFields.addressId, 1);
  if (length <= 18 && length !== 26) row.take(mptcpFields.address4, 4);
  else row.take(mptcpFields.address6, 16);
  if (row.left === 2 || row.left === 10) row.take(mptcpFields.port, 2);
  row.take(mptcpFields.addressMac, 8);
}
