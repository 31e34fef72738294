import { u32, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, label, nameOf, string, uint } from '../field.js';
import { declared } from '../shapes.js';
import type { Layer } from '../walk.js';

const port = 22;
/** Of a packet before its payload: its length and that of the padding. */
const packetHead = 5;
/** RFC 4253, section 6.1: what everybody must be able to take; a longer one is not a length. */
const longestPacket = 35000;
const shortestPadding = 4;
const block = 8;
const keyExchangeInit = 20;

const messageNames: Readonly<Record<number, string>> = {
  1: 'Disconnect',
  2: 'Ignore',
  3: 'Unimplemented',
  4: 'Debug',
  5: 'Service Request',
  6: 'Service Accept',
  20: 'Key Exchange Init',
  21: 'New Keys',
  // Which method they belong to was agreed on in the messages before; these are the names of the most usual one.
  30: 'Elliptic Curve Diffie-Hellman Key Exchange Init',
  31: 'Elliptic Curve Diffie-Hellman Key Exchange Reply',
  32: 'Diffie-Hellman Group Exchange Init',
  33: 'Diffie-Hellman Group Exchange Reply',
  34: 'Diffie-Hellman Group Exchange Request',
};

/** The lists of methods in a key exchange, in their order (RFC 4253, section 7.1). */
const lists = [
  'kex_algorithms',
  'server_host_key_algorithms',
  'encryption_algorithms_client_to_server',
  'encryption_algorithms_server_to_client',
  'mac_algorithms_client_to_server',
  'mac_algorithms_server_to_client',
  'compression_algorithms_client_to_server',
  'compression_algorithms_server_to_client',
  'languages_client_to_server',
  'languages_server_to_client',
].map((name) => ({
  length: uint(`ssh.${name}_length`, `${name} length`),
  names: string(`ssh.${name}`, `${name} string`),
}));

const loose = {
  protocol: string('ssh.protocol', 'Protocol'),
  version: label('', 'SSH Version 2'),
  packetLength: uint('ssh.packet_length', 'Packet Length'),
  paddingLength: uint('ssh.padding_length', 'Padding Length'),
  exchange: label('', 'Key Exchange'),
  code: uint('ssh.message_code', 'Message Code', { values: messageNames }),
  algorithms: label('', 'Algorithms'),
  cookie: bytes('ssh.cookie', 'Cookie'),
  follows: uint('ssh.first_kex_packet_follows', 'First KEX Packet Follows'),
  reserved: bytes('ssh.kex.reserved', 'Reserved'),
  padding: bytes('ssh.padding_string', 'Padding String'),
  encryptedLength: bytes('ssh.packet_length_encrypted', 'Packet Length (encrypted)'),
  encrypted: bytes('ssh.encrypted_packet', 'Encrypted Packet'),
  direction: uint('ssh.direction', 'Direction', {
    generated: true,
    values: { 0: 'client-to-server', 1: 'server-to-client' },
    text: (value) => (value === 1 ? 'server-to-client' : 'client-to-server'),
  }),
};

const isBanner = (frame: Uint8Array, start: number): boolean => u32(frame, start) === 0x5353482d;

function isFromServer(layer: Layer): boolean {
  const tcp = layer.before('tcp');
  return tcp?.u16(0) === port;
}

/** Bytes of the banner, with its line end or without. */
function bannerLength(frame: Uint8Array, start: number, end: number): { text: number; all: number } {
  let at = start;
  while (at < end && u8(frame, at) !== 10) at++;
  const all = Math.min(at + 1, end) - start;
  const hasReturn = at > start && u8(frame, at - 1) === 13;
  return { text: at - start - (hasReturn && at < end ? 1 : 0), all };
}

/**
 * Length of the packet at a place, with its length field; -1 when what stands there cannot be one that is readable:
 * then it is encrypted, or the middle of one.
 */
