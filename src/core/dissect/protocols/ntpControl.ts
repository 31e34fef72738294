/** NTP's messages that ask for a server's state: control (mode 6, RFC 9327) and private (mode 7, of ntpd). */
import { ipv4Text } from '../../base/addresses.js';
import { u16, u8 } from '../../base/bytes.js';
import type { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, flag, ipv4, label, nameOf, string, uint, type ValueNames } from '../field.js';
import { declared } from '../shapes.js';
import { namedFlags } from '../values/flagNotes.js';

export const leapNames: ValueNames = {
  0: 'no warning',
  1: 'last minute of the day has 61 seconds',
  2: 'last minute of the day has 59 seconds',
  3: 'unknown (clock unsynchronized)',
};

const responseNames: ValueNames = { 0: 'Request', 1: 'Response' };
const opcodes: ValueNames = {
  0: 'reserved',
  1: 'read status',
  2: 'read variables',
  3: 'write variables',
  4: 'read clock variables',
  5: 'write clock variables',
  6: 'set trap address/port',
  7: 'asynchronous message',
  8: 'runtime configuration',
  9: 'save config to file',
  10: 'retrieve MRU (mrulist)',
  11: 'retrieve ordered list',
  12: 'request a client nonce',
  31: 'unset trap address/port',
};
const readStatus = 1;

const part = (name: string, title: string, mask: number, values?: ValueNames, size = 2): Field =>
  uint(name, title, { at: 0, bytes: size, mask, ...(values ? { values } : {}) });
const peerBit = (name: string, mask: number, on: string, off: string, title = 'Peer Status'): Field =>
  flag(`ntp.ctrl.peer_status.${name}`, title, { at: 0, bytes: 2, mask, values: { 1: on, 0: off } });

const systemStatus = {
  leap: part('ntp.ctrl.sys_status.li', 'Leap Indicator', 0xc000, leapNames),
  source: part('ntp.ctrl.sys_status.clksrc', 'Clock Source', 0x3f00, {
    0: 'unspecified or unknown',
    1: 'Calibrated atomic clock (e.g. HP 5061)',
    2: 'VLF (band 4) or LF (band 5) radio (e.g. OMEGA, WWVB)',
    3: 'HF (band 7) radio (e.g. CHU, MSF, WWV/H)',
    4: 'UHF (band 9) satellite (e.g. GOES, GPS)',
    5: 'local net (e.g. DCN, TSP, DTS)',
    6: 'UDP/NTP',
    7: 'UDP/TIME',
    8: 'eyeball-and-wristwatch',
    9: 'telephone modem (e.g. NIST)',
  }),
  count: part('ntp.ctrl.sys_status.count', 'System Event Counter', 0x00f0),
  code: part('ntp.ctrl.sys_status.code', 'System Event Code', 0x000f, {
    0: 'unspecified',
    1: 'frequency correction (drift) file not available',
    2: 'frequency correction started (frequency stepped)',
    3: 'spike detected and ignored, starting stepout timer',
    4: 'frequency training started',
    5: 'clock synchronized',
    6: 'system restart',
    7: 'panic stop (required step greater than panic threshold)',
    8: 'no system peer',
    9: 'leap second insertion/deletion armed',
    10: 'leap second disarmed',
    11: 'leap second inserted or deleted',
    12: 'clock stepped (stepout timer expired)',
    13: 'kernel loop discipline status changed',
    14: 'leapseconds table loaded from file',
    15: 'leapseconds table outdated, updated file needed',
  }),
};

