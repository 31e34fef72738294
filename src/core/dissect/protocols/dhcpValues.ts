/** Values of DHCP options that are more than a number, an address or a text. */
import { ipv4Text } from '../../base/addresses.js';
import { hex, u8 } from '../../base/bytes.js';
import type { FieldCursor } from '../fieldCursor.js';
import {
  bytes,
  ether,
  type Field,
  flag,
  ipv4,
  ipv6,
  nameOf,
  string,
  uint,
  type ValueNames,
} from '../field.js';
import { addresses, custom, sequence, type Shape } from '../shapes.js';
import { enterprises } from '../values/enterprises.js';
import { hardwareTypes } from '../values/hardwareTypes.js';
import { utcText } from '../values/times.js';
import { readName } from './dnsNames.js';

const ethernetAddress = 6;

/** A number with a sign, 4 bytes: seconds east of Greenwich. */
export const signed = (name: string, title: string): Shape => {
  const field = uint(name, title, { unit: ' seconds' });
  return custom(
    { field },
    (cursor) => void cursor.field(field, 4, cursor.u32() | 0),
    (length) => length === 4,
  );
};

/** Seconds since 1970, 4 bytes. */
export const moment = (name: string, title: string): Shape => {
  const field: Field = { ...string(name, title), type: 'time' };
  return custom(
    { field },
    (cursor) => void cursor.field(field, 4, utcText(cursor.u32(), 0)),
    (length) => length === 4,
  );
};

/** Pairs of addresses. */
export const pairs = (first: Field, second: Field): Shape =>
  custom(
    { first, second },
    (cursor) => {
      while (cursor.left >= 8) {
        cursor.field(first, 4);
        cursor.field(second, 4);
      }
    },
    (length) => length >= 8,
  );

const client = {
  hardware: uint('dhcp.hw.type', 'Hardware type', { show: 'hex', values: hardwareTypes }),
  mac: ether('dhcp.hw.mac_addr', 'Client MAC address'),
  type: uint('dhcp.client_id.type', 'Type'),
  text: string('dhcp.client_id.undef', 'Client Identifier'),
  iaid: string('dhcp.client_id.iaid', 'IAID'),
  duidType: uint('dhcp.client_id.duid_type', 'DUID Type', {
    values: {
      1: 'link-layer address plus time',
      2: 'assigned by vendor based on Enterprise number',
      3: 'link-layer address',
    },
  }),
  timedHardware: uint('dhcp.client_id.duid_llt_hw_type', 'Hardware type', { values: hardwareTypes }),
  plainHardware: uint('dhcp.client_id.duid_ll_hw_type', 'Hardware type', { values: hardwareTypes }),
  time: uint('dhcp.client_id.time', 'Time'),
  link: string('dhcp.client_id.link_layer_address', 'Link layer address'),
  enterprise: uint('dhcp.client_id.enterprise_num', 'Enterprise-number', { values: enterprises }),
  identifier: bytes('dhcp.client_id', 'Identifier'),
  uuid: string('dhcp.client_id.uuid', 'Client Identifier (UUID)'),
};

/** RFC 2132, section 9.14, and RFC 4361: a hardware address, a DUID behind an IAID, or anything. */
export const clientIdentifier: Shape = custom(client, (cursor) => {
  const type = cursor.u8();
  if (type === 0xff && cursor.left >= 7) {
    cursor.skip(1);
    cursor.field(client.iaid, 4, hex(cursor.frame, cursor.at, 4));
    reportDuid(cursor);
  } else if (type > 0 && type < 48 && cursor.left === 1 + ethernetAddress) {
    cursor.field(client.hardware, 1);
    cursor.field(client.mac, ethernetAddress);
  } else if (type === 0 && cursor.left > 1) {
    cursor.field(client.type, 1);
    cursor.rest(client.text);
  }
});

function reportDuid(cursor: FieldCursor): void {
  const type = cursor.u16();
  cursor.field(client.duidType, 2);
  if (type === 1 || type === 3) {
    cursor.field(type === 1 ? client.timedHardware : client.plainHardware, 2);
    if (type === 1) cursor.field(client.time, 4);
    cursor.rest(client.link, hex(cursor.frame, cursor.at, cursor.left, ':'));
  } else if (type === 2) {
    cursor.field(client.enterprise, 4);
    cursor.rest(client.identifier);
  }
}

/** RFC 4578: the bytes of a GUID, whose first three numbers are little-endian. */
export const uuid: Shape = custom(
  { uuid: client.uuid },
  (cursor) => {
    cursor.skip(1);
    cursor.field(client.uuid, 16, guidText(cursor.frame, cursor.at));
  },
  (length) => length === 17,
);

