import { counted } from '../../base/words.js';
import { checksumStatus, checksumStatusNames } from '../checksum.js';
import { defineDissector } from '../dissector.js';
import { bytes, uint } from '../field.js';
import type { Layer } from '../walk.js';

const sourcePort = uint('udp.srcport', 'Source Port', { at: 0, bytes: 2 });
const destinationPort = uint('udp.dstport', 'Destination Port', { at: 2, bytes: 2 });
/** Ports, for UDP-Lite too. */
export const udpPorts = { sourcePort, destinationPort };
const length = uint('udp.length', 'Length', { at: 4, bytes: 2 });

const loose = {
  payload: bytes('udp.payload', 'UDP payload', {
    text: (_, { length }) => counted(length, 'byte'),
  }),
};

/** First byte behind the datagram: the length field, or all there is where it says 0 or less than a header. */
function datagramEnd(layer: Layer): number {
  const claimed = layer.u16(4);
  return claimed < 8 ? layer.captured : Math.min(layer.captured, layer.start + claimed);
}

/** Over IPv6 a checksum is a must (RFC 8200, section 8.1), tunnels excepted. */
function statusOf(layer: Layer): number | undefined {
  if (!layer.has(8)) return undefined;
  if (layer.u16(6) !== 0) return checksumStatus.unverified;
  const around = layer.before('ipv6')?.index ?? -1;
  const isIpv6 = around > (layer.before('ip')?.index ?? -1);
  return isIpv6 && !layer.isInside ? checksumStatus.illegal : checksumStatus.notPresent;
}

/** UDP. Checksums are not verified, as in Wireshark: sending hosts leave them to the network card. */
export const udp = defineDissector({
  id: 'udp',
  title: 'User Datagram Protocol',
  column: 'UDP',
  spec: 'https://www.rfc-editor.org/rfc/rfc768',
  claims: [{ table: 'ip.proto', keys: [17] }],
  fields: {
    sourcePort,
    destinationPort,
    length,
    checksum: uint('udp.checksum', 'Checksum', {
      at: 6,
      bytes: 2,
      show: 'hex',
      note: (value) => (value === 0 ? ' [zero-value ignored]' : ' [unverified]'),
      children: {
        status: uint('udp.checksum.status', 'Checksum Status', {
          compute: statusOf,
          text: (value) => checksumStatusNames[Number(value)] ?? '',
        }),
      },
    }),
  },
  loose,
  aliases: { 'udp.port': [sourcePort, destinationPort] },

  measure(walk) {
    if (!walk.header(8)) return;
    const claimed = walk.u16(4);
    if (claimed >= 8) walk.bound(claimed);
    if (walk.limit - walk.start <= 8) return;
    // The lower port is usually the service's; Wireshark asks in this order too.
    const source = walk.u16(0);
    const destination = walk.u16(2);
    if (walk.tryNext('udp.port', Math.min(source, destination))) return;
    if (walk.tryNext('udp.port', Math.max(source, destination)) || walk.tryPatterns('udp', 8)) return;
    walk.nextIsData();
  },

  heading: (layer) => (layer.has(4) ? `, Src Port: ${layer.u16(0)}, Dst Port: ${layer.u16(2)}` : ''),

  info(layer) {
    if (!layer.has(4)) return undefined;
    const ports = `${layer.u16(0)} → ${layer.u16(2)}`;
    if (!layer.has(8)) return ports;
    const claimed = layer.u16(4);
    if (claimed < 8) return `${ports} [BAD UDP LENGTH ${claimed} < 8]`;
    const isTooLong =
      layer.start + claimed > layer.limit ? ` [BAD UDP LENGTH ${claimed} > IP PAYLOAD LENGTH]` : '';
    const noChecksum = statusOf(layer) === checksumStatus.illegal ? ' [ILLEGAL CHECKSUM (0)]' : '';
    return `${ports}${isTooLong} Len=${claimed - 8}${noChecksum}`;
  },

  extra(layer, emit) {
    const end = datagramEnd(layer);
    if (layer.has(8) && end > layer.end) emit.add(loose.payload, layer.end, end - layer.end);
  },

  examples: [
    {
      title: 'DNS query, checksum left to the card',
      hex: 'd3a1 0035 0014 0000 aabbccdd eeff0011 22334455',
      fields: { 'udp.srcport': 54177, 'udp.dstport': 53, 'udp.length': 20, 'udp.checksum.status': 3 },
      info: '54177 → 53 Len=12',
    },
  ],
});
