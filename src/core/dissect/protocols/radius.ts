import { ipv4Text, ipv6Text } from '../../base/addresses.js';
import { u32, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, ipv4, ipv6, label, nameOf, string, uint, type ValueNames } from '../field.js';
import { shortHex } from '../fieldText.js';
import { declared } from '../shapes.js';
import { enterprises } from '../values/enterprises.js';

const headerLength = 20;
const userPassword = 2;
const vendorSpecific = 26;
const eapMessage = 79;

/** RFC 2865, RFC 2866 and RFC 5176. */
const codes: Readonly<Record<number, string>> = {
  1: 'Access-Request',
  2: 'Access-Accept',
  3: 'Access-Reject',
  4: 'Accounting-Request',
  5: 'Accounting-Response',
  11: 'Access-Challenge',
  12: 'Status-Server',
  13: 'Status-Client',
  40: 'Disconnect-Request',
  41: 'Disconnect-ACK',
  42: 'Disconnect-NAK',
  43: 'CoA-Request',
  44: 'CoA-ACK',
  45: 'CoA-NAK',
};

type Kind = 'text' | 'bytes' | 'int' | 'ip' | 'ip6';

interface Attribute {
  readonly name: string;
  readonly kind: Kind;
  readonly field: Field;
}

const makers: Readonly<Record<Kind, typeof uint>> = { text: string, bytes, int: uint, ip: ipv4, ip6: ipv6 };
const sizes: Readonly<Partial<Record<Kind, number>>> = { int: 4, ip: 4, ip6: 16 };

/** Wireshark keeps the hyphens of this one. */
const fieldNames: Readonly<Record<string, string>> = { 'Framed-IP-Address': 'Framed-IP-Address' };

const attribute = (name: string, kind: Kind, values?: ValueNames): Attribute => ({
  name,
  kind,
  field: makers[kind](
    `radius.${fieldNames[name] ?? name.replace(/-/g, '_')}`,
    name,
    values ? { values } : {},
  ),
});

/** The attributes in use (IANA, RADIUS types); others show their bytes. */
const attributes: Readonly<Record<number, Attribute>> = {
  1: attribute('User-Name', 'text'),
  3: attribute('CHAP-Password', 'bytes'),
  4: attribute('NAS-IP-Address', 'ip'),
  5: attribute('NAS-Port', 'int'),
  6: attribute('Service-Type', 'int', {
    1: 'Login',
    2: 'Framed',
    3: 'Callback-Login',
    4: 'Callback-Framed',
    5: 'Outbound',
    6: 'Administrative',
    7: 'NAS-Prompt',
    8: 'Authenticate-Only',
    9: 'Callback-NAS-Prompt',
    10: 'Call-Check',
    11: 'Callback-Administrative',
    17: 'Authorize-Only',
  }),
  7: attribute('Framed-Protocol', 'int', {
    1: 'PPP',
    2: 'SLIP',
    3: 'ARAP',
    4: 'Gandalf-SLML',
    5: 'Xylogics-IPX-SLIP',
    6: 'X.75-Synchronous',
  }),
  8: attribute('Framed-IP-Address', 'ip'),
  9: attribute('Framed-IP-Netmask', 'ip'),
  10: attribute('Framed-Routing', 'int'),
  11: attribute('Filter-Id', 'text'),
  12: attribute('Framed-MTU', 'int'),
  13: attribute('Framed-Compression', 'int'),
  14: attribute('Login-IP-Host', 'ip'),
  15: attribute('Login-Service', 'int'),
  16: attribute('Login-TCP-Port', 'int'),
  18: attribute('Reply-Message', 'text'),
  19: attribute('Callback-Number', 'text'),
  20: attribute('Callback-Id', 'text'),
  22: attribute('Framed-Route', 'text'),
  24: attribute('State', 'bytes'),
  25: attribute('Class', 'bytes'),
  27: attribute('Session-Timeout', 'int'),
  28: attribute('Idle-Timeout', 'int'),
  29: attribute('Termination-Action', 'int', { 0: 'Default', 1: 'RADIUS-Request' }),
  30: attribute('Called-Station-Id', 'text'),
  31: attribute('Calling-Station-Id', 'text'),
  32: attribute('NAS-Identifier', 'text'),
  33: attribute('Proxy-State', 'bytes'),
  34: attribute('Login-LAT-Service', 'text'),
  40: attribute('Acct-Status-Type', 'int', {
    1: 'Start',
    2: 'Stop',
    3: 'Interim-Update',
    7: 'Accounting-On',
    8: 'Accounting-Off',
    15: 'Failed',
  }),
  41: attribute('Acct-Delay-Time', 'int'),
  42: attribute('Acct-Input-Octets', 'int'),
  43: attribute('Acct-Output-Octets', 'int'),
  44: attribute('Acct-Session-Id', 'text'),
  45: attribute('Acct-Authentic', 'int', { 1: 'RADIUS', 2: 'Local', 3: 'Remote', 4: 'Diameter' }),
  46: attribute('Acct-Session-Time', 'int'),
  47: attribute('Acct-Input-Packets', 'int'),
  48: attribute('Acct-Output-Packets', 'int'),
  49: attribute('Acct-Terminate-Cause', 'int', {
    1: 'User-Request',
    2: 'Lost-Carrier',
    3: 'Lost-Service',
    4: 'Idle-Timeout',
    5: 'Session-Timeout',
    6: 'Admin-Reset',
    7: 'Admin-Reboot',
    8: 'Port-Error',
    9: 'NAS-Error',
    10: 'NAS-Request',
    11: 'NAS-Reboot',
    12: 'Port-Unneeded',
    13: 'Port-Preempted',
    14: 'Port-Suspended',
    15: 'Service-Unavailable',
    16: 'Callback',
    17: 'User-Error',
    18: 'Host-Request',
  }),
  50: attribute('Acct-Multi-Session-Id', 'text'),
  51: attribute('Acct-Link-Count', 'int'),
  52: attribute('Acct-Input-Gigawords', 'int'),
  53: attribute('Acct-Output-Gigawords', 'int'),
  60: attribute('CHAP-Challenge', 'bytes'),
  61: attribute('NAS-Port-Type', 'int', {
    0: 'Async',
    1: 'Sync',
    2: 'ISDN',
    3: 'ISDN-V120',
    4: 'ISDN-V110',
    5: 'Virtual',
    6: 'PIAFS',
    7: 'HDLC-Clear-Channel',
    8: 'X.25',
    9: 'X.75',
    10: 'G.3-Fax',
    11: 'SDSL',
    12: 'ADSL-CAP',
    13: 'ADSL-DMT',
    14: 'IDSL',
    15: 'Ethernet',
    16: 'xDSL',
    17: 'Cable',
    18: 'Wireless-Other',
    19: 'Wireless-802.11',
  }),
  62: attribute('Port-Limit', 'int'),
  77: attribute('Connect-Info', 'text'),
  81: attribute('Tunnel-Private-Group-Id', 'text'),
  80: attribute('Message-Authenticator', 'bytes'),
  85: attribute('Acct-Interim-Interval', 'int'),
  87: attribute('NAS-Port-Id', 'text'),
  88: attribute('Framed-Pool', 'text'),
  95: attribute('NAS-IPv6-Address', 'ip6'),
  98: attribute('Login-IPv6-Host', 'ip6'),
  99: attribute('Framed-IPv6-Route', 'text'),
  100: attribute('Framed-IPv6-Pool', 'text'),
  101: attribute('Error-Cause', 'int'),
  168: attribute('Framed-IPv6-Address', 'ip6'),
};

