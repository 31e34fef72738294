/**
 * The options of DHCPv6: what each is called and what its value looks like. Identity associations and relayed messages
 * hold options themselves.
 * https://www.iana.org/assignments/dhcpv6-parameters
 */
import { ipv6Text } from '../../base/addresses.js';
import { hex, u16, u8 } from '../../base/bytes.js';
import { shortHex } from '../fieldText.js';
import type { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, flag, ipv4, ipv6, label, nameOf, string, uint } from '../field.js';
import {
  declared,
  address6,
  addresses6,
  blob,
  custom,
  number,
  numbers,
  sequence,
  type Shape,
  shapeFields,
  single,
  text,
} from '../shapes.js';
import { enterprises } from '../values/enterprises.js';
import { hardwareTypes } from '../values/hardwareTypes.js';
import { utcText } from '../values/times.js';
import { readName } from './dnsNames.js';

/** Options in options in options: deeper than any relay chain (RFC 8415 allows 8 hops). */
const deepest = 24;

/** RFC 8415, section 7.3, and later ones. */
export const messageNames: Readonly<Record<number, string>> = {
  1: 'Solicit',
  2: 'Advertise',
  3: 'Request',
  4: 'Confirm',
  5: 'Renew',
  6: 'Rebind',
  7: 'Reply',
  8: 'Release',
  9: 'Decline',
  10: 'Reconfigure',
  11: 'Information-request',
  12: 'Relay-forw',
  13: 'Relay-reply',
  14: 'Leasequery',
  15: 'Leasequery-reply',
  16: 'Leasequery-done',
  17: 'Leasequery-data',
  18: 'Reconfigure-request',
  19: 'Reconfigure-reply',
};

