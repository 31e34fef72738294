import { elementAt, elementLength, integerOf } from '../ber.js';
import { defineDissector } from '../dissector.js';
import { label, nameOf, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const sequence = 0x30;
const octetString = 0x04;

const operations: Readonly<Record<number, string>> = {
  0: 'bindRequest',
  1: 'bindResponse',
  2: 'unbindRequest',
  3: 'searchRequest',
  4: 'searchResEntry',
  5: 'searchResDone',
  6: 'modifyRequest',
  7: 'modifyResponse',
  8: 'addRequest',
  9: 'addResponse',
  10: 'delRequest',
  11: 'delResponse',
  12: 'modDNRequest',
  13: 'modDNResponse',
  14: 'compareRequest',
  15: 'compareResponse',
  16: 'abandonRequest',
  19: 'searchResRef',
  23: 'extendedReq',
  24: 'extendedResp',
  25: 'intermediateResponse',
};
/** Answers that begin with how it went (RFC 4511, section 4.1.9). */
const results = new Set([1, 5, 7, 9, 11, 13, 15, 24]);
const resultNames = {
  0: 'success',
  1: 'operationsError',
  2: 'protocolError',
  3: 'timeLimitExceeded',
  4: 'sizeLimitExceeded',
  7: 'authMethodNotSupported',
  8: 'strongerAuthRequired',
  10: 'referral',
  32: 'noSuchObject',
  34: 'invalidDNSyntax',
  48: 'inappropriateAuthentication',
  49: 'invalidCredentials',
  50: 'insufficientAccessRights',
  51: 'busy',
  52: 'unavailable',
  53: 'unwillingToPerform',
  68: 'entryAlreadyExists',
  80: 'other',
};

const loose = {
  message: label('ldap.LDAPMessage_element', 'LDAPMessage', { text: (value) => `LDAPMessage ${value}` }),
  id: uint('ldap.messageID', 'messageID', { text: String }),
  operation: uint('ldap.protocolOp', 'protocolOp', { values: operations }),
  result: uint('ldap.resultCode', 'resultCode', { values: resultNames }),
  base: string('ldap.baseObject', 'baseObject'),
};

/** `bindResponse(1) success` */
function words(layer: Layer): string | undefined {
  const { frame } = layer;
  const message = elementAt(frame, layer.start, layer.end);
  const id = message && elementAt(frame, message.from, message.end);
  const operation = id && elementAt(frame, id.end, message.end);
  if (!id || !operation) return undefined;
  const type = operation.tag & 0x1f;
  const name = `${nameOf(operations, type) ?? `operation ${type}`}(${integerOf(frame, id.from, id.end)})`;
  const first = results.has(type) ? elementAt(frame, operation.from, operation.end) : undefined;
  if (!first) return `${name} `;
  return `${name} ${nameOf(resultNames, Number(integerOf(frame, first.from, first.end))) ?? 'unknown result'} `;
}

/** LDAP: which operation, and how it went. */
export const ldap = defineDissector({
  id: 'ldap',
  title: 'Lightweight Directory Access Protocol',
  column: 'LDAP',
  spec: 'https://www.rfc-editor.org/rfc/rfc4511',
  claims: [{ table: 'tcp.port', keys: [389, 3268] }],
  fields: {},
  loose,

  measure(walk) {
    const there = walk.start + walk.available;
    const length =
      walk.available > 1 && walk.u8(0) === sequence ? elementLength(walk.frame, walk.start, there) : -1;
    // The middle of a message, or one that is encrypted.
    if (length < 0) {
      walk.isReally('data');
      return;
    }
    const left = walk.limit - walk.start;
    if (length > left) walk.isFragment();
    if (walk.header(length) && length < left) walk.nextIs('ldap');
  },

  info: words,

  extra(layer, emit) {
    const { frame } = layer;
    const message = elementAt(frame, layer.start, layer.end);
    if (!message || !emit.open(loose.message, message.at, message.end - message.at, words(layer) ?? ''))
      return;
    const id = elementAt(frame, message.from, message.end);
    const operation = id && elementAt(frame, id.end, message.end);
    if (id) emit.add(loose.id, id.from, id.end - id.from, integerOf(frame, id.from, id.end));
    if (operation) {
      const type = operation.tag & 0x1f;
      if (emit.open(loose.operation, operation.at, operation.end - operation.at, type)) {
        const first = elementAt(frame, operation.from, operation.end);
        if (first && results.has(type))
          emit.add(loose.result, first.from, first.end - first.from, integerOf(frame, first.from, first.end));
        else if (first?.tag === octetString && type === 3)
          emit.add(loose.base, first.from, first.end - first.from);
        emit.close();
      }
    }
    emit.close();
  },

  examples: [
    {
      title: 'it let us in',
      hex: '30 0c 02 01 01 61 07 0a 01 00 04 00 04 00',
      fields: { 'ldap.messageID': 1, 'ldap.protocolOp': 1, 'ldap.resultCode': 0 },
      info: 'bindResponse(1) success ',
    },
  ],
});
