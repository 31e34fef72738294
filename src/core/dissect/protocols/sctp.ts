import { u16, u32, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, type FieldSet, flag, ipv4, ipv6, label, uint } from '../field.js';
import type { Layer } from '../walk.js';
import { causeNames, type ChunkKind, chunkKinds, parameterNames } from './sctpChunks.js';

const sourcePort = uint('sctp.srcport', 'Source port', { at: 0, bytes: 2 });
const destinationPort = uint('sctp.dstport', 'Destination port', { at: 2, bytes: 2 });

const headerLength = 12;
const dataChunk = 0;
const sack = 3;
const forward = 192;
/** Both bits set: the chunk holds a whole message. */
const wholeMessage = 3;

/** The two highest bits say what to do with what one does not know. */
const bits = (name: string, size: 1 | 2, of: string): FieldSet => ({
  skip: flag(`sctp.${name}_bit_1`, 'Bit', {
    at: 0,
    bytes: size,
    mask: size === 1 ? 0x80 : 0x8000,
    values: { 0: `Stop processing of ${of}`, 1: `Skip ${name} and continue processing of ${of}` },
  }),
  report: flag(`sctp.${name}_bit_2`, 'Bit', {
    at: 0,
    bytes: size,
    mask: size === 1 ? 0x40 : 0x4000,
    values: { 0: 'Do not report', 1: 'Do report' },
  }),
});

/** The flags byte, with the bits that this kind of chunk gives a meaning; its place counts from the chunk. */
const flagsField = (kind: ChunkKind | undefined): FieldSet => ({
  flags: uint('sctp.chunk_flags', 'Chunk flags', {
    at: 1,
    bytes: 1,
    show: 'hex',
    ...(kind?.flags && { children: kind.flags }),
  }),
});
const flagsOfKind = new Map(
  Object.entries(chunkKinds).map(([type, kind]) => [Number(type), flagsField(kind)]),
);
const flagsUnknown = flagsField(undefined);

const kindFields: FieldSet = Object.fromEntries(
  Object.entries(chunkKinds).flatMap(([type, { flags = {}, fields = {}, rest }]) => [
    ...Object.entries({ ...flags, ...fields }).map(([name, field]) => [`${name}${type}`, field] as const),
    ...(rest ? [[`rest${type}`, rest.field] as const] : []),
  ]),
);

