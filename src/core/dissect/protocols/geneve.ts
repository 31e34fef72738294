import { u16, u24, u8 } from '../../base/bytes.js';
import { counted } from '../../base/words.js';
import { identityTitle } from '../../cilium/identities.js';
import { defineDissector } from '../dissector.js';
import { bytes, flag, ipv4, ipv6, label, nameOf, trueOrFalse, uint } from '../field.js';
import { etherTypes } from '../values/etherTypes.js';
import { geneveClasses } from '../values/geneveClasses.js';
import type { Emit } from '../emit.js';
import type { Layer } from '../walk.js';

const fixedLength = 8;
const optionHeaderLength = 4;
const transparentEthernet = 0x6558;

/** Cilium's class, and its one option: type 1, critical (DSR_GENEVE_OPT_TYPE in bpf/lib/encap.h). */
const ciliumClass = 0x014b;
const ciliumDsrType = 0x81;

const criticality = (type: number): string => (type & 0x80 ? 'Critical' : 'Non-critical');
/** Bytes of the option at `at` with its header: its length counts 4 bytes each of what follows that. */
const optionLength = (frame: Uint8Array, at: number): number =>
  optionHeaderLength + 4 * (u8(frame, at + 3) & 0x1f);

function isDsr(frame: Uint8Array, at: number): boolean {
  return u16(frame, at) === ciliumClass && u8(frame, at + 2) === ciliumDsrType;
}
const option = bytes('geneve.option', 'Option', {
  text(_, { layer: { frame }, at }) {
    const [class_, type] = [u16(frame, at), u8(frame, at + 2)];
    const kind = isDsr(frame, at) ? 'Cilium DSR' : 'Unknown';
    const owner = nameOf(geneveClasses, class_) ?? 'Unknown';
    return `${kind}, Class: ${owner} (0x${class_.toString(16).padStart(4, '0')}) Type: 0x${type.toString(16).padStart(2, '0')} (${criticality(type)})`;
  },
  children: {
    class: uint('geneve.option.class', 'Class', { at: 0, bytes: 2, show: 'hex', values: geneveClasses }),
    type: uint('geneve.option.type', 'Type', {
      at: 2,
      bytes: 1,
      show: 'hex',
      note: (value) => ` (${criticality(Number(value))})`,
      children: {
        critical: flag('geneve.option.type.critical', 'Critical Option', {
          at: 2,
          bytes: 1,
          mask: 0x80,
          values: trueOrFalse,
        }),
      },
    }),
    flags: uint('geneve.option.flags', 'Flags', {
      at: 3,
      bytes: 1,
      mask: 0xe0,
      pattern: false,
      show: 'hex',
      children: {
        reserved: flag('geneve.option.flags.reserved', 'Reserved', {
          at: 3,
          bytes: 1,
          mask: 0xe0,
          values: trueOrFalse,
        }),
      },
    }),
  },
});

const loose = {
  options: bytes('geneve.options', 'Options', {
    text: (_, { length }) => `(${counted(length, 'byte')})`,
  }),
  option,
  optionLength: uint('geneve.option.length', 'Length', { bytes: 1, unit: ' bytes' }),
  unknownData: bytes('geneve.option.unknown.data', 'Unknown Option Data'),
  // The service that was asked for: with direct server return over Geneve the backend answers in its name.
  dsrAddress: ipv4('cilium.dsr.addr', 'Service address'),
  dsrAddress6: ipv6('cilium.dsr.addr6', 'Service address'),
  dsrPort: uint('cilium.dsr.port', 'Service port', { bytes: 2 }),
  badLength: label('geneve.option.length.invalid', 'Option does not fit into what is left of the options', {
    problem: () => true,
  }),
};

const vniOf = ({ frame, start }: Layer): number => u24(frame, start + 4);