const optionNames: Readonly<Record<number, string>> = {
  1: 'Client Identifier',
  2: 'Server Identifier',
  3: 'Identity Association for Non-temporary Address',
  4: 'Identity Association for Temporary Address',
  5: 'IA Address',
  6: 'Option Request',
  7: 'Preference',
  8: 'Elapsed time',
  9: 'Relay Message',
  11: 'Authentication',
  12: 'Server unicast',
  13: 'Status code',
  14: 'Rapid Commit',
  15: 'User Class',
  16: 'Vendor Class',
  17: 'Vendor-specific Information',
  18: 'Interface-Id',
  19: 'Reconfigure Message',
  20: 'Reconfigure Accept',
  21: 'SIP Server Domain Name List',
  22: 'SIP Servers IPv6 Address List',
  23: 'DNS recursive name server',
  24: 'Domain Search List',
  25: 'Identity Association for Prefix Delegation',
  26: 'IA Prefix',
  27: 'Network Information Server',
  28: 'Network Information Server V2',
  29: 'Network Information Server Domain Name',
  30: 'Network Information Server V2 Domain Name',
  31: 'Simple Network Time Protocol Server',
  32: 'Lifetime',
  33: 'BCMCS Server Domain',
  34: 'BCMCS Servers IPv6 Address List',
  36: 'Geoconf Civic Address',
  37: 'Remote Identifier',
  38: 'Subscriber Identifier',
  39: 'Client Fully Qualified Domain Name',
  40: 'PANA Agents IPv6 Address List',
  41: 'Time Zone',
  42: 'Time Zone Database',
  43: 'Echo Request Option',
  44: 'Leasequery Query',
  45: 'Leasequery Client Data',
  46: 'Client Last Transaction Time',
  47: 'Leasequery Relay Data',
  48: 'Leasequery Client Link Address List',
  49: 'Home Network Identifier FQDN',
  50: 'Visited Home Network Information',
  51: 'LoST Server',
  52: 'CAPWAP Access Controllers',
  53: 'Relay-ID',
  54: 'MoS IPv6 Address',
  55: 'MoS Domain Name List',
  56: 'NTP Server',
  57: 'Access Network Domain Name',
  58: 'SIP User Agent Configuration Service Domains',
  59: 'Boot File URL',
  60: 'Boot File Parameters',
  61: 'Client System Architecture Type',
  62: 'Client Network Interface Identifier',
  63: 'Geolocation',
  64: 'Dual-Stack Lite AFTR Name',
  65: 'ERP Local Domain Name',
  66: 'Relay-Supplied Options',
  67: 'Prefix Exclude',
  68: 'Virtual Subnet Selection',
  69: 'Identified Home Network Information',
  70: 'Unrestricted Home Network Information',
  71: 'Home Network Prefix',
  72: 'Home Agent Address',
  73: 'Home Agent FQDN',
  74: 'RDNSS Selection',
  75: 'Kerberos Principal Name',
  76: 'Kerberos Realm Name',
  77: 'Kerberos Default Realm Name',
  78: 'Kerberos KDC',
  79: 'Client Link-Layer Address',
  80: 'Link Address',
  81: 'RADIUS',
  82: 'SOL_MAX_RT',
  83: 'INF_MAX_RT',
  84: 'Address Selection',
  85: 'Address Selection table',
  86: 'PCP Server',
  87: 'DHCPv4 Message',
  88: 'DHCP 4o6 Servers Address',
  89: 'S46 Rule',
  90: 'S46 BR',
  91: 'S46 DMR',
  92: 'S46 IPv4/IPv6 Address Binding',
  93: 'S46 Port Parameters',
  94: 'S46 MAP-E Container',
  95: 'S46 MAP-T Container',
  96: 'S46 Lightweight 4over6 Container',
  97: '4rd Options',
  98: '4rd Mapping Rule',
  99: '4rd Non-Mapping Rule',
  100: 'LQ Server Base Time',
  101: 'LQ Server Query Start Time',
  102: 'LQ Server Query End Time',
  103: 'Captive Portal',
  104: 'MPL Parameter Configuration',
  105: 'Access Technology Type',
  106: 'Access Network Name',
  107: 'Access Point Name',
  108: 'Access Point BSSID',
  109: 'Access Network Operator ID',
  110: 'Access Network Operator Realm',
  111: 'S46 Priority',
  112: 'Manufacturer Usage Description',
  113: 'IPv4/IPv6 Multicast Prefixes',
  135: 'Relay Source Port',
  136: 'SZTP Redirect',
  137: 'Softwire Source Binding Prefix Hint',
  143: 'ANDSF IPv6 Address',
  165: 'Mobile IPv6 Home Agent',
  166: 'Mobile IPv6 Home Address',
  167: 'Network Access Identifier',
};

const statusNames = {
  0: 'Success',
  1: 'UnspecFail',
  2: 'NoAddrAvail',
  3: 'NoBinding',
  4: 'NotOnLink',
  5: 'UseMulticast',
  6: 'NoPrefixAvail',
  7: 'UnknownQueryType',
  8: 'MalformedQuery',
  9: 'NotConfigured',
  10: 'NotAllowed',
  11: 'QueryTerminated',
  12: 'DataMissing',
  13: 'CatchUpComplete',
  14: 'NotSupported',
  15: 'TLSConnectionRefused',
};

/** Seconds from 1970 to 2000, when the time of a DUID begins. */
const duidEpoch = 946684800;

const duid = {
  bytes: bytes('dhcpv6.duid.bytes', 'DUID'),
  type: uint('dhcpv6.duid.type', 'DUID Type', {
    values: {
      1: 'link-layer address plus time',
      2: 'assigned by vendor based on Enterprise number',
      3: 'link-layer address',
      4: 'Universally Unique IDentifier (UUID)',
    },
  }),
  timedHardware: uint('dhcpv6.duidllt.hwtype', 'Hardware type', { values: hardwareTypes }),
  time: { ...string('dhcpv6.duidllt.time', 'DUID Time'), type: 'time' },
  timedLink: string('dhcpv6.duidllt.link_layer_addr', 'Link-layer address'),
  enterprise: uint('dhcpv6.duiden.enterprise', 'Enterprise ID', { values: enterprises }),
  identifier: bytes('dhcpv6.duiden.identifier', 'Identifier'),
  plainHardware: uint('dhcpv6.duidll.hwtype', 'Hardware type', { values: hardwareTypes }),
  plainLink: string('dhcpv6.duidll.link_layer_addr', 'Link-layer address'),
  uuid: bytes('dhcpv6.duiduuid.bytes', 'UUID'),
} satisfies Record<string, Field>;

