/** Neighbour discovery options (RFC 4861, 4191, 8106, 6275, 3971, 5568, 6775, 7710, 8781). Lengths count eight bytes. */
import { ipv6Text, macText } from '../../base/addresses.js';
import { hex, u16, u32, u8 } from '../../base/bytes.js';
import type { Emit } from '../emit.js';
import { bytes, eui64, type Field, type FieldSet, flag, ipv6, label, string, time, uint } from '../field.js';
import { namedFlags } from '../values/flagNotes.js';
import { nameLength, wordsOfName } from '../values/names.js';
import { utcText } from '../values/times.js';
import type { Layer } from '../walk.js';

const types: Readonly<Record<number, string>> = {
  1: 'Source link-layer address',
  2: 'Target link-layer address',
  3: 'Prefix information',
  4: 'Redirected header',
  5: 'MTU',
  6: 'NBMA Shortcut Limit Option',
  7: 'Advertisement Interval',
  8: 'Home Agent Information',
  9: 'Source Address List',
  10: 'Target Address List',
  11: 'CGA',
  12: 'RSA Signature',
  13: 'Timestamp',
  14: 'Nonce',
  15: 'Trust Anchor',
  16: 'Certificate',
  17: 'IP Address/Prefix Option',
  18: 'New Router Prefix Information',
  19: 'Link-layer Address',
  20: 'Neighbor Advertisement Acknowledgment',
  23: 'MAP',
  24: 'Route Information',
  25: 'Recursive DNS Server',
  26: 'RA Flags Extension',
  27: 'Handover Key Request',
  28: 'Handover Key Reply',
  29: 'Handover Assist Information',
  30: 'Mobile Node Identifier Option',
  31: 'DNS Search List Option',
  32: 'Proxy Signature (PS)',
  33: 'Address Registration Option',
  34: '6LoWPAN Context Option',
  35: 'Authoritative Border Router',
  36: '6LoWPAN Capability Indication Option',
  37: 'DHCP Captive-Portal',
  38: 'PREF64 Option',
  138: 'CARD Request',
  139: 'CARD Reply',
  253: 'RFC3692-style Experiment 1',
  254: 'RFC3692-style Experiment 2',
};

interface NdOption {
  readonly fields?: FieldSet;
  /** What the option's line says behind its name. */
  readonly note?: (layer: Layer, at: number, length: number) => string;
  /** Reports what has no fixed place. */
  readonly more?: (layer: Layer, emit: Emit, at: number, length: number) => void;
}

const reserved = (at: number, length: number): Field =>
  label('icmpv6.opt.reserved', 'Reserved', { at, bytes: length });

const prefixFlags = {
  onLink: flag('icmpv6.opt.prefix.flag.l', 'On-link flag(L)', { at: 3, bytes: 1, mask: 0x80 }),
  autonomous: flag('icmpv6.opt.prefix.flag.a', 'Autonomous address-configuration flag(A)', {
    at: 3,
    bytes: 1,
    mask: 0x40,
  }),
  router: flag('icmpv6.opt.prefix.flag.r', 'Router address flag(R)', { at: 3, bytes: 1, mask: 0x20 }),
  reserved: uint('icmpv6.opt.prefix.flag.reserved', 'Reserved', { at: 3, bytes: 1, mask: 0x1f }),
};

const preferences: Readonly<Record<number, string>> = { 0: 'Medium', 1: 'High', 2: 'Reserved', 3: 'Low' };
const routePreference = uint('icmpv6.opt.route_info.flag.route_preference', 'Route Preference', {
  at: 3,
  bytes: 1,
  mask: 0x18,
  values: preferences,
});