const loose = {
  chunk: label('', 'Chunk', { text: (value) => String(value) }),
  type: uint('sctp.chunk_type', 'Chunk type', {
    at: 0,
    bytes: 1,
    text: (value) => `${chunkKinds[Number(value)]?.name ?? 'Unknown'} (${value})`,
    children: bits('chunk', 1, 'the packet'),
  }),
  ...flagsUnknown,
  length: uint('sctp.chunk_length', 'Chunk length'),
  value: bytes('sctp.chunk_value', 'Chunk value'),
  padding: bytes('sctp.chunk_padding', 'Chunk padding'),
  ...kindFields,
  gap: label('', 'Gap', { text: (value) => String(value) }),
  gapStart: uint('sctp.sack_gap_block_start', 'Start'),
  gapStartNumber: uint('sctp.sack_gap_block_start_tsn', 'Start TSN'),
  gapEnd: uint('sctp.sack_gap_block_end', 'End'),
  gapEndNumber: uint('sctp.sack_gap_block_end_tsn', 'End TSN'),
  duplicate: uint('sctp.sack_duplicate_tsn', 'Duplicate TSN'),
  forwardStream: uint('sctp.forward_tsn_sid', 'Stream identifier'),
  forwardNumber: uint('sctp.forward_tsn_ssn', 'Stream sequence number'),
  parameter: label('', 'Parameter', { text: (value) => String(value) }),
  parameterType: uint('sctp.parameter_type', 'Parameter type', {
    at: 0,
    bytes: 2,
    show: 'hex',
    values: parameterNames,
    children: bits('parameter', 2, 'chunk'),
  }),
  parameterLength: uint('sctp.parameter_length', 'Parameter length'),
  parameterValue: bytes('sctp.parameter_value', 'Parameter value'),
  parameterPadding: bytes('sctp.parameter_padding', 'Parameter padding'),
  address4: ipv4('sctp.parameter_ipv4_address', 'IP Version 4 address'),
  address6: ipv6('sctp.parameter_ipv6_address', 'IP Version 6 address'),
  heartbeat: bytes('sctp.parameter_heartbeat_information', 'Heartbeat information'),
  cookie: bytes('sctp.parameter_state_cookie', 'State cookie'),
  lifespan: uint('sctp.parameter_cookie_preservative_incr', 'Suggested Cookie life-span increment (msec)'),
  addressType: uint('sctp.parameter_supported_address_type', 'Supported address type'),
  random: bytes('sctp.random_number', 'Random number'),
  chunkToAuthenticate: uint('sctp.chunk_type_to_auth', 'Chunk type'),
  hmac: uint('sctp.hmac_id', 'HMAC identifier'),
  supportedChunk: uint('sctp.supported_chunk_type', 'Supported chunk type'),
  adaptation: uint('sctp.adaptation_layer_indication', 'Indication', { show: 'hex' }),
  cause: label('', 'Cause', { text: (value) => String(value) }),
  causeCode: uint('sctp.cause_code', 'Cause code', { show: 'hex', values: causeNames }),
  causeLength: uint('sctp.cause_length', 'Cause length'),
  causeInformation: bytes('sctp.cause_information', 'Cause information'),
};

/** What a parameter holds: one value of its whole length, or a list of numbers of `each` bytes. */
const parameterValues: Readonly<Record<number, { readonly field: Field; readonly each?: 1 | 2 | 4 }>> = {
  0x0001: { field: loose.heartbeat },
  0x0005: { field: loose.address4 },
  0x0006: { field: loose.address6 },
  0x0007: { field: loose.cookie },
  0x0009: { field: loose.lifespan, each: 4 },
  0x000c: { field: loose.addressType, each: 2 },
  0x8002: { field: loose.random },
  0x8003: { field: loose.chunkToAuthenticate, each: 1 },
  0x8004: { field: loose.hmac, each: 2 },
  0x8008: { field: loose.supportedChunk, each: 1 },
  0xc006: { field: loose.adaptation, each: 4 },
};