function guidText(frame: Uint8Array, at: number): string {
  const reversed = (from: number, length: number): string => {
    let digits = '';
    for (let i = length - 1; i >= 0; i--) digits += hex(frame, at + from + i, 1);
    return digits;
  };
  return [reversed(0, 4), reversed(4, 2), reversed(6, 2), hex(frame, at + 8, 2), hex(frame, at + 10, 6)].join(
    '-',
  );
}

const fqdnBit = (name: string, title: string, mask: number, values: ValueNames): Field =>
  flag(`dhcp.fqdn.${name}`, title, { at: 0, bytes: 1, mask, values });
const fqdn = {
  flags: uint('dhcp.fqdn.flags', 'Flags', {
    show: 'hex',
    children: {
      reserved: uint('dhcp.fqdn.mbz', 'Reserved flags', { at: 0, bytes: 1, mask: 0xf0, show: 'hex' }),
      noUpdates: fqdnBit('n', 'Server DDNS', 0x08, { 1: 'No server updates', 0: 'Some server updates' }),
      encoding: fqdnBit('e', 'Encoding', 0x04, { 1: 'Binary encoding', 0: 'ASCII encoding' }),
      overrides: fqdnBit('o', 'Server overrides', 0x02, { 1: 'Override', 0: 'No override' }),
      server: fqdnBit('s', 'Server', 0x01, { 1: 'Server', 0: 'Client' }),
    },
  }),
  forward: uint('dhcp.fqdn.rcode1', 'A-RR result'),
  reverse: uint('dhcp.fqdn.rcode2', 'PTR-RR result'),
  name: string('dhcp.fqdn.name', 'Client name'),
};
/** RFC 4702. */
export const clientName: Shape = custom(
  fqdn,
  (cursor) => {
    const isWire = (cursor.u8() & 0x04) !== 0;
    cursor.field(fqdn.flags, 1);
    cursor.field(fqdn.forward, 1);
    cursor.field(fqdn.reverse, 1);
    const { frame, at, end, left } = cursor;
    // Some clients say it is in wire form when it is plain text.
    const isName = isWire && left > 0 && u8(frame, at) < 0x20;
    cursor.rest(fqdn.name, isName ? readName(frame, at, at, end).text : undefined);
  },
  (length) => length >= 3,
);

const searched = string('dhcp.option.dhcp_dns_domain_search_list_fqdn', 'FQDN');
/** RFC 3397: names that may point back to names before. */
export const domainSearch: Shape = custom({ searched }, (cursor) => {
  const from = cursor.at;
  while (cursor.left > 0) {
    const { text: name, length } = readName(cursor.frame, cursor.at, from, cursor.end);
    cursor.field(searched, Math.max(1, length), name);
  }
});

const sip = {
  encoding: uint('dhcp.option.sip_server.encoding', 'SIP Server Encoding', {
    values: { 0: 'Fully Qualified Domain Name', 1: 'IPv4 Address' },
  }),
  name: string('dhcp.option.sip_server.name', 'SIP Server Name'),
  address: ipv4('dhcp.option.sip_server.address', 'SIP Server Address'),
};
/** RFC 3361. */
export const sipServers: Shape = custom(sip, (cursor) => {
  const encoding = cursor.u8();
  cursor.field(sip.encoding, 1);
  if (encoding === 1) while (cursor.left >= 4) cursor.field(sip.address, 4);
  if (encoding !== 0) return;
  const from = cursor.at;
  while (cursor.left > 0) {
    const { text: name, length } = readName(cursor.frame, cursor.at, from, cursor.end);
    cursor.field(sip.name, Math.max(1, length), name);
  }
});

const route = bytes('dhcp.option.classless_static_route', 'Route', {
  text(_, { layer: { frame }, at, length }) {
    const width = u8(frame, at);
    const octets = length - 5;
    const net = [0, 1, 2, 3].map((i) => (i < octets ? u8(frame, at + 1 + i) : 0)).join('.');
    return `${width === 0 ? 'default' : `${net}/${width}`}-${ipv4Text(frame, at + length - 4)}`;
  },
});
/** RFC 3442: as many bytes of the network as its mask is long, then the router. */
export const classlessRoutes: Shape = custom(
  { route },
  (cursor) => {
    while (cursor.left >= 5) {
      const width = cursor.u8();
      if (width > 32 || !cursor.field(route, 5 + Math.ceil(width / 8))) return;
    }
  },
  (length) => length >= 5,
);

