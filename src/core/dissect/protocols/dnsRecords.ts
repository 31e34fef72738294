/**
 * What the data of resource records holds, a list of parts for each type. A part knows how long it is, and the parts
 * follow one another; so a new type of record is one line of the table at the end.
 */
import { u16, u32, u8 } from '../../base/bytes.js';
import { ipv4Text, ipv6Text } from '../../base/addresses.js';
import type { Emit } from '../emit.js';
import {
  bytes,
  eui64,
  ether,
  type Field,
  type FieldSet,
  flag,
  ipv4,
  ipv6,
  label,
  nameOf,
  setOrNot,
  string,
  time,
  uint,
} from '../field.js';
import {
  algorithmNames,
  digestNames,
  replyNames,
  serviceParameterNames,
  typeNames,
} from '../values/dnsTypes.js';
import { inWords } from '../values/durations.js';
import { namedFlags } from '../values/flagNotes.js';
import { utcText } from '../values/times.js';
import type { Layer } from '../walk.js';
import { readName } from './dnsNames.js';

/** Where parts are read from: the data of one record in its message. */
export interface RecordData {
  readonly layer: Layer;
  readonly emit: Emit;
  /** First byte of the message, from which pointers in names count. */
  readonly message: number;
  /** Behind the last byte of the data. */
  readonly end: number;
}

/** Reports what stands at `at` and answers where the next part begins. */
type Part = (data: RecordData, at: number) => number;

/** A type of record. */
export interface RecordKind {
  readonly parts: readonly Part[];
  /** For the packet list and the record's line: what it says, behind the type. */
  readonly words?: (frame: Uint8Array, at: number, message: number, end: number) => string;
  /** What stands before those words in the record's line: `addr`, `ns`. */
  readonly lead?: string;
}

const fields: Record<string, Field> = {};
/** All fields of all records, for the dissector's declaration. */
export const recordFields: FieldSet = fields;
function declared(field: Field): Field {
  fields[`${field.name} ${Object.keys(fields).length}`] = field;
  return field;
}

/** A number of so many bytes. */
function number(size: 1 | 2 | 4, spec: Field): Part {
  const field = declared({ ...spec, bytes: size });
  return ({ emit, end }, at) => {
    if (at + size <= end) emit.add(field, at, size);
    return at + size;
  };
}

/** An address, or what else has a fixed length. */
function fixed(size: number, field: Field): Part {
  declared(field);
  return ({ emit, end }, at) => {
    if (at + size <= end) emit.add(field, at, size);
    return at + size;
  };
}

function name(fieldName: string, title: string): Part {
  const field = declared(string(fieldName, title));
  return ({ layer, emit, message, end }, at) => {
    if (at >= end) return end;
    const { text, length } = readName(layer.frame, at, message, end);
    emit.add(field, at, length, text);
    return at + length;
  };
}

/** A text behind a byte that says how long it is. */
function counted(lengthName: string, lengthTitle: string, field: Field): Part {
  const lengthField = declared(uint(lengthName, lengthTitle, { bytes: 1 }));
  declared(field);
  return ({ emit, layer, end }, at) => {
    if (at >= end) return end;
    const length = u8(layer.frame, at);
    emit.add(lengthField, at, 1);
    emit.add(field, at + 1, Math.min(length, end - at - 1));
    return at + 1 + length;
  };
}

/** All that is left. */
function rest(field: Field): Part {
  declared(field);
  return ({ emit, end }, at) => {
    if (at < end) emit.add(field, at, end - at);
    return end;
  };
}

/** The same again until the data ends. */
function repeated(part: Part): Part {
  return (data, at) => {
    let place = at;
    while (place < data.end) place = Math.max(place + 1, part(data, place));
    return place;
  };
}

/** Seconds since 1970 in four bytes. */
function moment(fieldName: string, title: string): Part {
  const field = declared(time(fieldName, title));
  return ({ layer, emit, end }, at) => {
    if (at + 4 <= end) emit.add(field, at, 4, utcText(u32(layer.frame, at), 0));
    return at + 4;
  };
}

