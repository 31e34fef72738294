import { counted } from '../../base/words.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, flag, label, nameOf, string, uint } from '../field.js';
import { namedFlags } from '../values/flagNotes.js';
import type { Layer } from '../walk.js';

const fixedLength = 24;
const simplePassword = 1;

const diagnostics: Readonly<Record<number, string>> = {
  0: 'No Diagnostic',
  1: 'Control Detection Time Expired',
  2: 'Echo Function Failed',
  3: 'Neighbor Signaled Session Down',
  4: 'Forwarding Plane Reset',
  5: 'Path Down',
  6: 'Concatenated Path Down',
  7: 'Administratively Down',
  8: 'Reverse Concatenated Path Down',
  9: 'Mis-Connectivity Defect',
};
const states: Readonly<Record<number, string>> = { 0: 'AdminDown', 1: 'Down', 2: 'Init', 3: 'Up' };
const authentications: Readonly<Record<number, string>> = {
  1: 'Simple Password',
  2: 'Keyed MD5',
  3: 'Meticulous Keyed MD5',
  4: 'Keyed SHA1',
  5: 'Meticulous Keyed SHA1',
};

const bit = (name: string, title: string, mask: number): Field =>
  flag(`bfd.flags.${name}`, title, { at: 1, bytes: 1, mask, pattern: { width: 6, mask } });
const bits = {
  poll: bit('p', 'Poll', 0x20),
  final: bit('f', 'Final', 0x10),
  independent: bit('c', 'Control Plane Independent', 0x08),
  authenticated: bit('a', 'Authentication Present', 0x04),
  demand: bit('d', 'Demand', 0x02),
  multipoint: bit('m', 'Multipoint', 0x01),
};

/** `1000 ms (1000000 us)` */
const interval = (name: string, title: string, at: number): Field =>
  uint(`bfd.${name}`, title, {
    at,
    bytes: 4,
    text: (value) => `${Math.floor(Number(value) / 1000)} ms (${value} us)`,
  });

const loose = {
  group: label('', 'Authentication', { text: (value) => `Authentication: ${value}` }),
  type: uint('bfd.auth.type', 'Authentication Type', { values: authentications }),
  length: uint('bfd.auth.len', 'Authentication Length', { unit: ' bytes' }),
  key: uint('bfd.auth.key', 'Authentication Key ID'),
  password: string('bfd.auth.password', 'Password'),
  sequence: uint('bfd.auth.seq_num', 'Sequence Number', { show: 'hex' }),
  checksum: bytes('bfd.checksum', 'Checksum'),
};

/** Milliseconds without a word after which the other side takes the session for down (RFC 5880, section 6.8.4). */
const detectionTime = (layer: Layer): number => Math.floor((layer.u8(2) * layer.u32(12)) / 1000);