const extensionFlags = {
  managed: flag('icmpv6.opt.efo.m', 'Managed address configuration', { at: 2, bytes: 2, mask: 0x8000 }),
  other: flag('icmpv6.opt.efo.o', 'Other configuration', { at: 2, bytes: 2, mask: 0x4000 }),
  homeAgent: flag('icmpv6.opt.efo.h', 'Home Agent', { at: 2, bytes: 2, mask: 0x2000 }),
  preference: uint('icmpv6.opt.efo.prf', 'Prf (Default Router Preference)', {
    at: 2,
    bytes: 2,
    mask: 0x1800,
    values: preferences,
  }),
  proxy: flag('icmpv6.opt.efo.p', 'Proxy', { at: 2, bytes: 2, mask: 0x0400 }),
  reserved: uint('icmpv6.opt.efo.rsv', 'Reserved', { at: 2, bytes: 2, mask: 0x02ff, pattern: false }),
};

const contextFlags = {
  compression: flag('icmpv6.opt.6co.flag.c', 'Compression Flag', { at: 3, bytes: 1, mask: 0x10 }),
  id: uint('icmpv6.opt.6co.flag.cid', 'CID', { at: 3, bytes: 1, mask: 0x0f }),
  reserved: uint('icmpv6.opt.6co.flag.reserved', 'Reserved', { at: 3, bytes: 1, mask: 0xe0 }),
};

const mapReach = flag('icmpv6.opt.map.flag.r', 'RCoA Flag', {
  at: 3,
  bytes: 1,
  mask: 0x80,
  values: { 0: 'False', 1: 'True' },
});

/** A link-layer address of any length; filters may also ask for those of one option. */
const linkAddress = (alias: string): Field =>
  bytes('icmpv6.opt.linkaddr', 'Link-layer address', {
    text: (_, { layer, at, length }) =>
      length === 6 ? macText(layer.frame, at) : hex(layer.frame, at, length, ':'),
    aliases: [alias],
  });

const loose = {
  sourceLinkAddress: linkAddress('icmpv6.opt.src_linkaddr'),
  targetLinkAddress: linkAddress('icmpv6.opt.target_linkaddr'),
  redirected: label('icmpv6.opt.redirected_packet', 'Redirected Packet'),
  address: ipv6('icmpv6.opt.ipv6_address', 'IPv6 Address'),
  dnsServer: ipv6('icmpv6.opt.rdnss', 'Recursive DNS Servers'),
  domain: string('icmpv6.opt.dnssl', 'Domain Names'),
  routePrefix: ipv6('icmpv6.opt.prefix', 'Prefix'),
  nat64Prefix: ipv6('icmpv6.opt.pref64.prefix', 'Prefix'),
  timestamp: time('icmpv6.opt.timestamp', 'Timestamp'),
  data: bytes('icmpv6.data', 'Data'),
};

/** An address of which only the first bytes are in the packet. */
function shortAddress(frame: Uint8Array, at: number, length: number): string {
  const whole = new Uint8Array(16);
  whole.set(frame.subarray(at, at + Math.min(16, length)));
  return ipv6Text(whole, 0);
}

/** As many addresses as fit. */
const addressList =
  (field: Field, from: number) =>
  (_: Layer, emit: Emit, at: number, length: number): void => {
    for (let place = at + from; place + 16 <= at + length; place += 16) emit.add(field, place, 16);
  };
const addressNote =
  (from: number) =>
  (layer: Layer, at: number, length: number): string => {
    let text = '';
    for (let place = at + from; place + 16 <= at + length; place += 16)
      text += ` ${ipv6Text(layer.frame, place)}`;
    return text;
  };

const linkLayer = (field: Field): NdOption => ({
  note: (layer, at, length) =>
    ` : ${length === 8 ? macText(layer.frame, at + 2) : hex(layer.frame, at + 2, length - 2, ':')}`,
  more(_, emit, at, length) {
    emit.add(field, at + 2, length - 2);
  },
});

/** Bytes of the prefix by its code (RFC 8781). */
const nat64Lengths = [12, 8, 7, 6, 5, 4];

