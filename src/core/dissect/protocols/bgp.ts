import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, ipv4, label, nameOf, string, uint, type Field } from '../field.js';
import { declared } from '../shapes.js';
import { asText, familyNames, subsequentFamilyNames } from '../values/bgpNames.js';
import type { Layer } from '../walk.js';
import { attributeFields, reportAttributes } from './bgpAttributes.js';
import { capabilityFields, reportCapabilities } from './bgpCapabilities.js';
import { reportRoutes } from './bgpRoutes.js';

const headerLength = 19;
const markerLength = 16;
const capabilityParameter = 2;
/** Parameters whose length takes two bytes (RFC 9072). */
const extendedParameters = 255;

const typeNames: Readonly<Record<number, string>> = {
  1: 'OPEN Message',
  2: 'UPDATE Message',
  3: 'NOTIFICATION Message',
  4: 'KEEPALIVE Message',
  5: 'ROUTE-REFRESH Message',
  6: 'CAPABILITY Message',
  128: 'Cisco ROUTE-REFRESH Message',
};

const fields = {
  marker: bytes('bgp.marker', 'Marker', { at: 0, bytes: markerLength, when: isMessage }),
  length: uint('bgp.length', 'Length', { at: 16, bytes: 2, when: isMessage }),
  type: uint('bgp.type', 'Type', { at: 18, bytes: 1, when: isMessage, values: typeNames }),
};

const open = {
  version: uint('bgp.open.version', 'Version'),
  system: uint('bgp.open.myas', 'My AS', { text: asText }),
  holdTime: uint('bgp.open.holdtime', 'Hold Time'),
  identifier: ipv4('bgp.open.identifier', 'BGP Identifier'),
  optionsLength: uint('bgp.open.opt.len', 'Optional Parameters Length'),
  extendedMark: uint('bgp.open.opt.extended_mark', 'Extended Optional Parameters Mark'),
  extendedLength: uint('bgp.open.opt.extended_len', 'Extended Optional Parameters Length'),
  options: label('bgp.open.opt', 'Optional Parameters'),
  parameter: label('bgp.open.opt.param', 'Optional Parameter', {
    text: (value) => `Optional Parameter: ${value}`,
  }),
  parameterType: uint('bgp.open.opt.param.type', 'Parameter Type', {
    values: { 1: 'Authentication', 2: 'Capability' },
  }),
  parameterLength: uint('bgp.open.opt.param.len', 'Parameter Length'),
  unknown: bytes('bgp.open.opt.param.unknown', 'Unknown'),
};

const update = {
  withdrawnLength: uint('bgp.update.withdrawn_routes.length', 'Withdrawn Routes Length'),
  withdrawn: label('bgp.update.withdrawn_routes', 'Withdrawn Routes'),
  attributesLength: uint('bgp.update.path_attributes.length', 'Total Path Attribute Length'),
  attributes: label('bgp.update.path_attributes', 'Path attributes'),
  routes: label('bgp.update.nlri', 'Network Layer Reachability Information (NLRI)'),
};

const minor = (name: string, what: string, values?: Readonly<Record<number, string>>): Field =>
  uint(`bgp.notify.minor_error${name}`, `Minor error Code (${what})`, values ? { values } : {});
