/** What an MPLS pseudowire puts before what it carries: the control word of Ethernet, the associated channel. */
import { defineDissector } from '../dissector.js';
import { uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import type { Layer } from '../walk.js';

/** IANA, MPLS generalized associated channel types. */
const channelTypes: Readonly<Record<number, string>> = {
  0x0001: 'Management Communication Channel (MCC)',
  0x0002: 'Signaling Communication Channel (SCC)',
  0x0007: 'BFD Control, PW-ACH-encapsulated (BFD Without IP/UDP Headers)',
  0x0021: 'IPv4 packet',
  0x0022: 'MPLS-TP CC message',
  0x0023: 'MPLS-TP CV message',
  0x0024: 'Protection State Coordination Protocol (PSC)',
  0x0057: 'IPv6 packet',
  0x0058: 'Fault OAM',
  0x8902: 'MPLS-TP OAM',
};
const ipv4Channel = 0x0021;
const ipv6Channel = 0x0057;
const channelType = (layer: Layer): number => layer.u16(2);

/** Ethernet over MPLS with a control word. */
export const pwethcw = defineDissector({
  id: 'pwethcw',
  title: 'PW Ethernet Control Word',
  column: 'EoMPLS',
  prefix: 'pweth',
  spec: 'https://www.rfc-editor.org/rfc/rfc4448',
  claims: [],
  fields: { sequence: uint('pweth.cw.sequence_number', 'Sequence Number', { at: 2, bytes: 2 }) },
  measure(walk) {
    if (walk.header(4)) walk.nextIs('eth');
  },
  examples: [{ title: 'the ninth frame', hex: '0000 0009', fields: { 'pweth.cw.sequence_number': 9 } }],
});

/** Messages about a pseudowire or a path, beside what it carries. */
export const pwach = defineDissector({
  id: 'pwach',
  title: 'PW Associated Channel Header',
  column: 'PW ACH',
  spec: 'https://www.rfc-editor.org/rfc/rfc5586',
  claims: [],
  fields: {
    version: uint('pwach.ver', 'Channel Version', { at: 0, bytes: 1, mask: 0x0f }),
    reserved: uint('pwach.res', 'Reserved', { at: 1, bytes: 1, show: 'hex' }),
    type: uint('pwach.channel_type', 'Channel Type', { at: 2, bytes: 2, show: 'hex', values: channelTypes }),
  },
  measure(walk) {
    if (!walk.header(4)) return;
    const type = walk.u16(2);
    if (type === ipv4Channel) walk.nextIs('ip');
    else if (type === ipv6Channel) walk.nextIs('ipv6');
    else walk.nextIsData();
  },
  info: (layer) =>
    layer.has(4)
      ? (channelTypes[channelType(layer)] ?? `Unknown (${hexNumber(channelType(layer), 4)})`)
      : undefined,
  examples: [{ title: 'IPv4', hex: '10000021', fields: { 'pwach.ver': 0, 'pwach.channel_type': 0x21 } }],
});
