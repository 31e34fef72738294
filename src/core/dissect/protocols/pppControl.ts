/** The protocols by which PPP peers agree on the link and on what it carries. They share one header. */
import { counted } from '../../base/words.js';
import { defineDissector, type Dissector, type Example } from '../dissector.js';
import { bytes, type Field, type FieldSet, ipv4, label, string, uint } from '../field.js';
import { optionsIn, type OptionKind } from '../options.js';
import type { Layer } from '../walk.js';
import type { Emit } from '../emit.js';

/** RFC 1661, section 5; RFC 1570. */
const codes: Readonly<Record<number, string>> = {
  0: 'Vendor Specific',
  1: 'Configuration Request',
  2: 'Configuration Ack',
  3: 'Configuration Nak',
  4: 'Configuration Reject',
  5: 'Termination Request',
  6: 'Termination Ack',
  7: 'Code Reject',
  8: 'Protocol Reject',
  9: 'Echo Request',
  10: 'Echo Reply',
  11: 'Discard Request',
  12: 'Identification',
  13: 'Time Remaining',
  14: 'Reset-Request',
  15: 'Reset-Ack',
};
const isConfiguration = (code: number): boolean => code >= 1 && code <= 4;

const header: FieldSet = {
  code: uint('ppp.code', 'Code', { at: 0, bytes: 1, values: codes }),
  identifier: uint('ppp.identifier', 'Identifier', {
    at: 1,
    bytes: 1,
    text: (value) => `${value} (0x${value.toString(16).padStart(2, '0')})`,
  }),
  length: uint('ppp.length', 'Length', { at: 2, bytes: 2 }),
};

const group = label('', 'Options', { text: (value) => String(value) });
const option = label('', 'Option', { text: (value) => String(value) });
const data = bytes('ppp.data', 'Data');
const magicNumber = uint('lcp.magic_number', 'Magic Number', { show: 'hex' });
const message = string('lcp.message', 'Message');

/** An option by its number: its name, and what it holds behind its length; `size` where that must be so many bytes. */
type Options = Readonly<Record<number, readonly [name: string, value?: Field, size?: number]>>;

interface Protocol {
  readonly id: string;
  readonly title: string;
  readonly column: string;
  readonly spec: string;
  readonly number: number;
  readonly options: Options;
  readonly examples: readonly Example[];
}

function control({ id, title, column, spec, number, options, examples }: Protocol): Dissector {
  const kind = {
    type: uint(`${id}.opt.type`, 'Type', { values: (type) => options[type]?.[0] }),
    length: uint(`${id}.opt.length`, 'Length'),
  };
  const values: FieldSet = Object.fromEntries(
    Object.entries(options).flatMap(([type, [, value]]) =>
      value ? [[`option${type}`, value] as const] : [],
    ),
  );
  return defineDissector({
    id,
    title,
    column,
    spec,
    claims: [{ table: 'ppp.protocol', keys: [number] }],
    fields: header,
    loose: {
      group,
      option,
      data,
      ...kind,
      ...(id === 'lcp' && { magicNumber, message }),
      ...values,
    },
    measure(walk) {
      if (!walk.header(4)) return;
      walk.bound(Math.max(4, walk.u16(2)));
      walk.whole();
    },
    info: (layer) =>
      layer.has(1)
        ? (codes[layer.u8(0)] ?? `Unknown (0x${layer.u8(0).toString(16).padStart(2, '0')})`)
        : undefined,
    extra(layer, emit) {
      if (layer.start + 4 >= layer.end) return;
      if (isConfiguration(layer.u8(0))) emitOptions(layer, emit, options, kind);
      else emitRest(layer, emit, id === 'lcp');
    },
    examples,
  });
}

function emitOptions(
  layer: Layer,
  emit: Emit,
  options: Options,
  { type: typeField, length: lengthField }: { readonly type: Field; readonly length: Field },
): void {
  const from = layer.start + 4;
  const found = [...optionsIn(layer.frame, from, layer.end, noSingles)].filter(
    ({ wrong }) => wrong === undefined,
  );
  const nameOf = (type: number): string => options[type]?.[0] ?? `Unknown (${type})`;
  const names = found.map(({ type }) => `, ${nameOf(type)}`).join('');
  if (!emit.open(group, from, layer.end - from, `Options: (${counted(layer.end - from, 'byte')})${names}`))
    return;
  for (const { at, length, type } of found) {
    if (!emit.open(option, at, length, nameOf(type))) continue;
    emit.add(typeField, at, 1);
    emit.add(lengthField, at + 1, 1);
    const [, value, size = length - 2] = options[type] ?? [];
    if (value && length > 2 && size === length - 2) emit.add(value, at + 2, size);
    emit.close();
  }
  emit.close();
}
/** No option here is a single byte. */
const noSingles: ReadonlyMap<number, OptionKind> = new Map();