/** RFC 8415, section 11: who a client or a server is. */
const uniqueIdentifier = custom(
  duid,
  (cursor) => {
    cursor.peek(duid.bytes, cursor.left);
    const type = cursor.u16();
    cursor.field(duid.type, 2);
    const link = (field: Field): void => {
      cursor.rest(field, hex(cursor.frame, cursor.at, cursor.left, ':'));
    };
    switch (type) {
      case 1:
        cursor.field(duid.timedHardware, 2);
        cursor.field(duid.time, 4, utcText(cursor.u32() + duidEpoch, 0));
        link(duid.timedLink);
        break;
      case 2:
        cursor.field(duid.enterprise, 4);
        cursor.rest(duid.identifier);
        break;
      case 3:
        cursor.field(duid.plainHardware, 2);
        link(duid.plainLink);
        break;
      case 4:
        cursor.rest(duid.uuid);
        break;
    }
  },
  (length) => length >= 2,
);

const group = label('', 'Group', { text: String });
const topLevel = string('dhcpv6.tld', 'Top Level Domain name (TLD)');

/** Names, one behind the other, in a group. Those of one label are told apart, as nobody can resolve them. */
function names(name: string, title: string, groupTitle?: string): Shape {
  const entry = string(name, title);
  const reportNames = (cursor: FieldCursor): void => {
    while (cursor.left > 0) {
      const found = readName(cursor.frame, cursor.at, cursor.at, cursor.end);
      const isTop = !found.text.includes('.');
      cursor.field(isTop ? topLevel : entry, Math.max(1, found.length), `${found.text}.`);
    }
  };
  return custom({ entry, topLevel }, (cursor) => {
    if (groupTitle === undefined) reportNames(cursor);
    else cursor.group(group, cursor.left, reportNames, groupTitle);
  });
}

const lifetime = (name: string, title: string): Field =>
  uint(name, title, { text: (value) => (Number(value) === 0xffffffff ? 'infinity' : String(value)) });

/** Options behind some fields. */
function withOptions(...head: readonly (readonly [Field, number])[]): Shape {
  const least = head.reduce((sum, [, size]) => sum + size, 0);
  return custom(
    Object.fromEntries(head.map(([field]) => [field.name, field])),
    (cursor) => {
      for (const [field, size] of head)
        cursor.field(field, size, field.type === 'string' ? hex(cursor.frame, cursor.at, size) : undefined);
      reportOptions(cursor);
    },
    (length) => length >= least,
  );
}

const fqdn = {
  flags: uint('dhcpv6.client_fqdn_flags', 'Flags', {
    show: 'hex',
    children: {
      n: flag('dhcpv6.clientfqdn.client.n', 'N bit', {
        at: 0,
        bytes: 1,
        mask: 0x04,
        values: { 0: 'Server SHOULD perform PTR RR updates', 1: 'Server SHOULD NOT perform PTR RR updates' },
      }),
      s: flag('dhcpv6.clientfqdn.client.s', 'S bit', {
        at: 0,
        bytes: 1,
        mask: 0x01,
        values: {
          0: 'Server SHOULD NOT perform AAAA RR updates',
          1: 'Server SHOULD perform AAAA RR updates',
        },
      }),
    },
  }),
  domain: string('dhcpv6.client_domain', 'Client Domain Name'),
};
/** RFC 4704. A name without its closing zero is a part of one. */
const clientName = custom({ ...fqdn, topLevel }, (cursor) => {
  cursor.field(fqdn.flags, 1);
  const { frame, at, end, left } = cursor;
  if (left === 0) return;
  const { text: name, length } = readName(frame, at, at, end);
  const isWhole = length <= left && frame[end - 1] === 0;
  if (isWhole && !name.includes('.')) cursor.rest(topLevel, `${name}.`);
  else cursor.rest(fqdn.domain, isWhole ? `${name}.` : name);
});