/** TSIG's 48 bits of seconds. */
function longMoment(fieldName: string, title: string): Part {
  const field = declared(time(fieldName, title));
  return ({ layer, emit, end }, at) => {
    if (at + 6 <= end) {
      const seconds = u16(layer.frame, at) * 2 ** 32 + u32(layer.frame, at + 2);
      // No calendar reaches further.
      if (seconds < 8.64e12) emit.add(field, at, 6, utcText(seconds, 0));
    }
    return at + 6;
  };
}

const span = (fieldName: string, title: string): Field =>
  uint(fieldName, title, { note: (value) => ` (${inWords(Number(value))})` });

const bitmapType = declared(
  uint('dns.resp.type', 'RR type in bit map', {
    bytes: 2,
    text: (value) => nameOf(typeNames, Number(value)) ?? `Unknown (${value})`,
  }),
);

/** The types that exist at a name (RFC 4034, section 4.1.2): windows of up to 256 types. */
const typeBitmap: Part = ({ layer: { frame }, emit, end }, at) => {
  let place = at;
  while (place + 2 <= end) {
    const window = u8(frame, place) * 256;
    const size = u8(frame, place + 1);
    for (let i = 0; i < size && place + 2 + i < end; i++)
      for (let bit = 0; bit < 8; bit++)
        if (u8(frame, place + 2 + i) & (0x80 >> bit))
          emit.add(bitmapType, place + 2 + i, 1, window + 8 * i + bit);
    place += 2 + size;
  }
  return end;
};

const syncBitmap = declared(bytes('dns.csync.type_bitmap', 'Type Bitmap'));

const dnskeyFlags = {
  zoneKey: flag('dns.dnskey.flags.zone_key', 'Zone Key', { at: 0, bytes: 2, mask: 0x0100 }),
  revoked: flag('dns.dnskey.flags.key_revoked', 'Key Revoked', { at: 0, bytes: 2, mask: 0x0080 }),
  entryPoint: flag('dns.dnskey.flags.secure_entry_point', 'Key Signing Key', {
    at: 0,
    bytes: 2,
    mask: 0x0001,
  }),
  reserved: uint('dns.dnskey.flags.reserved', 'Key Signing Key', {
    at: 0,
    bytes: 2,
    mask: 0xfe7e,
    show: 'hex',
  }),
};

const keyId = declared(uint('dns.dnskey.key_id', 'Key id', { bytes: 2, generated: true }));

/** The tag by which signatures name a key (RFC 4034, appendix B). */
const keyTag: Part = ({ layer: { frame }, emit, end }, at) => {
  const from = at - 4;
  let sum = 0;
  for (let i = from; i < end; i++) sum += (i - from) & 1 ? u8(frame, i) : u8(frame, i) << 8;
  sum += (sum >> 16) & 0xffff;
  if (end > at) emit.add(keyId, at, 0, sum & 0xffff);
  return at;
};

const saltOf = (part: string, title: string): Part => {
  const lengthField = declared(uint(`dns.nsec3.${part}_length`, `${title} length`, { bytes: 1 }));
  const value = declared(
    part === 'salt'
      ? bytes('dns.nsec3.salt_value', 'Salt value')
      : string('dns.nsec3.hash_value', 'Next hashed owner'),
  );
  return ({ layer: { frame }, emit, end }, at) => {
    if (at >= end) return end;
    const length = u8(frame, at);
    emit.add(lengthField, at, 1);
    const there = Math.min(length, end - at - 1);
    if (there > 0) emit.add(value, at + 1, there, part === 'salt' ? undefined : base32(frame, at + 1, there));
    return at + 1 + length;
  };
};

/** Base 32 with extended hex alphabet, lower case, without padding (RFC 5155, section 1.3). */
function base32(frame: Uint8Array, at: number, length: number): string {
  const alphabet = '0123456789abcdefghijklmnopqrstuv';
  let text = '';
  for (let bit = 0; bit < 8 * length; bit += 5) {
    const word =
      (u8(frame, at + (bit >> 3)) << 8) | ((bit >> 3) + 1 < length ? u8(frame, at + (bit >> 3) + 1) : 0);
    text += alphabet[(word >> (11 - (bit & 7))) & 31] ?? '';
  }
  return text;
}

