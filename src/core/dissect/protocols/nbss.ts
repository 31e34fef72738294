/** NetBIOS sessions (RFC 1002, section 4.3), which carry SMB; SMB itself is told by its name and command. */
import { defineDissector } from '../dissector.js';
import { nameOf, uint } from '../field.js';
import type { Layer } from '../walk.js';

const headerLength = 4;
const smb1Magic = 0xff534d42;
const smb2Magic = 0xfe534d42;

const types: Readonly<Record<number, string>> = {
  0x00: 'Session message',
  0x81: 'Session request',
  0x82: 'Positive session response',
  0x83: 'Negative session response',
  0x84: 'Retarget session response',
  0x85: 'Session keep-alive',
};

const isWhole = (layer: Layer): boolean => layer.has(headerLength);

export const nbss = defineDissector({
  id: 'nbss',
  title: 'NetBIOS Session Service',
  column: 'NBSS',
  spec: 'https://www.rfc-editor.org/rfc/rfc1002',
  claims: [{ table: 'tcp.port', keys: [139, 445] }],
  fields: {
    type: uint('nbss.type', 'Message Type', { at: 0, bytes: 1, show: 'hex', when: isWhole, values: types }),
    length: uint('nbss.length', 'Length', { at: 1, bytes: 3 }),
  },

  measure(walk) {
    // One byte that was sent before keeps a connection alive.
    if (walk.limit - walk.start < headerLength) {
      walk.whole();
      return;
    }
    // The middle of a message that began in a segment before.
    if (walk.available > 0 && types[walk.u8(0)] === undefined) {
      walk.isReally('data');
      return;
    }
    if (!walk.header(headerLength)) return;
    const length = walk.u24(1);
    if (walk.limit - walk.start <= headerLength || length === 0) return;
    const magic = walk.available >= headerLength + 4 ? walk.u32(headerLength) : 0;
    if (magic === smb1Magic) walk.nextIs('smb');
    else if (magic === smb2Magic) walk.nextIs('smb2');
    else walk.nextIsData();
  },

  info: (layer) => (isWhole(layer) ? (types[layer.u8(0)] ?? 'Unknown') : 'NBSS Continuation Message'),

  examples: [
    { title: 'are you there', hex: '85 000000', fields: { 'nbss.type': 0x85 }, info: 'Session keep-alive' },
  ],
});

const smbCommands: Readonly<Record<number, string>> = {
  0x04: 'Close',
  0x25: 'Trans',
  0x2b: 'Echo',
  0x2d: 'Open AndX',
  0x2e: 'Read AndX',
  0x2f: 'Write AndX',
  0x32: 'Trans2',
  0x71: 'Tree Disconnect',
  0x72: 'Negotiate Protocol',
  0x73: 'Session Setup AndX',
  0x74: 'Logoff AndX',
  0x75: 'Tree Connect AndX',
  0xa0: 'NT Trans',
  0xa2: 'NT Create AndX',
};
const smb2Commands: Readonly<Record<number, string>> = Object.fromEntries(
  [
    ...[
      'Negotiate Protocol',
      'Session Setup',
      'Session Logoff',
      'Tree Connect',
      'Tree Disconnect',
      'Create',
      'Close',
    ],
    ...[
      'Flush',
      'Read',
      'Write',
      'Lock',
      'Ioctl',
      'Cancel',
      'KeepAlive',
      'Find',
      'Notify',
      'GetInfo',
      'SetInfo',
    ],
    'Break',
  ].map((name, code) => [code, name]),
);

const littleEndian16 = (layer: Layer, at: number): number => layer.u8(at) + 256 * layer.u8(at + 1);

export const smb = defineDissector({
  id: 'smb',
  title: 'SMB (Server Message Block Protocol)',
  column: 'SMB',
  spec: 'https://learn.microsoft.com/openspecs/windows_protocols/ms-cifs/',
  claims: [],
  fields: { command: uint('smb.cmd', 'SMB Command', { at: 4, bytes: 1, show: 'hex', values: smbCommands }) },
  measure(walk) {
    if (walk.header(32)) walk.whole();
  },
  info(layer) {
    if (!layer.has(10)) return undefined;
    return `${nameOf(smbCommands, layer.u8(4)) ?? 'Unknown'} ${layer.u8(9) & 0x80 ? 'Response' : 'Request'}`;
  },
  examples: [
    {
      title: 'which dialect',
      hex: `ff534d42 72 00000000 18 ${'00'.repeat(22)}`,
      fields: { 'smb.cmd': 0x72 },
      info: 'Negotiate Protocol Request',
    },
  ],
});

export const smb2 = defineDissector({
  id: 'smb2',
  title: 'SMB2 (Server Message Block Protocol version 2)',
  column: 'SMB2',
  spec: 'https://learn.microsoft.com/openspecs/windows_protocols/ms-smb2/',
  claims: [],
  fields: {
    magic: uint('smb2.protocol_id', 'ProtocolId', { at: 0, bytes: 4, show: 'hex' }),
    command: uint('smb2.cmd', 'Command', {
      at: 12,
      bytes: 2,
      compute: (layer) => (layer.has(14) ? littleEndian16(layer, 12) : undefined),
      values: smb2Commands,
    }),
  },
  measure(walk) {
    if (walk.header(64)) walk.whole();
  },
  info(layer) {
    if (!layer.has(20)) return undefined;
    return `${nameOf(smb2Commands, littleEndian16(layer, 12)) ?? 'Unknown'} ${layer.u8(16) & 1 ? 'Response' : 'Request'}`;
  },
  examples: [
    {
      title: 'which dialect',
      hex: `fe534d42 4000 0000 00000000 0000 0000 ${'00'.repeat(48)}`,
      fields: { 'smb2.protocol_id': 0xfe534d42, 'smb2.cmd': 0 },
      info: 'Negotiate Protocol Request',
    },
  ],
});