const userClass = {
  length: uint('dhcpv6.userclass.length', 'Length'),
  data: bytes('dhcpv6.userclass.opaque_data', 'Suboption'),
};
const userClasses = custom(userClass, (cursor) => {
  while (cursor.left >= 2)
    cursor.group(
      group,
      2 + cursor.u16(),
      (inner) => {
        inner.field(userClass.length, 2);
        inner.rest(userClass.data);
      },
      'User Class suboption',
    );
});

const vendorClass = {
  enterprise: uint('dhcpv6.vendorclass.enterprise', 'Enterprise ID', { values: enterprises }),
  data: string('dhcpv6.vendorclass.data', 'vendor-class-data'),
};
const vendorClasses = custom(vendorClass, (cursor) => {
  cursor.field(vendorClass.enterprise, 4);
  while (cursor.left >= 2) {
    const length = cursor.u16();
    cursor.skip(2);
    cursor.field(vendorClass.data, length);
  }
});

const vendorOption = {
  enterprise: uint('dhcpv6.vendoropts.enterprise', 'Enterprise ID', { values: enterprises }),
  code: uint('dhcpv6.vendoropts.enterprise.option_code', 'Option code'),
  length: uint('dhcpv6.vendoropts.enterprise.option_length', 'Option length'),
  data: bytes('dhcpv6.vendoropts.enterprise.option_data', 'Option data'),
};
const vendorOptions = custom(vendorOption, (cursor) => {
  cursor.field(vendorOption.enterprise, 4);
  while (cursor.left >= 4)
    cursor.group(
      group,
      4 + cursor.u16(2),
      (inner) => {
        inner.field(vendorOption.code, 2);
        inner.field(vendorOption.length, 2);
        inner.rest(vendorOption.data);
      },
      'option',
    );
});

const ntp = {
  type: uint('dhcpv6.ntpserver.option.type', 'Suboption', {
    values: { 1: 'NTP Server Address', 2: 'NTP Multicast Address', 3: 'NTP Server FQDN' },
  }),
  length: uint('dhcpv6.ntpserver.option.length', 'Length'),
  address: ipv6('dhcpv6.ntpserver.addr', 'NTP Server Address'),
  multicast: ipv6('dhcpv6.ntpserver.mc_addr', 'NTP Multicast Address'),
};
const ntpName = names('dhcpv6.ntpserver.fqdn', 'NTP Server FQDN');
/** RFC 5908. */
const ntpServers: Shape = {
  fields: [...Object.values(ntp), ...ntpName.fields],
  report(cursor) {
    while (cursor.left >= 4) {
      const type = cursor.u16();
      cursor.group(
        group,
        4 + cursor.u16(2),
        (inner) => {
          inner.field(ntp.type, 2);
          inner.field(ntp.length, 2);
          if (type === 3) ntpName.report(inner);
          else if (type === 1 || type === 2) inner.field(type === 1 ? ntp.address : ntp.multicast, 16);
        },
        nameOf(ntp.type.values, type) ?? 'Unknown suboption',
      );
    }
  },
};

const ruleFlag = (name: string, title: string, mask: number): Field =>
  flag(`dhcpv6.s46_rule.flags.${name}`, title, { at: 0, bytes: 1, mask, values: { 0: 'False', 1: 'True' } });
