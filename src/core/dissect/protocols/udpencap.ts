import { defineDissector } from '../dissector.js';
import { label } from '../field.js';
import type { Layer } from '../walk.js';

const keepalive = 0xff;

const isKeepalive = (layer: Layer): boolean => layer.limit - layer.start === 1 && layer.u8(0) === keepalive;
const isKeyExchange = (layer: Layer): boolean => layer.has(4) && layer.u32(0) === 0;

/** ESP and IKE in UDP, to get through address translation. */
export const udpencap = defineDissector({
  id: 'udpencap',
  title: 'UDP Encapsulation of IPsec Packets',
  column: 'UDPENCAP',
  spec: 'https://www.rfc-editor.org/rfc/rfc3948',
  claims: [{ table: 'udp.port', keys: [4500] }],
  carriesPackets: true,
  fields: {
    keepalive: label('udpencap.nat_keepalive', 'NAT-keepalive packet', {
      at: 0,
      bytes: 1,
      when: isKeepalive,
    }),
    marker: label('udpencap.non_esp_marker', 'Non-ESP Marker', { at: 0, bytes: 4, when: isKeyExchange }),
  },

  measure(walk) {
    if (walk.limit - walk.start === 1 && walk.available === 1 && walk.u8(0) === keepalive) walk.header(1);
    else if (walk.available >= 4 && walk.u32(0) !== 0) walk.nextIs('esp');
    else if (walk.header(4)) walk.nextIs('isakmp');
  },

  info: (layer) => (isKeepalive(layer) ? 'NAT-keepalive' : undefined),

  examples: [
    { title: 'keepalive', hex: 'ff', fields: {}, info: 'NAT-keepalive' },
    { title: 'key exchange follows', hex: '00000000', fields: {} },
    { title: 'ESP follows', hex: '12345678 00000001', fields: { 'esp.spi': 0x12345678 } },
  ],
});
