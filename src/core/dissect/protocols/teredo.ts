import { defineDissector } from '../dissector.js';
import { bytes, ipv4, label, uint } from '../field.js';
import { u16, u32, u8 } from '../../base/bytes.js';

const authentication = 1;
const origin = 0;
/** Both numbers are written with all bits turned round (RFC 4380, section 5.1.1). */
const turnedPort = 0xffff;

const loose = {
  authentication: label('teredo.auth', 'Teredo Authentication header'),
  idLength: uint('teredo.auth.idlen', 'Client identifier length'),
  valueLength: uint('teredo.auth.aulen', 'Authentication value length'),
  id: bytes('teredo.auth.id', 'Client identifier'),
  value: bytes('teredo.auth.value', 'Authentication value'),
  nonce: bytes('teredo.auth.nonce', 'Nonce value'),
  confirmation: bytes('teredo.auth.conf', 'Confirmation byte'),
  origin: label('teredo.orig', 'Teredo Origin Indication header'),
  port: uint('teredo.orig.port', 'Origin UDP port'),
  address: ipv4('teredo.orig.addr', 'Origin IPv4 address'),
};

/** IPv6 over UDP, through address translation. */
export const teredo = defineDissector({
  id: 'teredo',
  title: 'Teredo IPv6 over UDP tunneling',
  column: 'Teredo',
  spec: 'https://www.rfc-editor.org/rfc/rfc4380',
  claims: [{ table: 'udp.port', keys: [3544] }],
  carriesPackets: true,
  fields: {},
  loose,

  measure(walk) {
    let length = 0;
    if (walk.available >= 2 && walk.u16(0) === authentication) {
      if (!walk.header(4)) return;
      length = 4 + walk.u8(2) + walk.u8(3) + 9;
    }
    if (walk.available >= length + 2 && walk.u16(length) === origin) length += 8;
    if (!walk.header(length)) return;
    if (walk.available > length && walk.u8(length) >> 4 === 6) walk.nextIs('ipv6');
    else walk.nextIsData();
  },

  extra({ frame, start, end }, emit) {
    let at = start;
    if (at + 4 <= end && u16(frame, at) === authentication) {
      const id = u8(frame, at + 2);
      const value = u8(frame, at + 3);
      const length = 13 + id + value;
      if (at + length > end || !emit.open(loose.authentication, at, length)) return;
      emit.add(loose.idLength, at + 2, 1);
      emit.add(loose.valueLength, at + 3, 1);
      if (id > 0) emit.add(loose.id, at + 4, id);
      if (value > 0) emit.add(loose.value, at + 4 + id, value);
      emit.add(loose.nonce, at + 4 + id + value, 8);
      emit.add(loose.confirmation, at + 12 + id + value, 1);
      emit.close();
      at += length;
    }
    if (at + 8 > end || u16(frame, at) !== origin || !emit.open(loose.origin, at, 8)) return;
    emit.add(loose.port, at + 2, 2, u16(frame, at + 2) ^ turnedPort);
    emit.add(loose.address, at + 4, 4, turnedAddress(frame, at + 4));
    emit.close();
  },

  examples: [
    {
      title: 'authentication, and who asked',
      hex: '0001 00 00 cd5669400b22df88 00 0000 f12a b9c82815 60',
      fields: {
        'teredo.auth.nonce': 'cd:56:69:40:0b:22:df:88',
        'teredo.orig.port': 3797,
        'teredo.orig.addr': '70.55.215.234',
      },
    },
  ],
});

function turnedAddress(frame: Uint8Array, at: number): string {
  const word = ~u32(frame, at);
  return [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff).join('.');
}
