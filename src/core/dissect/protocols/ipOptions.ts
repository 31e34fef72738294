/** IPv4 options (RFC 791, 1108, 1063, 1393, 2113, 4782), and the one by which Cilium carries a service address. */
import { counted } from '../../base/words.js';
import { u16, u8 } from '../../base/bytes.js';
import type { Emit } from '../emit.js';
import {
  bytes,
  type Field,
  type FieldSet,
  flag,
  ipv4,
  label,
  string,
  uint,
  type ValueNames,
  yesOrNo,
} from '../field.js';
import {
  brokenOption,
  lengthFault,
  type OptionKind,
  optionsIn,
  optionTitles,
  unknownOption,
} from '../options.js';
import type { Layer } from '../walk.js';

const numbers: Readonly<Record<number, string>> = {
  0: 'End of Option List (EOL)',
  1: 'No-Operation (NOP)',
  2: 'Security',
  3: 'Loose source route',
  4: 'Time stamp',
  5: 'Extended security',
  6: 'Commercial IP security option',
  7: 'Record route',
  8: 'Stream identifier',
  9: 'Strict source route',
  10: 'Experimental Measurement',
  11: 'MTU probe',
  12: 'MTU Reply',
  13: 'Experimental Flow Control',
  14: 'Experimental Access Control',
  15: 'Ask Estrin',
  16: 'IMI Traffic Descriptor',
  17: 'Extended Internet Protocol',
  18: 'Traceroute',
  19: 'Address Extension',
  20: 'Router Alert',
  21: 'Selective Directed Broadcast',
  22: 'Unassigned',
  23: 'Dynamic Packet State',
  24: 'Upstream Multicast Packet',
  25: 'Quick-Start',
  30: 'RFC 3692-style experiment',
};
const classes: Readonly<Record<number, string>> = {
  0: 'Control',
  1: 'Reserved for future use',
  2: 'Debugging and measurement',
  3: 'Reserved for future use',
};

const typeAndLength: FieldSet = {
  type: uint('ip.opt.type', 'Type', {
    at: 0,
    bytes: 1,
    children: {
      copy: flag('ip.opt.type.copy', 'Copy on fragmentation', {
        at: 0,
        bytes: 1,
        mask: 0x80,
        values: yesOrNo,
      }),
      class: uint('ip.opt.type.class', 'Class', { at: 0, bytes: 1, mask: 0x60, values: classes }),
      number: uint('ip.opt.type.number', 'Number', { at: 0, bytes: 1, mask: 0x1f, values: numbers }),
    },
  }),
  length: uint('ip.opt.len', 'Length', { at: 1, bytes: 1, when: ({ frame }, base) => u8(frame, base) > 1 }),
};
const pointer = uint('ip.opt.ptr', 'Pointer', { at: 2, bytes: 1 });

const option = (name: string, title: string, children: FieldSet = {}, note?: Field['note']): Field =>
  label(name, `IP Option - ${title}`, {
    note: (value, place) =>
      place.length > 1 ? ` (${counted(place.length, 'byte')})${note?.(value, place) ?? ''}` : '',
    children: { ...typeAndLength, ...children },
  });

const accordance: ValueNames = {
  0: 'Datagram not protected in accordance with its rules',
  1: 'Datagram protected in accordance with its rules',
};
const authority = (name: string, title: string, mask: number): Field =>
  flag(`ip.opt.sec_prot_auth_${name}`, title, { at: 0, bytes: 1, mask, values: accordance });
const unassigned = (mask: number): Field =>
  uint('ip.opt.sec_prot_auth_unassigned', 'Unassigned', { at: 0, bytes: 1, mask, show: 'hex' });
const hasMore = flag('ip.opt.sec_prot_auth_fti', 'Field Termination Indicator', {
  at: 0,
  bytes: 1,
  mask: 0x01,
  values: { 0: 'Final octet', 1: 'Additional octet present' },
});
/** RFC 1108: the first byte of flags, and any further one. */
const protection = uint('ip.opt.sec_prot_auth_flags', 'Protection Authority Flags', {
  show: 'hex',
  children: {
    genser: authority('genser', 'GENSER', 0x80),
    siop: authority('siop_esi', 'SIOP-ESI', 0x40),
    sci: authority('sci', 'SCI', 0x20),
    nsa: authority('nsa', 'NSA', 0x10),
    doe: authority('doe', 'DOE', 0x08),
    unassigned: unassigned(0x06),
    hasMore,
  },
});
const protectionMore = uint('ip.opt.sec_prot_auth_flags', 'Protection Authority Flags', {
  show: 'hex',
  children: { unassigned: unassigned(0xfe), hasMore },
});