const rule = {
  flags: uint('dhcpv6.s46_rule.flags', 'Flags', {
    show: 'hex',
    children: {
      reserved: ruleFlag('reserved', 'Reserved', 0xfe),
      fmr: ruleFlag('fmr', 'Forwarding Mapping Rule', 0x01),
    },
  }),
  eaLength: uint('dhcpv6.s46_rule.ea_len', 'EA-bit length'),
  length4: uint('dhcpv6.s46_rule.ipv4_pref_len', 'IPv4 prefix length'),
  prefix4: ipv4('dhcpv6.s46_rule.ipv4_prefix', 'IPv4 prefix'),
  length6: uint('dhcpv6.s46_rule.ipv6_prefix_len', 'IPv6 prefix length'),
};
/** RFC 7598, section 4.1. */
const mappingRule = custom(rule, (cursor) => {
  cursor.field(rule.flags, 1);
  cursor.field(rule.eaLength, 1);
  cursor.field(rule.length4, 1);
  cursor.field(rule.prefix4, 4);
  cursor.field(rule.length6, 1);
});

const head = {
  option: string('dhcpv6.option.type_str', 'Option'),
  type: uint('dhcpv6.option.type', 'Option', { values: optionNames }),
  length: uint('dhcpv6.option.length', 'Length'),
  value: label('', 'Value', {
    text: (_, { layer, at, length }) => `Value: ${shortHex(layer.frame, at, length)}`,
  }),
} satisfies Record<string, Field>;

/** Counted in hundredths of a second. */
const elapsed = uint('dhcpv6.elapsed_time', 'Elapsed time', { unit: 'ms' });

const relayed = label('dhcpv6', 'DHCPv6');
const message = {
  type: uint('dhcpv6.msgtype', 'Message type', { values: messageNames }),
  id: uint('dhcpv6.xid', 'Transaction ID', { show: 'hex' }),
  hops: uint('dhcpv6.hopcount', 'Hopcount'),
  link: ipv6('dhcpv6.linkaddr', 'Link address'),
  peer: ipv6('dhcpv6.peeraddr', 'Peer address'),
};

const relayMessage = custom({ relayed }, (cursor) => {
  cursor.group(relayed, cursor.left, reportMessage);
});

/** RFC 6334: exactly one name. */
const aftrName = names('dhcpv6.aftr_name', 'DS-Lite AFTR Name');