/** SCTP with its chunks. The checksum is not verified, as in Wireshark. */
export const sctp = defineDissector({
  id: 'sctp',
  title: 'Stream Control Transmission Protocol',
  column: 'SCTP',
  spec: 'https://www.rfc-editor.org/rfc/rfc9260',
  claims: [{ table: 'ip.proto', keys: [132] }],
  fields: {
    sourcePort,
    destinationPort,
    tag: uint('sctp.verification_tag', 'Verification tag', { at: 4, bytes: 4, show: 'hex' }),
    checksum: uint('sctp.checksum', 'Checksum', {
      at: 8,
      bytes: 4,
      show: 'hex',
      note: () => ' [unverified]',
    }),
    checksumStatus: uint('sctp.checksum.status', 'Checksum Status', {
      compute: (layer) => (layer.has(headerLength) ? 2 : undefined),
      text: () => 'Unverified',
    }),
  },
  loose,
  aliases: { 'sctp.port': [sourcePort, destinationPort] },

  measure(walk) {
    if (!walk.header(headerLength)) return;
    const end = Math.min(walk.available, walk.limit - walk.start);
    let payload = -1;
    let payloadEnd = -1;
    for (let at = headerLength; at + 4 <= end;) {
      const length = walk.u16(at + 2);
      if (length < 4) break;
      if (payload < 0 && walk.u8(at) === dataChunk && length > 16 && (walk.u8(at + 1) & 3) === wholeMessage) {
        payload = at + 16;
        payloadEnd = at + length;
      }
      at += (length + 3) & ~3;
    }
    walk.whole();
    if (payload < 0 || payload >= end) return;
    walk.follows(payload);
    walk.payloadEnds(payloadEnd);
    walk.nextIsData();
  },

  heading: (layer) =>
    layer.has(4)
      ? `, Src Port: ${layer.u16(0)} (${layer.u16(0)}), Dst Port: ${layer.u16(2)} (${layer.u16(2)})`
      : '',

  info(layer) {
    if (!layer.has(headerLength)) return undefined;
    const words = [...chunksOf(layer)].map(({ at, type }) => chunkText(layer.frame, at, type));
    return words.length > 0 ? words.join(' ') : undefined;
  },

  extra(layer, emit) {
    for (const chunk of chunksOf(layer)) emitChunk(layer, emit, chunk);
  },

  examples: [
    {
      title: 'a message',
      hex: '03e8 07d0 11223344 00000000 0003 0013 00000001 0002 0003 00000000 616263 00',
      fields: {
        'sctp.srcport': 1000,
        'sctp.chunk_type': 0,
        'sctp.data_tsn_raw': 1,
        'sctp.data_sid': 2,
        'sctp.data_b_bit': 1,
        'sctp.chunk_padding': '00',
      },
      info: 'DATA (TSN=1)',
    },
    {
      title: 'opening, with an address',
      hex: '03e8 07d0 00000000 00000000 0100 001c dd68d33d 00008000 0020 0020 00000001 0005 0008 0a000001',
      fields: { 'sctp.init_nr_out_streams': 32, 'sctp.parameter_ipv4_address': '10.0.0.1' },
      info: 'INIT',
    },
    {
      title: 'acknowledging with a gap',
      hex: '03e8 07d0 11223344 00000000 0300 0014 00000001 00008000 0001 0000 0002 0003',
      fields: { 'sctp.sack_gap_block_end_tsn': 4, 'sctp.sack_a_rwnd': 32768 },
      info: 'SACK (Ack=1+3, Arwnd=32768)',
    },
  ],
});

interface Chunk {
  readonly at: number;
  readonly type: number;
  /** By its own word, cut to what was captured. */
  readonly length: number;
  readonly padding: number;
}

function* chunksOf({ frame, start, end }: Layer): Generator<Chunk> {
  for (let at = start + headerLength; at + 4 <= end;) {
    const claimed = u16(frame, at + 2);
    if (claimed < 4) return;
    const length = Math.min(claimed, end - at);
    const padding = Math.min(-claimed & 3, Math.max(0, end - at - claimed));
    yield { at, type: u8(frame, at), length, padding };
    at += claimed + (-claimed & 3);
  }
}

function chunkText(frame: Uint8Array, at: number, type: number): string {
  const name = chunkKinds[type]?.name ?? 'RESERVED';
  if (type === dataChunk || name === 'I_DATA') return `${name} (TSN=${u32(frame, at + 4)})`;
  if (type !== sack) return name;
  const gaps = u16(frame, at + 12);
  const length = u16(frame, at + 2);
  const gap = gaps > 0 && 16 + 4 * gaps <= length ? `+${u16(frame, at + 14 + 4 * gaps)}` : '';
  return `${name} (Ack=${u32(frame, at + 4)}${gap}, Arwnd=${u32(frame, at + 8)})`;
}

