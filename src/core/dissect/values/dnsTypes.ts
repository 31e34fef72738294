/** Numbers of the Domain Name System (https://www.iana.org/assignments/dns-parameters), with Wireshark's words. */
import type { ValueNames } from '../field.js';

/** Types of resource records: mnemonic, then what it stands for. */
const types: Readonly<Record<number, readonly [mnemonic: string, meaning?: string]>> = {
  1: ['A', 'Host Address'],
  2: ['NS', 'authoritative Name Server'],
  3: ['MD', 'mail destination'],
  4: ['MF', 'mail forwarder'],
  5: ['CNAME', 'Canonical NAME for an alias'],
  6: ['SOA', 'Start Of a zone of Authority'],
  7: ['MB', 'mailbox domain'],
  8: ['MG', 'mail group member'],
  9: ['MR', 'mail rename domain'],
  10: ['NULL', 'Null resource record'],
  11: ['WKS', 'well-known service'],
  12: ['PTR', 'domain name PoinTeR'],
  13: ['HINFO', 'host information'],
  14: ['MINFO', 'mailbox or mail list information'],
  15: ['MX', 'Mail eXchange'],
  16: ['TXT', 'Text strings'],
  17: ['RP', 'Responsible Person'],
  18: ['AFSDB', 'AFS Data Base location'],
  19: ['X25', 'X.25 PSDN address'],
  20: ['ISDN', 'ISDN address'],
  21: ['RT', 'Route Through'],
  24: ['SIG', 'security signature'],
  25: ['KEY', 'security key'],
  28: ['AAAA', 'IPv6 Address'],
  29: ['LOC', 'Location Information'],
  30: ['NXT', 'Next domain'],
  33: ['SRV', 'Server Selection'],
  35: ['NAPTR', 'Naming Authority PoinTeR'],
  36: ['KX', 'Key Exchange'],
  37: ['CERT', 'Certificate'],
  38: ['A6', 'IPv6 address'],
  39: ['DNAME', 'delegation of a subtree'],
  41: ['OPT'],
  42: ['APL', 'Lists of Address Prefixes'],
  43: ['DS', 'Delegation Signer'],
  44: ['SSHFP', 'SSH public host key fingerprint'],
  45: ['IPSECKEY', 'key for IPsec'],
  46: ['RRSIG', 'Resource Record Signature'],
  47: ['NSEC', 'Next Secure'],
  48: ['DNSKEY', 'DNS public key'],
  49: ['DHCID', 'DHCP identifier'],
  50: ['NSEC3', 'Next Secure, hashed'],
  51: ['NSEC3PARAM', 'parameters of NSEC3'],
  52: ['TLSA', 'TLS certificate association'],
  53: ['SMIMEA', 'S/MIME certificate association'],
  55: ['HIP', 'Host Identity Protocol'],
  59: ['CDS', 'Child DS'],
  60: ['CDNSKEY', 'Child DNSKEY'],
  61: ['OPENPGPKEY', 'OpenPGP key'],
  62: ['CSYNC', 'Child-to-parent synchronization'],
  63: ['ZONEMD', 'Message digest for a DNS zone'],
  64: ['SVCB', 'General purpose service endpoints'],
  65: ['HTTPS', 'HTTPS specific service endpoints'],
  99: ['SPF', 'Sender Policy Framework'],
  104: ['NID', 'Node identifier'],
  105: ['L32', 'Locator, 32 bits'],
  106: ['L64', 'Locator, 64 bits'],
  107: ['LP', 'Locator pointer'],
  108: ['EUI48', 'EUI-48 address'],
  109: ['EUI64', 'EUI-64 address'],
  249: ['TKEY', 'Transaction Key'],
  250: ['TSIG', 'Transaction Signature'],
  251: ['IXFR', 'incremental transfer'],
  252: ['AXFR', 'transfer of an entire zone'],
  253: ['MAILB', 'mailbox-related records'],
  254: ['MAILA', 'mail agent records'],
  255: ['*', 'A request for all records the server/cache has available'],
  256: ['URI', 'Uniform Resource Identifier'],
  257: ['CAA', 'Certification Authority Restriction'],
  32768: ['TA', 'DNSSEC Trust Authorities'],
  32769: ['DLV', 'DNSSEC Lookaside Validation'],
};

/** `AAAA`; `ANY` for a question about all types; `Unknown (1234)`. */
export function typeWord(type: number): string {
  if (type === 255) return 'ANY';
  return types[type]?.[0] ?? `Unknown (${type})`;
}

/** `A (Host Address)`. */
export const typeNames: ValueNames = (type) => {
  const [mnemonic, meaning] = types[type] ?? [];
  return meaning === undefined ? mnemonic : `${mnemonic ?? ''} (${meaning})`;
};

