import { defineDissector } from '../dissector.js';
import { uint } from '../field.js';
import { etherTypes } from '../values/etherTypes.js';

/** Security group tag of a Cisco fabric, in GRE before the packet it speaks of. */
export const cmd = defineDissector({
  id: 'cmd',
  title: 'Cisco MetaData',
  column: 'CMD',
  spec: 'https://datatracker.ietf.org/doc/html/draft-smith-kandula-sxp',
  claims: [{ table: 'gre.proto', keys: [0x8909] }],
  fields: {
    type: uint('cmd.type', 'Type', { at: 0, bytes: 2, show: 'hex', values: etherTypes }),
    version: uint('cmd.version', 'Version', { at: 2, bytes: 1 }),
    length: uint('cmd.length', 'Length', { at: 3, bytes: 1 }),
    options: uint('cmd.options', 'Options', { at: 4, bytes: 2, show: 'hex' }),
    group: uint('cmd.sgt', 'SGT', { at: 6, bytes: 2 }),
  },
  measure(walk) {
    if (walk.header(8)) walk.nextBy('ethertype', walk.u16(0));
  },
  examples: [
    { title: 'no group', hex: '0800 01 01 0001 0000', fields: { 'cmd.sgt': 0, 'cmd.type': 0x0800 } },
  ],
});
