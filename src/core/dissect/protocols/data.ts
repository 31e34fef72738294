import { counted } from '../../base/words.js';
import { defineDissector } from '../dissector.js';
import { bytes, uint } from '../field.js';

/** Bytes that no dissector explains. */
export const data = defineDissector({
  id: 'data',
  title: 'Data',
  spec: 'https://www.wireshark.org/docs/dfref/d/data.html',
  claims: [],
  fields: {
    data: bytes('data.data', 'Data', { at: 0, bytes: 'rest' }),
    length: uint('data.len', 'Length', { compute: (layer) => layer.end - layer.start }),
  },
  measure(walk) {
    walk.whole();
  },
  heading: (layer) => ` (${counted(layer.end - layer.start, 'byte')})`,
  examples: [{ title: 'three bytes', hex: 'c0ffee', fields: { 'data.data': 'c0:ff:ee', 'data.len': 3 } }],
});
