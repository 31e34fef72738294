import { defineDissector } from '../dissector.js';
import { uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { ipProtocols } from '../values/ipProtocols.js';

/** IANA, IPComp transform identifiers. */
const transforms: Readonly<Record<number, string>> = { 1: 'OUI', 2: 'DEFLATE', 3: 'LZS', 4: 'LZJH' };

/** IP payload compression. What is compressed is shown as it is. */
export const ipcomp = defineDissector({
  id: 'ipcomp',
  title: 'IP Payload Compression',
  column: 'IPComp',
  spec: 'https://www.rfc-editor.org/rfc/rfc3173',
  claims: [{ table: 'ip.proto', keys: [108] }],
  fields: {
    next: uint('ipcomp.next_header', 'Next Header', { at: 0, bytes: 1, show: 'hex', values: ipProtocols }),
    flags: uint('ipcomp.flags', 'IPComp Flags', { at: 1, bytes: 1, show: 'hex' }),
    index: uint('ipcomp.cpi', 'IPComp CPI', { at: 2, bytes: 2, show: 'hex', values: transforms }),
  },
  measure(walk) {
    if (walk.header(4)) walk.insideData(4);
  },
  info(layer) {
    if (!layer.has(4)) return undefined;
    const index = layer.u16(2);
    return `IPComp (CPI=${transforms[index] ?? hexNumber(index, 4)})`;
  },
  examples: [
    {
      title: 'TCP, compressed',
      hex: '0600 0002 4b4c4a06 00',
      fields: { 'ipcomp.next_header': 6, 'ipcomp.cpi': 2 },
      info: 'IPComp (CPI=DEFLATE)',
    },
  ],
});
