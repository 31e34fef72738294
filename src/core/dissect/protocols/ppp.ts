import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { pppProtocols } from '../values/pppProtocols.js';
import type { Layer } from '../walk.js';

/** Address "all stations" and control "unnumbered information"; peers may agree to leave both out. */
const addressAndControl = 0xff03;
/** Link type that begins with a byte for the direction. */
const withDirection = 204;

const loose = {
  direction: uint('ppp.direction', 'Direction', { values: { 0: 'Received', 1: 'Sent' } }),
  address: uint('ppp.address', 'Address', { show: 'hex' }),
  control: uint('ppp.control', 'Control', { show: 'hex' }),
  protocol: uint('ppp.protocol', 'Protocol', {
    show: 'hex',
    text: (value) => `${pppProtocols[Number(value)] ?? 'Unknown'} (${hexNumber(value, 4)})`,
  }),
};

/** Bytes before the protocol number. */
function lengthBefore(frame: Uint8Array, start: number, linkType: number): number {
  const direction = linkType === withDirection && start === 0 ? 1 : 0;
  const at = start + direction;
  return direction + (((u8(frame, at) << 8) | u8(frame, at + 1)) === addressAndControl ? 2 : 0);
}

/** The number of a protocol is odd: when its first byte is, it is the only one. */
const isShort = (firstByte: number): boolean => (firstByte & 1) === 1;

function protocolOf(layer: Layer): number {
  const at = lengthBefore(layer.frame, layer.start, layer.walk.linkType);
  return isShort(layer.u8(at)) ? layer.u8(at) : layer.u16(at);
}

/** Point-to-point protocol, with and without its HDLC-like address. */
export const ppp = defineDissector({
  id: 'ppp',
  title: 'Point-to-Point Protocol',
  column: 'PPP',
  spec: 'https://www.rfc-editor.org/rfc/rfc1661',
  claims: [
    { table: 'link', keys: [9, 50, withDirection] },
    { table: 'gre.proto', keys: [0x880b, 0x8881, 0x88d2] },
  ],
  fields: {},
  loose,

  measure(walk) {
    const before = lengthBefore(walk.frame, walk.start, walk.linkType);
    if (!walk.header(before + 1)) return;
    const first = walk.u8(before);
    if (!walk.header(before + (isShort(first) ? 1 : 2))) return;
    walk.nextBy('ppp.protocol', isShort(first) ? first : walk.u16(before));
  },

  info(layer) {
    const number = protocolOf(layer);
    return layer.has(1) ? (pppProtocols[number] ?? `Unknown (${hexNumber(number, 4)})`) : undefined;
  },

  extra(layer, emit) {
    emitHeader(layer, emit);
  },

  examples: [
    {
      title: 'with address and control, IPv4 inside',
      hex: 'ff03 0021',
      fields: { 'ppp.address': 255, 'ppp.control': 3, 'ppp.protocol': 0x21 },
      info: 'Internet Protocol version 4',
    },
    { title: 'all compressed', hex: '57', fields: { 'ppp.protocol': 0x57 } },
  ],
});

function emitHeader(layer: Layer, emit: Emit): void {
  const { start, end, frame, walk } = layer;
  const protocol = start + lengthBefore(frame, start, walk.linkType);
  if (walk.linkType === withDirection && start === 0) emit.add(loose.direction, start, 1);
  if (protocol - start >= 2 && protocol <= end) {
    emit.add(loose.address, protocol - 2, 1);
    emit.add(loose.control, protocol - 1, 1);
  }
  if (protocol < end) emit.add(loose.protocol, protocol, end - protocol);
}
