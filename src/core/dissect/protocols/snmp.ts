import { ipv4Text } from '../../base/addresses.js';
import { u32, u8 } from '../../base/bytes.js';
import { elementAt, type Element, elementLength, integerOf, objectIdentifier } from '../ber.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { type Field, nameOf } from '../field.js';
import { utcText } from '../values/times.js';
import type { Layer } from '../walk.js';
import { elements, fields, octetText, oidText, pduNames } from './snmpFields.js';

const sequence = 0x30;
const version3 = 3;
const userSecurity = 3;
const trap = 4;
const getBulk = 5;
/** Bindings that the packet list names, and that the tree shows. */
const mostNamed = 32;
const mostBindings = 4096;

interface ValueKind {
  readonly field: Field;
  /** The value where the bytes are not it. */
  readonly value?: (frame: Uint8Array, element: Element) => number | bigint | string;
  readonly text: (frame: Uint8Array, element: Element) => string;
}

const asInteger = (frame: Uint8Array, { from, end }: Element): number | bigint => integerOf(frame, from, end);
const integerKind = (field: Field): ValueKind => ({
  field,
  value: asInteger,
  text: (frame, element) => String(asInteger(frame, element)),
});
const octetKind = (field: Field): ValueKind => ({
  field,
  text: (frame, { from, end }) => octetText(frame, from, end),
});
const wordKind = (field: Field): ValueKind => ({ field, text: () => field.label });
const asOid = (frame: Uint8Array, { from, end }: Element): string => objectIdentifier(frame, from, end);

/** What a binding may hold, by tag (RFC 2578, RFC 3416). */
const valueKinds: Readonly<Record<number, ValueKind>> = {
  0x02: integerKind(fields.integer),
  0x04: octetKind(fields.octets),
  0x05: { field: fields.null, text: () => 'Value (Null)' },
  0x06: { field: fields.oid, value: asOid, text: (frame, element) => oidText(asOid(frame, element)) },
  0x40: { field: fields.address, text: (frame, { from }) => ipv4Text(frame, from) },
  0x41: integerKind(fields.counter32),
  0x42: integerKind(fields.gauge),
  0x43: integerKind(fields.ticks),
  0x44: octetKind(fields.opaque),
  0x46: integerKind(fields.counter64),
  0x80: wordKind(fields.noObject),
  0x81: wordKind(fields.noInstance),
  0x82: wordKind(fields.endOfView),
};

/** Elements one behind the other; `next` gives nothing where the bytes make no sense. */
class Reader {
  constructor(
    readonly frame: Uint8Array,
    private at: number,
    private readonly end: number,
  ) {}

  next(): Element | undefined {
    const element = elementAt(this.frame, this.at, this.end);
    this.at = element ? element.end : this.end;
    return element;
  }
}

const inside = (frame: Uint8Array, { from, end }: Element): Reader => new Reader(frame, from, end);

function addInteger(emit: Emit, frame: Uint8Array, field: Field, element: Element | undefined): void {
  if (element)
    emit.add(field, element.from, element.end - element.from, integerOf(frame, element.from, element.end));
}

function addBytes(emit: Emit, field: Field, element: Element | undefined): void {
  if (element) emit.add(field, element.from, element.end - element.from);
}

function reportBindings(emit: Emit, frame: Uint8Array, list: Element | undefined): void {
  if (!list) return;
  const found: Element[] = [];
  const reader = inside(frame, list);
  for (let one = reader.next(); one && found.length < mostBindings; one = reader.next()) found.push(one);
  if (!emit.open(fields.bindings, list.from, list.end - list.from, found.length)) return;
  for (const binding of found) {
    const parts = inside(frame, binding);
    const [name, value] = [parts.next(), parts.next()];
    if (!name || !value) continue;
    const oid = asOid(frame, name);
    const kind = valueKinds[value.tag];
    const text = kind?.text(frame, value) ?? 'Unknown';
    if (!emit.open(fields.binding, binding.at, binding.end - binding.at, `${oid}: ${text}`)) continue;
    emit.add(fields.name, name.from, name.end - name.from, oid);
    if (kind) emit.add(kind.field, value.from, value.end - value.from, kind.value?.(frame, value));
    emit.close();
  }
  emit.close();
}