const nsec3OptOut = flag('dns.nsec3.flags.opt_out', 'NSEC3 Opt-out flag', {
  at: 0,
  bytes: 1,
  mask: 1,
  values: {
    0: 'Additional insecure delegations forbidden',
    1: 'Additional insecure delegations allowed',
  },
});
/** What NSEC3 and its parameters begin with; the parameters have no flags of their own. */
const nsec3Start = (children: FieldSet): Part[] => [
  number(1, uint('dns.nsec3.algo', 'Hash algorithm', { values: { 0: 'Reserved', 1: 'SHA-1' } })),
  number(1, uint('dns.nsec3.flags', 'NSEC3 flags', { children })),
  number(2, uint('dns.nsec3.iterations', 'NSEC3 iterations')),
  saltOf('salt', 'Salt'),
];

const parameter = {
  node: declared(label('dns.svcb.svcparam', 'SvcParam', { text: (value) => `SvcParam: ${String(value)}` })),
  key: declared(uint('dns.svcb.svcparam.key', 'SvcParamKey', { bytes: 2, values: serviceParameterNames })),
  length: declared(uint('dns.svcb.svcparam.value.length', 'SvcParamValue length', { bytes: 2 })),
  value: declared(bytes('dns.svcb.svcparam.value', 'SvcParamValue')),
};
const mandatoryKey = number(
  2,
  uint('dns.svcb.svcparam.mandatory.key', 'Mandatory key', { values: serviceParameterNames }),
);
const parameterParts: Readonly<Record<number, readonly Part[]>> = {
  0: [repeated(mandatoryKey)],
  1: [
    repeated(
      counted('dns.svcb.svcparam.alpn.length', 'ALPN length', string('dns.svcb.svcparam.alpn', 'ALPN')),
    ),
  ],
  3: [number(2, uint('dns.svcb.svcparam.port', 'Port'))],
  4: [repeated(fixed(4, ipv4('dns.svcb.svcparam.ipv4hint.ip', 'IP')))],
  5: [rest(bytes('dns.svcb.svcparam.echconfig', 'ECHConfig'))],
  6: [repeated(fixed(16, ipv6('dns.svcb.svcparam.ipv6hint.ip', 'IP')))],
  32769: [rest(bytes('dns.svcb.svcparam.odohconfig', 'ODoHConfig'))],
};

/** Parameters of SVCB and HTTPS: key, length, value. */
const serviceParameter: Part = (data, at) => {
  const { layer, emit, end } = data;
  if (at + 4 > end) return end;
  const key = u16(layer.frame, at);
  const stop = Math.min(end, at + 4 + u16(layer.frame, at + 2));
  if (emit.open(parameter.node, at, stop - at, serviceParameterNames[key] ?? `key${key}`)) {
    emit.add(parameter.key, at, 2);
    emit.add(parameter.length, at + 2, 2);
    const parts = parameterParts[key];
    if (parts) reportParts(parts, { ...data, end: stop }, at + 4);
    else if (stop > at + 4) emit.add(parameter.value, at + 4, stop - at - 4);
    emit.close();
  }
  return stop;
};

const caa = {
  issue: declared(string('dns.caa.issue', 'Issue')),
  issuewild: declared(string('dns.caa.issuewild', 'Issue Wildcard')),
  iodef: declared(string('dns.caa.iodef', 'Report URL')),
  unknown: declared(string('dns.caa.unknown', 'Unknown tag')),
  tagLength: declared(uint('dns.caa.tag_length', 'Tag length', { bytes: 1 })),
  tag: declared(string('dns.caa.tag', 'Tag')),
  value: declared(string('dns.caa.value', 'Value')),
};

/** A property of CAA: which authorities may issue certificates (RFC 8659, section 4.1). */
const caaProperty: Part = ({ layer: { frame }, emit, end }, at) => {
  const tagEnd = Math.min(end, at + 1 + u8(frame, at));
  const tag = String.fromCharCode(...frame.subarray(at + 1, tagEnd)).toLowerCase();
  const field = tag === 'issue' || tag === 'issuewild' || tag === 'iodef' ? caa[tag] : caa.unknown;
  const text = new TextDecoder().decode(frame.subarray(tagEnd, end));
  if (at < end && emit.open(field, at, end - at, text)) {
    emit.add(caa.tagLength, at, 1);
    if (tagEnd > at + 1) emit.add(caa.tag, at + 1, tagEnd - at - 1);
    if (end > tagEnd) emit.add(caa.value, tagEnd, end - tagEnd);
    emit.close();
  }
  return end;
};

