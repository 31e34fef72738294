/** The fields of SNMP, and the names of its numbers. */
import { hex, u8 } from '../../base/bytes.js';
import { counted } from '../../base/words.js';
import { bytes, type Field, flag, ipv4, label, string, uint } from '../field.js';
import { enterprises } from '../values/enterprises.js';

export const pduNames: Readonly<Record<number, string>> = {
  0: 'get-request',
  1: 'get-next-request',
  2: 'get-response',
  3: 'set-request',
  4: 'trap',
  5: 'getBulkRequest',
  6: 'informRequest',
  7: 'snmpV2-trap',
  8: 'report',
};
const elementNames: Readonly<Record<number, string>> = {
  0: 'get_request',
  1: 'get_next_request',
  2: 'get_response',
  3: 'set_request',
  4: 'trap',
  5: 'getBulkRequest',
  6: 'informRequest',
  7: 'snmpV2_trap',
  8: 'report',
};
const versionNames = { 0: 'version-1', 1: 'v2c', 2: 'v2u', 3: 'snmpv3' };

const errorNames = Object.fromEntries(
  (
    'noError tooBig noSuchName badValue readOnly genErr noAccess wrongType wrongLength wrongEncoding wrongValue noCreation ' +
    'inconsistentValue resourceUnavailable commitFailed undoFailed authorizationError notWritable inconsistentName'
  )
    .split(' ')
    .map((name, code) => [code, name]),
);

export const elements: Readonly<Record<number, Field>> = Object.fromEntries(
  Object.entries(elementNames).map(([code, name]) => [
    code,
    label(`snmp.${name}_element`, pduNames[Number(code)] ?? name),
  ]),
);

export const oidText = (value: unknown): string =>
  `${String(value)} (iso.${String(value).replace(/^1\./, '')})`;
const numberValue = (name: string, kind: string): Field =>
  uint(`snmp.value.${name}`, `Value (${kind})`, { text: String });