const options: Readonly<Record<number, NdOption>> = {
  1: linkLayer(loose.sourceLinkAddress),
  2: linkLayer(loose.targetLinkAddress),
  3: {
    note: (layer, at) => ` : ${ipv6Text(layer.frame, at + 16)}/${u8(layer.frame, at + 2)}`,
    fields: {
      length: uint('icmpv6.opt.prefix.length', 'Prefix Length', { at: 2, bytes: 1 }),
      flags: uint('icmpv6.opt.prefix.flag', 'Flag', {
        at: 3,
        bytes: 1,
        show: 'hex',
        note: namedFlags(Object.values(prefixFlags)),
        children: prefixFlags,
      }),
      valid: uint('icmpv6.opt.prefix.valid_lifetime', 'Valid Lifetime', { at: 4, bytes: 4, note: infinity }),
      preferred: uint('icmpv6.opt.prefix.preferred_lifetime', 'Preferred Lifetime', {
        at: 8,
        bytes: 4,
        note: infinity,
      }),
      reserved: reserved(12, 4),
      prefix: ipv6('icmpv6.opt.prefix', 'Prefix', { at: 16 }),
    },
  },
  4: {
    fields: { reserved: reserved(2, 6) },
    more(_, emit, at, length) {
      if (length > 8 && emit.open(loose.redirected, at + 8, length - 8)) {
        emit.inner();
        emit.close();
      }
    },
  },
  5: {
    note: (layer, at) => ` : ${u32(layer.frame, at + 4)}`,
    fields: { reserved: reserved(2, 2), mtu: uint('icmpv6.opt.mtu', 'MTU', { at: 4, bytes: 4 }) },
  },
  6: {
    note: (layer, at) => ` : ${u8(layer.frame, at + 2)}`,
    fields: { limit: uint('icmpv6.opt.nbma.shortcut_limit', 'Shortcut Limit', { at: 2, bytes: 1 }) },
  },
  7: {
    note: (layer, at) => ` : ${u32(layer.frame, at + 4)}`,
    fields: {
      reserved: reserved(2, 2),
      interval: uint('icmpv6.opt.advertisement_interval', 'Advertisement Interval', { at: 4, bytes: 4 }),
    },
  },
  8: {
    fields: {
      reserved: reserved(2, 2),
      preference: uint('icmpv6.opt.home_agent_preference', 'Home Agent Preference', { at: 4, bytes: 2 }),
      lifetime: uint('icmpv6.opt.home_agent_lifetime', 'Home Agent Lifetime', { at: 6, bytes: 2 }),
    },
  },
  9: { note: addressNote(8), fields: { reserved: reserved(2, 6) }, more: addressList(loose.address, 8) },
  10: { note: addressNote(8), fields: { reserved: reserved(2, 6) }, more: addressList(loose.address, 8) },
  11: {
    fields: {
      padLength: uint('icmpv6.opt.cga.pad_length', 'Pad Length', { at: 2, bytes: 1 }),
      reserved: reserved(3, 1),
    },
  },
  12: {
    fields: {
      reserved: reserved(2, 2),
      keyHash: bytes('icmpv6.opt.rsa.key_hash', 'Key Hash', { at: 4, bytes: 16 }),
      signature: label('icmpv6.opt.digital_signature_padding', 'Digital Signature and Padding', {
        at: 20,
        bytes: 'rest',
      }),
    },
  },
  13: {
    fields: { reserved: reserved(2, 6) },
    more(layer, emit, at) {
      const { frame } = layer;
      // 48 bits of seconds, 16 bits of 1/65536 seconds (RFC 3971, section 5.3.1).
      const seconds = u16(frame, at + 8) * 2 ** 32 + u32(frame, at + 10);
      const nanoseconds = Math.floor((u16(frame, at + 14) * 1e9) / 65536);
      if (seconds < 2 ** 40) emit.add(loose.timestamp, at + 8, 8, utcText(seconds, nanoseconds));
    },
  },
  14: { fields: { nonce: bytes('icmpv6.opt.nonce', 'Nonce', { at: 2, bytes: 'rest' }) } },
  15: {
    fields: {
      nameType: uint('icmpv6.opt.name_type', 'Name Type', {
        at: 2,
        bytes: 1,
        values: { 1: 'DER Encoded X.501 Name', 2: 'FQDN' },
      }),
      padLength: uint('icmpv6.opt.cga.pad_length', 'Pad Length', { at: 3, bytes: 1 }),
    },
  },
  16: {
    fields: {
      nameType: uint('icmpv6.opt.name_type', 'Name Type', {
        at: 2,
        bytes: 1,
        values: { 1: 'X.509v3 Certificate' },
      }),
      reserved: reserved(3, 1),
    },
  },
  17: {
    note: (layer, at) => ` ${ipv6Text(layer.frame, at + 8)}/${u8(layer.frame, at + 3)}`,
    fields: {
      code: uint('icmpv6.opt.ipa.option_code', 'Option-code', {
        at: 2,
        bytes: 1,
        values: {
          1: 'Old Care-of Address',
          2: 'New Care-of Address',
          3: "NAR's IP address",
          4: "NAR's Prefix",
        },
      }),
      length: uint('icmpv6.opt.ipa.prefix_len', 'Prefix Length', { at: 3, bytes: 1 }),
      reserved: reserved(4, 4),
      address: ipv6('icmpv6.opt.ipa.ipv6_address', 'IPv6 Address', { at: 8 }),
    },
  },
  18: {
    note: (layer, at) => ` ${ipv6Text(layer.frame, at + 8)}/${u8(layer.frame, at + 3)}`,
    fields: {
      code: uint('icmpv6.opt.nrpi.option_code', 'Option-code', { at: 2, bytes: 1 }),
      length: uint('icmpv6.opt.nrpi.prefix_len', 'Prefix Length', { at: 3, bytes: 1 }),
      reserved: reserved(4, 4),
      prefix: ipv6('icmpv6.opt.nrpi.prefix', 'Prefix', { at: 8 }),
    },
  },
  19: {
    fields: {
      code: uint('icmpv6.opt.lla.option_code', 'Option-code', { at: 2, bytes: 1 }),
      address: bytes('icmpv6.opt.lla.bytes', 'Link-Layer Address', { at: 3, bytes: 'rest' }),
    },
  },
  20: {
    fields: {
      code: uint('icmpv6.opt.naack.option_code', 'Option-Code', { at: 2, bytes: 1 }),
      status: uint('icmpv6.opt.naack.status', 'Status', { at: 3, bytes: 1 }),
      reserved: reserved(4, 4),
    },
  },
  23: {
    fields: {
      distance: uint('icmpv6.opt.map.distance', 'Distance', { at: 2, bytes: 1, mask: 0xf0 }),
      preference: uint('icmpv6.opt.map.preference', 'Preference', { at: 2, bytes: 1, mask: 0x0f }),
      flags: uint('icmpv6.opt.map.flag', 'Flag', {
        at: 3,
        bytes: 1,
        show: 'hex',
        note: namedFlags([mapReach]),
        children: {
          reach: mapReach,
          reserved: uint('icmpv6.opt.map.flag.reserved', 'Reserved', { at: 3, bytes: 1, mask: 0x7f }),
        },
      }),
      lifetime: uint('icmpv6.opt.map.valid_lifetime', 'Valid Lifetime', { at: 4, bytes: 4 }),
      address: ipv6('icmpv6.opt.map.global_address', 'Global Address', { at: 8 }),
    },
  },
  24: {
    note(layer, at, length) {
      const preference = preferences[(u8(layer.frame, at + 3) >> 3) & 3] ?? '';
      return ` : ${preference} ${shortAddress(layer.frame, at + 8, length - 8)}/${u8(layer.frame, at + 2)}`;
    },
    fields: {
      length: uint('icmpv6.opt.prefix.length', 'Prefix Length', { at: 2, bytes: 1 }),
      flags: uint('icmpv6.opt.route_info.flag', 'Flag', {
        at: 3,
        bytes: 1,
        show: 'hex',
        note: namedFlags([routePreference]),
        children: {
          preference: routePreference,
          reserved: uint('icmpv6.opt.route_info.flag.reserved', 'Reserved', {
            at: 3,
            bytes: 1,
            mask: 0xe7,
          }),
        },
      }),
      lifetime: uint('icmpv6.opt.route_lifetime', 'Route Lifetime', { at: 4, bytes: 4, note: infinity }),
    },
    more(layer, emit, at, length) {
      if (length > 8)
        emit.add(loose.routePrefix, at + 8, length - 8, shortAddress(layer.frame, at + 8, length - 8));
    },
  },
  25: {
    note: addressNote(8),
    fields: {
      reserved: reserved(2, 2),
      lifetime: uint('icmpv6.opt.rdnss.lifetime', 'Lifetime', { at: 4, bytes: 4, note: infinity }),
    },
    more: addressList(loose.dnsServer, 8),
  },
  26: {
    fields: {
      flags: uint('icmpv6.opt.efo', 'Flags Expansion Option', {
        at: 2,
        bytes: 2,
        show: 'hex',
        note: namedFlags(Object.values(extensionFlags)),
        children: extensionFlags,
      }),
      reserved: reserved(4, 4),
    },
  },
  31: {
    note: (layer, at, length) =>
      domainsIn(layer.frame, at + 8, at + length)
        .map(({ words }) => ` ${words}`)
        .join(''),
    fields: {
      reserved: reserved(2, 2),
      lifetime: uint('icmpv6.opt.dnssl.lifetime', 'Lifetime', { at: 4, bytes: 4, note: infinity }),
    },
    more(layer, emit, at, length) {
      for (const domain of domainsIn(layer.frame, at + 8, at + length))
        emit.add(loose.domain, domain.at, domain.length, domain.words);
    },
  },
  32: {
    fields: {
      reserved: reserved(2, 2),
      keyHash: bytes('icmpv6.opt.ps.key_hash', 'Key Hash', { at: 4, bytes: 16 }),
      signature: label('icmpv6.opt.digital_signature_padding', 'Digital Signature and Padding', {
        at: 20,
        bytes: 'rest',
      }),
    },
  },
  33: {
    fields: {
      status: uint('icmpv6.opt.aro.status', 'Status', {
        at: 2,
        bytes: 1,
        values: { 0: 'Success', 1: 'Duplicate Address', 2: 'Neighbor Cache Full' },
      }),
      reserved: reserved(3, 3),
      lifetime: uint('icmpv6.opt.aro.registration_lifetime', 'Registration  Lifetime', { at: 6, bytes: 2 }),
      id: eui64('icmpv6.opt.aro.eui64', 'EUI-64', { at: 8 }),
    },
  },
  34: {
    fields: {
      length: uint('icmpv6.opt.6co.context_length', 'Context Length', { at: 2, bytes: 1 }),
      flags: uint('icmpv6.opt.6co.flag', 'Flag', {
        at: 3,
        bytes: 1,
        show: 'hex',
        note: namedFlags([contextFlags.compression]),
        children: contextFlags,
      }),
      reserved: reserved(4, 2),
      lifetime: uint('icmpv6.opt.6co.valid_lifetime', 'Lifetime', { at: 6, bytes: 2 }),
      prefix: ipv6('icmpv6.opt.6co.context_prefix', 'Context Prefix', { at: 8 }),
    },
  },
  35: {
    fields: {
      low: uint('icmpv6.opt.abro.version_low', 'Version Low', { at: 2, bytes: 2 }),
      high: uint('icmpv6.opt.abro.version_high', 'Version', { at: 4, bytes: 2 }),
      lifetime: uint('icmpv6.opt.abro.valid_lifetime', 'Valid Lifetime', { at: 6, bytes: 2 }),
      router: ipv6('icmpv6.opt.abro.6lbr_address', '6LBR Address', { at: 8 }),
    },
  },
  36: {
    fields: {
      unassigned: uint('icmpv6.opt.6cio.unassigned1', 'Unassigned', {
        at: 2,
        bytes: 2,
        mask: 0xfffe,
        show: 'hex',
      }),
      generic: uint('icmpv6.opt.6cio.flag_g', 'G', { at: 2, bytes: 2, mask: 0x0001, show: 'hex' }),
      rest: uint('icmpv6.opt.6cio.unassigned2', 'Unassigned', { at: 4, bytes: 4, show: 'hex' }),
    },
  },
  37: { fields: { portal: string('icmpv6.opt.captive_portal', 'Captive Portal', { at: 2, bytes: 'rest' }) } },
  38: {
    fields: {
      lifetime: uint('icmpv6.opt.pref64.scaled_lifetime', 'Scaled Lifetime', {
        at: 2,
        bytes: 2,
        mask: 0xfff8,
      }),
      code: uint('icmpv6.opt.pref64.plc', 'PLC (Prefix Length Code)', {
        at: 2,
        bytes: 2,
        mask: 0x0007,
        show: 'hex',
        values: {
          0: '96 bits prefix length',
          1: '64 bits prefix length',
          2: '56 bits prefix length',
          3: '48 bits prefix length',
          4: '40 bits prefix length',
          5: '32 bits prefix length',
        },
      }),
    },
    more(layer, emit, at, length) {
      const size = nat64Lengths[u16(layer.frame, at + 2) & 7];
      if (size !== undefined && 4 + size <= length)
        emit.add(loose.nat64Prefix, at + 4, size, shortAddress(layer.frame, at + 4, size));
    },
  },
};