function reportPdu(emit: Emit, frame: Uint8Array, pdu: Element): void {
  const type = pdu.tag & 0x1f;
  if (!emit.open(fields.data, pdu.at, pdu.end - pdu.at, type)) return;
  const element = elements[type];
  if (element && emit.open(element, pdu.from, pdu.end - pdu.from)) {
    const parts = inside(frame, pdu);
    if (type === trap) {
      const enterprise = parts.next();
      if (enterprise)
        emit.add(
          fields.enterprise,
          enterprise.from,
          enterprise.end - enterprise.from,
          asOid(frame, enterprise),
        );
      addBytes(emit, fields.agent, parts.next());
      for (const field of [fields.genericTrap, fields.specificTrap, fields.timeStamp])
        addInteger(emit, frame, field, parts.next());
    } else {
      addInteger(emit, frame, fields.requestId, parts.next());
      const isBulk = type === getBulk;
      addInteger(emit, frame, isBulk ? fields.nonRepeaters : fields.errorStatus, parts.next());
      addInteger(emit, frame, isBulk ? fields.maxRepetitions : fields.errorIndex, parts.next());
    }
    reportBindings(emit, frame, parts.next());
    emit.close();
  }
  emit.close();
}

/** RFC 3411, section 5, SnmpEngineID. */
function reportEngine(emit: Emit, frame: Uint8Array, field: Field, element: Element | undefined): void {
  if (!element || !emit.open(field, element.from, element.end - element.from)) return;
  const { from, end } = element;
  if (end - from >= 5) {
    const isConform = (u8(frame, from) & 0x80) !== 0;
    emit.add(fields.engineConform, from, 1);
    emit.add(fields.engineEnterprise, from, 4, u32(frame, from) & 0x7fffffff);
    const format = u8(frame, from + 4);
    if (isConform) emit.add(fields.engineFormat, from + 4, 1);
    if (isConform && format === 128 && end - from === 13) {
      emit.add(fields.engineData, from + 5, 4);
      // Net-SNMP writes the time in its own byte order.
      const seconds =
        u8(frame, from + 9) +
        256 * (u8(frame, from + 10) + 256 * (u8(frame, from + 11) + 256 * u8(frame, from + 12)));
      emit.add(fields.engineCreated, from + 9, 4, utcText(seconds, 0));
    } else if (end > from + 5) emit.add(fields.engineData, from + 5, end - from - 5);
  }
  emit.close();
}

function reportSecurity(emit: Emit, frame: Uint8Array, parameters: Element): void {
  const wrapped = inside(frame, parameters).next();
  if (wrapped?.tag !== sequence) return;
  const parts = inside(frame, wrapped);
  reportEngine(emit, frame, fields.engine, parts.next());
  addInteger(emit, frame, fields.engineBoots, parts.next());
  addInteger(emit, frame, fields.engineTime, parts.next());
  addBytes(emit, fields.user, parts.next());
  addBytes(emit, fields.authentication, parts.next());
  addBytes(emit, fields.privacy, parts.next());
}

/** RFC 3412, section 6. */
function reportVersion3(emit: Emit, frame: Uint8Array, message: Reader): void {
  const global = message.next();
  let model: number | bigint = -1;
  if (global && emit.open(fields.global, global.at, global.end - global.at)) {
    const parts = inside(frame, global);
    addInteger(emit, frame, fields.messageId, parts.next());
    addInteger(emit, frame, fields.maxSize, parts.next());
    addBytes(emit, fields.flags, parts.next());
    const security = parts.next();
    addInteger(emit, frame, fields.securityModel, security);
    if (security) model = asInteger(frame, security);
    emit.close();
  }
  const parameters = message.next();
  if (parameters && model === userSecurity) reportSecurity(emit, frame, parameters);
  const data = message.next();
  if (!data) return;
  const isPlain = data.tag === sequence;
  if (!emit.open(fields.messageData, data.at, data.end - data.at, isPlain ? 0 : 1)) return;
  if (!isPlain) addBytes(emit, fields.encrypted, data);
  else if (emit.open(fields.plaintext, data.at, data.end - data.at)) {
    const parts = inside(frame, data);
    reportEngine(emit, frame, fields.contextEngine, parts.next());
    addBytes(emit, fields.contextName, parts.next());
    const pdu = parts.next();
    if (pdu) reportPdu(emit, frame, pdu);
    emit.close();
  }
  emit.close();
}