/** Fields of routes and stamps: as many as the option is long. */
const listed = {
  recorded: ipv4('ip.rec_rt', 'Recorded Route', { aliases: ['ip.rec_rt_host'] }),
  toCome: ipv4('ip.src_rt', 'Source Route', { aliases: ['ip.src_rt_host'] }),
  empty: ipv4('ip.empty_rt', 'Empty Route', { aliases: ['ip.empty_rt_host'] }),
  stamp: uint('ip.opt.time_stamp', 'Time stamp'),
  quickStartDifference: uint('ip.opt.qs_ttl_diff', 'TTL Diff', { bytes: 1 }),
  sensitivity: uint('ip.cipso.sensitivity_level', 'Sensitivity Level', { bytes: 1 }),
  protection,
  protectionMore,
  stampAddress: ipv4('ip.opt.time_stamp_addr', 'Address'),
};

const finalDestination = ipv4('ip.dst', 'Destination Address');

/** The hops of a source route; the last address is where the packet goes in the end. */
function route(layer: Layer, emit: Emit, at: number, length: number): void {
  const last = at + length - 4;
  const isRouted = u8(layer.frame, at + 2) <= length;
  addresses(listed.recorded, listed.toCome, emit, layer, at, isRouted ? length - 4 : length);
  if (isRouted && last >= at + 3) emit.add(finalDestination, last, 4);
}

/** Addresses from the fourth byte on; the pointer, counted from 1, says which are filled in. */
function addresses(behind: Field, ahead: Field, emit: Emit, layer: Layer, at: number, length: number): void {
  const next = at + u8(layer.frame, at + 2) - 1;
  for (let place = at + 3; place + 4 <= at + length; place += 4)
    emit.add(place < next ? behind : ahead, place, 4);
}

const routerAlert = uint('ip.opt.ra', 'Router Alert', {
  at: 2,
  bytes: 2,
  values: (value) => (value === 0 ? 'Router shall examine packet' : 'Reserved'),
});
const stampFlags: Readonly<Record<number, string>> = {
  0: 'Time stamps only',
  1: 'Time stamp and address',
  3: 'Time stamps for prespecified addresses',
};

