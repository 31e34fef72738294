import { counted } from '../../base/words.js';
import { ciliumService } from '../../cilium/ports.js';
import { checksumStatus, checksumStatusNames } from '../checksum.js';
import { defineDissector } from '../dissector.js';
import { bytes, type Field, flag, readUint, string, uint } from '../field.js';
import type { Layer } from '../walk.js';
import { emitTcpOptions, tcpOptionFields, tcpOptionsInfo } from './tcpOptions.js';

const sourcePort = uint('tcp.srcport', 'Source Port', { at: 0, bytes: 2 });
const destinationPort = uint('tcp.dstport', 'Destination Port', { at: 2, bytes: 2 });
const headerLength = uint('tcp.hdr_len', 'Header Length', {
  at: 12,
  bytes: 1,
  mask: 0xf0,
  scale: 4,
  text: (value) => `${value} bytes (${Number(value) / 4})`,
  problem: (value) => Number(value) < 20,
});

/** A flag of the word that starts with the header length: drawn as one of twelve bits, as Wireshark does. */
const oneFlag = (name: string, label: string, bit: number): Field =>
  flag(`tcp.flags.${name}`, label, {
    at: bit > 7 ? 12 : 13,
    bytes: 1,
    mask: 1 << (bit & 7),
    pattern: { width: 12, mask: 1 << bit },
  });

const flags = {
  reserved: uint('tcp.flags.res', 'Reserved', {
    at: 12,
    bytes: 1,
    mask: 0x0e,
    pattern: { width: 12, mask: 0xe00 },
    text: (value) => (value === 0 ? 'Not set' : 'Set'),
  }),
  ae: oneFlag('ae', 'Accurate ECN', 8),
  cwr: oneFlag('cwr', 'Congestion Window Reduced', 7),
  ece: oneFlag('ece', 'ECN-Echo', 6),
  urg: oneFlag('urg', 'Urgent', 5),
  ack: oneFlag('ack', 'Acknowledgment', 4),
  push: oneFlag('push', 'Push', 3),
  reset: oneFlag('reset', 'Reset', 2),
  syn: oneFlag('syn', 'Syn', 1),
  fin: oneFlag('fin', 'Fin', 0),
};

/** From the lowest bit up; reserved bits share one word. */
const flagWords = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE'];
const flagLetters = 'FSRPAUECA';

const flagBits = (layer: Layer): number => layer.u16(12) & 0x0fff;

/** `SYN, ACK`; `<None>` where no flag is set. */
function flagNames(bits: number): string {
  const names = flagWords.filter((_, bit) => (bits >> bit) & 1);
  if (bits >> flagWords.length) names.push('Reserved');
  return names.length > 0 ? names.join(', ') : '<None>';
}

/** Twelve letters or dots, highest bit first. */
function flagText(bits: number): string {
  let text = '';
  for (let bit = 11; bit >= 0; bit--) text += (bits >> bit) & 1 ? (flagLetters[bit] ?? 'R') : '·';
  return text;
}

/** Bytes of payload by the IP header's claim; what was captured may be less. */
const payloadLength = (layer: Layer): number =>
  Math.max(0, layer.limit - layer.start - readUint(layer.frame, layer.start, headerLength));

const loose = {
  ...tcpOptionFields,
  payload: bytes('tcp.payload', 'TCP payload', { text: (_, { length }) => counted(length, 'byte') }),
};

/**
 * TCP. Sequence numbers are the raw ones: relative numbers need the packets before. Checksums are not verified, as in
 * Wireshark: sending hosts leave them to the network card.
 */