export const classNames: Readonly<Record<number, string>> = {
  1: 'IN',
  2: 'CS',
  3: 'CH',
  4: 'HS',
  254: 'NONE',
  255: 'ANY',
};

export const opcodeNames: Readonly<Record<number, string>> = {
  0: 'Standard query',
  1: 'Inverse query',
  2: 'Server status request',
  4: 'Zone change notification',
  5: 'Dynamic update',
  6: 'DNS stateful operations',
};

/** Reply codes, those of EDNS and TSIG too. */
export const replyNames: Readonly<Record<number, string>> = {
  0: 'No error',
  1: 'Format error',
  2: 'Server failure',
  3: 'No such name',
  4: 'Not implemented',
  5: 'Refused',
  6: 'Name exists',
  7: 'RRset exists',
  8: 'RRset does not exist',
  9: 'Not authoritative',
  10: 'Name out of zone',
  11: 'DSO-Type Not Implemented',
  16: 'Bad EDNS version or signature failure',
  17: 'Key not recognized',
  18: 'Signature out of time window',
  19: 'Bad TKEY mode',
  20: 'Duplicate key name',
  21: 'Algorithm not supported',
  22: 'Bad truncation',
  23: 'Bad or missing server cookie',
};

/** Signature algorithms of DNSSEC. */
export const algorithmNames: Readonly<Record<number, string>> = {
  0: 'Delete DS',
  1: 'RSA/MD5',
  2: 'Diffie-Hellman',
  3: 'DSA',
  5: 'RSA/SHA-1',
  6: 'DSA + NSEC3/SHA1',
  7: 'RSA/SHA1 + NSEC3/SHA1',
  8: 'RSA/SHA-256',
  10: 'RSA/SHA-512',
  12: 'GOST R 34.10-2001',
  13: 'ECDSA Curve P-256 with SHA-256',
  14: 'ECDSA Curve P-384 with SHA-384',
  15: 'Ed25519',
  16: 'Ed448',
  252: 'Reserved for Indirect Keys',
  253: 'Private algorithm',
  254: 'Private algorithm OID',
};

export const digestNames: Readonly<Record<number, string>> = {
  0: 'Reserved',
  1: 'SHA-1',
  2: 'SHA-256',
  3: 'GOST R 34.11-94',
  4: 'SHA-384',
};

/** Options of EDNS0. */
export const optionNames: Readonly<Record<number, string>> = {
  1: 'LLQ - Long-lived query',
  2: 'UL - Update lease',
  3: 'NSID - Name Server Identifier',
  4: 'Owner',
  5: 'DAU - DNSSEC Algorithm Understood (RFC6975)',
  6: 'DHU - DS Hash Understood (RFC6975)',
  7: 'N3U - NSEC3 Hash Understood (RFC6975)',
  8: 'CSUBNET - Client subnet',
  9: 'EDNS EXPIRE (RFC7314)',
  10: 'COOKIE',
  11: 'EDNS TCP Keepalive',
  12: 'PADDING',
  13: 'CHAIN',
  14: 'EDNS KEY TAG (RFC8145)',
  15: 'Extended DNS Error (RFC8914)',
  16: 'Client Tag',
  17: 'Server Tag',
};

/** Info codes of the extended DNS errors (RFC 8914). */
export const extendedErrorNames: Readonly<Record<number, string>> = {
  0: 'Other Error',
  1: 'Unsupported DNSKEY Algorithm',
  2: 'Unsupported DS Digest Type',
  3: 'Stale Answer',
  4: 'Forged Answer',
  5: 'DNSSEC Indeterminate',
  6: 'DNSSEC Bogus',
  7: 'Signature Expired',
  8: 'Signature Not Yet Valid',
  9: 'DNSKEY Missing',
  10: 'RRSIGs Missing',
  11: 'No Zone Key Bit Set',
  12: 'NSEC Missing',
  13: 'Cached Error',
  14: 'Not Ready',
  15: 'Blocked',
  16: 'Censored',
  17: 'Filtered',
  18: 'Prohibited',
  19: 'Stale NXDOMAIN Answer',
  20: 'Not Authoritative',
  21: 'Not Supported',
  22: 'No Reachable Authority',
  23: 'Network Error',
  24: 'Invalid Data',
};

/** Parameters of SVCB and HTTPS records (RFC 9460). */
export const serviceParameterNames: Readonly<Record<number, string>> = {
  0: 'mandatory',
  1: 'alpn',
  2: 'no-default-alpn',
  3: 'port',
  4: 'ipv4hint',
  5: 'ech',
  6: 'ipv6hint',
  7: 'dohpath',
  32769: 'odohconfig',
};