const kinds: readonly OptionKind[] = [
  { type: 0, title: '', single: true, field: option('ip.options.eol', 'End of Options List (EOL)') },
  { type: 1, title: '', single: true, field: option('ip.options.nop', 'No-Operation (NOP)') },
  {
    type: 130,
    title: 'Security',
    atLeast: 3,
    field: option('ip.options.security', 'Security', {
      level: uint('ip.opt.sec_cl', 'Classification Level', {
        at: 2,
        bytes: 1,
        show: 'hex',
        when: ({ frame }, base) => u8(frame, base + 1) !== 11,
        values: {
          0x01: 'Reserved 4',
          0x3d: 'Top secret',
          0x5a: 'Secret',
          0x66: 'Reserved 3',
          0x96: 'Confidential',
          0xab: 'Unclassified',
          0xcc: 'Reserved 2',
          0xf1: 'Reserved 1',
        },
      }),
      security: uint('ip.opt.sec_rfc791_sec', 'Security', {
        at: 2,
        bytes: 2,
        show: 'hex',
        when: ({ frame }, base) => u8(frame, base + 1) === 11,
        values: {
          0x0000: 'Unclassified',
          0xf135: 'Confidential',
          0x789a: 'EFTO',
          0xbc4d: 'MMMM',
          0x5e26: 'PROG',
          0xaf13: 'Restricted',
          0xd788: 'Secret',
          0x6bc5: 'Top secret',
        },
      }),
      compartments: uint('ip.opt.sec_rfc791_comp', 'Compartments', {
        at: 4,
        bytes: 2,
        when: ({ frame }, base) => u8(frame, base + 1) === 11,
      }),
      handling: string('ip.opt.sec_rfc791_hr', 'Handling Restrictions', {
        at: 6,
        bytes: 2,
        when: ({ frame }, base) => u8(frame, base + 1) === 11,
      }),
      control: string('ip.opt.sec_rfc791_tcc', 'Transmission Control Code', {
        at: 8,
        bytes: 3,
        when: ({ frame }, base) => u8(frame, base + 1) === 11,
      }),
    }),
    more(layer, emit, at, length) {
      if (length === 11) return;
      for (let place = at + 3; place < at + length; place++) {
        emit.add(place === at + 3 ? protection : protectionMore, place, 1);
        if ((u8(layer.frame, place) & 1) === 0) return;
      }
    },
  },
  {
    type: 131,
    title: 'Loose Source Route',
    atLeast: 3,
    field: option('ip.options.route', 'Loose Source Route', { pointer }),
    more: route,
  },
  {
    type: 68,
    title: 'Time Stamp',
    atLeast: 4,
    field: option('ip.options.timestamp', 'Time Stamp', {
      pointer,
      overflow: uint('ip.opt.overflow', 'Overflow', { at: 3, bytes: 1, mask: 0xf0 }),
      flag: uint('ip.opt.flag', 'Flag', { at: 3, bytes: 1, mask: 0x0f, show: 'hex', values: stampFlags }),
    }),
    more(layer, emit, at, length) {
      const withAddress = (u8(layer.frame, at + 3) & 0x0f) !== 0;
      for (let place = at + 4; place + 4 <= at + length; place += 4)
        emit.add(withAddress && (place - at) % 8 === 4 ? listed.stampAddress : listed.stamp, place, 4);
    },
  },
  {
    type: 133,
    title: 'Extended Security',
    atLeast: 3,
    field: option('ip.options.ext_security', 'Extended Security', {
      format: uint('ip.opt.ext_sec_add_sec_info_format_code', 'Additional Security Info Format Code', {
        at: 2,
        bytes: 1,
        show: 'hex',
      }),
      info: bytes('ip.opt.ext_sec_add_sec_info', 'Additional Security Info', { at: 3, bytes: 'rest' }),
    }),
  },
  {
    type: 134,
    title: 'Commercial Security',
    atLeast: 10,
    field: option('ip.options.cipso', 'Commercial Security', {
      domain: uint('ip.cipso.doi', 'DOI', { at: 2, bytes: 4 }),
      tag: uint('ip.cipso.tag_type', 'Tag Type', {
        at: 6,
        bytes: 1,
        values: {
          1: 'Restrictive Category Bitmap',
          2: 'Enumerated Categories',
          5: 'Ranged Categories',
          6: 'Permissive Category Bitmap',
          7: 'Free Form',
        },
      }),
    }),
    more(layer, emit, at) {
      if ([1, 2, 5].includes(u8(layer.frame, at + 6))) emit.add(listed.sensitivity, at + 9, 1);
    },
  },
  {
    type: 7,
    title: 'Record Route',
    atLeast: 3,
    field: option('ip.options.record_route', 'Record Route', { pointer }),
    more: (layer, emit, at, length) => {
      addresses(listed.recorded, listed.empty, emit, layer, at, length);
    },
  },
  {
    type: 136,
    title: 'Stream ID',
    exactly: 4,
    field: option('ip.options.sid', 'Stream ID', {
      id: uint('ip.opt.sid', 'Stream Identifier', { at: 2, bytes: 2 }),
    }),
  },
  {
    type: 137,
    title: 'Strict Source Route',
    atLeast: 3,
    field: option('ip.options.source_route', 'Strict Source Route', { pointer }),
    more: route,
  },
  {
    type: 11,
    title: 'MTU Probe',
    exactly: 4,
    field: option('ip.options.mtu_probe', 'MTU Probe', {
      mtu: uint('ip.opt.mtu', 'MTU', { at: 2, bytes: 2 }),
    }),
  },
  {
    type: 12,
    title: 'MTU Reply',
    exactly: 4,
    field: option('ip.options.mtu_reply', 'MTU Reply', {
      mtu: uint('ip.opt.mtu', 'MTU', { at: 2, bytes: 2 }),
    }),
  },
  {
    type: 82,
    title: 'Traceroute',
    exactly: 12,
    field: option('ip.options.traceroute', 'Traceroute', {
      id: uint('ip.opt.id_number', 'ID Number', { at: 2, bytes: 2 }),
      outbound: uint('ip.opt.ohc', 'Outbound Hop Count', { at: 4, bytes: 2 }),
      back: uint('ip.opt.rhc', 'Return Hop Count', { at: 6, bytes: 2 }),
      originator: ipv4('ip.opt.originator', 'Originator IP Address', { at: 8 }),
    }),
  },
  {
    type: 148,
    title: 'Router Alert',
    exactly: 4,
    field: option('ip.options.routeralert', 'Router Alert', { routerAlert }, (_, { layer, at }) => {
      const value = u16(layer.frame, at + 2);
      return `: ${value === 0 ? 'Router shall examine packet' : 'Reserved'} (${value})`;
    }),
  },
  {
    type: 149,
    title: 'Selective Directed Broadcast',
    atLeast: 6,
    field: option('ip.options.sdb', 'Selective Directed Broadcast'),
    more(_, emit, at, length) {
      let place = at + 2;
      for (; place + 4 <= at + length; place += 4) emit.add(broadcastAddress, place, 4);
      if (place < at + length) emit.add(padding, place, at + length - place);
    },
  },
  {
    type: 25,
    title: 'Quick-Start',
    exactly: 8,
    field: option('ip.options.qs', 'Quick-Start', {
      function: uint('ip.opt.qs_func', 'Function', {
        at: 2,
        bytes: 1,
        mask: 0xf0,
        values: { 0: 'Rate request', 8: 'Rate report' },
      }),
      rate: uint('ip.opt.qs_rate', 'Rate', { at: 2, bytes: 1, mask: 0x0f, values: quickStartRate }),
      ttl: uint('ip.opt.qs_ttl', 'QS TTL', { at: 3, bytes: 1 }),
      nonce: uint('ip.opt.qs_nonce', 'QS Nonce', { at: 4, bytes: 4, mask: 0xfffffffc, show: 'hex' }),
      reserved: uint('ip.opt.qs_reserved', 'Reserved', { at: 4, bytes: 4, mask: 0x3, show: 'hex' }),
    }),
    more(layer, emit, at) {
      const isRequest = u8(layer.frame, at + 2) >> 4 === 0;
      if (isRequest)
        emit.add(listed.quickStartDifference, at + 3, 1, (layer.u8(8) - u8(layer.frame, at + 3)) & 0xff);
    },
  },
  {
    // DSR_IPV4_OPT_32 in bpf/lib/nodeport.h: with DSR and no tunnel, the service address travels in this option.
    type: 154,
    title: 'Cilium DSR',
    exactly: 8,
    field: label('cilium.dsr', 'IP Option - Cilium DSR (8 bytes)', {
      children: {
        port: uint('cilium.dsr.port', 'Service port', { at: 2, bytes: 2 }),
        address: ipv4('cilium.dsr.addr', 'Service address', { at: 4 }),
      },
    }),
  },
];