/** The second code, by the first (RFC 4271, section 6; RFC 4486; RFC 6608). */
const minorErrors: Readonly<Record<number, Field>> = {
  1: minor('', 'Message Header', {
    1: 'Connection Not Synchronized',
    2: 'Bad Message Length',
    3: 'Bad Message Type',
  }),
  2: minor('_open', 'Open Message', {
    1: 'Unsupported Version Number',
    2: 'Bad Peer AS',
    3: 'Bad BGP Identifier',
    4: 'Unsupported Optional Parameter',
    5: 'Authentication Failure [Deprecated]',
    6: 'Unacceptable Hold Time',
    7: 'Unsupported Capability',
    8: 'No supported AFI/SAFI (Cisco)',
  }),
  3: minor('_update', 'Update Message', {
    1: 'Malformed Attribute List',
    2: 'Unrecognized Well-known Attribute',
    3: 'Missing Well-known Attribute',
    4: 'Attribute Flags Error',
    5: 'Attribute Length Error',
    6: 'Invalid ORIGIN Attribute',
    7: 'AS Routing Loop [Deprecated]',
    8: 'Invalid NEXT_HOP Attribute',
    9: 'Optional Attribute Error',
    10: 'Invalid Network Field',
    11: 'Malformed AS_PATH',
  }),
  4: minor('_expired', 'Hold Timer Expired'),
  5: minor('_state', 'State Machine', {
    1: 'Receive Unexpected Message in OpenSent State',
    2: 'Receive Unexpected Message in OpenConfirm State',
    3: 'Receive Unexpected Message in Established State',
  }),
  6: minor('_cease', 'Cease', {
    1: 'Maximum Number of Prefixes Reached',
    2: 'Administratively Shutdown',
    3: 'Peer De-configured',
    4: 'Administratively Reset',
    5: 'Connection Rejected',
    6: 'Other Configuration Change',
    7: 'Connection Collision Resolution',
    8: 'Out of Resources',
    9: 'Hard Reset',
  }),
  7: minor('_capability', 'Capability Message', {
    1: 'Invalid Action Value',
    2: 'Invalid Capability Length',
    3: 'Malformed Capability Value',
    4: 'Unsupported Capability Code',
  }),
};
const cease = 6;

const notification = {
  major: uint('bgp.notify.major_error', 'Major error Code', {
    values: {
      1: 'Message Header Error',
      2: 'OPEN Message Error',
      3: 'UPDATE Message Error',
      4: 'Hold Timer Expired',
      5: 'Finite State Machine Error',
      6: 'Cease',
      7: 'CAPABILITY Message Error',
    },
  }),
  unknownMinor: minor('_unknown', 'Unknown'),
  wordsLength: uint('bgp.notify.communication_length', 'BGP Shutdown Communication Length'),
  words: string('bgp.notify.communication', 'Shutdown Communication'),
  data: bytes('bgp.notify.minor_data', 'Data'),
};

const refresh = {
  family: uint('bgp.route_refresh.afi', 'Address family identifier (AFI)', { values: familyNames }),
  subtype: uint('bgp.route_refresh.subtype', 'Subtype', {
    values: {
      0: 'Normal route refresh request [RFC2918] with/without ORF [RFC5291]',
      1: 'Demarcation of the beginning of a route refresh',
      2: 'Demarcation of the ending of a route refresh',
    },
  }),
  subsequent: uint('bgp.route_refresh.safi', 'Subsequent address family identifier (SAFI)', {
    values: subsequentFamilyNames,
  }),
};

const continuation = label('bgp.continuation', 'Continuation');

/** Sixteen bytes of ones begin a message. */
const hasMarker = (frame: Uint8Array, at: number): boolean =>
  markedBytes(frame, at, at + markerLength) === markerLength;

function markedBytes(frame: Uint8Array, at: number, end: number): number {
  let count = 0;
  while (at + count < end && frame[at + count] === 0xff) count++;
  return count;
}

/** Where the first marker between two places begins, the second place where there is none. */
function findMarker(frame: Uint8Array, from: number, end: number): number {
  let marked = 0;
  for (let at = from; at < end; at++) {
    marked = frame[at] === 0xff ? marked + 1 : 0;
    if (marked === markerLength) return at + 1 - markerLength;
  }
  return end;
}

/** What begins without a marker is the end of a message of a segment before; behind a message another one follows. */
function isMessage({ frame, start, index, walk }: Layer): boolean {
  return hasMarker(frame, start) || walk.dissectorAt(index - 1).id === 'bgp';
}

