import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { type Field, nameOf, string, uint } from '../field.js';
import { utcText } from '../values/times.js';
import type { Layer } from '../walk.js';

const facilities: Readonly<Record<number, string>> = {
  0: 'KERN - kernel messages',
  1: 'USER - random user-level messages',
  2: 'MAIL - mail system',
  3: 'DAEMON - system daemons',
  4: 'AUTH - security/authorization messages',
  5: 'SYSLOG - messages generated internally by syslogd',
  6: 'LPR - line printer subsystem',
  7: 'NEWS - network news subsystem',
  8: 'UUCP - UUCP subsystem',
  9: 'CRON - clock daemon (BSD, Linux)',
  10: 'AUTHPRIV - security/authorization messages (private)',
  11: 'FTP - ftp daemon',
  12: 'NTP - ntp subsystem',
  13: 'LOGAUDIT - log audit',
  14: 'LOGALERT - log alert',
  15: 'CRON - clock daemon (Solaris)',
  ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((n) => [16 + n, `LOCAL${n} - reserved for local use`])),
};
const levels: Readonly<Record<number, string>> = {
  0: 'EMERG - system is unusable',
  1: 'ALERT - action must be taken immediately',
  2: 'CRIT - critical conditions',
  3: 'ERR - error conditions',
  4: 'WARNING - warning conditions',
  5: 'NOTICE - normal but significant condition',
  6: 'INFO - informational',
  7: 'DEBUG - debug-level messages',
};
const shortName = (names: Readonly<Record<number, string>>, value: number): string =>
  nameOf(names, value)?.split(' ', 1)[0] ?? 'UNKNOWN';

const utf8 = new TextDecoder('utf-8');

const [less, greater, zero, nine, space] = [0x3c, 0x3e, 0x30, 0x39, 0x20];
/** Of RFC 3164: `Oct 11 22:14:15`. */
const stampLength = 15;
/** A word of the header that is longer is none. */
const longestWord = 255;

const loose = {
  facility: uint('syslog.facility', 'Facility', {
    values: facilities,
    pattern: { width: 8, mask: 0xf8 },
    mask: 0x3f8,
  }),
  level: uint('syslog.level', 'Level', { values: levels, pattern: { width: 8, mask: 0x07 }, mask: 0x007 }),
  message: string('syslog.msg', 'Message', {
    text: (_, { layer: { frame }, at, length }) => textOf(frame, at, at + length),
  }),
  oldStamp: string('syslog.timestamp_rfc3164', 'Syslog timestamp (RFC3164)'),
  version: uint('syslog.version', 'Syslog version'),
  stamp: { ...string('syslog.timestamp', 'Syslog timestamp'), type: 'time' } satisfies Field,
  host: string('syslog.hostname', 'Syslog hostname'),
  application: string('syslog.appname', 'Syslog app name'),
  process: string('syslog.procid', 'Syslog process id'),
  messageId: string('syslog.msgid', 'Syslog message id'),
};

/** `<165>`: facility and level, and the bytes it takes; nothing where the message does not begin with it. */
function priorityOf(
  frame: Uint8Array,
  start: number,
  end: number,
): { value: number; length: number } | undefined {
  if (u8(frame, start) !== less) return undefined;
  let value = 0;
  for (let at = start + 1; at < end && at <= start + 4; at++) {
    const code = u8(frame, at);
    if (code === greater && at > start + 1) return { value, length: at + 1 - start };
    if (code < zero || code > nine) return undefined;
    value = 10 * value + code - zero;
  }
  return undefined;
}

/** Text that the packet list shows of a message. */
const mostShown = 512;

function textOf(frame: Uint8Array, from: number, end: number): string {
  let text = '';
  for (let at = from; at < Math.min(end, from + mostShown); at++) {
    const code = u8(frame, at);
    text +=
      code === 10
        ? '\\n'
        : code === 13
          ? '\\r'
          : code >= 0x20 && code < 0x7f
            ? String.fromCharCode(code)
            : '\ufffd';
  }
  return text;
}

function words(layer: Layer): string {
  const { frame, start, end } = layer;
  const priority = priorityOf(frame, start, end);
  if (!priority) return textOf(frame, start, end);
  const name = `${shortName(facilities, priority.value >> 3)}.${shortName(levels, priority.value & 7)}`;
  return `${name}: ${textOf(frame, start + priority.length, end)}`;
}