const shapes: Readonly<Record<number, Shape>> = {
  1: uniqueIdentifier,
  2: uniqueIdentifier,
  3: withOptions(
    [string('dhcpv6.iaid', 'IAID'), 4],
    [lifetime('dhcpv6.iaid.t1', 'T1'), 4],
    [lifetime('dhcpv6.iaid.t2', 'T2'), 4],
  ),
  4: withOptions([string('dhcpv6.iata', 'IATA'), 4]),
  5: withOptions(
    [ipv6('dhcpv6.iaaddr.ip', 'IPv6 address'), 16],
    [lifetime('dhcpv6.iaaddr.pref_lifetime', 'Preferred lifetime'), 4],
    [lifetime('dhcpv6.iaaddr.valid_lifetime', 'Valid lifetime'), 4],
  ),
  6: numbers('dhcpv6.requested_option_code', 'Requested Option code', 2, optionNames),
  7: number('dhcpv6.option_preference', 'Pref-value', 1),
  8: custom(
    { elapsed },
    (cursor) => void cursor.field(elapsed, 2, cursor.u16() * 10),
    (length) => length === 2,
  ),
  9: relayMessage,
  11: sequence(
    [uint('dhcpv6.auth.protocol', 'Protocol'), 1],
    [uint('dhcpv6.auth.algorithm', 'Algorithm'), 1],
    [uint('dhcpv6.auth.rdm', 'RDM'), 1],
    [bytes('dhcpv6.auth.replay_detection', 'Replay Detection'), 8],
    [bytes('dhcpv6.auth.info', 'Authentication Information'), 'rest'],
  ),
  12: address6('dhcpv6.unicast', 'IPv6 address'),
  13: sequence(
    [uint('dhcpv6.status_code', 'Status Code', { values: statusNames }), 2],
    [string('dhcpv6.status_msg', 'Status Message'), 'rest'],
  ),
  15: userClasses,
  16: vendorClasses,
  17: vendorOptions,
  18: blob('dhcpv6.interface_id', 'Interface-ID'),
  19: number('dhcpv6.reconf_msg', 'Reconfigure message type', 1, messageNames),
  21: names(
    'dhcpv6.sip_server_domain_search_fqdn',
    'SIP Server Domain Search FQDN',
    'SIP Servers Domain Search List',
  ),
  22: addresses6('dhcpv6.sip_server_a', 'SIP server address'),
  23: addresses6('dhcpv6.dns_server', 'DNS server address'),
  24: names('dhcpv6.search_list_entry', 'List entry', 'Domain name suffix search list'),
  25: withOptions(
    [string('dhcpv6.iaid', 'IAID'), 4],
    [lifetime('dhcpv6.iaid.t1', 'T1'), 4],
    [lifetime('dhcpv6.iaid.t2', 'T2'), 4],
  ),
  26: withOptions(
    [lifetime('dhcpv6.iaprefix.pref_lifetime', 'Preferred lifetime'), 4],
    [lifetime('dhcpv6.iaprefix.valid_lifetime', 'Valid lifetime'), 4],
    [uint('dhcpv6.iaprefix.pref_len', 'Prefix length'), 1],
    [ipv6('dhcpv6.iaprefix.pref_addr', 'Prefix address'), 16],
  ),
  27: addresses6('dhcpv6.nis_server', 'NIS server address'),
  28: addresses6('dhcpv6.nisp_server', 'NISP server address'),
  29: names('dhcpv6.nis_fqdn', 'nis-domain-name', 'nis-domain-name'),
  30: names('dhcpv6.nisp_fqdn', 'nisp-domain-name', 'nisp-domain-name'),
  31: addresses6('dhcpv6.sntp_server', 'SNTP server address'),
  32: single(lifetime('dhcpv6.lifetime', 'Lifetime'), 4),
  33: names('dhcpv6.bcmcs_server', 'BCMCS server', 'BCMCS Servers Domain Search List'),
  34: addresses6('dhcpv6.bcmcs_server_a', 'BCMCS server address'),
  37: sequence(
    [uint('dhcpv6.remoteid.enterprise', 'Enterprise ID', { values: enterprises }), 4],
    [bytes('dhcpv6.remoteid_enterprise_id', 'Remote-ID'), 'rest'],
  ),
  38: text('dhcpv6.subscriber_id', 'Subscriber-ID'),
  39: clientName,
  40: addresses6('dhcpv6.pana_agent', 'PANA agents address'),
  41: text('dhcpv6.timezone', 'Time-zone'),
  42: text('dhcpv6.tzdb', 'TZ-database'),
  43: numbers('dhcpv6.requested_option_code', 'Requested Option code', 2, optionNames),
  44: withOptions(
    [
      uint('dhcpv6.lq_query', 'Query-type', {
        values: { 1: 'by-address', 2: 'by-clientID', 3: 'by-relayID', 4: 'by-linkAddress', 5: 'by-remoteID' },
      }),
      1,
    ],
    [ipv6('dhcpv6.lq_query_link_address', 'Link address'), 16],
  ),
  45: withOptions(),
  46: number('dhcpv6.clt_time', 'Clt_time', 4),
  47: sequence(
    [ipv6('dhcpv6.lq_relay_data_peer_addr', 'Peer address'), 16],
    [string('dhcpv6.lq_relay_data_msg', 'DHCPv6 relay message'), 'rest'],
  ),
  48: addresses6('dhcpv6.lq_client_link', 'LQ client links address'),
  52: addresses6('dhcpv6.capwap_ac_v6', 'CAPWAP Access Controllers address'),
  53: uniqueIdentifier,
  56: ntpServers,
  64: aftrName,
  66: withOptions(),
  89: mappingRule,
  90: address6('dhcpv6.s46_br.address', 'BR address'),
  94: withOptions(),
  95: withOptions(),
  96: withOptions(),
  103: text('dhcpv6.captive_portal', 'Captive Portal'),
  112: text('dhcpv6.mudurl', 'MUDURL'),
  135: number('dhcpv6.relay_port', 'Downstream Source Port', 2),
};

