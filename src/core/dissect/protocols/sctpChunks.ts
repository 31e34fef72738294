/** The chunks of SCTP: what stands in each at a fixed place, and where its parameters begin. */
import { u8 } from '../../base/bytes.js';
import { bytes, type Field, type FieldSet, flag, uint } from '../field.js';
import type { Layer } from '../walk.js';

/** A kind of chunk. Places count from the chunk's first byte. */
export interface ChunkKind {
  readonly name: string;
  /** Bits of the flags byte that mean something. */
  readonly flags?: FieldSet;
  /** Fields with a fixed place. */
  readonly fields?: FieldSet;
  /** Where a list of parameters begins. */
  readonly parameters?: number;
  /** Where a list of error causes begins. */
  readonly causes?: number;
  /** Where data for people begins. */
  readonly payload?: number;
  /** The rest of the chunk, where it is not known better. */
  readonly rest?: { readonly field: Field; readonly at: number };
}

const bit = (name: string, label: string, mask: number, no: string, yes: string): Field =>
  flag(`sctp.${name}`, label, { at: 1, bytes: 1, mask, values: { 0: no, 1: yes } });
const word = (name: string, label: string, at: number, size: 2 | 4, show: 'dec' | 'hex' = 'dec'): Field =>
  uint(`sctp.${name}`, label, { at, bytes: size, show });

const dataFlags: FieldSet = {
  immediate: bit('data_i_bit', 'I-Bit', 8, 'Possibly delay SACK', 'Send SACK immediately'),
  unordered: bit('data_u_bit', 'U-Bit', 4, 'Ordered delivery', 'Unordered delivery'),
  first: bit('data_b_bit', 'B-Bit', 2, 'Subsequent segment', 'First segment'),
  last: bit('data_e_bit', 'E-Bit', 1, 'Subsequent segment', 'Last segment'),
};
const tagFlag = (name: string): FieldSet => ({
  tag: bit(`${name}_t_bit`, 'T-Bit', 1, 'Tag not reflected', 'Tag reflected'),
});

const windowLabel = 'Advertised receiver window credit (a_rwnd)';
const association = (name: string): FieldSet => ({
  tag: word(`${name}_initiate_tag`, 'Initiate tag', 4, 4, 'hex'),
  window: word(`${name}_credit`, windowLabel, 8, 4),
  out: word(`${name}_nr_out_streams`, 'Number of outbound streams', 12, 2),
  in: word(`${name}_nr_in_streams`, 'Number of inbound streams', 14, 2),
  first: word(`${name}_initial_tsn`, 'Initial TSN', 16, 4),
});

/** IANA, SCTP payload protocol identifiers; those one may meet. */
const payloadProtocols: Readonly<Record<number, string>> = {
  0: 'not specified',
  3: 'M3UA',
  18: 'S1 Application Protocol (S1AP)',
  27: 'X2AP',
  46: 'Diameter in a SCTP DATA chunk',
  47: 'Diameter in a DTLS/SCTP DATA chunk',
  50: 'WebRTC Control Protocol',
  51: 'WebRTC String',
  53: 'WebRTC Binary',
  60: 'NGAP',
  61: 'XnAP',
  62: 'F1 AP',
};
const payloadProtocol = (at: number): Field =>
  uint('sctp.data_payload_proto_id', 'Payload protocol identifier', {
    at,
    bytes: 4,
    values: payloadProtocols,
  });

/** The first piece of a message names the protocol where the others have their number (RFC 8260, section 2.1). */
const isFirst = ({ frame }: Layer, base: number): boolean => (u8(frame, base + 1) & 2) !== 0;

