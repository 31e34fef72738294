import { defineDissector } from '../dissector.js';

/** No link layer at all: the frame begins with an IP header, which tells its version itself. */
export const raw = defineDissector({
  id: 'raw',
  title: 'Raw packet data',
  column: 'Raw IP',
  spec: 'https://www.tcpdump.org/linktypes.html',
  claims: [{ table: 'link', keys: [12, 14, 101] }],
  fields: {},

  measure(walk) {
    if (!walk.header(1)) return;
    walk.whole();
    const version = walk.u8(0) >> 4;
    walk.follows(0);
    if (version === 4) walk.nextIs('ip');
    else if (version === 6) walk.nextIs('ipv6');
    else walk.nextIsData();
  },

  info: () => undefined,

  examples: [{ title: 'IPv4', hex: '45', fields: {} }],
});
