import { ipv4Text } from '../../base/addresses.js';
import { u32, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, label, nameOf, string, uint, type ValueNames } from '../field.js';
import { declared } from '../shapes.js';
import { utcText } from '../values/times.js';
import type { Layer } from '../walk.js';
import {
  authentication,
  controlFields,
  leapNames,
  privateWords,
  reportControl,
  reportPrivate,
} from './ntpControl.js';

const fixedLength = 48;
/** Of control messages and of private ones. */
const controlLength = 12;
const privateLength = 8;
const controlMode = 6;
const privateMode = 7;
const noStratum = 0;
const primary = 1;

/** Seconds from 1900, when NTP's time begins, to 1970; from 1970 to 2036, when it begins again. */
const before1970 = 2208988800;
const secondEra = 2085978496;
const twoTo32 = 2 ** 32;

const versionNames: ValueNames = (version) =>
  version >= 1 && version <= 4 ? `NTP Version ${version}` : 'reserved';
const modeNames: Readonly<Record<number, string>> = {
  0: 'reserved',
  1: 'symmetric active',
  2: 'symmetric passive',
  3: 'client',
  4: 'server',
  5: 'broadcast',
  6: 'reserved for NTP control message',
  7: 'reserved for private use',
};
/** The same in a few words. */
const shortModes: Readonly<Record<number, string>> = { ...modeNames, 6: 'control', 7: 'private' };

/** Clocks that primary servers are set by, as they call them (RFC 5905, figure 12, and others in use). */
const clockNames: Readonly<Record<string, string>> = {
  ACTS: 'NIST dialup modem service',
  USNO: 'USNO modem service',
  PTB: 'PTB (Germany) modem service',
  TDF: 'Allouis (France) Radio 164 kHz',
  DCF: 'Mainflingen (Germany) Radio 77.5 kHz',
  MSF: 'Rugby (UK) Radio 60 kHz',
  WWV: 'Ft. Collins (US) Radio 2.5, 5, 10, 15, 20 MHz',
  WWVB: 'Boulder (US) Radio 60 kHz',
  WWVH: 'Kauai Hawaii (US) Radio 2.5, 5, 10, 15 MHz',
  CHU: 'Ottawa (Canada) Radio 3330, 7335, 14670 kHz',
  LORC: 'LORAN-C radionavigation system',
  OMEG: 'OMEGA radionavigation system',
  GPS: 'Global Position System',
  PPS: 'generic pulse-per-second',
  LOCL: 'uncalibrated local clock',
  GOES: 'Geostationary Orbit Environment Satellite',
  CDMA: 'CDMA mobile cellular/PCS telephone system',
  NIST: 'NIST telephone modem',
  ATOM: 'ATOM',
  IRIG: 'IRIG',
};

/** `Sep 27, 2004 03:18:04.922896299 UTC`; `NULL` when the clock was never set. */
function timeText(frame: Uint8Array, at: number): string {
  const seconds = u32(frame, at);
  const fraction = u32(frame, at + 4);
  if (seconds === 0 && fraction === 0) return 'NULL';
  const since1970 = seconds >= twoTo32 / 2 ? seconds - before1970 : seconds + secondEra;
  return utcText(since1970, Math.floor((fraction / twoTo32) * 1e9));
}

/** Seconds in 16 bits, and the fraction in 16 more. */
const shortTime = (value: unknown): string => `${(Number(value) / 65536).toFixed(6)} seconds`;

function referenceText(frame: Uint8Array, at: number, stratum: number): string {
  if (stratum > primary) return ipv4Text(frame, at);
  if (u32(frame, at) === 0) return 'NULL';
  let name = '';
  for (let i = 0; i < 4; i++) {
    const code = u8(frame, at + i);
    if (code === 0) break;
    name += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
  }
  return clockNames[name] ?? `Unidentified reference source '${name}'`;
}

const modeAt = (frame: Uint8Array, at: number): number => u8(frame, at) & 7;
const isTime = ({ frame }: Layer, base: number): boolean => modeAt(frame, base) < controlMode;
const isPrivate = ({ frame }: Layer, base: number): boolean => modeAt(frame, base) === privateMode;
const isNotPrivate = (layer: Layer, base: number): boolean => !isPrivate(layer, base);

