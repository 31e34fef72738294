import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { label, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

/** Of the first line; messages fit one datagram. */
const longestLine = 1024;
/** Lines that the tree shows. */
const mostLines = 128;

const loose = {
  line: label('', 'Line', { text: String }),
  method: string('http.request.method', 'Request Method'),
  uri: string('http.request.uri', 'Request URI'),
  requestVersion: string('http.request.version', 'Request Version'),
  responseVersion: string('http.response.version', 'Response Version'),
  code: uint('http.response.code', 'Status Code'),
  phrase: string('http.response.phrase', 'Response Phrase'),
};

/** The line at a place, without its end, and where the next one begins. */
function lineAt(frame: Uint8Array, at: number, end: number): { text: string; next: number } {
  let text = '';
  let place = at;
  for (; place < end && u8(frame, place) !== 10; place++) {
    const code = u8(frame, place);
    if (code !== 13 && text.length < longestLine)
      text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
  }
  return { text, next: Math.min(place + 1, end) };
}

const firstLine = ({ frame, start, end }: Layer): string => lineAt(frame, start, end).text;

/** The three words of the first line, each in its field. */
function reportFirst(cursor: FieldCursor, text: string): void {
  const [one = '', two = '', ...rest] = text.split(' ');
  const three = rest.join(' ');
  const isResponse = one.startsWith('HTTP/');
  cursor.field(isResponse ? loose.responseVersion : loose.method, one.length);
  cursor.skip(1);
  if (!isResponse) cursor.field(loose.uri, two.length);
  else if (/^\d{3}$/.test(two)) cursor.field(loose.code, 3, Number(two));
  else return;
  cursor.skip(1);
  if (three !== '') cursor.field(isResponse ? loose.phrase : loose.requestVersion, three.length);
}

/** SSDP: how hosts look for devices, and how devices make themselves known, in messages like those of HTTP. */
export const ssdp = defineDissector({
  id: 'ssdp',
  title: 'Simple Service Discovery Protocol',
  column: 'SSDP',
  prefix: 'http.',
  spec: 'https://openconnectivity.org/upnp-specs/UPnP-arch-DeviceArchitecture-v2.0-20200417.pdf',
  claims: [{ table: 'udp.port', keys: [1900] }],
  fields: {},
  loose,

  measure(walk) {
    walk.whole();
  },

  info: (layer) => `${firstLine(layer)} `,

  extra(layer, emit) {
    const cursor = new FieldCursor(layer, emit, layer.start, layer.end);
    for (let count = 0; cursor.left > 0 && count < mostLines; count++) {
      const { text, next } = lineAt(layer.frame, cursor.at, layer.end);
      cursor.group(
        loose.line,
        next - cursor.at,
        (line) => {
          if (count === 0) reportFirst(line, text);
        },
        text === '' ? '\\r\\n' : text,
      );
    }
  },

  examples: [
    {
      title: 'is anybody there',
      hex: '4d2d534541524348 20 2a 20 485454502f312e31 0d0a 0d0a',
      fields: { 'http.request.method': 'M-SEARCH', 'http.request.uri': '*' },
      info: 'M-SEARCH * HTTP/1.1 ',
    },
  ],
});