function reportOpen(cursor: FieldCursor): void {
  cursor.field(open.version, 1);
  cursor.field(open.system, 2);
  cursor.field(open.holdTime, 2);
  cursor.field(open.identifier, 4);
  const isExtended =
    cursor.u8() === extendedParameters && cursor.u8(1) === extendedParameters && cursor.left > 3;
  cursor.field(open.optionsLength, 1);
  if (isExtended) {
    cursor.field(open.extendedMark, 1);
    cursor.field(open.extendedLength, 2);
  }
  if (cursor.left === 0) return;
  const lengthSize = isExtended ? 2 : 1;
  cursor.group(open.options, cursor.left, (options) => {
    while (options.left >= 1 + lengthSize) {
      const type = options.u8();
      const length = isExtended ? options.u16(1) : options.u8(1);
      options.group(
        open.parameter,
        1 + lengthSize + length,
        (parameter) => {
          parameter.field(open.parameterType, 1);
          parameter.field(open.parameterLength, lengthSize);
          if (type === capabilityParameter) reportCapabilities(parameter);
          else parameter.rest(open.unknown);
        },
        nameOf(open.parameterType.values, type) ?? 'Unknown',
      );
    }
  });
}

const ipv4Family = 1;
const unicast = 1;

function reportUpdate(cursor: FieldCursor): void {
  const withdrawn = cursor.u16();
  cursor.field(update.withdrawnLength, 2);
  if (withdrawn > 0)
    cursor.group(update.withdrawn, withdrawn, (routes) => {
      reportRoutes(routes, 'withdrawn', ipv4Family, unicast);
    });
  const attributes = cursor.left >= 2 ? cursor.u16() : 0;
  cursor.field(update.attributesLength, 2);
  if (attributes > 0) cursor.group(update.attributes, attributes, reportAttributes);
  if (cursor.left > 0)
    cursor.group(update.routes, cursor.left, (routes) => {
      reportRoutes(routes, 'nlri', ipv4Family, unicast);
    });
}

function reportNotification(cursor: FieldCursor): void {
  const [major, code] = [cursor.u8(), cursor.u8(1)];
  cursor.field(notification.major, 1);
  cursor.field(minorErrors[major] ?? notification.unknownMinor, 1);
  if (cursor.left === 0) return;
  // An operator may say why (RFC 9003).
  if (major === cease && (code === 2 || code === 4) && cursor.u8() < cursor.left) {
    const length = cursor.u8();
    cursor.field(notification.wordsLength, 1);
    if (length > 0) cursor.field(notification.words, length);
  }
  cursor.rest(notification.data);
}

function reportRefresh(cursor: FieldCursor): void {
  cursor.field(refresh.family, 2);
  cursor.field(refresh.subtype, 1);
  cursor.field(refresh.subsequent, 1);
}

const reports: Readonly<Record<number, (cursor: FieldCursor) => void>> = {
  1: reportOpen,
  2: reportUpdate,
  3: reportNotification,
  5: reportRefresh,
  128: reportRefresh,
};

function typeWords(layer: Layer): string {
  const type = layer.u8(18);
  return nameOf(typeNames, type) ?? `Unknown message type (0x${type.toString(16).padStart(2, '0')})`;
}

const isWhole = (layer: Layer): boolean => isMessage(layer) && layer.has(headerLength);