function infinity(value: unknown): string {
  return value === 0xffffffff ? ' (Infinity)' : '';
}

function domainsIn(
  frame: Uint8Array,
  from: number,
  end: number,
): { at: number; length: number; words: string }[] {
  const found = [];
  for (let at = from; at < end && u8(frame, at) !== 0;) {
    const length = nameLength(frame, at, end);
    found.push({ at, length, words: wordsOfName(frame, at, end) });
    at += length;
  }
  return found;
}

const head: FieldSet = {
  optionType: uint('icmpv6.opt.type', 'Type', { at: 0, bytes: 1, values: types }),
  optionLength: uint('icmpv6.opt.length', 'Length', {
    at: 1,
    bytes: 1,
    note: (value) => ` (${8 * Number(value)} bytes)`,
  }),
};

const titleOf = (type: number): string => types[type] ?? `Unknown ${type}`;
const nodeOf = (type: number, option: NdOption): Field =>
  label('icmpv6.opt', 'ICMPv6 Option', {
    note: (_, { layer, at, length }) => ` (${titleOf(type)}${option.note?.(layer, at, length) ?? ''})`,
    children: { ...head, ...option.fields },
  });

const nodes = new Map(
  Object.entries(options).map(([type, option]) => [Number(type), nodeOf(Number(type), option)]),
);
const unknownNode = label('icmpv6.opt', 'ICMPv6 Option', {
  note: (_, { layer, at }) => ` (${titleOf(u8(layer.frame, at))})`,
  children: head,
});
const brokenNode = label('icmpv6.opt', 'ICMPv6 Option', {
  note: (_, { layer, at }) =>
    ` (${titleOf(u8(layer.frame, at))}: length of ${8 * u8(layer.frame, at + 1)} bytes does not fit)`,
  problem: () => true,
  children: head,
});