const vendorClass = {
  enterprise: uint('dhcp.option.vi_class.enterprise', 'Enterprise', { values: enterprises }),
  length: uint('dhcp.option.vi_class.length', 'Length'),
  data: string('dhcp.option.vi_class.data', 'Data'),
};
/** RFC 3925, section 3. */
export const vendorClasses: Shape = custom(
  vendorClass,
  (cursor) => {
    while (cursor.left >= 5) {
      const length = cursor.u8(4);
      cursor.field(vendorClass.enterprise, 4);
      cursor.field(vendorClass.length, 1);
      cursor.field(vendorClass.data, length);
    }
  },
  (length) => length >= 5,
);

const vendorOption = {
  enterprise: uint('dhcp.option.vi.enterprise', 'Enterprise', { values: enterprises }),
  length: uint('dhcp.option.vi.length', 'Length'),
  code: uint('dhcp.vendor.suboption', 'Option 125 Suboption'),
  codeLength: uint('dhcp.option.length', 'Length'),
  data: bytes('dhcp.vendor.data', 'Data'),
};
/** RFC 3925, section 4. */
export const vendorOptions: Shape = custom(
  vendorOption,
  (cursor) => {
    while (cursor.left >= 5) {
      const length = cursor.u8(4);
      cursor.field(vendorOption.enterprise, 4);
      cursor.field(vendorOption.length, 1);
      const inner = cursor.part(length);
      while (inner.left >= 2) {
        const size = inner.u8(1);
        inner.field(vendorOption.code, 1);
        inner.skip(1);
        inner.field(vendorOption.data, size);
      }
    }
  },
  (length) => length >= 5,
);

const userClassField = uint('dhcp.option.user_class', 'Instance of User Class', {
  text: (value) => `[${value}]`,
});
const userClassLength = uint('dhcp.option.user_class.length', 'User Class Length');
const userClassData = bytes('dhcp.option.user_class.data', 'User Class Data');
const userClassText = string('dhcp.option.user_class.text', 'User Class Data (Text)');
/** RFC 3004; network boot firmware sends plain text instead. */
export const userClass: Shape = custom(
  { userClassField, userClassLength, userClassData, userClassText },
  (cursor) => {
    const { frame, at, end } = cursor;
    let place = at;
    while (place < end && u8(frame, place) > 0) place += 1 + u8(frame, place);
    if (place !== end) {
      cursor.rest(userClassText);
      return;
    }
    for (let instance = 0; cursor.left > 0; instance++)
      cursor.group(
        userClassField,
        1 + cursor.u8(),
        (inner) => {
          inner.field(userClassLength, 1);
          inner.rest(userClassData);
        },
        instance,
      );
  },
  (length) => length >= 2,
);

const authenticationPrefix = 'dhcp.option.dhcp_authentication';
const authenticationFields = {
  protocol: uint(`${authenticationPrefix}.protocol`, 'Protocol', {
    values: { 0: 'configuration token', 1: 'delayed authentication' },
  }),
  algorithm: uint(`${authenticationPrefix}.algorithm`, 'Algorithm'),
  delayAlgorithm: uint(`${authenticationPrefix}.alg_delay`, 'Delay Algorithm', { values: { 1: 'HMAC_MD5' } }),
  replay: uint(`${authenticationPrefix}.rdm`, 'Replay Detection Method', {
    values: { 0: 'Monotonically-increasing counter' },
  }),
  replayValue: uint(`${authenticationPrefix}.rdm_replay_detection`, 'RDM Replay Detection Value', {
    show: 'hex',
  }),
  secret: uint(`${authenticationPrefix}.secret_id`, 'Secret ID', { show: 'hex' }),
  hmac: bytes(`${authenticationPrefix}.hmac_md5_hash`, 'HMAC MD5 Hash'),
  information: string(`${authenticationPrefix}.information`, 'Authentication Information'),
};
/** RFC 3118. */
export const authentication: Shape = custom(
  authenticationFields,
  (cursor) => {
    const isDelayed = cursor.u8() === 1;
    const isHmac = cursor.u8(1) === 1;
    cursor.field(authenticationFields.protocol, 1);
    cursor.field(isDelayed ? authenticationFields.delayAlgorithm : authenticationFields.algorithm, 1);
    cursor.field(authenticationFields.replay, 1);
    cursor.field(authenticationFields.replayValue, 8);
    if (isDelayed && isHmac) {
      if (cursor.left < 20) return;
      cursor.field(authenticationFields.secret, 4);
      cursor.field(authenticationFields.hmac, 16);
    } else cursor.rest(authenticationFields.information);
  },
  (length) => length >= 11,
);

