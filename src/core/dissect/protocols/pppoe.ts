/** PPP over Ethernet: the session's frames, and the discovery that opens it. */
import { u16, u32 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, type FieldSet, label, string, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import type { Layer } from '../walk.js';

const codes: Readonly<Record<number, string>> = {
  0x00: 'Session Data',
  0x07: 'Active Discovery Offer (PADO)',
  0x09: 'Active Discovery Initiation (PADI)',
  0x0a: 'Active Discovery Session-Grant (PADG)',
  0x0b: 'Active Discovery Session-Credit Resp.(PADC)',
  0x0c: 'Active Discovery Quality (PADQ)',
  0x19: 'Active Discovery Request (PADR)',
  0x65: 'Active Discovery Session-confirmation (PADS)',
  0xa7: 'Active Discovery Terminate (PADT)',
  0xd3: 'Active Discovery Message (PADM)',
  0xd4: 'Active Discovery Network (PADN)',
};

const headerFields: FieldSet = {
  version: uint('pppoe.version', 'Version', { at: 0, bytes: 1, mask: 0xf0 }),
  type: uint('pppoe.type', 'Type', { at: 0, bytes: 1, mask: 0x0f }),
  code: uint('pppoe.code', 'Code', { at: 1, bytes: 1, show: 'hex', values: codes }),
  session: uint('pppoe.session_id', 'Session ID', { at: 2, bytes: 2, show: 'hex' }),
  length: uint('pppoe.payload_length', 'Payload Length', { at: 4, bytes: 2 }),
};

/** Frames of a session that was opened. */
export const pppoes = defineDissector({
  id: 'pppoes',
  title: 'PPP-over-Ethernet Session',
  column: 'PPPoES',
  prefix: 'pppoe',
  spec: 'https://www.rfc-editor.org/rfc/rfc2516',
  claims: [
    { table: 'ethertype', keys: [0x8864] },
    { table: 'link', keys: [51] },
  ],
  fields: headerFields,
  measure(walk) {
    if (!walk.header(6)) return;
    walk.bound(6 + walk.u16(4));
    walk.nextIs('ppp');
  },
  info: (layer) => (layer.has(2) ? (codes[layer.u8(1)] ?? hexNumber(layer.u8(1), 2)) : undefined),
  examples: [
    {
      title: 'session 0x0f07',
      hex: '1100 0f07 0002 0021',
      fields: { 'pppoe.version': 1, 'pppoe.session_id': 0x0f07, 'pppoe.payload_length': 2 },
      info: 'Session Data',
    },
  ],
});

/** A tag of the discovery: its field, and its name where that differs from the field's label. */
const tags: Readonly<Record<number, readonly [name: string, field?: Field]>> = {
  0x0000: ['End-Of-List'],
  0x0101: ['Service-Name', string('pppoed.tags.service_name', 'Service-Name')],
  0x0102: ['AC-Name', string('pppoed.tags.ac_name', 'AC-Name')],
  0x0103: ['Host-Uniq', bytes('pppoed.tags.host_uniq', 'Host-Uniq')],
  0x0104: ['AC-Cookie', bytes('pppoed.tags.ac_cookie', 'AC-Cookie')],
  0x0105: ['Vendor-Specific'],
  0x0106: ['Credits', bytes('pppoed.tags.credits', 'Credits')],
  0x0107: ['Metrics', bytes('pppoed.tags.metrics', 'Metrics')],
  0x0108: ['Sequence Number', uint('pppoed.tags.seq_num', 'Sequence Number', { show: 'hex' })],
  0x0109: ['Credit Scale Factor', uint('pppoed.tags.credit_scale', 'Credit Scale Factor')],
  0x0110: ['Relay-Session-Id', bytes('pppoed.tags.relay_session_id', 'Relay-Session-Id')],
  0x0111: ['HURL', bytes('pppoed.tags.hurl', 'HURL')],
  0x0112: ['MOTM', bytes('pppoed.tags.motm', 'MOTM')],
  0x0120: ['PPP-Max-Payload', bytes('pppoed.tags.max_payload', 'PPP-Max-Payload')],
  0x0121: ['IP-Route-Add', bytes('pppoed.tags.ip_route_add', 'IP Route Add')],
  0x0201: ['Service-Name-Error', string('pppoed.tags.service_name_error', 'Service-Name-Error')],
  0x0202: ['AC-System-Error', string('pppoed.tags.ac_system_error', 'AC-System-Error')],
  0x0203: ['Generic-Error', string('pppoed.tags.generic_error', 'Generic-Error')],
};
const vendorSpecific = 0x0105;

const tagFields: FieldSet = Object.fromEntries(
  Object.entries(tags).flatMap(([number, [, field]]) => (field ? [[`tag${number}`, field]] : [])),
);
const loose = {
  tags: label('pppoed.tags', 'PPPoE Tags'),
  tag: uint('pppoed.tag', 'Tag', { show: 'hex', text: (value) => tags[Number(value)]?.[0] ?? 'Unknown' }),
  length: uint('pppoed.tag_length', 'Tag Length'),
  unknown: bytes('pppoed.tag.unknown_data', 'Unknown Data'),
  vendor: uint('pppoed.tags.vendor_id', 'Vendor id'),
  vendorRest: bytes('pppoed.tags.vendor_unspecified', 'Vendor unspecified'),
  ...tagFields,
};

/** Who offers a session, and its opening and end. */
export const pppoed = defineDissector({
  id: 'pppoed',
  title: 'PPP-over-Ethernet Discovery',
  column: 'PPPoED',
  prefix: 'pppoe',
  spec: 'https://www.rfc-editor.org/rfc/rfc2516',
  claims: [{ table: 'ethertype', keys: [0x8863] }],
  fields: headerFields,
  loose,
  measure(walk) {
    if (!walk.header(6)) return;
    const length = walk.u16(4);
    walk.bound(6 + length);
    walk.header(6 + length);
  },
  info(layer) {
    if (!layer.has(2)) return undefined;
    const name = tagText(layer, 0x0102);
    const service = tagText(layer, 0x0101);
    const word = codes[layer.u8(1)] ?? 'Unknown';
    return (
      word + (name === '' ? '' : ` AC-Name='${name}'`) + (service === '' ? '' : ` Service-Name='${service}'`)
    );
  },
  extra(layer, emit) {
    const from = layer.start + 6;
    if (from >= layer.end || !emit.open(loose.tags, from, layer.end - from)) return;
    for (const [at, type, length] of tagsOf(layer)) emitTag(layer, emit, at, type, length);
    emit.close();
  },
  examples: [
    {
      title: 'looking for any service',
      hex: '1109 0000 000c 0101 0000 0103 0004 01000000',
      fields: { 'pppoe.code': 9, 'pppoed.tag': 0x0101, 'pppoed.tags.host_uniq': '01:00:00:00' },
      info: 'Active Discovery Initiation (PADI)',
    },
  ],
});

/** Tags with their places; those that do not fit are left out. */
function* tagsOf({
  frame,
  start,
  end,
}: Layer): Generator<readonly [at: number, type: number, length: number]> {
  for (let at = start + 6; at + 4 <= end;) {
    const type = u16(frame, at);
    const length = u16(frame, at + 2);
    if (at + 4 + length > end) return;
    yield [at, type, length];
    if (type === 0) return;
    at += 4 + length;
  }
}

function tagText(layer: Layer, wanted: number): string {
  for (const [at, type, length] of tagsOf(layer))
    if (type === wanted) return printable.decode(layer.frame.subarray(at + 4, at + 4 + length));
  return '';
}
const printable = new TextDecoder('utf-8');

function emitTag({ frame }: Layer, emit: Emit, at: number, type: number, length: number): void {
  emit.add(loose.tag, at, 2);
  emit.add(loose.length, at + 2, 2);
  if (length === 0) return;
  if (type === vendorSpecific) {
    if (length < 4) return;
    emit.add(loose.vendor, at + 4, 4, u32(frame, at + 4));
    if (length > 4) emit.add(loose.vendorRest, at + 8, length - 4);
    return;
  }
  const field = tags[type]?.[1] ?? loose.unknown;
  if (field.type !== 'uint' || length === 2) emit.add(field, at + 4, length);
}