/** Bytes up to the next blank, -1 when there is none close by. */
function wordLength(cursor: FieldCursor): number {
  const most = Math.min(cursor.left, longestWord);
  for (let i = 0; i < most; i++) if (cursor.u8(i) === space) return i;
  return -1;
}

/** The next word, and the blank behind it. */
function word(cursor: FieldCursor, field: Field, value?: string): boolean {
  const length = wordLength(cursor);
  if (length <= 0) return false;
  cursor.field(field, length, value);
  cursor.skip(1);
  return true;
}

/** `2003-10-11T22:14:15.003Z` with its zone, as a moment; nothing where it is not written so. */
function momentOf(frame: Uint8Array, at: number, length: number): string | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/.exec(
    textOf(frame, at, at + length),
  );
  const milliseconds = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
  if (Number.isNaN(milliseconds)) return undefined;
  return utcText(Math.floor(milliseconds / 1000), Number((match?.[2] ?? '').padEnd(9, '0')));
}

/** RFC 5424, section 6, after the version. */
function reportModern(cursor: FieldCursor): void {
  const length = wordLength(cursor);
  if (length < 0) return;
  const moment = momentOf(cursor.frame, cursor.at, length);
  if (moment === undefined) cursor.skip(length + 1);
  else word(cursor, loose.stamp, moment);
  if (word(cursor, loose.host) && word(cursor, loose.application) && word(cursor, loose.process))
    cursor.rest(loose.messageId);
}

const isDigit = (code: number): boolean => code >= zero && code <= nine;

/** RFC 3164, section 4.1.2: `Oct 11 22:14:15 host process: text`. */
function reportOld(cursor: FieldCursor): void {
  const isStamp =
    cursor.left > stampLength && cursor.u8(9) === 0x3a && cursor.u8(12) === 0x3a && isDigit(cursor.u8(14));
  if (!isStamp || cursor.u8(3) !== space || cursor.u8(6) !== space) return;
  cursor.field(loose.oldStamp, stampLength);
  cursor.skip(1);
  if (!word(cursor, loose.host)) return;
  let length = 0;
  while (length < cursor.left && isName(cursor.u8(length))) length++;
  if (length === 0) return;
  cursor.field(loose.process, length);
  cursor.rest(loose.messageId);
}
const isName = (code: number): boolean => code > space && code !== 0x3a && code !== 0x5b;

/** Syslog over UDP, old and new. */
export const syslog = defineDissector({
  id: 'syslog',
  title: 'Syslog message',
  column: 'Syslog',
  spec: 'https://www.rfc-editor.org/rfc/rfc5424',
  claims: [{ table: 'udp.port', keys: [514] }],
  fields: {},
  loose,

  measure(walk) {
    walk.whole();
  },

  heading(layer) {
    const isNamed = priorityOf(layer.frame, layer.start, layer.end) !== undefined;
    return `: ${isNamed ? '' : '(unknown): '}${words(layer)}`;
  },
  info: words,

  extra(layer, emit) {
    const { frame, start, end } = layer;
    const priority = priorityOf(frame, start, end);
    const cursor = new FieldCursor(layer, emit, start, end);
    if (priority) {
      cursor.peek(loose.facility, priority.length, priority.value >> 3);
      cursor.field(loose.level, priority.length, priority.value & 7);
    }
    if (cursor.left === 0) return;
    // Line ends belong to the value, as many senders put one at the end.
    const value = utf8.decode(frame.subarray(cursor.at, end));
    cursor.group(
      loose.message,
      cursor.left,
      (message) => {
        const isModern = message.u8() === 0x31 && message.u8(1) === space;
        if (isModern) {
          message.field(loose.version, 1, 1);
          message.skip(1);
          reportModern(message);
        } else reportOld(message);
      },
      value,
    );
  },

  examples: [
    {
      title: 'the old form',
      hex: '3c33343e 4f63742031312032323a31343a3135 20 6d61636869 6e65 20 7375 3a 2074657374',
      fields: {
        'syslog.facility': 4,
        'syslog.level': 2,
        'syslog.hostname': 'machine',
        'syslog.procid': 'su',
      },
      info: 'AUTH.CRIT: Oct 11 22:14:15 machine su: test',
    },
    {
      title: 'the new form',
      hex: '3c3136353e 31 20 323030332d31302d31315432323a31343a31352e3030335a 20 686f7374 20 617070 20 31 20 2d',
      fields: {
        'syslog.facility': 20,
        'syslog.version': 1,
        'syslog.timestamp': 'Oct 11, 2003 22:14:15.003000000 UTC',
        'syslog.appname': 'app',
      },
    },
  ],
});