/** All fields of messages and options. */
export const optionFields = declared(head, message, shapeFields(Object.values(shapes)));

/** Types of the messages that relay agents exchange; they have another header. */
export const isRelayed = (type: number): boolean => type === 12 || type === 13;
/** Bytes before the options of a message. */
export const headLength = (type: number): number => (isRelayed(type) ? 34 : 4);

/** Reports a message: the one of the datagram, or one that is relayed in another. */
export function reportMessage(cursor: FieldCursor): void {
  const type = cursor.u8();
  cursor.field(message.type, 1);
  if (isRelayed(type)) {
    cursor.field(message.hops, 1);
    cursor.field(message.link, 16);
    cursor.field(message.peer, 16);
  } else cursor.field(message.id, 3);
  reportOptions(cursor);
}

function reportOptions(cursor: FieldCursor): void {
  while (cursor.left >= 4) {
    const code = cursor.u16();
    cursor.group(
      head.option,
      4 + cursor.u16(2),
      (inner) => {
        inner.field(head.type, 2);
        inner.field(head.length, 2);
        if (inner.left === 0) return;
        const shape = inner.depth < deepest ? shapes[code] : undefined;
        if (shape && (shape.fits?.(inner.left) ?? true)) shape.report(inner);
        else inner.rest(head.value);
      },
      nameOf(optionNames, code) ?? `Unknown (${code})`,
    );
  }
}

/** What the packet list says of a message: who asks, for which address; a relayed message tells for its relay. */
export function messageWords(frame: Uint8Array, start: number, end: number): string {
  let words = '';
  let at = start;
  let to = end;
  for (let hops = 0; at < to && hops < deepest; hops++) {
    const type = u8(frame, at);
    const name = nameOf(messageNames, type) ?? `Message Type ${type}`;
    if (at + headLength(type) > to) return `${words}${name} `;
    if (!isRelayed(type)) {
      const id = hex(frame, at + 1, 3);
      return `${words}${name} XID: 0x${id.replace(/^0+(?=.)/, '')} ${optionWords(frame, at + 4, to, 0)}`;
    }
    words += `${name} L: ${ipv6Text(frame, at + 2)} `;
    const [from, length] = findOption(frame, at + 34, to, 9);
    at = from;
    to = Math.min(to, from + length);
  }
  return words;
}

/** Where the value of the first such option is, and its length; behind the end when there is none. */
function findOption(frame: Uint8Array, from: number, end: number, wanted: number): readonly [number, number] {
  for (let at = from; at + 4 <= end; at += 4 + u16(frame, at + 2))
    if (u16(frame, at) === wanted) return [at + 4, u16(frame, at + 2)];
  return [end, 0];
}

function optionWords(frame: Uint8Array, from: number, end: number, depth: number): string {
  let words = '';
  for (let at = from; at + 4 <= end && words.length < 500; at += 4 + u16(frame, at + 2)) {
    const code = u16(frame, at);
    const value = at + 4;
    const length = Math.min(u16(frame, at + 2), end - value);
    const skipped = code === 3 ? 12 : code === 4 ? 4 : -1;
    if (code === 1) words += `CID: ${hex(frame, value, Math.min(length, 64))} `;
    else if (code === 5 && length >= 16) words += `IAA: ${ipv6Text(frame, value)} `;
    else if (skipped >= 0 && depth < 2)
      words += optionWords(frame, value + skipped, value + length, depth + 1);
  }
  return words;
}