const peerStatus = {
  configured: peerBit('config', 0x8000, 'configured (peer.config)', 'not configured (peer.config)'),
  enabled: peerBit(
    'authenable',
    0x4000,
    'authentication enabled (peer.authenable)',
    'authentication disabled (peer.authenable)',
  ),
  authentic: peerBit(
    'authentic',
    0x2000,
    'authentication okay (peer.authentic)',
    'authentication not okay (peer.authentic)',
  ),
  reach: peerBit(
    'reach',
    0x1000,
    'reachability okay (peer.reach != 0)',
    'reachability not okay (peer.reach != 0)',
  ),
  broadcast: peerBit('bcast', 0x0800, 'Set', 'Not set', 'Peer Status broadcast association'),
  selection: part('ntp.ctrl.peer_status.selection', 'Peer Selection', 0x0700, {
    0: 'rejected',
    1: 'passed sanity checks (tests 1 through 8 in Section 3.4.3)',
    2: 'passed correctness checks (intersection algorithm in Section 4.2.1)',
    3: 'passed candidate checks (if limit check implemented)',
    4: 'passed outlier checks (clustering algorithm in Section 4.2.2)',
    5: 'current synchronization source; max distance exceeded (if limit check implemented)',
    6: 'current synchronization source; max distance okay',
    7: 'reserved',
  }),
  count: part('ntp.ctrl.peer_status.count', 'Peer Event Counter', 0x00f0),
  code: part('ntp.ctrl.peer_status.code', 'Peer Event Code', 0x000f, {
    0: 'unspecified',
    1: 'association mobilized',
    2: 'association demobilized',
    3: 'peer unreachable (peer.reach was nonzero now zero)',
    4: 'peer reachable (peer.reach was zero now nonzero)',
    5: 'association restarted or timed out',
    6: 'no server found (ntpdate mode)',
    7: 'rate exceeded (kiss code RATE)',
    8: 'access denied (kiss code DENY)',
    9: 'leap armed from server LI code',
    10: 'become system peer',
    11: 'reference clock event (see clock status word)',
    12: 'authentication failure',
    13: 'popcorn spike suppressor',
    14: 'entering interleave mode',
    15: 'interleave error (recovered)',
  }),
};

const errorStatus = part('ntp.ctrl.err_status', 'Error Status', 0xff00, {
  0: 'unspecified',
  1: 'authentication failure',
  2: 'invalid message length or format',
  3: 'invalid opcode',
  4: 'unknown association identifier',
  5: 'unknown variable name',
  6: 'invalid variable value',
  7: 'administratively prohibited',
});

/** `0x0618, Leap Indicator: no warning, Clock Source: UDP/NTP` */
const statusField = (children: Readonly<Record<string, Field>>): Field =>
  uint('ntp.ctrl.status', 'Status', { show: 'hex', note: namedFlags(Object.values(children)), children });

const control = {
  flags: uint('ntp.ctrl.flags2', 'Flags 2', {
    show: 'hex',
    note: (value) =>
      `, Response bit: ${nameOf(responseNames, Number(value) >> 7) ?? ''}, Opcode: ${nameOf(opcodes, Number(value) & 31) ?? 'Unknown'}`,
    children: {
      response: part('ntp.ctrl.flags2.r', 'Response bit', 0x80, responseNames, 1),
      error: part('ntp.ctrl.flags2.error', 'Error bit', 0x40, undefined, 1),
      more: part('ntp.ctrl.flags2.more', 'More bit', 0x20, undefined, 1),
      opcode: part('ntp.ctrl.flags2.opcode', 'Opcode', 0x1f, opcodes, 1),
    },
  }),
  sequence: uint('ntp.ctrl.sequence', 'Sequence'),
  status: statusField({}),
  systemStatus: statusField(systemStatus),
  peerStatus: statusField(peerStatus),
  errorStatus: statusField({ code: errorStatus }),
  association: uint('ntp.ctrl.associd', 'AssociationID'),
  offset: uint('ntp.ctrl.offset', 'Offset'),
  count: uint('ntp.ctrl.count', 'Count'),
  data: label('ntp.ctrl.data', 'Data'),
  item: label('ntp.ctrl.item', 'Item'),
  variable: label('', 'Variable', { text: String }),
  configuration: string('ntp.ctrl.configuration', 'Configuration'),
  mru: string('ntp.ctrl.mru', 'MRU'),
  ordered: string('ntp.ctrl.ordlist', 'Ordered List'),
  nonce: string('ntp.ctrl.nonce', 'Nonce'),
};

/** Proves who sent a message of any kind. */
export const authentication = {
  keyId: bytes('ntp.keyid', 'Key ID'),
  mac: bytes('ntp.mac', 'Message Authentication Code'),
};

/** Variables that a list names at most. */
const mostVariables = 512;