/** RFC 4578: type 1 is UNDI, then its version. */
const interfaceFields = {
  major: uint('dhcp.client_network_id_major', 'Major Version'),
  minor: uint('dhcp.client_network_id_minor', 'Minor Version'),
};
export const networkInterface: Shape = custom(
  interfaceFields,
  (cursor) => {
    cursor.skip(1);
    cursor.field(interfaceFields.major, 1);
    cursor.field(interfaceFields.minor, 1);
  },
  (length) => length === 3,
);

const civic = 'dhcp.option.civic_location';
const civicFields = {
  what: uint(`${civic}.what`, 'What', {
    values: {
      0: 'Location of the DHCP server',
      1: 'Location of the network element believed to be closest to the client',
      2: 'Location of the client',
    },
  }),
  country: string(`${civic}.country`, 'Country'),
  type: uint(`${civic}.ca_type`, 'CA Type'),
  length: uint(`${civic}.ca_length`, 'CA Length'),
  value: string(`${civic}.ca_value`, 'CA Value'),
};
/** RFC 4776. */
export const civicLocation: Shape = custom(
  civicFields,
  (cursor) => {
    cursor.field(civicFields.what, 1);
    cursor.field(civicFields.country, 2);
    while (cursor.left >= 2) {
      const length = cursor.u8(1);
      cursor.field(civicFields.type, 1);
      cursor.field(civicFields.length, 1);
      cursor.field(civicFields.value, length);
    }
  },
  (length) => length >= 3,
);

const nameService = string('dhcp.option.dhcp_name_service_search_option', 'Name Service');
const nameServiceNames: ValueNames = {
  6: 'Domain Name Server Option',
  41: 'NIS Option',
  44: 'NetBIOS over TCP/IP Name Server Option',
  65: 'NIS+ Option',
};
/** RFC 2937: the options whose servers are asked, in this order. */
export const nameServices: Shape = custom({ nameService }, (cursor) => {
  while (cursor.left >= 2) {
    const option = cursor.u16();
    cursor.field(nameService, 2, `${nameOf(nameServiceNames, option) ?? 'Unknown'} (${option})`);
  }
});

const resolver = 'dhcp.option.rdnss';
const resolverFields = {
  reserved: uint(`${resolver}.reserved`, 'Reserved', { mask: 0xfc, show: 'hex' }),
  preference: uint(`${resolver}.preference`, 'Preference', {
    mask: 0x03,
    values: { 0: 'Medium', 1: 'High', 2: 'Reserved', 3: 'Low' },
  }),
  primary: ipv4(`${resolver}.primary_dns`, 'Primary DNS'),
  secondary: ipv4(`${resolver}.secondary_dns`, 'Secondary DNS'),
  domain: string(`${resolver}.domain`, 'Domains and networks'),
};
/** RFC 6731. */
export const resolverSelection: Shape = custom(
  resolverFields,
  (cursor) => {
    cursor.peek(resolverFields.reserved, 1);
    cursor.field(resolverFields.preference, 1);
    cursor.field(resolverFields.primary, 4);
    cursor.field(resolverFields.secondary, 4);
    const { frame, at, end } = cursor;
    cursor.rest(resolverFields.domain, readName(frame, at, at, end).text);
  },
  (length) => length >= 10,
);

const rapid = 'dhcp.option.6RD';
const relay = ipv4(`${rapid}.border_relay_ip`, 'Border Relay IP');
const rapidHead = sequence(
  [uint(`${rapid}.ipv4_mask_len`, '6RD IPv4 Mask Length'), 1],
  [uint(`${rapid}.prefix_len`, '6RD Prefix Length'), 1],
  [ipv6(`${rapid}.prefix`, '6RD Prefix'), 16],
);
/** RFC 5969. */
export const rapidDeployment: Shape = {
  fields: [...rapidHead.fields, relay],
  fits: (length) => length >= 22,
  report(cursor) {
    rapidHead.report(cursor);
    while (cursor.left >= 4) cursor.field(relay, 4);
  },
};

const agentKind = uint('dhcp.option.slp_directory_agent.value', 'Value', {
  values: { 0: 'Dynamic Discovery', 1: 'Static Discovery', 128: 'Backwards compatibility' },
});
const agentAddresses = addresses('dhcp.option.slp_directory_agent.slpda_address', 'IP Address');
/** RFC 2610. */
export const agents: Shape = {
  fields: [agentKind, ...agentAddresses.fields],
  fits: (length) => length >= 1,
  report(cursor) {
    cursor.field(agentKind, 1);
    agentAddresses.report(cursor);
  },
};