const bits = (name: string, title: string, mask: number, values: ValueNames, when?: Field['when']): Field =>
  uint(name, title, { at: 0, bytes: 1, mask, values, ...(when ? { when } : {}) });

function flagWords(value: number): string {
  const version = `Version number: ${nameOf(versionNames, (value >> 3) & 7) ?? ''}, Mode: ${modeNames[value & 7] ?? ''}`;
  if ((value & 7) === privateMode)
    return `, Response bit: ${value & 0x80 ? 'Response' : 'Request'}, ${version}`;
  return `, Leap Indicator: ${nameOf(leapNames, value >> 6) ?? ''}, ${version}`;
}

/** A clock reading, 8 bytes. */
const reading = (name: string, title: string): Field => ({ ...string(name, title), type: 'time' });

const loose = {
  reference: bytes('ntp.refid', 'Reference ID', {
    text: (_, { layer: { frame }, at }) => referenceText(frame, at, u8(frame, at - 11)),
  }),
  reftime: reading('ntp.reftime', 'Reference Timestamp'),
  origin: reading('ntp.org', 'Origin Timestamp'),
  received: reading('ntp.rec', 'Receive Timestamp'),
  sent: reading('ntp.xmt', 'Transmit Timestamp'),
  extension: label('ntp.ext', 'Extension'),
  extensionType: uint('ntp.ext.type', 'Field Type', {
    show: 'hex',
    values: {
      0x0104: 'Unique Identifier',
      0x0204: 'NTS Cookie',
      0x0304: 'NTS Cookie Placeholder',
      0x0404: 'NTS Authenticator and Encrypted Extension Fields',
      0x2005: 'Checksum Complement',
      0x0002: 'No-Operation Request',
      0x0102: 'Association Message Request',
      0x0202: 'Certificate Message Request',
      0x0302: 'Cookie Message Request',
      0x0402: 'Autokey Message Request',
      0x0502: 'Leapseconds Message Request',
      0x0602: 'Sign Message Request',
      0x0702: 'IFF Identity Message Request',
      0x8002: 'No-Operation Response',
      0x8102: 'Association Message Response',
      0x8202: 'Certificate Message Response',
      0x8302: 'Cookie Message Response',
      0x8402: 'Autokey Message Response',
      0x8502: 'Leapseconds Message Response',
      0x8602: 'Sign Message Response',
      0x8702: 'IFF Identity Message Response',
    },
  }),
  extensionLength: uint('ntp.ext.length', 'Length'),
  extensionValue: bytes('ntp.ext.value', 'Value'),
};

/** A MAC is a key's number and 16 or 20 bytes of digest; longer than that, an extension comes first (RFC 7822). */
const longestMac = 24;

function reportTime(layer: Layer, cursor: FieldCursor): void {
  cursor.field(loose.reference, 4);
  for (const field of [loose.reftime, loose.origin, loose.received, loose.sent])
    cursor.field(field, 8, timeText(layer.frame, cursor.at));
  while (cursor.left > longestMac) {
    const length = cursor.u16(2);
    if (length < 4 || length > cursor.left) return;
    cursor.group(loose.extension, length, (extension) => {
      extension.field(loose.extensionType, 2);
      extension.field(loose.extensionLength, 2);
      extension.rest(loose.extensionValue);
    });
  }
  cursor.field(authentication.keyId, 4);
  cursor.rest(authentication.mac);
}