/** The PDU of a message; nothing when it is encrypted or makes no sense. */
function pduOf(layer: Layer): Element | undefined {
  const { frame } = layer;
  const message = elementAt(frame, layer.start, layer.end);
  if (!message) return undefined;
  const parts = inside(frame, message);
  const version = parts.next();
  if (!version) return undefined;
  parts.next();
  if (asInteger(frame, version) !== version3) return parts.next();
  parts.next();
  const data = parts.next();
  if (data?.tag !== sequence) return undefined;
  const scoped = inside(frame, data);
  scoped.next();
  scoped.next();
  return scoped.next();
}

function words(layer: Layer): string | undefined {
  const { frame } = layer;
  const pdu = pduOf(layer);
  if (!pdu) return elementAt(frame, layer.start, layer.end) ? 'encryptedPDU: privKey Unknown' : undefined;
  const type = pdu.tag & 0x1f;
  const name = nameOf(pduNames, type);
  if (name === undefined) return undefined;
  const parts = inside(frame, pdu);
  const found = [name];
  const first = parts.next();
  if (type === trap && first) found.push(`iso.${asOid(frame, first).replace(/^1\./, '')}`);
  for (let i = 0; i < (type === trap ? 4 : 2); i++) parts.next();
  const list = parts.next();
  const bindings = list && inside(frame, list);
  for (let one = bindings?.next(); one && found.length < mostNamed; one = bindings?.next()) {
    const oid = inside(frame, one).next();
    if (oid) found.push(asOid(frame, oid));
  }
  return found.join(' ');
}

/** The Simple Network Management Protocol, versions 1, 2c and 3; object names stay numbers. */
export const snmp = defineDissector({
  id: 'snmp',
  title: 'Simple Network Management Protocol',
  column: 'SNMP',
  spec: 'https://www.rfc-editor.org/rfc/rfc3416',
  claims: [{ table: 'udp.port', keys: [161, 162] }],
  fields: {},
  loose: { ...fields, ...elements },

  measure(walk) {
    if (!walk.header(2)) return;
    if (walk.u8(0) !== sequence) {
      walk.bad('it does not begin with a sequence');
      return;
    }
    const length = elementLength(walk.frame, walk.start, walk.start + walk.available);
    if (length < 0) walk.bad('its length cannot be read');
    else if (walk.header(length)) walk.whole();
  },

  info: words,

  extra(layer, emit) {
    const { frame } = layer;
    const message = elementAt(frame, layer.start, layer.end);
    if (!message) return;
    const parts = inside(frame, message);
    const version = parts.next();
    if (!version) return;
    const isThird = asInteger(frame, version) === version3;
    addInteger(emit, frame, isThird ? fields.version3 : fields.version, version);
    if (isThird) {
      reportVersion3(emit, frame, parts);
      return;
    }
    addBytes(emit, fields.community, parts.next());
    const pdu = parts.next();
    if (pdu) reportPdu(emit, frame, pdu);
  },

  examples: [
    {
      title: 'what is your object identifier',
      hex: `30 26 02 01 00 04 06 7075626c6963 a0 19 02 01 26 02 01 00 02 01 00
            30 0e 30 0c 06 08 2b06010201010200 05 00`,
      fields: {
        'snmp.version': 0,
        'snmp.community': 'public',
        'snmp.data': 0,
        'snmp.request_id': 38,
        'snmp.name': '1.3.6.1.2.1.1.2.0',
      },
      info: 'get-request 1.3.6.1.2.1.1.2.0',
    },
  ],
});
