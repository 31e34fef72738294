import { u16 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { headLength, messageWords, optionFields, reportMessage } from './dhcpv6Options.js';

/** DHCPv6. Relay agents wrap the client's message; both are shown. */
export const dhcpv6 = defineDissector({
  id: 'dhcpv6',
  title: 'DHCPv6',
  column: 'DHCPv6',
  spec: 'https://www.rfc-editor.org/rfc/rfc8415',
  claims: [{ table: 'udp.port', keys: [546, 547] }],
  fields: {},
  loose: optionFields,

  measure(walk) {
    if (!walk.header(1)) return;
    let length = headLength(walk.u8(0));
    if (!walk.header(length)) return;
    const available = walk.available;
    while (length < available) {
      if (!walk.header(length + 4)) return;
      length += 4 + u16(walk.frame, walk.start + length + 2);
    }
    if (walk.header(length)) walk.whole();
  },

  info: (layer) => (layer.has(1) ? messageWords(layer.frame, layer.start, layer.end) : undefined),

  extra(layer, emit) {
    if (layer.has(1)) reportMessage(new FieldCursor(layer, emit, layer.start, layer.end));
  },

  examples: [
    {
      title: 'a client asks for an address and for name servers',
      hex: `01 123456 0001 000e 000100012a2b2c2d020000000001 0006 0004 00170018 0008 0002 0064
            0003 000c 00000001 00000e10 00001518`,
      fields: {
        'dhcpv6.msgtype': 1,
        'dhcpv6.xid': 0x123456,
        'dhcpv6.duidllt.link_layer_addr': '02:00:00:00:00:01',
        'dhcpv6.requested_option_code': 24,
        'dhcpv6.elapsed_time': 1000,
        'dhcpv6.iaid.t2': 5400,
      },
      info: 'Solicit XID: 0x123456 CID: 000100012a2b2c2d020000000001 ',
    },
    {
      title: 'a relay agent hands on an answer with an address',
      hex: `0d 00 20010db8000000000000000000000001 fe800000000000000000000000000002
            0009 0030 07 00000a
              0003 0028 00000001 00000e10 00001518 0005 0018 20010db8000000000000000000000010 00000e10 00001c20`,
      fields: {
        'dhcpv6.linkaddr': '2001:db8::1',
        'dhcpv6.iaaddr.ip': '2001:db8::10',
        'dhcpv6.iaaddr.valid_lifetime': 7200,
      },
      info: 'Relay-reply L: 2001:db8::1 Reply XID: 0xa IAA: 2001:db8::10 ',
    },
  ],
});