/** `version="ntpd 4.2.8"`, one after the other; a comma within quotation marks belongs to the value. */
function reportVariables(cursor: FieldCursor): void {
  for (let count = 0; cursor.left > 0 && count < mostVariables; count++) {
    while (cursor.left > 0 && isBetween(cursor.u8())) cursor.skip(1);
    let length = 0;
    let quoted = false;
    while (length < cursor.left && (quoted || cursor.u8(length) !== comma)) {
      if (cursor.u8(length) === quotationMark) quoted = !quoted;
      length++;
    }
    let shown = length;
    while (shown > 0 && isBetween(cursor.u8(shown - 1))) shown--;
    let text = '';
    for (let i = 0; i < shown; i++) {
      const code = cursor.u8(i);
      text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
    }
    if (shown > 0) cursor.peek(control.variable, shown, text);
    cursor.skip(length);
  }
}
const comma = 0x2c;
const quotationMark = 0x22;
const isBetween = (code: number): boolean => code === comma || code <= 0x20;

/** A control message behind its first byte. */
export function reportControl(cursor: FieldCursor): void {
  const bits = cursor.u8();
  const opcode = bits & 0x1f;
  const isResponse = (bits & 0x80) !== 0;
  const association = u16(cursor.frame, cursor.at + 5);
  const count = u16(cursor.frame, cursor.at + 9);
  cursor.field(control.flags, 1);
  cursor.field(control.sequence, 2);
  const status = !isResponse
    ? control.status
    : bits & 0x40
      ? control.errorStatus
      : association === 0
        ? control.systemStatus
        : control.peerStatus;
  cursor.field(status, 2);
  cursor.field(control.association, 2);
  cursor.field(control.offset, 2);
  cursor.field(control.count, 2);
  if (count > 0 && cursor.left > 0)
    cursor.group(control.data, count, (data) => {
      reportControlData(data, opcode, isResponse && association === 0);
    });
  // What comes behind, on a 4-byte boundary, proves who sent it.
  cursor.skip((4 - (count % 4)) % 4);
  if (cursor.left >= 20) {
    cursor.field(authentication.keyId, 4);
    cursor.rest(authentication.mac);
  }
}

function reportControlData(data: FieldCursor, opcode: number, isSystem: boolean): void {
  if (opcode === readStatus && isSystem)
    while (data.left >= 4)
      data.group(control.item, 4, (item) => {
        item.field(control.association, 2);
        item.field(control.peerStatus, 2);
      });
  else if (opcode === 8) data.rest(control.configuration);
  else if (opcode === 10) data.rest(control.mru);
  else if (opcode === 11) data.rest(control.ordered);
  else if (opcode === 12) data.rest(control.nonce);
  else reportVariables(data);
}

const requestCodes: ValueNames = Object.fromEntries(
  (
    'PEER_LIST PEER_LIST_SUM PEER_INFO PEER_STATS SYS_INFO SYS_STATS IO_STATS MEM_STATS LOOP_INFO TIMER_STATS CONFIG ' +
    'UNCONFIG SET_SYS_FLAG CLR_SYS_FLAG MONITOR NOMONITOR GET_RESTRICT RESADDFLAGS RESSUBFLAGS UNRESTRICT MON_GETLIST ' +
    'RESET_STATS RESET_PEER REREAD_KEYS DO_DIRTY_HACK DONT_DIRTY_HACK TRUSTKEY UNTRUSTKEY AUTHINFO TRAPS ADD_TRAP ' +
    'CLR_TRAP REQUEST_KEY CONTROL_KEY GET_CTLSTATS GET_LEAPINFO GET_CLOCKINFO SET_CLKFUDGE GET_KERNEL GET_CLKBUGINFO ' +
    '- SET_PRECISION MON_GETLIST_1 HOSTNAME_ASSOCID IF_STATS IF_RELOAD'
  )
    .split(' ')
    .flatMap((name, code) => (name === '-' ? [] : [[code, name]])),
);
const monitorList = 42;