function plainPacket(frame: Uint8Array, at: number, end: number): number {
  if (at + packetHead + 1 > end) return -1;
  const length = u32(frame, at);
  const padding = u8(frame, at + 4);
  const isPlain =
    length <= longestPacket &&
    padding >= shortestPadding &&
    padding < length - 1 &&
    (length + 4) % block === 0 &&
    nameOf(messageNames, u8(frame, at + packetHead)) !== undefined;
  return isPlain ? 4 + length : -1;
}

function reportAlgorithms(cursor: FieldCursor): void {
  cursor.group(loose.algorithms, cursor.left, (inner) => {
    inner.field(loose.cookie, 16);
    for (const { length, names } of lists) {
      const size = inner.u32();
      inner.field(length, 4);
      inner.field(names, size);
    }
    inner.field(loose.follows, 1);
    inner.field(loose.reserved, 4);
  });
}

function reportPackets(cursor: FieldCursor): void {
  while (cursor.left > 0) {
    const length = plainPacket(cursor.frame, cursor.at, cursor.end);
    cursor.group(loose.version, length < 0 ? cursor.left : length, (packet) => {
      if (length < 0) {
        packet.field(loose.encryptedLength, Math.min(4, packet.left));
        packet.rest(loose.encrypted);
        return;
      }
      const padding = packet.u8(4);
      packet.field(loose.packetLength, 4);
      packet.field(loose.paddingLength, 1);
      packet.group(loose.exchange, length - packetHead - padding, (payload) => {
        const code = payload.u8();
        payload.field(loose.code, 1);
        if (code === keyExchangeInit) reportAlgorithms(payload);
      });
      packet.field(loose.padding, padding);
    });
  }
}

/** `Client: Key Exchange Init, New Keys` */
function words(layer: Layer): string {
  const { frame, start, end } = layer;
  const side = isFromServer(layer) ? 'Server' : 'Client';
  const names: string[] = [];
  let at = start;
  if (isBanner(frame, at)) {
    const { text, all } = bannerLength(frame, start, end);
    names.push(`Protocol (${bannerText(frame, start, Math.min(text, 255))})`);
    at += all;
  }
  while (at < end && names.length < 16) {
    const length = plainPacket(frame, at, end);
    names.push(
      length < 0
        ? `Encrypted packet (len=${end - at})`
        : (nameOf(messageNames, u8(frame, at + packetHead)) ?? 'Unknown'),
    );
    if (length < 0) break;
    at += length;
  }
  return `${side}: ${names.join(', ')}`;
}

function bannerText(frame: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) {
    const code = u8(frame, at + i);
    text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
  }
  return text;
}

/** Secure Shell: the banner and the key exchange in clear, the rest by its length, each segment by itself. */
export const ssh = defineDissector({
  id: 'ssh',
  title: 'SSH Protocol',
  column: (layer) => (isBanner(layer.frame, layer.start) ? 'SSH' : 'SSHv2'),
  spec: 'https://www.rfc-editor.org/rfc/rfc4253',
  claims: [{ table: 'tcp.port', keys: [port] }],
  fields: {},
  loose: declared(loose, ...lists),

  measure(walk) {
    walk.whole();
  },

  info: (layer) => (layer.end > layer.start ? words(layer) : undefined),

  extra(layer, emit) {
    const { frame, start, end } = layer;
    const cursor = new FieldCursor(layer, emit, start, end);
    if (isBanner(frame, start)) {
      const { text, all } = bannerLength(frame, start, end);
      cursor.peek(loose.protocol, text);
      cursor.skip(all);
    }
    reportPackets(cursor);
    if (end > start) emit.add(loose.direction, start, 0, isFromServer(layer) ? 1 : 0);
  },

  examples: [
    {
      title: 'a client says who it is',
      hex: '5353482d322e302d4f70656e5353485f392e36 0d0a',
      fields: { 'ssh.protocol': 'SSH-2.0-OpenSSH_9.6' },
      info: 'Client: Protocol (SSH-2.0-OpenSSH_9.6)',
    },
    {
      title: 'new keys',
      hex: '0000000c 0a 15 00000000000000000000',
      fields: { 'ssh.packet_length': 12, 'ssh.message_code': 21 },
      info: 'Client: New Keys',
    },
  ],
});