/** The Border Gateway Protocol: how Cilium's control plane announces services and pod networks to routers. */
export const bgp = defineDissector({
  id: 'bgp',
  title: 'Border Gateway Protocol',
  column: 'BGP',
  spec: 'https://www.rfc-editor.org/rfc/rfc4271',
  claims: [{ table: 'tcp.port', keys: [179] }],
  fields,
  loose: declared(
    open,
    update,
    notification,
    refresh,
    minorErrors,
    { continuation },
    capabilityFields,
    attributeFields,
  ),

  measure(walk) {
    const { frame, start } = walk;
    const there = start + walk.available;
    const isFirst = walk.count < 2 || walk.dissectorAt(walk.count - 2).id !== 'bgp';
    if (
      isFirst &&
      markedBytes(frame, start, Math.min(there, start + markerLength)) <
        Math.min(walk.available, markerLength)
    ) {
      const next = findMarker(frame, start, there);
      if (walk.header(next - start) && next < there) walk.nextIs('bgp');
      return;
    }
    // What is not in this segment comes in the next ones.
    if (walk.limit - start < headerLength) walk.isFragment();
    if (!walk.header(headerLength)) return;
    const claimed = walk.u16(16);
    if (claimed < headerLength) {
      walk.bad('the message is shorter than its header');
      return;
    }
    const left = walk.limit - start;
    if (claimed > left) walk.isFragment();
    if (walk.header(claimed) && claimed < left) walk.nextIs('bgp');
  },

  heading: (layer) => (isWhole(layer) ? ` - ${typeWords(layer)}` : ''),

  info(layer) {
    if (!layer.has(headerLength)) return undefined;
    if (!isWhole(layer)) return '';
    const words = [typeWords(layer)];
    for (let before = layer.before('bgp'); before; before = before.before('bgp'))
      if (isWhole(before) && words.length < 100) words.unshift(typeWords(before));
    return words.join(', ');
  },

  extra(layer, emit: Emit) {
    const cursor = new FieldCursor(layer, emit, layer.start, layer.end);
    if (!isMessage(layer)) {
      if (cursor.left > 0) cursor.field(continuation, cursor.left);
      return;
    }
    if (!layer.has(headerLength)) return;
    cursor.skip(headerLength);
    reports[layer.u8(18)]?.(cursor);
  },

  examples: [
    {
      title: 'a speaker of AS 65000 introduces itself',
      hex: `ffffffffffffffffffffffffffffffff 002d 01 04 fde8 005a 0a000001 10
            02 0e 01 04 0002 00 01 02 00 41 04 0000fde8`,
      fields: {
        'bgp.length': 45,
        'bgp.open.myas': 65000,
        'bgp.open.identifier': '10.0.0.1',
        'bgp.cap.mp.afi': 2,
        'bgp.cap.4as': 65000,
      },
      info: 'OPEN Message',
    },
    {
      title: 'a service address is announced, another one withdrawn; then a sign of life',
      hex: `ffffffffffffffffffffffffffffffff 0035 02 0005 200a600064 0014
            40 01 01 00 40 02 06 02 01 0000fde8 40 03 04 0a000001 20 0a600065
            ffffffffffffffffffffffffffffffff 0013 04`,
      fields: {
        'bgp.withdrawn_prefix': '10.96.0.100',
        'bgp.nlri_prefix': '10.96.0.101',
        'bgp.update.path_attribute.as_path_segment.as4': 65000,
        'bgp.update.path_attribute.next_hop': '10.0.0.1',
      },
      info: 'UPDATE Message',
    },
    {
      title: 'an IPv6 network is announced',
      hex: `ffffffffffffffffffffffffffffffff 003b 02 0000 0024
            40 01 01 00 80 0e 1d 0002 01 10 20010db8000000000000000000000001 00 38 20010db8001234`,
      fields: {
        'bgp.mp_reach_nlri_ipv6_prefix': '2001:db8:12:3400::',
        'bgp.update.path_attribute.mp_reach_nlri.next_hop.ipv6': '2001:db8::1',
      },
      info: 'UPDATE Message',
    },
    {
      title: 'an operator shuts the session down and says why',
      hex: `ffffffffffffffffffffffffffffffff 001b 03 06 02 05 68656c6c6f`,
      fields: { 'bgp.notify.minor_error_cease': 2, 'bgp.notify.communication': 'hello' },
      info: 'NOTIFICATION Message',
    },
  ],
});