function emitRest(layer: Layer, emit: Emit, isLink: boolean): void {
  const from = layer.start + 4;
  const code = layer.u8(0);
  const hasMagic = isLink && code >= 9 && code <= 13 && layer.end >= from + 4;
  if (hasMagic) emit.add(magicNumber, from, 4);
  const rest = hasMagic ? from + 4 : from;
  if (rest < layer.end) emit.add(isLink && code === 12 ? message : data, rest, layer.end - rest);
}

/** Link control: the link itself. */
export const lcp = control({
  id: 'lcp',
  title: 'PPP Link Control Protocol',
  column: 'PPP LCP',
  spec: 'https://www.rfc-editor.org/rfc/rfc1661',
  number: 0xc021,
  options: {
    0: ['Vendor Specific'],
    1: ['Maximum Receive Unit', uint('lcp.opt.mru', 'Maximum Receive Unit'), 2],
    2: [
      'Async Control Character Map',
      uint('lcp.opt.asyncmap', 'Async Control Character Map', { show: 'hex' }),
      4,
    ],
    3: ['Authentication Protocol'],
    4: ['Quality Protocol'],
    5: ['Magic Number', uint('lcp.opt.magic_number', 'Magic Number', { show: 'hex' }), 4],
    7: ['Protocol Field Compression'],
    8: ['Address and Control Field Compression'],
    9: ['FCS Alternatives', uint('lcp.opt.fcs_alternatives', 'FCS Alternatives', { show: 'hex' }), 1],
    13: ['Callback', uint('lcp.opt.operation', 'Operation'), 1],
    17: ['Multilink MRRU', uint('lcp.opt.mrru', 'MRRU'), 2],
    18: ['Multilink Short Sequence Number Header'],
    19: ['Multilink Endpoint Discriminator'],
    23: ['Link Discriminator for BAP', uint('lcp.opt.link_discrim', 'Link Discriminator'), 2],
  },
  examples: [
    {
      title: 'request: magic number, short addresses',
      hex: '01 00 000c 0506021952cf 0802',
      fields: { 'ppp.code': 1, 'ppp.length': 12, 'lcp.opt.type': 5, 'lcp.opt.magic_number': 0x021952cf },
      info: 'Configuration Request',
    },
    {
      title: 'echo',
      hex: '09 01 0008 021952cf',
      fields: { 'lcp.magic_number': 0x021952cf },
      info: 'Echo Request',
    },
  ],
});

/** IP control: addresses and name servers. */
export const ipcp = control({
  id: 'ipcp',
  title: 'PPP IP Control Protocol',
  column: 'PPP IPCP',
  spec: 'https://www.rfc-editor.org/rfc/rfc1332',
  number: 0x8021,
  options: {
    1: ['IP Addresses'],
    2: ['IP Compression Protocol'],
    3: ['IP Address', ipv4('ipcp.opt.ip_address', 'IP Address'), 4],
    4: ['Mobile IPv4', ipv4('ipcp.opt.mobilenodehomeaddress', "Mobile Node's Home Address"), 4],
    129: ['Primary DNS Server IP Address', ipv4('ipcp.opt.pri_dns_address', 'Primary DNS Address'), 4],
    130: ['Primary NBNS Server IP Address', ipv4('ipcp.opt.pri_nbns_address', 'Primary NBNS Address'), 4],
    131: ['Secondary DNS Server IP Address', ipv4('ipcp.opt.sec_dns_address', 'Secondary DNS Address'), 4],
    132: ['Secondary NBNS Server IP Address', ipv4('ipcp.opt.sec_nbns_address', 'Secondary NBNS Address'), 4],
  },
  examples: [
    {
      title: 'an address',
      hex: '01 01 000a 0306 0a000001',
      fields: { 'ipcp.opt.type': 3, 'ipcp.opt.ip_address': '10.0.0.1' },
      info: 'Configuration Request',
    },
  ],
});

/** IPv6 control: the interface identifier. */
export const ipv6cp = control({
  id: 'ipv6cp',
  title: 'PPP IPv6 Control Protocol',
  column: 'PPP IPV6CP',
  spec: 'https://www.rfc-editor.org/rfc/rfc5072',
  number: 0x8057,
  options: { 1: ['Interface Identifier', bytes('ipv6cp.interface_identifier', 'Interface Identifier'), 8] },
  examples: [
    {
      title: 'an identifier',
      hex: '01 01 000e 010a 0000000000000001',
      fields: { 'ipv6cp.interface_identifier': '00:00:00:00:00:00:00:01' },
    },
  ],
});