export const tcp = defineDissector({
  id: 'tcp',
  title: 'Transmission Control Protocol',
  column: 'TCP',
  spec: 'https://www.rfc-editor.org/rfc/rfc9293',
  claims: [{ table: 'ip.proto', keys: [6] }],
  fields: {
    sourcePort,
    destinationPort,
    service: string('cilium.service', 'Cilium service', {
      compute: (layer) => (layer.has(4) ? ciliumService(layer.u16(0), layer.u16(2)) : undefined),
    }),
    length: uint('tcp.len', 'TCP Segment Len', {
      compute: (layer) => (layer.has(20) && !layer.isInside ? payloadLength(layer) : undefined),
    }),
    sequence: uint('tcp.seq', 'Sequence Number', { at: 4, bytes: 4 }),
    sequenceRaw: uint('tcp.seq_raw', 'Sequence Number (raw)', { at: 4, bytes: 4 }),
    nextSequence: uint('tcp.nxtseq', 'Next Sequence Number', {
      compute(layer) {
        if (!layer.has(20) || layer.isInside) return undefined;
        const counted = payloadLength(layer) + (flagBits(layer) & 1) + ((flagBits(layer) >> 1) & 1);
        return (layer.u32(4) + counted) % 2 ** 32;
      },
    }),
    acknowledgment: uint('tcp.ack', 'Acknowledgment Number', { at: 8, bytes: 4 }),
    acknowledgmentRaw: uint('tcp.ack_raw', 'Acknowledgment number (raw)', { at: 8, bytes: 4 }),
    headerLength,
    flags: uint('tcp.flags', 'Flags', {
      at: 12,
      bytes: 2,
      mask: 0x0fff,
      show: 'hex',
      pattern: false,
      note: (value) => ` (${flagNames(Number(value))})`,
      children: {
        ...flags,
        text: {
          ...bytes('tcp.flags.str', 'TCP Flags', {
            at: 12,
            bytes: 2,
            compute: (layer) => flagText(flagBits(layer)),
            generated: true,
          }),
          type: 'string',
        },
      },
    }),
    window: uint('tcp.window_size_value', 'Window', { at: 14, bytes: 2 }),
    checksum: uint('tcp.checksum', 'Checksum', {
      at: 16,
      bytes: 2,
      show: 'hex',
      note: () => ' [unverified]',
    }),
    checksumStatus: uint('tcp.checksum.status', 'Checksum Status', {
      compute: (layer) => (layer.has(18) ? checksumStatus.unverified : undefined),
      text: (value) => checksumStatusNames[Number(value)] ?? '',
    }),
    urgent: uint('tcp.urgent_pointer', 'Urgent Pointer', { at: 18, bytes: 2 }),
  },
  loose,
  aliases: { 'tcp.port': [sourcePort, destinationPort] },

  measure(walk) {
    if (!walk.header(20)) return;
    const length = (walk.u8(12) >> 4) * 4;
    if (length < 20) {
      walk.bad('the header length is less than 20 bytes');
      return;
    }
    if (!walk.header(length)) return;
    if (walk.limit - walk.start <= length) return;
    const source = walk.u16(0);
    const destination = walk.u16(2);
    if (walk.tryNext('tcp.port', Math.min(source, destination))) return;
    if (!walk.tryNext('tcp.port', Math.max(source, destination))) walk.nextIsData();
  },

  heading(layer) {
    if (!layer.has(20)) return layer.has(4) ? `, Src Port: ${layer.u16(0)}, Dst Port: ${layer.u16(2)}` : '';
    const ack = flagBits(layer) & 0x10 ? `, Ack: ${layer.u32(8)}` : '';
    return `, Src Port: ${layer.u16(0)}, Dst Port: ${layer.u16(2)}, Seq: ${layer.u32(4)}${ack}, Len: ${payloadLength(layer)}`;
  },

  info(layer) {
    if (!layer.has(4)) return undefined;
    const ports = `${layer.u16(0)} → ${layer.u16(2)}`;
    if (!layer.has(20)) return layer.has(8) ? `${ports} Seq=${layer.u32(4)}` : ports;
    const bits = flagBits(layer);
    const ack = bits & 0x10 ? ` Ack=${layer.u32(8)}` : '';
    return `${ports} [${flagNames(bits)}] Seq=${layer.u32(4)}${ack} Win=${layer.u16(14)} Len=${payloadLength(layer)}${tcpOptionsInfo(layer)}`;
  },

  extra(layer, emit) {
    if (!layer.has(20)) return;
    const length = readUint(layer.frame, layer.start, headerLength);
    if (length > 20 && layer.has(21)) emitTcpOptions(layer, emit, Math.min(layer.end, layer.start + length));
    if (layer.captured > layer.end && layer.has(length))
      emit.add(loose.payload, layer.end, layer.captured - layer.end);
  },

  examples: [
    {
      title: 'SYN with the usual options',
      hex: 'c89c 01bb 8afa6c32 00000000 a002 7210 9871 0000 020405b4 0402080a27ca70da00000000 01 030309',
      fields: {
        'tcp.srcport': 51356,
        'tcp.dstport': 443,
        'tcp.flags.syn': 1,
        'tcp.flags.ack': 0,
        'tcp.hdr_len': 40,
        'tcp.options.mss_val': 1460,
        'tcp.options.wscale.shift': 9,
        'tcp.options.timestamp.tsval': 667578586,
      },
      info: '51356 → 443 [SYN] Seq=2331667506 Win=29200 Len=0 MSS=1460 SACK_PERM TSval=667578586 TSecr=0 WS=512',
    },
    {
      title: 'a node asks Hubble',
      hex: 'c89c 1094 00000001 00000001 5010 7210 0000 0000',
      fields: { 'tcp.dstport': 4244, 'cilium.service': 'Hubble server' },
    },
  ],
});