/** RFC 2868, RFC 3580. */
const tunnelTypes = {
  1: 'PPTP',
  2: 'L2F',
  3: 'L2TP',
  4: 'ATMP',
  5: 'VTP',
  6: 'AH',
  7: 'IP',
  8: 'MIN-IP',
  9: 'ESP',
  10: 'GRE',
  11: 'DVS',
  12: 'IP-in-IP',
  13: 'VLAN',
};
const mediumTypes = { 1: 'IPv4', 2: 'IPv6', 6: 'IEEE-802' };
const tunnelType = 64;
const tunnelMedium = 65;

const loose = {
  group: label('', 'Attribute Value Pairs'),
  pair: bytes('radius.avp', 'AVP', {
    text: (_, { layer: { frame }, at, length }) => pairText(frame, at, length),
  }),
  type: uint('radius.avp.type', 'Type'),
  length: uint('radius.avp.length', 'Length'),
  vendorType: uint('radius.avp.vendor_type', 'Type'),
  vendorLength: uint('radius.avp.vendor_len', 'Length'),
  unknown: bytes('radius.Unknown_Attribute', 'Unknown-Attribute'),
  tag: uint('radius.Tunnel_Type.tag', 'Tag', { show: 'hex' }),
  tunnel: uint('radius.Tunnel_Type', 'Tunnel-Type', { values: tunnelTypes }),
  mediumTag: uint('radius.Tunnel_Medium_Type.tag', 'Tag', { show: 'hex' }),
  medium: uint('radius.Tunnel_Medium_Type', 'Tunnel-Medium-Type', { values: mediumTypes }),
  vendor: uint('radius.avp.vendor_id', 'Vendor ID', { values: enterprises }),
  password: bytes('radius.User_Password_encrypted', 'User-Password (encrypted)'),
  fragment: bytes('radius.eap_fragment', 'EAP fragment'),
  value: label('', 'Value', {
    text: (_, { layer, at, length }) => `Value: ${shortHex(layer.frame, at, length)}`,
  }),
};

/** Text that a line shows of a value. */
const mostShown = 64;

/** `t=User-Name(1) l=6 val=user` */
function pairText(frame: Uint8Array, at: number, length: number): string {
  const type = u8(frame, at);
  const known = attributes[type];
  const name =
    known?.name ??
    (type === userPassword
      ? 'User-Password'
      : type === vendorSpecific
        ? 'Vendor-Specific'
        : type === eapMessage
          ? 'EAP-Message'
          : 'Unknown-Attribute');
  return `t=${name}(${type}) l=${length}${valueWords(frame, at + 2, length - 2, type, known)}`;
}

