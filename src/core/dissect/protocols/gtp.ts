import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { type Field, flag, label, uint, yesOrNo } from '../field.js';
import type { Layer } from '../walk.js';

/** 3GPP TS 29.060 and 29.281: messages one meets on a tunnel, and those of its control. */
const messages: Readonly<Record<number, string>> = {
  1: 'Echo request',
  2: 'Echo response',
  3: 'Version not supported',
  16: 'Create PDP context request',
  17: 'Create PDP context response',
  18: 'Update PDP context request',
  19: 'Update PDP context response',
  20: 'Delete PDP context request',
  21: 'Delete PDP context response',
  26: 'Error indication',
  31: 'Supported extension header notification',
  254: 'End Marker',
  255: 'T-PDU',
};
const userData = 255;
const extensionNames: Readonly<Record<number, string>> = {
  0x00: 'No more extension headers',
  0x01: 'MBMS support indication',
  0x02: 'MS Info Change Reporting support indication',
  0x20: 'Service Class Indicator',
  0x40: 'UDP Port number',
  0x81: 'RAN Container',
  0x82: 'Long PDCP PDU number',
  0x83: 'Xw RAN Container',
  0x84: 'NR RAN Container',
  0x85: 'PDU Session container',
  0xc0: 'PDCP PDU number',
  0xc1: 'Suspend Request',
  0xc2: 'Suspend Response',
};
const sessionContainer = 0x85;
const sessionTypes: Readonly<Record<number, string>> = {
  0: 'DL PDU SESSION INFORMATION',
  1: 'UL PDU SESSION INFORMATION',
};
const versions: Readonly<Record<number, string>> = {
  0: 'GTP release 97/98 version',
  1: 'GTP release 99 version',
};

const hasExtension = 4;
const hasSequence = 2;
const hasNumber = 1;
const anyOptional = 7;

const bit = (name: string, text: string, mask: number): Field =>
  flag(`gtp.flags.${name}`, text, { at: 0, bytes: 1, mask, values: yesOrNo });

const loose = {
  sequence: uint('gtp.seq_number', 'Sequence number', { show: 'hex-dec' }),
  number: uint('gtp.npdu_number', 'N-PDU Number', { show: 'hex' }),
  next: uint('gtp.ext_hdr.next', 'Next extension header type', { show: 'hex', values: extensionNames }),
  extension: label('gtp.ext_hdr', 'Extension header', { text: (value) => String(value) }),
  length: uint('gtp.ext_hdr.length', 'Extension Header Length'),
  container: label('', 'PDU Session Container'),
  sessionType: uint('gtp.ext_hdr.pdu_ses_con.pdu_type', 'PDU Type', { mask: 0xf0, values: sessionTypes }),
  spare: uint('gtp.spare.h1', 'Spare', { mask: 0x0f, show: 'hex' }),
  spareBits: uint('gtp.spare.b7b6', 'Spare', { mask: 0xc0, show: 'hex' }),
  paging: flag('gtp.ext_hdr.pdu_ses_cont.ppp', 'Paging Policy Presence (PPP)', {
    mask: 0x80,
    values: { 0: 'Not Present', 1: 'Present' },
  }),
  reflective: flag('gtp.ext_hdr.pdu_ses_cont.rqi', 'Reflective QoS Indicator (RQI)', {
    mask: 0x40,
    values: { 0: 'Not Present', 1: 'Present' },
  }),
  flow: uint('gtp.ext_hdr.pdu_ses_con.qos_flow_id', 'QoS Flow Identifier (QFI)', { mask: 0x3f }),
};

