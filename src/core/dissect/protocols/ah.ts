import { defineDissector } from '../dissector.js';
import { bytes, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { ipProtocols } from '../values/ipProtocols.js';

/** IP authentication header (IPsec). */
export const ah = defineDissector({
  id: 'ah',
  title: 'Authentication Header',
  column: 'AH',
  spec: 'https://www.rfc-editor.org/rfc/rfc4302',
  claims: [{ table: 'ip.proto', keys: [51] }],
  fields: {
    next: uint('ah.next_header', 'Next header', { at: 0, bytes: 1, values: ipProtocols }),
    length: uint('ah.length', 'Length', {
      at: 1,
      bytes: 1,
      note: (value) => ` (${4 * (Number(value) + 2)} bytes)`,
    }),
    reserved: bytes('ah.reserved', 'Reserved', { at: 2, bytes: 2 }),
    index: uint('ah.spi', 'AH SPI', { at: 4, bytes: 4, show: 'hex' }),
    sequence: uint('ah.sequence', 'AH Sequence', { at: 8, bytes: 4 }),
    check: bytes('ah.icv', 'AH ICV', { at: 12, bytes: 'rest' }),
  },

  measure(walk) {
    // The length counts 32-bit words and leaves out two of them.
    if (!walk.header(12) || !walk.header(Math.max(12, 4 * (walk.u8(1) + 2)))) return;
    walk.nextBy('ip.proto', walk.u8(0));
  },

  info: (layer) => (layer.has(8) ? `AH (SPI=${hexNumber(layer.u32(4), 8)})` : undefined),

  examples: [
    {
      title: 'around IP in IP',
      hex: '04 04 0000 c67ceadf 00000001 ce9113cb69e210d6dbd24b8a',
      fields: { 'ah.next_header': 4, 'ah.spi': 0xc67ceadf, 'ah.icv': 'ce:91:13:cb:69:e2:10:d6:db:d2:4b:8a' },
      info: 'AH (SPI=0xc67ceadf)',
    },
  ],
});
