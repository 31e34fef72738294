import { defineDissector } from '../dissector.js';
import { bytes, uint } from '../field.js';
import { checksumStatus, checksumStatusNames } from '../checksum.js';
import { counted } from '../../base/words.js';
import { udpPorts } from './udp.js';

const { sourcePort, destinationPort } = udpPorts;
const loose = {
  payload: bytes('udp.payload', 'UDP payload', { text: (_, { length }) => counted(length, 'byte') }),
};

/** UDP whose checksum need not cover all of the payload. Its fields are those of UDP, as in Wireshark. */
export const udplite = defineDissector({
  id: 'udplite',
  title: 'Lightweight User Datagram Protocol',
  column: 'UDP-Lite',
  prefix: 'udp',
  spec: 'https://www.rfc-editor.org/rfc/rfc3828',
  claims: [{ table: 'ip.proto', keys: [136] }],
  fields: {
    sourcePort,
    destinationPort,
    coverage: uint('udp.checksum_coverage', 'Checksum coverage', {
      at: 4,
      bytes: 2,
      problem: (value) => Number(value) > 0 && Number(value) < 8,
    }),
    checksum: uint('udp.checksum', 'Checksum', {
      at: 6,
      bytes: 2,
      show: 'hex',
      note: () => ' [unverified]',
      children: {
        status: uint('udp.checksum.status', 'Checksum Status', {
          compute: (layer) => (layer.has(8) ? checksumStatus.unverified : undefined),
          text: (value) => checksumStatusNames[Number(value)] ?? '',
        }),
      },
    }),
  },
  loose,
  measure(walk) {
    if (!walk.header(8) || walk.limit - walk.start <= 8) return;
    const source = walk.u16(0);
    const destination = walk.u16(2);
    if (walk.tryNext('udp.port', Math.min(source, destination))) return;
    if (!walk.tryNext('udp.port', Math.max(source, destination))) walk.nextIsData();
  },
  heading: (layer) => (layer.has(4) ? `, Src Port: ${layer.u16(0)}, Dst Port: ${layer.u16(2)}` : ''),
  info: (layer) =>
    layer.has(8) ? `${layer.u16(0)} → ${layer.u16(2)} Len=${layer.limit - layer.start - 8}` : undefined,
  extra(layer, emit) {
    if (layer.has(8) && layer.captured > layer.end)
      emit.add(loose.payload, layer.end, layer.captured - layer.end);
  },
  examples: [
    {
      title: 'header covered alone',
      hex: '03e8 07d0 0008 1234 68656c6c6f',
      fields: { 'udp.srcport': 1000, 'udp.checksum_coverage': 8 },
      info: '1000 → 2000 Len=5',
    },
  ],
});