/** What the options may report. */
export const icmpv6OptionFields: FieldSet = {
  ...Object.fromEntries([...nodes].map(([type, node]) => [`option${type}`, node])),
  ...loose,
};

/** An option's type, place and length in bytes. */
export interface FoundNdOption {
  readonly type: number;
  readonly at: number;
  readonly length: number;
}

/** The options between two places, up to the first whose length makes no sense. */
export function* ndOptionsIn(frame: Uint8Array, from: number, to: number): Generator<FoundNdOption> {
  for (let at = from; at + 2 <= to;) {
    const length = 8 * u8(frame, at + 1);
    yield { type: u8(frame, at), at, length };
    if (length === 0 || at + length > to) return;
    at += length;
  }
}

/** Reports the options between two places. */
export function emitNdOptions(layer: Layer, emit: Emit, from: number, to: number): void {
  for (const { type, at, length } of ndOptionsIn(layer.frame, from, to)) {
    if (length === 0 || at + length > to) {
      emit.add(brokenNode, at, Math.min(to - at, Math.max(2, length)));
      return;
    }
    if (!emit.open(nodes.get(type) ?? unknownNode, at, length)) return;
    const option = options[type];
    if (option) option.more?.(layer, emit, at, length);
    else emit.add(loose.data, at + 2, length - 2);
    emit.close();
  }
}