function emitChunk(layer: Layer, emit: Emit, { at, type, length, padding }: Chunk): void {
  const { frame } = layer;
  const kind = chunkKinds[type];
  const end = at + length;
  if (!emit.open(loose.chunk, at, length + padding, `${kind?.name ?? 'Unknown'} chunk`)) return;
  emit.add(loose.type, at, 1);
  emit.fields(flagsOfKind.get(type) ?? flagsUnknown, at, end);
  emit.add(loose.length, at + 2, 2);
  if (kind?.fields) emit.fields(kind.fields, at, end);
  if (!kind && length > 4) emit.add(loose.value, at + 4, length - 4);
  if (kind?.rest && length > kind.rest.at)
    emit.add(kind.rest.field, at + kind.rest.at, length - kind.rest.at);
  if (type === sack) emitGaps(frame, emit, at, end);
  if (type === forward)
    for (let pair = at + 8; pair + 4 <= end; pair += 4) {
      emit.add(loose.forwardStream, pair, 2);
      emit.add(loose.forwardNumber, pair + 2, 2);
    }
  if (kind?.parameters !== undefined) emitParameters(frame, emit, at + kind.parameters, end);
  if (kind?.causes !== undefined) emitCauses(frame, emit, at + kind.causes, end);
  if (padding > 0) emit.add(loose.padding, end, padding);
  emit.close();
}

function emitGaps(frame: Uint8Array, emit: Emit, chunk: number, end: number): void {
  const acknowledged = u32(frame, chunk + 4);
  const gaps = u16(frame, chunk + 12);
  const duplicates = u16(frame, chunk + 14);
  let at = chunk + 16;
  for (let i = 0; i < gaps && at + 4 <= end; i++, at += 4) {
    const first = (acknowledged + u16(frame, at)) >>> 0;
    const last = (acknowledged + u16(frame, at + 2)) >>> 0;
    if (!emit.open(loose.gap, at, 4, `Gap Acknowledgement for TSN ${first} to ${last}`)) return;
    if (emit.open(loose.gapStart, at, 2)) {
      emit.add(loose.gapStartNumber, at, 2, first);
      emit.close();
    }
    if (emit.open(loose.gapEnd, at + 2, 2)) {
      emit.add(loose.gapEndNumber, at + 2, 2, last);
      emit.close();
    }
    emit.close();
  }
  for (let i = 0; i < duplicates && at + 4 <= end; i++, at += 4) emit.add(loose.duplicate, at, 4);
}

function emitParameters(frame: Uint8Array, emit: Emit, from: number, to: number): void {
  for (let at = from; at + 4 <= to;) {
    const type = u16(frame, at);
    const length = u16(frame, at + 2);
    if (length < 4 || at + length > to) return;
    const padding = Math.min(-length & 3, to - at - length);
    const name = parameterNames[type] ?? 'Unknown';
    if (!emit.open(loose.parameter, at, length + padding, `${name} parameter`)) return;
    emit.add(loose.parameterType, at, 2);
    emit.add(loose.parameterLength, at + 2, 2);
    emitParameter(emit, type, at + 4, length - 4);
    if (padding > 0) emit.add(loose.parameterPadding, at + length, padding);
    emit.close();
    at += length + padding;
  }
}

function emitParameter(emit: Emit, type: number, at: number, length: number): void {
  const known = parameterValues[type];
  if (length === 0) return;
  if (!known) {
    emit.add(loose.parameterValue, at, length);
    return;
  }
  const { field, each } = known;
  const size = typeof field.bytes === 'number' ? field.bytes : length;
  if (each === undefined) {
    if (size <= length) emit.add(field, at, size);
  } else for (let place = at; place + each <= at + length; place += each) emit.add(field, place, each);
}

function emitCauses(frame: Uint8Array, emit: Emit, from: number, to: number): void {
  for (let at = from; at + 4 <= to;) {
    const code = u16(frame, at);
    const length = u16(frame, at + 2);
    if (length < 4 || at + length > to) return;
    if (!emit.open(loose.cause, at, length, `${causeNames[code] ?? 'Unknown'} cause`)) return;
    emit.add(loose.causeCode, at, 2);
    emit.add(loose.causeLength, at + 2, 2);
    if (length > 4) emit.add(loose.causeInformation, at + 4, length - 4);
    emit.close();
    at += (length + 3) & ~3;
  }
}
