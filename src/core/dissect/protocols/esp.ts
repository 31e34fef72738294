import { defineDissector } from '../dissector.js';
import { uint } from '../field.js';
import { hexNumber } from '../fieldText.js';

/** IP encapsulating security payload (IPsec): all but the first eight bytes is encrypted. */
export const esp = defineDissector({
  id: 'esp',
  title: 'Encapsulating Security Payload',
  column: 'ESP',
  spec: 'https://www.rfc-editor.org/rfc/rfc4303',
  claims: [{ table: 'ip.proto', keys: [50] }],
  fields: {
    index: uint('esp.spi', 'ESP SPI', { at: 0, bytes: 4, show: 'hex-dec' }),
    sequence: uint('esp.sequence', 'ESP Sequence', { at: 4, bytes: 4 }),
  },

  measure(walk) {
    if (walk.header(8)) walk.whole();
  },

  info: (layer) => (layer.has(4) ? `ESP (SPI=${hexNumber(layer.u32(0), 8)})` : undefined),

  examples: [
    {
      title: 'first packet of an association',
      hex: '12345678 00000001 aabbccdd eeff0011',
      fields: { 'esp.spi': 0x12345678, 'esp.sequence': 1 },
      info: 'ESP (SPI=0x12345678)',
    },
  ],
});