const highBits = { pattern: { width: 8, mask: 0xf0 } } as const;
const privateFields = {
  sequence: uint('ntp.priv.auth_seq', 'Auth, sequence', {
    children: {
      auth: part('ntp.priv.auth', 'Auth bit', 0x80, undefined, 1),
      sequence: part('ntp.priv.seq', 'Sequence number', 0x7f, undefined, 1),
    },
  }),
  implementation: uint('ntp.priv.impl', 'Implementation', {
    values: { 0: 'UNIV', 2: 'XNTPD_OLD (pre-IPv6)', 3: 'XNTPD' },
  }),
  request: uint('ntp.priv.reqcode', 'Request code', { values: requestCodes }),
  error: uint('ntp.priv.err', 'Err', {
    mask: 0xf0,
    show: 'hex',
    ...highBits,
    values: {
      0: 'No error',
      1: 'incompatible implementation number',
      2: 'unimplemented request code',
      3: 'format error',
      4: 'no data available',
      7: 'authentication failure',
    },
  }),
  items: uint('ntp.priv.numitems', 'Number of data items', { mask: 0x0fff }),
  reserved: uint('ntp.priv.reserved', 'Reserved', { mask: 0xf0, show: 'hex', ...highBits }),
  itemSize: uint('ntp.priv.itemsize', 'Size of data item', { mask: 0x0fff }),
  item: string('ntp.priv.mode7.item', 'Monlist item', {
    text: (_, { layer: { frame }, at }) => `address: ${ipv4Text(frame, at + 16)}:${u16(frame, at + 28)}`,
  }),
};
const monitored = {
  interval: [uint('ntp.priv.monlist.avgint', 'avgint'), 4],
  last: [uint('ntp.priv.monlist.lsint', 'lsint'), 4],
  restrictions: [uint('ntp.priv.monlist.restr', 'restr', { show: 'hex' }), 4],
  count: [uint('ntp.priv.monlist.count', 'count'), 4],
  remote: [ipv4('ntp.priv.monlist.remote_address', 'remote address'), 4],
  local: [ipv4('ntp.priv.monlist.local_address', 'local address'), 4],
  flags: [uint('ntp.priv.monlist.flags', 'flags', { show: 'hex' }), 4],
  port: [uint('ntp.priv.monlist.port', 'port'), 2],
  mode: [uint('ntp.priv.monlist.mode', 'mode'), 1],
  version: [uint('ntp.priv.monlist.version', 'version'), 1],
  isIpv6: [uint('ntp.priv.monlist.ipv6', 'ipv6', { show: 'hex' }), 4],
  unused: [uint('ntp.priv.monlist.unused', 'unused', { show: 'hex' }), 4],
} as const;
const monitoredLength = 72;
/** Monitor lists are limited to 6 items a packet by their size; more is not what it says. */
const mostItems = 100;

/** A private message behind its first byte: what attackers that want a server to answer at length send. */
export function reportPrivate(cursor: FieldCursor, isResponse: boolean): void {
  const code = cursor.u8(2);
  cursor.field(privateFields.sequence, 1);
  cursor.field(privateFields.implementation, 1);
  cursor.field(privateFields.request, 1);
  const items = cursor.u16() & 0x0fff;
  cursor.peek(privateFields.error, 1);
  cursor.field(privateFields.items, 2);
  const size = cursor.u16() & 0x0fff;
  cursor.peek(privateFields.reserved, 1);
  cursor.field(privateFields.itemSize, 2);
  if (!isResponse || code !== monitorList || size < monitoredLength) return;
  for (let i = 0; i < Math.min(items, mostItems) && cursor.left >= size; i++) {
    cursor.group(
      privateFields.item,
      size,
      (item) => {
        for (const [field, length] of Object.values(monitored)) item.field(field, length);
      },
      'Monlist Item',
    );
  }
}

/** `Request, MON_GETLIST_1` */
export function privateWords(frame: Uint8Array, at: number): string {
  const isResponse = u8(frame, at) >> 7;
  return `${nameOf(responseNames, isResponse) ?? ''}, ${nameOf(requestCodes, u8(frame, at + 3)) ?? 'Unknown'}`;
}

/** Everything that is reported here. */
export const controlFields = declared(
  control,
  authentication,
  privateFields,
  Object.fromEntries(Object.entries(monitored).map(([key, [field]]) => [key, field])),
);