const gateway = {
  ipv4: declared(ipv4('dns.ipseckey.gateway_ipv4', 'IPv4 Gateway')),
  ipv6: declared(ipv6('dns.ipseckey.gateway_ipv6', 'IPv6 Gateway')),
};
const gatewayName = name('dns.ipseckey.gateway_dns', 'DNS Gateway');
const ipsecGateway: Part = (data, at) => {
  // The kind of gateway stands two bytes before: its precedence, kind and algorithm come first.
  switch (u8(data.layer.frame, at - 2)) {
    case 1:
      if (at + 4 <= data.end) data.emit.add(gateway.ipv4, at, 4);
      return at + 4;
    case 2:
      if (at + 16 <= data.end) data.emit.add(gateway.ipv6, at, 16);
      return at + 16;
    case 3:
      return gatewayName(data, at);
    default:
      return at;
  }
};

/** Bytes behind a 16-bit length. */
function longCounted(spec: Field, field: Field): Part {
  const lengthField = declared({ ...spec, bytes: 2 });
  declared(field);
  return ({ layer: { frame }, emit, end }, at) => {
    if (at + 2 > end) return end;
    const length = u16(frame, at);
    emit.add(lengthField, at, 2);
    if (length > 0 && at + 2 < end) emit.add(field, at + 2, Math.min(length, end - at - 2));
    return at + 2 + length;
  };
}

const ds = [
  number(2, uint('dns.ds.key_id', 'Key id', { show: 'hex' })),
  number(1, uint('dns.ds.algorithm', 'Algorithm', { values: algorithmNames })),
  number(1, uint('dns.ds.digest_type', 'Digest Type', { values: digestNames })),
  rest(bytes('dns.ds.digest', 'Digest')),
];
const rrsig = [
  number(2, uint('dns.rrsig.type_covered', 'Type Covered', { values: typeNames })),
  number(1, uint('dns.rrsig.algorithm', 'Algorithm', { values: algorithmNames })),
  number(1, uint('dns.rrsig.labels', 'Labels')),
  number(4, span('dns.rrsig.original_ttl', 'Original TTL')),
  moment('dns.rrsig.signature_expiration', 'Signature Expiration'),
  moment('dns.rrsig.signature_inception', 'Signature Inception'),
  number(2, uint('dns.rrsig.key_tag', 'Key Tag')),
  name('dns.rrsig.signers_name', "Signer's name"),
  rest(bytes('dns.rrsig.signature', 'Signature')),
];
const dnskey = [
  number(
    2,
    uint('dns.dnskey.flags', 'Flags', {
      show: 'hex',
      note: namedFlags(Object.values(dnskeyFlags).filter(({ type }) => type === 'flag')),
      children: dnskeyFlags,
    }),
  ),
  number(1, uint('dns.dnskey.protocol', 'Protocol', { values: { 3: 'DNSSEC' } })),
  number(1, uint('dns.dnskey.algorithm', 'Algorithm', { values: algorithmNames })),
  keyTag,
  rest(bytes('dns.dnskey.public_key', 'Public Key')),
];
const tlsa = [
  number(
    1,
    uint('dns.tlsa.certificate_usage', 'Certificate Usage', {
      values: {
        0: 'CA constraint (PKIX-TA)',
        1: 'Service certificate constraint (PKIX-EE)',
        2: 'Trust anchor assertion (DANE-TA)',
        3: 'Domain-issued certificate (DANE-EE)',
      },
    }),
  ),
  number(
    1,
    uint('dns.tlsa.selector', 'Selector', { values: { 0: 'Full certificate', 1: 'SubjectPublicKeyInfo' } }),
  ),
  number(
    1,
    uint('dns.tlsa.matching_type', 'Matching Type', {
      values: { 0: 'No Hash Used', 1: 'SHA-256', 2: 'SHA-512' },
    }),
  ),
  rest(bytes('dns.tlsa.certificate_association_data', 'Certificate Association Data')),
];
const service = [
  number(2, uint('dns.svcb.svcpriority', 'SvcPriority')),
  name('dns.svcb.targetname', 'TargetName'),
  repeated(serviceParameter),
];
const texts = [repeated(counted('dns.txt.length', 'TXT Length', string('dns.txt', 'TXT')))];