function valueWords(frame: Uint8Array, at: number, length: number, type: number, known?: Attribute): string {
  if (type === vendorSpecific && length >= 4)
    return ` vnd=${nameOf(enterprises, u32(frame, at)) ?? 'Unknown'}(${u32(frame, at)})`;
  if (type === userPassword) return ' val=Encrypted';
  if (type === eapMessage) return '';
  if (!known || (sizes[known.kind] ?? length) !== length)
    return ` val=${shortHex(frame, at, Math.max(0, length))}`;
  switch (known.kind) {
    case 'int': {
      const value = u32(frame, at);
      const name = nameOf(known.field.values, value);
      return ` val=${name === undefined ? value : `${name}(${value})`}`;
    }
    case 'ip':
      return ` val=${ipv4Text(frame, at)}`;
    case 'ip6':
      return ` val=${ipv6Text(frame, at)}`;
    case 'bytes':
      return ` val=${shortHex(frame, at, length)}`;
    case 'text': {
      let text = '';
      for (let i = 0; i < Math.min(length, mostShown); i++) {
        const code = u8(frame, at + i);
        text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '\ufffd';
      }
      return ` val=${text}`;
    }
  }
}

function reportPair(pair: FieldCursor, type: number): void {
  pair.field(loose.type, 1);
  pair.field(loose.length, 1);
  if (pair.left === 0) return;
  const known = attributes[type];
  if (type === vendorSpecific && pair.left >= 4) {
    pair.field(loose.vendor, 4);
    // Most vendors follow the advice of RFC 2865, section 5.26: attributes of their own.
    while (pair.left >= 2 && pair.u8(1) >= 2 && pair.u8(1) <= pair.left) {
      const length = pair.u8(1);
      pair.field(loose.vendorType, 1);
      pair.field(loose.vendorLength, 1);
      if (length > 2) pair.field(loose.value, length - 2);
    }
  } else if ((type === tunnelType || type === tunnelMedium) && pair.left === 4) {
    pair.field(type === tunnelType ? loose.tag : loose.mediumTag, 1);
    pair.field(type === tunnelType ? loose.tunnel : loose.medium, 3);
  } else if (type === userPassword) pair.rest(loose.password);
  else if (type === eapMessage) pair.rest(loose.fragment);
  else if (known && (sizes[known.kind] ?? pair.left) === pair.left) pair.rest(known.field);
  pair.rest(known ? loose.value : loose.unknown);
}

/** RADIUS: authentication, accounting and changes of authorization. Passwords stay encrypted. */
export const radius = defineDissector({
  id: 'radius',
  title: 'RADIUS Protocol',
  column: 'RADIUS',
  spec: 'https://www.rfc-editor.org/rfc/rfc2865',
  claims: [{ table: 'udp.port', keys: [1645, 1646, 1812, 1813, 1700, 3799] }],
  fields: {
    code: uint('radius.code', 'Code', { at: 0, bytes: 1, values: codes }),
    id: uint('radius.id', 'Packet identifier', {
      at: 1,
      bytes: 1,
      text: (value) => `0x${Number(value).toString(16)} (${value})`,
    }),
    length: uint('radius.length', 'Length', { at: 2, bytes: 2 }),
    authenticator: bytes('radius.authenticator', 'Authenticator', { at: 4, bytes: 16 }),
  },
  loose: declared(
    loose,
    Object.fromEntries(Object.entries(attributes).map(([type, { field }]) => [type, field])),
  ),

  measure(walk) {
    if (walk.available > 0 && codes[walk.u8(0)] === undefined) {
      walk.isReally('data');
      return;
    }
    if (!walk.header(headerLength)) return;
    const length = walk.u16(2);
    if (length < headerLength) walk.bad('the message is shorter than its header');
    else if (walk.header(length) && walk.limit - walk.start > length) walk.nextIsData();
  },

  info: (layer) =>
    layer.has(2) ? `${nameOf(codes, layer.u8(0)) ?? 'Unknown'} id=${layer.u8(1)}` : undefined,

  extra(layer, emit) {
    if (!layer.has(headerLength + 1)) return;
    const cursor = new FieldCursor(layer, emit, layer.start + headerLength, layer.end);
    cursor.group(loose.group, cursor.left, (pairs) => {
      while (pairs.left >= 2) {
        const [type, length] = [pairs.u8(), pairs.u8(1)];
        if (length < 2) return;
        pairs.group(loose.pair, length, (pair) => {
          reportPair(pair, type);
        });
      }
    });
  },

  examples: [
    {
      title: 'a user wants in',
      hex: `01 07 002c 000102030405060708090a0b0c0d0e0f
            01 06 75736572 04 06 0a000001 06 06 00000002 3d 06 0000000f`,
      fields: {
        'radius.code': 1,
        'radius.User_Name': 'user',
        'radius.NAS_IP_Address': '10.0.0.1',
        'radius.NAS_Port_Type': 15,
      },
      info: 'Access-Request id=7',
    },
  ],
});
