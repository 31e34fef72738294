import { defineDissector } from '../dissector.js';
import { bytes, ether, type Field, type FieldSet, ipv4, uint } from '../field.js';
import { etherTypes } from '../values/etherTypes.js';
import { hardwareTypes } from '../values/hardwareTypes.js';
import type { Layer, Walk } from '../walk.js';
import { emitTrailer, trailerFields } from './trailer.js';

const packetTypes: Readonly<Record<number, string>> = {
  0: 'Unicast to us',
  1: 'Broadcast',
  2: 'Multicast',
  3: 'Unicast to another host',
  4: 'Sent by us',
};

/** linux/if_ether.h: what stands in the protocol field of frames without an EtherType. */
const linuxProtocols: Readonly<Record<number, string>> = {
  0x0001: 'Raw 802.3',
  0x0003: 'Ethernet',
  0x0004: '802.2 LLC',
  0x0007: 'PPP (HDLC)',
  0x000c: 'CAN',
  0x000d: 'CAN FD',
  0x0017: 'IrDA LAP',
  0x00f5: 'ISI',
  0x00f6: 'IEEE 802.15.4',
};
const ethernetFrame = 3;
const llcFrame = 4;
const smallestEtherType = 1536;

/** linux/if_arp.h: the protocol field is not an EtherType behind these. */
const greHardware = 778;
const netlinkHardware = 824;

/** Offsets of version 1 and of version 2, which begins with the protocol and adds the interface index. */
const version1 = {
  protocol: 14,
  hardware: 2,
  addressLength: 4,
  address: 6,
  packetType: 0,
  size: 2,
  length: 16,
};
const version2 = {
  protocol: 0,
  hardware: 8,
  addressLength: 11,
  address: 12,
  packetType: 10,
  size: 1,
  length: 20,
};
type Version = typeof version1;

const link1 = 113;
const link2 = 276;
const versionOf = (linkType: number): Version => (linkType === link2 ? version2 : version1);
const is =
  (version: Version) =>
  (layer: Layer): boolean =>
    versionOf(layer.walk.linkType) === version;

const addressLength = (layer: Layer): number => {
  const version = versionOf(layer.walk.linkType);
  return version === version2 ? layer.u8(version.addressLength) : layer.u16(version.addressLength);
};

const loose = {
  ...trailerFields,
  trailer: bytes('sll.trailer', 'Trailer'),
};

/** The protocol under the name that fits its number and the hardware. */
function protocolFields(version: Version): FieldSet {
  const at = version.protocol;
  const common = { at, bytes: 2, show: 'hex' } as const;
  const isGre = (layer: Layer): boolean => is(version)(layer) && layer.u16(version.hardware) === greHardware;
  const isEtherType = (layer: Layer): boolean =>
    is(version)(layer) && !isGre(layer) && layer.u16(at) > smallestEtherType;
  return {
    etherType: uint('sll.etype', 'Protocol', { ...common, values: etherTypes, when: isEtherType }),
    greType: uint('sll.gretype', 'Protocol', { ...common, values: etherTypes, when: isGre }),
    linuxType: uint('sll.ltype', 'Protocol', {
      ...common,
      values: linuxProtocols,
      when: (layer) => is(version)(layer) && !isGre(layer) && !isEtherType(layer),
    }),
  };
}

const packetType = (version: Version): Field =>
  uint('sll.pkttype', 'Packet type', {
    at: version.packetType,
    bytes: version.size,
    values: packetTypes,
    when: is(version),
  });

const hardwareType = (version: Version): Field =>
  uint('sll.hatype', 'Link-layer address type', {
    at: version.hardware,
    bytes: 2,
    values: hardwareTypes,
    when: is(version),
  });

const length = (version: Version): Field =>
  uint('sll.halen', 'Link-layer address length', {
    at: version.addressLength,
    bytes: version.size,
    when: is(version),
  });

/** The address under the name that fits its length, and the unused rest of its eight bytes. */
function addressFields(version: Version): FieldSet {
  const at = version.address;
  const has = (size: number) => (layer: Layer) => is(version)(layer) && addressLength(layer) === size;
  const unused = Array.from({ length: 8 }, (_, size) => [
    `unused${size}`,
    bytes('sll.unused', 'Unused', { at: at + size, bytes: 8 - size, when: has(size) }),
  ]);
  const others = [1, 2, 3, 5, 7].map((size) => [
    `other${size}`,
    bytes('sll.src.other', 'Source', { at, bytes: size, when: has(size) }),
  ]);
  return {
    ethernet: ether('sll.src.eth', 'Source', { at, when: has(6) }),
    ipv4: ipv4('sll.src.ipv4', 'Source', { at, when: has(4) }),
    ...Object.fromEntries<Field>(others as [string, Field][]),
    long: bytes('sll.src.other', 'Source', {
      at,
      bytes: 8,
      when: (layer) => is(version)(layer) && addressLength(layer) >= 8,
    }),
    ...Object.fromEntries<Field>(unused as [string, Field][]),
  };
}

/** Keys of several sets side by side, so that one set can hold both versions. */
const prefixed = (prefix: string, set: FieldSet): FieldSet =>
  Object.fromEntries(Object.entries(set).map(([key, field]) => [prefix + key, field]));

const address1 = addressFields(version1);
const address2 = addressFields(version2);

/** Linux cooked capture, version 1 and 2: what `tcpdump -i any` writes in place of the link layer's own header. */
export const sll = defineDissector({
  id: 'sll',
  title: 'Linux cooked capture',
  column: 'SLL',
  spec: 'https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html',
  claims: [{ table: 'link', keys: [link1, link2] }],
  fields: {
    packetType1: packetType(version1),
    hardwareType1: hardwareType(version1),
    addressLength1: length(version1),
    ...prefixed('v1', address1),
    ...prefixed('v1', protocolFields(version1)),
    ...prefixed('v2', protocolFields(version2)),
    interface: uint('sll.ifindex', 'Interface index', { at: 4, bytes: 4, when: is(version2) }),
    hardwareType2: hardwareType(version2),
    packetType2: packetType(version2),
    addressLength2: length(version2),
    ...prefixed('v2', address2),
  },
  loose,

  measure(walk) {
    const version = versionOf(walk.linkType);
    if (walk.header(version.length)) follow(walk, version);
  },

  heading: (layer) => (is(version2)(layer) ? ' v2' : ' v1'),
  info: (layer) => packetTypes[is(version2)(layer) ? layer.u8(10) : layer.u16(0)],

  extra(layer, emit) {
    emitTrailer(layer, emit, loose.trailer, false);
  },

  examples: [
    {
      title: 'version 1, sent',
      hex: '0004 0001 0006 000c29b2a117 0000 0800',
      fields: {
        'sll.pkttype': 4,
        'sll.src.eth': '00:0c:29:b2:a1:17',
        'sll.unused': '00:00',
        'sll.etype': 0x0800,
      },
    },
  ],
});

function follow(walk: Walk, version: Version): void {
  const protocol = walk.u16(version.protocol);
  const hardware = walk.u16(version.hardware);
  if (hardware === netlinkHardware) walk.nextIsData();
  else if (protocol > smallestEtherType) walk.nextBy('ethertype', protocol);
  else if (protocol === ethernetFrame) walk.nextIs('eth');
  else if (protocol === llcFrame) walk.nextIs('llc');
  else walk.nextIsData();
}