/** The words of records whose data is one name, at an offset. */
const nameWords =
  (offset = 0): RecordKind['words'] =>
  (frame, at, message, end) =>
    readName(frame, at + offset, message, end).text;

/** The kinds by type. To add one: a line here. */
export const recordKinds: Readonly<Record<number, RecordKind>> = {
  1: { parts: [fixed(4, ipv4('dns.a', 'Address'))], lead: 'addr', words: ipv4Text },
  2: { parts: [name('dns.ns', 'Name Server')], lead: 'ns', words: nameWords() },
  3: { parts: [name('dns.md', 'Mail Destination')], words: nameWords() },
  4: { parts: [name('dns.mf', 'Mail Forwarder')], words: nameWords() },
  5: { parts: [name('dns.cname', 'CNAME')], lead: 'cname', words: nameWords() },
  6: {
    parts: [
      name('dns.soa.mname', 'Primary name server'),
      name('dns.soa.rname', "Responsible authority's mailbox"),
      number(4, uint('dns.soa.serial_number', 'Serial Number')),
      number(4, span('dns.soa.refresh_interval', 'Refresh Interval')),
      number(4, span('dns.soa.retry_interval', 'Retry Interval')),
      number(4, span('dns.soa.expire_limit', 'Expire limit')),
      number(4, span('dns.soa.minimum_ttl', 'Minimum TTL')),
    ],
    lead: 'mname',
    words: nameWords(),
  },
  7: { parts: [name('dns.mb', 'MailBox Domaine')], words: nameWords() },
  8: { parts: [name('dns.mg', 'Mail Group member')], words: nameWords() },
  9: { parts: [name('dns.mr', 'Mail Rename domaine')], words: nameWords() },
  10: { parts: [rest(bytes('dns.null', 'Null (data)'))] },
  12: { parts: [name('dns.ptr.domain_name', 'Domain Name')], words: nameWords() },
  13: {
    parts: [
      counted('dns.hinfo.cpu_length', 'CPU Length', string('dns.hinfo.cpu', 'CPU')),
      counted('dns.hinfo.os_length', 'OS Length', string('dns.hinfo.os', 'OS')),
    ],
  },
  14: { parts: [name('dns.minfo.r', 'Responsible Mailbox'), name('dns.minfo.e', 'Error Mailbox')] },
  15: {
    parts: [
      number(2, uint('dns.mx.preference', 'Preference')),
      name('dns.mx.mail_exchange', 'Mail Exchange'),
    ],
    lead: 'preference',
    words: (frame, at, message, end) => `${u16(frame, at)} ${readName(frame, at + 2, message, end).text}`,
  },
  16: { parts: texts },
  17: { parts: [name('dns.rp.mailbox', 'Mailbox'), name('dns.rp.txt_rr', 'TXT RR')] },
  18: { parts: [number(2, uint('dns.afsdb.subtype', 'Subtype')), name('dns.afsdb.hostname', 'Hostname')] },
  19: { parts: [counted('dns.x25.length', 'Length', string('dns.x25.psdn_address', 'PSDN-Address'))] },
  20: {
    parts: [
      counted('dns.idsn.length', 'Length', string('dns.idsn.address', 'ISDN Address')),
      counted('dns.idsn.sa.length', 'Length', string('dns.idsn.sa.address', 'Sub Address')),
    ],
  },
  21: {
    parts: [
      number(2, uint('dns.rt.subtype', 'Preference')),
      name('dns.rt.intermediate_host', 'Intermediate Hostname'),
    ],
  },
  24: { parts: rrsig },
  28: { parts: [fixed(16, ipv6('dns.aaaa', 'AAAA Address'))], lead: 'addr', words: ipv6Text },
  29: {
    parts: [
      number(1, uint('dns.loc.version', 'Version')),
      number(1, uint('dns.loc.size', 'Size')),
      number(1, uint('dns.loc.horizontal_precision', 'Horizontal Precision')),
      number(1, uint('dns.loc.vertical_precision', 'Vertical Precision')),
      number(4, uint('dns.loc.latitude', 'Latitude')),
      number(4, uint('dns.loc.longitude', 'Longitude')),
      number(4, uint('dns.loc.altitude', 'Altitude')),
    ],
  },
  33: {
    parts: [
      number(2, uint('dns.srv.priority', 'Priority')),
      number(2, uint('dns.srv.weight', 'Weight')),
      number(2, uint('dns.srv.port', 'Port')),
      name('dns.srv.target', 'Target'),
    ],
    words: (frame, at, message, end) =>
      `${u16(frame, at)} ${u16(frame, at + 2)} ${u16(frame, at + 4)} ${readName(frame, at + 6, message, end).text}`,
  },
  35: {
    parts: [
      number(2, uint('dns.naptr.order', 'Order')),
      number(2, uint('dns.naptr.preference', 'Preference')),
      counted('dns.naptr.flags_length', 'Flags Length', string('dns.naptr.flags', 'Flags')),
      counted('dns.naptr.service_length', 'Service Length', string('dns.naptr.service', 'Service')),
      counted('dns.naptr.regex_length', 'Regex Length', string('dns.naptr.regex', 'Regex')),
      name('dns.naptr.replacement', 'Replacement'),
    ],
  },
  36: {
    parts: [number(2, uint('dns.kx.preference', 'Preference')), name('dns.kx.key_exchange', 'Key Exchange')],
  },
  37: {
    parts: [
      number(2, uint('dns.cert.type', 'Type')),
      number(2, uint('dns.cert.key_tag', 'Key Tag', { show: 'hex' })),
      number(1, uint('dns.cert.algorithm', 'Algorithm', { values: algorithmNames })),
      rest(bytes('dns.cert.certificate', 'Certificate (or CRL)')),
    ],
  },
  39: { parts: [name('dns.dname', 'Dname')], words: nameWords() },
  43: { parts: ds },
  44: {
    parts: [
      number(
        1,
        uint('dns.sshfp.algorithm', 'Algorithm', {
          values: { 0: 'Reserved', 1: 'RSA', 2: 'DSA', 3: 'ECDSA', 4: 'Ed25519' },
        }),
      ),
      number(
        1,
        uint('dns.sshfp.fingerprint.type', 'Fingerprint type', {
          values: { 0: 'Reserved', 1: 'SHA1', 2: 'SHA256' },
        }),
      ),
      rest(bytes('dns.sshfp.fingerprint', 'Fingerprint')),
    ],
  },
  45: {
    parts: [
      number(1, uint('dns.ipseckey.gateway_precedence', 'Gateway Precedence')),
      number(
        1,
        uint('dns.ipseckey.gateway_type', 'Gateway Type', {
          values: { 0: 'No Gateway', 1: 'IPv4 Gateway', 2: 'IPv6 Gateway', 3: 'DNS Gateway' },
        }),
      ),
      number(
        1,
        uint('dns.ipseckey.gateway_algorithm', 'Gateway Algorithm', {
          values: { 0: 'None', 1: 'DSA', 2: 'RSA' },
        }),
      ),
      ipsecGateway,
      rest(bytes('dns.ipseckey.public_key', 'Public Key')),
    ],
  },
  46: { parts: rrsig },
  47: { parts: [name('dns.nsec.next_domain_name', 'Next Domain Name'), typeBitmap] },
  48: { parts: dnskey },
  49: { parts: [rest(bytes('dns.dhcid.rdata', 'DHCID Data'))] },
  50: { parts: [...nsec3Start({ optOut: nsec3OptOut }), saltOf('hash', 'Hash'), typeBitmap] },
  51: { parts: nsec3Start({}) },
  52: { parts: tlsa },
  53: { parts: tlsa },
  59: { parts: ds },
  60: { parts: dnskey },
  61: { parts: [rest(string('dns.openpgpkey', 'OpenPGP Key'))] },
  62: {
    parts: [
      number(4, uint('dns.csync.soa', 'SOA')),
      number(
        2,
        uint('dns.csync.flags', 'Flags', {
          show: 'hex',
          children: {
            immediate: flag('dns.csync.flags.immediate', 'immediate', { at: 0, bytes: 2, mask: 1 }),
            minimum: flag('dns.csync.flags.soaminimum', 'soaminimum', { at: 0, bytes: 2, mask: 2 }),
          },
        }),
      ),
      (data, at) => {
        if (at < data.end) data.emit.add(syncBitmap, at, data.end - at);
        return typeBitmap(data, at);
      },
    ],
  },
  63: {
    parts: [
      number(4, uint('dns.zonemd.serial', 'Serial')),
      number(1, uint('dns.zonemd.scheme', 'Scheme')),
      number(1, uint('dns.zonemd.hash_algo', 'Hash Algorithm')),
      rest(bytes('dns.zonemd.digest', 'Digest')),
    ],
  },
  64: { parts: service },
  65: { parts: service },
  99: { parts: [repeated(counted('dns.spf.length', 'SPF Length', string('dns.spf', 'SPF')))] },
  104: {
    parts: [number(2, uint('dns.ilnp.nid.preference', 'Preference')), rest(bytes('dns.ilnp.nid', 'NodeID'))],
  },
  105: {
    parts: [
      number(2, uint('dns.ilnp.l32.preference', 'Preference')),
      fixed(4, ipv4('dns.ilnp.l32', 'Locator32')),
    ],
  },
  106: {
    parts: [
      number(2, uint('dns.ilnp.l64.preference', 'Preference')),
      rest(bytes('dns.ilnp.l64', 'Locator64')),
    ],
  },
  107: {
    parts: [number(2, uint('dns.ilnp.lp.preference', 'Preference')), name('dns.ilnp.lp', 'Locator FQDN')],
  },
  108: { parts: [fixed(6, ether('dns.eui48', 'EUI48 Address'))] },
  109: { parts: [fixed(8, eui64('dns.eui64', 'EUI64 Address'))] },
  249: {
    parts: [
      name('dns.tkey.algo_name', 'Algorithm name'),
      moment('dns.tkey.signature_inception', 'Signature Inception'),
      moment('dns.tkey.signature_expiration', 'Signature Expiration'),
      number(2, uint('dns.tkey.mode', 'Mode')),
      number(2, uint('dns.tkey.error', 'Error', { values: replyNames })),
      longCounted(uint('dns.tkey.key_size', 'Key Size'), bytes('dns.tkey.key_data', 'Key Data')),
      longCounted(uint('dns.tkey.other_size', 'Other Size'), bytes('dns.tkey.other_data', 'Other Data')),
    ],
  },
  250: {
    parts: [
      name('dns.tsig.algorithm_name', 'Algorithm Name'),
      longMoment('dns.tsig.time_signed', 'Time Signed'),
      number(2, uint('dns.tsig.fudge', 'Fudge')),
      longCounted(uint('dns.tsig.mac_size', 'MAC Size'), label('dns.tsig.mac', 'MAC')),
      number(2, uint('dns.tsig.original_id', 'Original Id')),
      number(2, uint('dns.tsig.error', 'Error', { values: replyNames })),
      longCounted(uint('dns.tsig.other_len', 'Other Len'), bytes('dns.tsig.other_data', 'Other Data')),
    ],
  },
  257: {
    parts: [
      number(
        1,
        uint('dns.caa.flags', 'CAA Flags', {
          show: 'hex',
          children: {
            critical: flag('dns.caa.flags.issuer_critical', 'Issuer Critical', {
              at: 0,
              bytes: 1,
              mask: 0x80,
              values: setOrNot,
            }),
          },
        }),
      ),
      caaProperty,
    ],
  },
  32769: { parts: ds },
};

const unknown: RecordKind = { parts: [rest(bytes('dns.data', 'Data'))] };

export function recordKind(type: number): RecordKind {
  return recordKinds[type] ?? unknown;
}

/** Reports parts one after the other; stops at the end of the data. */
export function reportParts(parts: readonly Part[], data: RecordData, from: number): void {
  let at = from;
  for (const part of parts) {
    if (at > data.end) return;
    at = part(data, at);
  }
}