/** The Network Time Protocol, all versions, with the messages that ask a server for its state. */
export const ntp = defineDissector({
  id: 'ntp',
  title: 'Network Time Protocol',
  column: 'NTP',
  spec: 'https://www.rfc-editor.org/rfc/rfc5905',
  claims: [{ table: 'udp.port', keys: [123] }],
  fields: {
    flags: uint('ntp.flags', 'Flags', {
      at: 0,
      bytes: 1,
      show: 'hex',
      note: (value) => flagWords(Number(value)),
      children: {
        leap: bits('ntp.flags.li', 'Leap Indicator', 0xc0, leapNames, isNotPrivate),
        response: bits('ntp.priv.flags.r', 'Response bit', 0x80, { 0: 'Request', 1: 'Response' }, isPrivate),
        more: uint('ntp.priv.flags.more', 'More bit', { at: 0, bytes: 1, mask: 0x40, when: isPrivate }),
        version: bits('ntp.flags.vn', 'Version number', 0x38, versionNames),
        mode: bits('ntp.flags.mode', 'Mode', 0x07, modeNames),
      },
    }),
    stratum: uint('ntp.stratum', 'Peer Clock Stratum', {
      at: 1,
      bytes: 1,
      when: isTime,
      values: (value) =>
        value === noStratum
          ? 'unspecified or invalid'
          : value === primary
            ? 'primary reference'
            : value < 16
              ? 'secondary reference'
              : value === 16
                ? 'unsynchronized'
                : 'reserved',
    }),
    poll: uint('ntp.ppoll', 'Peer Polling Interval', {
      at: 2,
      bytes: 1,
      when: isTime,
      text: (value) =>
        Number(value) >= 3 && Number(value) <= 17
          ? `${value} (${2 ** Number(value)} seconds)`
          : `invalid (${value})`,
    }),
    precision: uint('ntp.precision', 'Peer Clock Precision', {
      at: 3,
      bytes: 1,
      when: isTime,
      text: (value) => `${(2 ** ((Number(value) << 24) >> 24)).toFixed(6)} seconds`,
    }),
    rootDelay: uint('ntp.rootdelay', 'Root Delay', { at: 4, bytes: 4, when: isTime, text: shortTime }),
    rootDispersion: uint('ntp.rootdispersion', 'Root Dispersion', {
      at: 8,
      bytes: 4,
      when: isTime,
      text: shortTime,
    }),
  },
  loose: declared(loose, controlFields),

  measure(walk) {
    if (!walk.header(1)) return;
    const mode = modeAt(walk.frame, walk.start);
    if (walk.header(mode < controlMode ? fixedLength : mode === controlMode ? controlLength : privateLength))
      walk.whole();
  },

  heading: (layer) => ` (${words(layer)})`,
  info(layer) {
    if (!layer.has(1)) return undefined;
    const isAsked = (layer.u8(0) & 7) === privateMode && layer.has(4);
    return isAsked ? `${words(layer)}, ${privateWords(layer.frame, layer.start)}` : words(layer);
  },

  extra(layer, emit) {
    if (!layer.has(1)) return;
    const mode = modeAt(layer.frame, layer.start);
    const cursor = new FieldCursor(
      layer,
      emit,
      layer.start + (mode < controlMode ? controlLength : 1),
      layer.end,
    );
    if (mode === controlMode) reportControl(cursor);
    else if (mode === privateMode) reportPrivate(cursor, (layer.u8(0) & 0x80) !== 0);
    else reportTime(layer, cursor);
  },

  examples: [
    {
      title: 'a client asks; it has never been set',
      hex: `23 00 06 ec 00000000 00000000 00000000
            0000000000000000 0000000000000000 0000000000000000 c50204ecec42eda8`,
      fields: {
        'ntp.flags.mode': 3,
        'ntp.ppoll': 6,
        'ntp.reftime': 'NULL',
        'ntp.xmt': 'Sep 27, 2004 03:18:04.922896245 UTC',
      },
      info: 'NTP Version 4, client',
    },
    {
      title: 'a server answers: read its variables',
      hex: '16 82 0044 0618 0000 0000 000a 73747261 74756d3d 3300 0000',
      fields: { 'ntp.ctrl.flags2.opcode': 2, 'ntp.ctrl.sys_status.clksrc': 6, 'ntp.ctrl.count': 10 },
      info: 'NTP Version 2, control',
    },
    {
      title: 'the question that makes old servers shout',
      hex: '17 00 03 2a 0000 0000',
      fields: { 'ntp.priv.reqcode': 42, 'ntp.priv.impl': 3 },
      info: 'NTP Version 2, private, Request, MON_GETLIST_1',
    },
  ],
});

/** `NTP Version 4, client` */
function words(layer: Layer): string {
  const first = layer.u8(0);
  return `${nameOf(versionNames, (first >> 3) & 7) ?? ''}, ${shortModes[first & 7] ?? ''}`;
}