/** GTP version 1: the tunnel of mobile networks (GTP-U), and the header of its control messages. */
export const gtp = defineDissector({
  id: 'gtp',
  title: 'GPRS Tunneling Protocol',
  column: 'GTP',
  spec: 'https://www.3gpp.org/dynareport/29281.htm',
  claims: [{ table: 'udp.port', keys: [2123, 2152] }],
  carriesPackets: true,
  fields: {
    flags: uint('gtp.flags', 'Flags', {
      at: 0,
      bytes: 1,
      show: 'hex',
      children: {
        version: uint('gtp.flags.version', 'Version', { at: 0, bytes: 1, mask: 0xe0, values: versions }),
        payload: uint('gtp.flags.payload', 'Protocol type', {
          at: 0,
          bytes: 1,
          mask: 0x10,
          values: { 0: "GTP'", 1: 'GTP' },
        }),
        reserved: uint('gtp.flags.reserved', 'Reserved', { at: 0, bytes: 1, mask: 0x08 }),
        extension: bit('e', 'Is Next Extension Header present?', hasExtension),
        sequence: bit('s', 'Is Sequence Number present?', hasSequence),
        number: bit('pn', 'Is N-PDU number present?', hasNumber),
      },
    }),
    message: uint('gtp.message', 'Message Type', { at: 1, bytes: 1, show: 'hex', values: messages }),
    length: uint('gtp.length', 'Length', { at: 2, bytes: 2 }),
    tunnel: uint('gtp.teid', 'TEID', { at: 4, bytes: 4, show: 'hex-dec' }),
  },
  loose,

  measure(walk) {
    if (!walk.header(1)) return;
    const flags = walk.u8(0);
    if (flags >> 5 !== 1 || (flags & 0x10) === 0) {
      walk.isReally(flags >> 5 === 2 ? 'gtpv2' : 'data');
      return;
    }
    if (!walk.header(8)) return;
    walk.bound(8 + walk.u16(2));
    let length = flags & anyOptional ? 12 : 8;
    if (!walk.header(length)) return;
    let next = flags & hasExtension ? walk.u8(11) : 0;
    while (next !== 0) {
      if (!walk.header(length + 1)) return;
      const size = 4 * walk.u8(length);
      if (size === 0) {
        walk.bad('an extension header has no length');
        return;
      }
      length += size;
      if (!walk.header(length)) return;
      next = walk.u8(length - 1);
    }
    if (walk.limit - walk.start <= length) return;
    if (walk.u8(1) !== userData) {
      walk.whole();
      return;
    }
    const version = walk.u8(length) >> 4;
    if (version === 4) walk.nextIs('ip');
    else if (version === 6) walk.nextIs('ipv6');
    else walk.nextIsData();
  },

  info: (layer) => (layer.has(2) ? (messages[layer.u8(1)] ?? 'Unknown') : undefined),

  extra(layer, emit) {
    const flags = layer.u8(0);
    if ((flags & anyOptional) === 0 || !layer.has(12)) return;
    const { start } = layer;
    if (flags & hasSequence) emit.add(loose.sequence, start + 8, 2);
    if (flags & hasNumber) emit.add(loose.number, start + 10, 1);
    if (flags & hasExtension) emitExtensions(layer, emit);
  },

  examples: [
    {
      title: 'user data with a session container',
      hex: '34 ff 0008 00000001 0000 00 85 01 00 09 00',
      fields: { 'gtp.teid': 1, 'gtp.ext_hdr.length': 1, 'gtp.ext_hdr.pdu_ses_con.qos_flow_id': 9 },
      info: 'T-PDU',
    },
    {
      title: 'echo',
      hex: '32 01 0004 00000000 1234 00 00',
      fields: { 'gtp.message': 1, 'gtp.seq_number': 0x1234 },
      info: 'Echo request',
    },
  ],
});

function emitExtensions({ frame, start, end }: Layer, emit: Emit): void {
  emit.add(loose.next, start + 11, 1);
  let type = u8(frame, start + 11);
  for (let at = start + 12; type !== 0 && at < end;) {
    const size = 4 * u8(frame, at);
    if (size === 0 || at + size > end) return;
    if (emit.open(loose.extension, at, size, `Extension header (${extensionNames[type] ?? 'Unknown'})`)) {
      emit.add(loose.length, at, 1);
      if (type === sessionContainer) emitSession(frame, emit, at, size);
      emit.add(loose.next, at + size - 1, 1);
      emit.close();
    }
    type = u8(frame, at + size - 1);
    at += size;
  }
}

function emitSession(frame: Uint8Array, emit: Emit, at: number, size: number): void {
  if (!emit.open(loose.container, at + 1, size - 1)) return;
  emit.add(loose.sessionType, at + 1, 1);
  emit.add(loose.spare, at + 1, 1);
  if (u8(frame, at + 1) >> 4 === 0) {
    emit.add(loose.paging, at + 2, 1);
    emit.add(loose.reflective, at + 2, 1);
  } else emit.add(loose.spareBits, at + 2, 1);
  emit.add(loose.flow, at + 2, 1);
  emit.close();
}