export const fields = {
  version: uint('snmp.version', 'version', { values: versionNames }),
  version3: uint('snmp.msgVersion', 'msgVersion', { values: versionNames }),
  community: string('snmp.community', 'community'),
  data: uint('snmp.data', 'data', { values: pduNames }),
  requestId: uint('snmp.request_id', 'request-id', { text: String }),
  errorStatus: uint('snmp.error_status', 'error-status', { values: errorNames }),
  errorIndex: uint('snmp.error_index', 'error-index', { text: String }),
  nonRepeaters: uint('snmp.non_repeaters', 'non-repeaters', { text: String }),
  maxRepetitions: uint('snmp.max_repetitions', 'max-repetitions', { text: String }),
  bindings: uint('snmp.variable_bindings', 'variable-bindings', {
    text: (value) => counted(Number(value), 'item'),
  }),
  binding: label('', 'Variable binding', { text: String }),
  name: string('snmp.name', 'Object Name', { text: oidText }),
  enterprise: string('snmp.enterprise', 'enterprise', { text: oidText }),
  agent: ipv4('snmp.agent_addr', 'agent-addr'),
  genericTrap: uint('snmp.generic_trap', 'generic-trap', {
    values: {
      0: 'coldStart',
      1: 'warmStart',
      2: 'linkDown',
      3: 'linkUp',
      4: 'authenticationFailure',
      5: 'egpNeighborLoss',
      6: 'enterpriseSpecific',
    },
  }),
  specificTrap: uint('snmp.specific_trap', 'specific-trap', { text: String }),
  timeStamp: uint('snmp.time_stamp', 'time-stamp', { text: String }),
  null: label('snmp.value.null', 'Value (Null)'),
  integer: numberValue('int', 'Integer32'),
  counter32: numberValue('counter', 'Counter32'),
  counter64: numberValue('counter', 'Counter64'),
  gauge: numberValue('g32', 'Gauge32'),
  ticks: numberValue('timeticks', 'Timeticks'),
  octets: bytes('snmp.value.octets', 'Value (OctetString)', {
    text: (_, { layer: { frame }, at, length }) => octetText(frame, at, at + length),
  }),
  opaque: bytes('snmp.value.opaque', 'Value (Opaque)'),
  oid: string('snmp.value.oid', 'Value (OID)', { text: oidText }),
  address: ipv4('snmp.value.ipv4', 'Value (IpAddress)'),
  noObject: label('snmp.noSuchObject', 'noSuchObject'),
  noInstance: label('snmp.noSuchInstance', 'noSuchInstance'),
  endOfView: label('snmp.endOfMibView', 'endOfMibView'),
  global: label('snmp.msgGlobalData_element', 'msgGlobalData'),
  messageId: uint('snmp.msgID', 'msgID', { text: String }),
  maxSize: uint('snmp.msgMaxSize', 'msgMaxSize', { text: String }),
  flags: bytes('snmp.msgFlags', 'msgFlags', {
    children: {
      report: flag('snmp.v3.flags.report', 'Reportable', { at: 0, bytes: 1, mask: 0x04 }),
      crypt: flag('snmp.v3.flags.crypt', 'Encrypted', { at: 0, bytes: 1, mask: 0x02 }),
      auth: flag('snmp.v3.flags.auth', 'Authenticated', { at: 0, bytes: 1, mask: 0x01 }),
    },
  }),
  securityModel: uint('snmp.msgSecurityModel', 'msgSecurityModel', {
    values: { 0: 'Any', 1: 'V1', 2: 'V2C', 3: 'USM' },
  }),
  engine: bytes('snmp.msgAuthoritativeEngineID', 'msgAuthoritativeEngineID'),
  engineBoots: uint('snmp.msgAuthoritativeEngineBoots', 'msgAuthoritativeEngineBoots', { text: String }),
  engineTime: uint('snmp.msgAuthoritativeEngineTime', 'msgAuthoritativeEngineTime', { text: String }),
  user: string('snmp.msgUserName', 'msgUserName'),
  authentication: bytes('snmp.msgAuthenticationParameters', 'msgAuthenticationParameters'),
  privacy: bytes('snmp.msgPrivacyParameters', 'msgPrivacyParameters'),
  engineConform: flag('snmp.engineid.conform', 'Engine ID Conformance', {
    mask: 0x80,
    values: { 0: 'RFC1910 (Non-SNMPv3)', 1: 'RFC3411 (SNMPv3)' },
  }),
  engineEnterprise: uint('snmp.engineid.enterprise', 'Engine Enterprise ID', { values: enterprises }),
  engineFormat: uint('snmp.engineid.format', 'Engine ID Format', {
    values: {
      0: 'Reserved/Enterprise-specific',
      1: 'IPv4 address',
      2: 'IPv6 address',
      3: 'MAC address',
      4: 'Text, administratively assigned',
      5: 'Octets, administratively assigned',
      128: 'Reserved/Enterprise-specific: Net-SNMP Random',
    },
  }),
  engineData: bytes('snmp.engineid.data', 'Engine ID Data'),
  engineCreated: { ...string('snmp.engineid.time', 'Engine ID Data: Creation Time'), type: 'time' },
  messageData: uint('snmp.msgData', 'msgData', { values: { 0: 'plaintext', 1: 'encryptedPDU' } }),
  plaintext: label('snmp.plaintext_element', 'plaintext'),
  contextEngine: bytes('snmp.contextEngineID', 'contextEngineID'),
  contextName: string('snmp.contextName', 'contextName'),
  encrypted: bytes('snmp.encryptedPDU', 'encryptedPDU'),
} satisfies Record<string, Field>;

/** Text in quotation marks where it can be read, else its bytes. */
export function octetText(frame: Uint8Array, from: number, end: number): string {
  if (from >= end) return '<MISSING>';
  let text = '';
  for (let at = from; at < end; at++) {
    const code = u8(frame, at);
    if (code < 0x20 || code > 0x7e) return hex(frame, from, Math.min(end - from, 64));
    text += String.fromCharCode(code);
  }
  return `"${text}"`;
}