/** Chunk types of RFC 9260 and its extensions (IANA, SCTP parameters). */
export const chunkKinds: Readonly<Record<number, ChunkKind>> = {
  0: {
    name: 'DATA',
    flags: dataFlags,
    fields: {
      dataNumber: word('data_tsn_raw', 'Transmission sequence number (absolute)', 4, 4),
      stream: word('data_sid', 'Stream identifier', 8, 2, 'hex'),
      streamNumber: word('data_ssn', 'Stream sequence number', 10, 2),
      protocol: payloadProtocol(12),
    },
    payload: 16,
  },
  1: { name: 'INIT', fields: association('init'), parameters: 20 },
  2: { name: 'INIT_ACK', fields: association('initack'), parameters: 20 },
  3: {
    name: 'SACK',
    flags: {
      nonce: uint('sctp.sack_nounce_sum', 'Nounce sum', { at: 1, bytes: 1, mask: 1 }),
    },
    fields: {
      acknowledged: word('sack_cumulative_tsn_ack_raw', 'Cumulative TSN ACK (absolute)', 4, 4),
      window: word('sack_a_rwnd', windowLabel, 8, 4),
      gaps: word('sack_number_of_gap_blocks', 'Number of gap acknowledgement blocks', 12, 2),
      duplicates: word('sack_number_of_duplicated_tsns', 'Number of duplicated TSNs', 14, 2),
    },
  },
  4: { name: 'HEARTBEAT', parameters: 4 },
  5: { name: 'HEARTBEAT_ACK', parameters: 4 },
  6: { name: 'ABORT', flags: tagFlag('abort'), causes: 4 },
  7: {
    name: 'SHUTDOWN',
    fields: { acknowledged: word('shutdown_cumulative_tsn_ack', 'Cumulative TSN Ack', 4, 4) },
  },
  8: { name: 'SHUTDOWN_ACK' },
  9: { name: 'ERROR', causes: 4 },
  10: { name: 'COOKIE_ECHO', rest: { field: bytes('sctp.cookie', 'Cookie'), at: 4 } },
  11: { name: 'COOKIE_ACK' },
  12: { name: 'ECNE', fields: { lowest: word('ecne_lowest_tsn', 'Lowest TSN', 4, 4) } },
  13: { name: 'CWR', fields: { lowest: word('cwr_lowest_tsn', 'Lowest TSN', 4, 4) } },
  14: { name: 'SHUTDOWN_COMPLETE', flags: tagFlag('shutdown_complete') },
  15: {
    name: 'AUTH',
    fields: {
      key: word('shared_key_id', 'Shared key identifier', 4, 2),
      kind: word('hmac_id', 'HMAC identifier', 6, 2),
    },
    rest: { field: bytes('sctp.hmac', 'HMAC'), at: 8 },
  },
  64: {
    name: 'I_DATA',
    flags: dataFlags,
    fields: {
      dataNumber: word('data_tsn_raw', 'Transmission sequence number (absolute)', 4, 4),
      stream: word('data_sid', 'Stream identifier', 8, 2, 'hex'),
      reserved: word('data_reserved', 'Reserved', 10, 2),
      message: word('data_mid', 'Message identifier', 12, 4),
      protocol: { ...payloadProtocol(16), when: isFirst },
      fragment: {
        ...word('data_fsn', 'Fragment sequence number', 16, 4),
        when: (layer: Layer, base: number) => !isFirst(layer, base),
      },
    },
    payload: 20,
  },
  128: {
    name: 'ASCONF_ACK',
    fields: { number: word('asconf_ack_seq_nr_number', 'Sequence number', 4, 4, 'hex') },
  },
  130: { name: 'RECONFIG', parameters: 4 },
  192: { name: 'FORWARD_TSN', fields: { number: word('forward_tsn_tsn', 'New cumulative TSN', 4, 4) } },
  193: {
    name: 'ASCONF',
    fields: { number: word('asconf_seq_nr_number', 'Sequence number', 4, 4, 'hex') },
  },
};

/** Parameter types (IANA, SCTP parameters). */
export const parameterNames: Readonly<Record<number, string>> = {
  0x0001: 'Heartbeat info',
  0x0005: 'IPv4 address',
  0x0006: 'IPv6 address',
  0x0007: 'State cookie',
  0x0008: 'Unrecognized parameter',
  0x0009: 'Cookie preservative',
  0x000b: 'Hostname address',
  0x000c: 'Supported address types',
  0x8000: 'ECN',
  0x8002: 'Random',
  0x8003: 'Authenticated Chunk list',
  0x8004: 'Requested HMAC Algorithm',
  0x8008: 'Supported Extensions',
  0xc000: 'Forward TSN supported',
  0xc001: 'Add IP address',
  0xc002: 'Delete IP address',
  0xc003: 'Error cause indication',
  0xc004: 'Set primary address',
  0xc005: 'Success report',
  0xc006: 'Adaptation Layer Indication',
};

/** Error causes (IANA, SCTP parameters). */
export const causeNames: Readonly<Record<number, string>> = {
  1: 'Invalid stream identifier',
  2: 'Missing mandatory parameter',
  3: 'Stale cookie error',
  4: 'Out of resource',
  5: 'Unresolvable address',
  6: 'Unrecognized chunk type',
  7: 'Invalid mandatory parameter',
  8: 'Unrecognized parameters',
  9: 'No user data',
  10: 'Cookie received while shutting down',
  11: 'Restart of an association with new addresses',
  12: 'User initiated ABORT',
  13: 'Protocol violation',
};
