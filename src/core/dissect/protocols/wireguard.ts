import { u16, u24, u32le, u64le, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { bytes, type Field, label, string, uint } from '../field.js';
import type { Layer, Walk } from '../walk.js';

const initiation = 1;
const response = 2;
const cookie = 3;
const transport = 4;
const types: Readonly<Record<number, string>> = {
  [initiation]: 'Handshake Initiation',
  [response]: 'Handshake Response',
  [cookie]: 'Cookie Reply',
  [transport]: 'Transport Data',
};

/** Bytes of the messages that have a fixed length, by type. */
const exactLength: Readonly<Record<number, number>> = { [initiation]: 148, [response]: 92, [cookie]: 64 };
const transportHeader = 16;
/** Poly1305's tag: a keepalive is an empty packet, encrypted. */
const tagLength = 16;

const is =
  (...wanted: readonly number[]) =>
  (layer: Layer): boolean =>
    wanted.includes(layer.u8(0));

/** A key in base64, as `wg show` prints it. */
function base64(frame: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 3) {
    const left = Math.min(3, length - i);
    const word =
      left === 3 ? u24(frame, at + i) : left === 2 ? u16(frame, at + i) << 8 : u8(frame, at + i) << 16;
    for (let digit = 0; digit < 4; digit++)
      text += digit <= left ? digits.charAt((word >> (18 - 6 * digit)) & 63) : '=';
  }
  return text;
}
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Indices are in the order of the sender's machine, which is little-endian by specification. */
const index = (name: string, text: string, at: number, when: (layer: Layer) => boolean): Field =>
  uint(name, text, {
    at,
    bytes: 4,
    show: 'hex',
    when,
    compute: ({ frame, start }) => u32le(frame, start + at),
  });

const indexText = ({ frame, start }: Layer, at: number): string =>
  `0x${u32le(frame, start + at)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0')}`;

/**
 * WireGuard, by which Cilium encrypts between nodes (port 51871) and in general. All but the handshake's frame is
 * encrypted. Messages are recognised by type and length on any port, as in Wireshark.
 */
export const wireguard = defineDissector({
  id: 'wg',
  title: 'WireGuard Protocol',
  column: 'WireGuard',
  spec: 'https://www.wireguard.com/protocol/',
  claims: [{ table: 'udp.port', keys: [51820, 51871] }],
  recognises: { over: 'udp', matches: isMessage },
  fields: {
    type: uint('wg.type', 'Type', { at: 0, bytes: 1, values: types }),
    reserved: bytes('wg.reserved', 'Reserved', { at: 1, bytes: 3 }),
    sender: index('wg.sender', 'Sender', 4, is(initiation, response)),
    responseReceiver: index('wg.receiver', 'Receiver', 8, is(response)),
    receiver: index('wg.receiver', 'Receiver', 4, is(cookie, transport)),
    initiationKey: ephemeral(8, initiation),
    responseKey: ephemeral(12, response),
    static: label('wg.encrypted_static', 'Encrypted Static', { at: 40, bytes: 48, when: is(initiation) }),
    timestamp: label('wg.encrypted_timestamp', 'Encrypted Timestamp', {
      at: 88,
      bytes: 28,
      when: is(initiation),
    }),
    empty: label('wg.encrypted_empty', 'Encrypted Empty', { at: 44, bytes: 16, when: is(response) }),
    initiationMac1: bytes('wg.mac1', 'mac1', { at: 116, bytes: 16, when: is(initiation) }),
    initiationMac2: bytes('wg.mac2', 'mac2', { at: 132, bytes: 16, when: is(initiation) }),
    responseMac1: bytes('wg.mac1', 'mac1', { at: 60, bytes: 16, when: is(response) }),
    responseMac2: bytes('wg.mac2', 'mac2', { at: 76, bytes: 16, when: is(response) }),
    nonce: bytes('wg.nonce', 'Nonce', { at: 8, bytes: 24, when: is(cookie) }),
    cookie: bytes('wg.encrypted_cookie', 'Encrypted Cookie', { at: 32, bytes: 32, when: is(cookie) }),
    counter: uint('wg.counter', 'Counter', {
      at: 8,
      bytes: 8,
      when: is(transport),
      compute: ({ frame, start }) => u64le(frame, start + 8),
    }),
    packet: label('wg.encrypted_packet', 'Encrypted Packet', { at: 16, bytes: 'rest', when: is(transport) }),
  },

  measure(walk) {
    if (!isMessage(walk, 0)) walk.isReally('data');
    else if (walk.header(exactLength[walk.u8(0)] ?? transportHeader + tagLength)) walk.whole();
  },

  info(layer) {
    const type = layer.u8(0);
    const word = types[type] ?? 'Unknown';
    if (!layer.has(transportHeader)) return word;
    if (type === initiation) return `${word}, sender=${indexText(layer, 4)}`;
    if (type === response) return `${word}, sender=${indexText(layer, 4)}, receiver=${indexText(layer, 8)}`;
    if (type === cookie) return `${word}, receiver=${indexText(layer, 4)}`;
    const counter = u64le(layer.frame, layer.start + 8);
    const length = layer.limit - layer.start - transportHeader - tagLength;
    return length === 0
      ? `Keepalive, receiver=${indexText(layer, 4)}, counter=${counter}`
      : `${word}, receiver=${indexText(layer, 4)}, counter=${counter}, datalen=${length}`;
  },

  examples: [
    {
      title: 'keepalive',
      hex: `04000000 7026e1f8 0500000000000000 ${'ab'.repeat(16)}`,
      fields: { 'wg.type': 4, 'wg.receiver': 0xf8e12670, 'wg.counter': 5 },
      info: 'Keepalive, receiver=0xF8E12670, counter=5',
    },
    {
      title: 'cookie reply',
      hex: `03000000 01000000 ${'11'.repeat(24)} ${'22'.repeat(32)}`,
      fields: { 'wg.receiver': 1, 'wg.nonce': Array(24).fill('11').join(':') },
      info: 'Cookie Reply, receiver=0x00000001',
    },
    {
      title: 'handshake response',
      hex: `02000000 04030201 08070605 ${'00'.repeat(80)}`,
      fields: {
        'wg.sender': 0x01020304,
        'wg.receiver': 0x05060708,
        'wg.ephemeral': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      },
      info: 'Handshake Response, sender=0x01020304, receiver=0x05060708',
    },
    {
      title: 'handshake initiation',
      hex: `01000000 04030201 ${'ff'.repeat(140)}`,
      fields: { 'wg.sender': 0x01020304, 'wg.mac2': Array(16).fill('ff').join(':') },
      info: 'Handshake Initiation, sender=0x01020304',
    },
  ],
});

function ephemeral(at: number, type: number): Field {
  return string('wg.ephemeral', 'Ephemeral', {
    at,
    bytes: 32,
    when: is(type),
    compute: ({ frame, start }) => base64(frame, start + at, 32),
  });
}

/** Whether type, reserved bytes and length are those of a message that begins at `offset`. */
function isMessage(walk: Walk, offset: number): boolean {
  if (walk.available < offset + 4 || walk.u24(offset + 1) !== 0) return false;
  const type = walk.u8(offset);
  const length = walk.limit - walk.start - offset;
  if (type === transport) return length >= transportHeader + tagLength;
  return length === exactLength[type];
}