/** Geneve. Cilium puts the source's security identity in the VNI; its option carries the service address for DSR. */
export const geneve = defineDissector({
  id: 'geneve',
  title: 'Generic Network Virtualization Encapsulation',
  column: 'Geneve',
  spec: 'https://www.rfc-editor.org/rfc/rfc8926',
  claims: [{ table: 'udp.port', keys: [6081] }],
  carriesPackets: true,
  fields: {
    version: uint('geneve.version', 'Version', { at: 0, bytes: 1, mask: 0xc0, pattern: false }),
    optionsLength: uint('geneve.option.length', 'Length', {
      at: 0,
      bytes: 1,
      mask: 0x3f,
      scale: 4,
      pattern: false,
      unit: ' bytes',
    }),
    flags: uint('geneve.flags', 'Flags', {
      at: 1,
      bytes: 1,
      show: 'hex',
      children: {
        oam: flag('geneve.flags.oam', 'Operations, Administration and Management Frame', {
          at: 1,
          bytes: 1,
          mask: 0x80,
          values: trueOrFalse,
        }),
        critical: flag('geneve.flags.critical', 'Critical Options Present', {
          at: 1,
          bytes: 1,
          mask: 0x40,
          values: trueOrFalse,
        }),
        reserved: flag('geneve.flags.reserved', 'Reserved', {
          at: 1,
          bytes: 1,
          compute: ({ frame, start }) => ((u8(frame, start + 1) & 0x3f) === 0 ? 0 : 1),
          values: trueOrFalse,
        }),
      },
    }),
    protocol: uint('geneve.proto_type', 'Protocol Type', {
      at: 2,
      bytes: 2,
      show: 'hex',
      values: (value) =>
        value === transparentEthernet ? 'Transparent Ethernet bridging' : nameOf(etherTypes, value),
    }),
    vni: uint('geneve.vni', 'Virtual Network Identifier (VNI)', { at: 4, bytes: 3, show: 'hex-dec' }),
    identity: uint('cilium.identity', 'Security identity', {
      at: 4,
      bytes: 3,
      generated: true,
      text: (value) => `${value} (${identityTitle(Number(value))})`,
    }),
    reserved: uint('geneve.reserved', 'Reserved', { at: 7, bytes: 1, show: 'hex' }),
  },
  loose,

  measure(walk) {
    if (!walk.header(fixedLength)) return;
    if (walk.u8(0) >> 6 !== 0) {
      walk.bad('its version is not 0');
      return;
    }
    if (!walk.header(fixedLength + 4 * (walk.u8(0) & 0x3f))) return;
    const type = walk.u16(2);
    if (type === transparentEthernet) walk.nextIs('eth');
    else walk.nextBy('ethertype', type);
  },

  heading: (layer) => (layer.has(7) ? `, VNI: 0x${vniOf(layer).toString(16).padStart(6, '0')}` : ''),

  info: (layer) => (layer.has(7) ? `VNI ${vniOf(layer)}` : undefined),
  infoSuffix: (layer) =>
    layer.has(7) ? ` [identity ${vniOf(layer)} (${identityTitle(vniOf(layer))})]` : undefined,

  extra(layer, emit) {
    const from = layer.start + fixedLength;
    if (layer.end <= from || !emit.open(loose.options, from, layer.end - from)) return;
    reportOptions(layer, emit, from);
    emit.close();
  },

  examples: [
    {
      title: 'identity 3352, Ethernet inside',
      hex: '0000 6558 000d18 00',
      fields: { 'geneve.version': 0, 'geneve.vni': 3352, 'cilium.identity': 3352 },
      info: 'VNI 3352',
    },
    {
      title: 'direct server return for 10.96.0.100:8080, IPv4 inside',
      hex: '0340 0800 000002 00 014b 81 02 0a600064 1f90 0000',
      fields: {
        'geneve.flags.critical': 1,
        'geneve.option.class': 0x014b,
        'geneve.option.type.critical': 1,
        'cilium.dsr.addr': '10.96.0.100',
        'cilium.dsr.port': 8080,
      },
    },
  ],
});

function reportOptions(layer: Layer, emit: Emit, from: number): void {
  const { frame, end } = layer;
  for (let at = from; at < end;) {
    const length = optionLength(frame, at);
    if (at + length > end) {
      emit.add(loose.badLength, at, end - at);
      return;
    }
    if (emit.open(option, at, length)) {
      emit.add(loose.optionLength, at + 3, 1, length);
      reportValue(layer, emit, at, length);
      emit.close();
    }
    at += length;
  }
}

function reportValue({ frame }: Layer, emit: Emit, at: number, length: number): void {
  const value = at + optionHeaderLength;
  if (isDsr(frame, at) && length === 12) {
    emit.add(loose.dsrAddress, value, 4);
    emit.add(loose.dsrPort, value + 4, 2);
  } else if (isDsr(frame, at) && length === 24) {
    emit.add(loose.dsrAddress6, value, 16);
    emit.add(loose.dsrPort, value + 16, 2);
  } else if (length > optionHeaderLength) emit.add(loose.unknownData, value, length - optionHeaderLength);
}