const broadcastAddress = ipv4('ip.opt.addr', 'IP Address');
const padding = bytes('ip.opt.padding', 'Padding');

/** RFC 4782: 40 kbit/s times two to the rate. */
function quickStartRate(rate: number): string {
  const kilobits = rate === 0 ? 0 : 40 * 2 ** rate;
  if (kilobits === 0) return '0 bit/s';
  if (kilobits < 1000) return `${kilobits} Kbit/s`;
  return kilobits < 1_000_000 ? `${kilobits / 1000} Mbit/s` : `${kilobits / 1_000_000} Gbit/s`;
}

const byType = new Map(kinds.map((kind) => [kind.type, kind]));

const list = label('', 'Options', { text: (value) => String(value) });

/** What the options may report. */
export const ipOptionFields: FieldSet = {
  ...Object.fromEntries(kinds.map(({ field }) => [field.name, field])),
  ...listed,
  broadcastAddress,
  padding,
  finalDestination,
};

/** Reports the options between the fixed header and `end`. */
export function emitIpOptions(layer: Layer, emit: Emit, end: number): void {
  const from = layer.start + 20;
  const found = [...optionsIn(layer.frame, from, end, byType, 0)];
  const text = `Options: (${counted(end - from, 'byte')})${optionTitles(found)}`;
  if (!emit.open(list, from, end - from, text)) return;
  for (const one of found) {
    const { at, length, type, kind } = one;
    const wrong = one.wrong ?? lengthFault(one);
    if (wrong !== undefined) emit.add(brokenOption, at, length, wrong);
    else if (!kind)
      emit.add(
        unknownOption,
        at,
        length,
        `Unknown (0x${type.toString(16).padStart(2, '0')}) (${counted(length, 'byte')})`,
      );
    else if (emit.open(kind.field, at, length)) {
      kind.more?.(layer, emit, at, length);
      emit.close();
    }
  }
  emit.close();
}

/** True while a source route still has a way to go: the header's destination is only its next stop. */
export function isSourceRouted(layer: Layer): boolean {
  const { frame, start, end } = layer;
  if (end - start < 24) return false;
  for (const { type, at, length, wrong } of optionsIn(frame, start + 20, end, byType, 0))
    if ((type === 131 || type === 137) && wrong === undefined && length >= 7 && u8(frame, at + 2) <= length)
      return true;
  return false;
}