/** Bidirectional Forwarding Detection: how BGP speakers notice within a second that the other one is gone. */
export const bfd = defineDissector({
  id: 'bfd',
  title: 'BFD Control message',
  column: 'BFD Control',
  spec: 'https://www.rfc-editor.org/rfc/rfc5880',
  claims: [{ table: 'udp.port', keys: [3784, 4784] }],
  fields: {
    version: uint('bfd.version', 'Protocol Version', { at: 0, bytes: 1, mask: 0xe0 }),
    diagnostic: uint('bfd.diag', 'Diagnostic Code', {
      at: 0,
      bytes: 1,
      mask: 0x1f,
      show: 'hex',
      values: diagnostics,
    }),
    state: uint('bfd.sta', 'Session State', { at: 1, bytes: 1, mask: 0xc0, show: 'hex', values: states }),
    flags: uint('bfd.flags', 'Message Flags', {
      at: 1,
      bytes: 1,
      show: 'hex',
      note: namedFlags(Object.values(bits).map((field) => ({ ...field, at: 0 }))),
      children: bits,
    }),
    multiplier: uint('bfd.detect_time_multiplier', 'Detect Time Multiplier', {
      at: 2,
      bytes: 1,
      note: (_, { layer }) => (layer.has(16) ? ` (= ${detectionTime(layer)} ms Detection time)` : ''),
    }),
    length: uint('bfd.message_length', 'Message Length', { at: 3, bytes: 1, unit: ' bytes' }),
    mine: uint('bfd.my_discriminator', 'My Discriminator', { at: 4, bytes: 4, show: 'hex' }),
    yours: uint('bfd.your_discriminator', 'Your Discriminator', { at: 8, bytes: 4, show: 'hex' }),
    sending: interval('desired_min_tx_interval', 'Desired Min TX Interval', 12),
    receiving: interval('required_min_rx_interval', 'Required Min RX Interval', 16),
    echo: interval('required_min_echo_interval', 'Required Min Echo Interval', 20),
  },
  loose,

  measure(walk) {
    if (!walk.header(fixedLength)) return;
    const claimed = walk.u8(3);
    if (claimed < fixedLength) {
      walk.bad('the message is shorter than its header');
      return;
    }
    if (walk.header(claimed) && walk.limit - walk.start > claimed) walk.nextIsData();
  },

  info(layer) {
    if (!layer.has(2)) return undefined;
    const diagnostic = nameOf(diagnostics, layer.u8(0) & 0x1f) ?? 'Unknown';
    const state = nameOf(states, layer.u8(1) >> 6) ?? '';
    return `Diag: ${diagnostic}, State: ${state}, Flags: 0x${(layer.u8(1) & 0x3f).toString(16).padStart(2, '0')}`;
  },

  extra(layer, emit) {
    if (!layer.has(fixedLength + 2) || (layer.u8(1) & 0x04) === 0) return;
    const type = layer.u8(fixedLength);
    const cursor = new FieldCursor(layer, emit, layer.start + fixedLength, layer.end);
    cursor.group(
      loose.group,
      layer.u8(fixedLength + 1),
      (inner) => {
        inner.field(loose.type, 1);
        inner.field(loose.length, 1);
        inner.field(loose.key, 1);
        if (type === simplePassword) inner.rest(loose.password);
        else {
          inner.skip(1);
          inner.field(loose.sequence, 4);
          inner.rest(loose.checksum);
        }
      },
      nameOf(authentications, type) ?? 'Unknown',
    );
  },

  examples: [
    {
      title: 'a session that is up, 3 times 1 second',
      hex: '20 c0 03 18 00000001 00000002 000f4240 000f4240 0000c350',
      fields: { 'bfd.sta': 3, 'bfd.detect_time_multiplier': 3, 'bfd.required_min_echo_interval': 50000 },
      info: 'Diag: No Diagnostic, State: Up, Flags: 0x00',
    },
    {
      title: 'authenticated with SHA-1',
      hex: `20 c4 03 34 00000001 00000002 000f4240 000f4240 00000000
            04 1c 01 00 000000ff ${'00'.repeat(20)}`,
      fields: { 'bfd.flags.a': 1, 'bfd.auth.type': 4, 'bfd.auth.seq_num': 255 },
    },
  ],
});

/** What a BFD speaker sends to itself by way of the other side: its content is its own affair. */
export const bfdEcho = defineDissector({
  id: 'bfd_echo',
  title: 'BFD Echo message',
  column: 'BFD Echo',
  prefix: 'bfd_echo',
  spec: 'https://www.rfc-editor.org/rfc/rfc5881',
  claims: [{ table: 'udp.port', keys: [3785] }],
  fields: {
    content: bytes('bfd_echo.packet', 'Originator specific content', {
      at: 0,
      bytes: 'rest',
      text: (_, { length }) => counted(length, 'byte'),
    }),
  },
  measure(walk) {
    walk.whole();
  },
  info: () => 'Originator specific content',
  examples: [{ title: 'four bytes', hex: '01020304', fields: { 'bfd_echo.packet': '01:02:03:04' } }],
});
