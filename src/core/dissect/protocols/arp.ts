import { ipv4Text, macText } from '../../base/addresses.js';
import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { bytes, ether, type Field, flag, ipv4, trueOrFalse, uint } from '../field.js';
import type { Emit } from '../emit.js';
import { etherTypes } from '../values/etherTypes.js';
import { hardwareTypes } from '../values/hardwareTypes.js';
import type { Layer } from '../walk.js';

/** RFC 826, 903, 1293, 1931, 2225, and the IANA registry. */
const opcodes: Readonly<Record<number, string>> = {
  1: 'request',
  2: 'reply',
  3: 'reverse request',
  4: 'reverse reply',
  5: 'drarp request',
  6: 'drarp reply',
  7: 'drarp error',
  8: 'inverse request',
  9: 'inverse reply',
  10: 'arp nak',
  11: 'mars request',
  12: 'mars multi',
  13: 'mars mserv',
  14: 'mars join',
  15: 'mars leave',
  16: 'mars nak',
  17: 'mars unserv',
  18: 'mars sjoin',
  19: 'mars sleave',
  20: 'mars grouplist request',
  21: 'mars grouplist reply',
  22: 'mars redirect map',
  23: 'mapos unarp',
  24: 'experimental 1',
  25: 'experimental 2',
};

const loose = {
  senderMac: ether('arp.src.hw_mac', 'Sender MAC address'),
  senderHardware: bytes('arp.src.hw', 'Sender hardware address'),
  senderIp: ipv4('arp.src.proto_ipv4', 'Sender IP address'),
  senderProtocol: bytes('arp.src.proto', 'Sender protocol address'),
  targetMac: ether('arp.dst.hw_mac', 'Target MAC address'),
  targetHardware: bytes('arp.dst.hw', 'Target hardware address'),
  targetIp: ipv4('arp.dst.proto_ipv4', 'Target IP address'),
  targetProtocol: bytes('arp.dst.proto', 'Target protocol address'),
};

const request = 1;
const reply = 2;

/** Length of an address in the header: both are given in bytes 4 and 5. */
const hardwareSize = (layer: Layer): number => layer.u8(4);
const protocolSize = (layer: Layer): number => layer.u8(5);

/** Hardware types whose addresses look like Ethernet's. */
const isMac = (layer: Layer): boolean => [1, 6].includes(layer.u16(0)) && hardwareSize(layer) === 6;
const isIpv4 = (layer: Layer): boolean => layer.u16(2) === 0x0800 && protocolSize(layer) === 4;

interface Places {
  readonly senderHardware: number;
  readonly senderProtocol: number;
  readonly targetHardware: number;
  readonly targetProtocol: number;
}

function places(layer: Layer): Places {
  const senderHardware = layer.start + 8;
  const senderProtocol = senderHardware + hardwareSize(layer);
  const targetHardware = senderProtocol + protocolSize(layer);
  return {
    senderHardware,
    senderProtocol,
    targetHardware,
    targetProtocol: targetHardware + hardwareSize(layer),
  };
}

/** The sender asks for or announces its own address. */
function isGratuitous(layer: Layer): boolean {
  if (!isIpv4(layer) || !complete(layer)) return false;
  const at = places(layer);
  const sender = ipv4Text(layer.frame, at.senderProtocol);
  return (
    (layer.u16(6) === request || layer.u16(6) === reply) &&
    sender === ipv4Text(layer.frame, at.targetProtocol)
  );
}

/** Asks whether an address is taken, without claiming it (RFC 5227). */
function isProbe(layer: Layer): boolean {
  if (!isIpv4(layer) || !complete(layer) || layer.u16(6) !== request) return false;
  const at = places(layer);
  return ipv4Text(layer.frame, at.senderProtocol) === '0.0.0.0' && !isGratuitous(layer);
}

/** A gratuitous request without a target, that announces (RFC 5227). */
function isAnnouncement(layer: Layer): boolean {
  if (!isGratuitous(layer) || layer.u16(6) !== request) return false;
  const { targetHardware } = places(layer);
  for (let i = 0; i < hardwareSize(layer); i++) if (u8(layer.frame, targetHardware + i) !== 0) return false;
  return true;
}

const complete = (layer: Layer): boolean =>
  layer.has(8) && layer.has(8 + 2 * (hardwareSize(layer) + protocolSize(layer)));

const marker = (name: string, text: string, test: (layer: Layer) => boolean): Field =>
  flag(name, text, {
    values: trueOrFalse,
    compute: (layer) => (test(layer) ? 1 : undefined),
    text: () => 'True',
  });

/** What the packet is called: `request`, `ARP Probe`, `Gratuitous ARP`. */
function kind(layer: Layer): string {
  if (isProbe(layer)) return 'ARP Probe';
  if (isAnnouncement(layer)) return 'ARP Announcement';
  const opcode = opcodes[layer.u16(6)] ?? 'unknown';
  return isGratuitous(layer) ? `${opcode}/gratuitous ARP` : opcode;
}

export const arp = defineDissector({
  id: 'arp',
  title: 'Address Resolution Protocol',
  column: 'ARP',
  spec: 'https://www.rfc-editor.org/rfc/rfc826',
  claims: [
    { table: 'ethertype', keys: [0x0806, 0x8035] },
    { table: 'gre.proto', keys: [0x0806] },
  ],
  fields: {
    hardwareType: uint('arp.hw.type', 'Hardware type', { at: 0, bytes: 2, values: hardwareTypes }),
    protocolType: uint('arp.proto.type', 'Protocol type', {
      at: 2,
      bytes: 2,
      show: 'hex',
      values: etherTypes,
    }),
    hardwareSize: uint('arp.hw.size', 'Hardware size', { at: 4, bytes: 1 }),
    protocolSize: uint('arp.proto.size', 'Protocol size', { at: 5, bytes: 1 }),
    opcode: uint('arp.opcode', 'Opcode', { at: 6, bytes: 2, values: opcodes }),
    probe: marker('arp.isprobe', 'Is probe', isProbe),
    gratuitous: marker('arp.isgratuitous', 'Is gratuitous', isGratuitous),
    announcement: marker('arp.isannouncement', 'Is announcement', isAnnouncement),
  },
  loose,

  measure(walk) {
    if (!walk.header(8)) return;
    const length = 8 + 2 * (walk.u8(4) + walk.u8(5));
    walk.bound(length);
    walk.header(length);
  },

  heading: (layer) => (layer.has(8) ? ` (${kind(layer)})` : ''),

  info(layer) {
    if (!complete(layer)) return undefined;
    const at = places(layer);
    const { frame } = layer;
    if (!isIpv4(layer))
      return opcodes[layer.u16(6)] ?? `Unknown ARP opcode 0x${layer.u16(6).toString(16).padStart(4, '0')}`;
    const sender = ipv4Text(frame, at.senderProtocol);
    const target = ipv4Text(frame, at.targetProtocol);
    const senderMac = macText(frame, at.senderHardware);
    switch (layer.u16(6)) {
      case request:
        if (isProbe(layer)) return `Who has ${target}? (ARP Probe)`;
        if (isAnnouncement(layer)) return `ARP Announcement for ${sender}`;
        return isGratuitous(layer)
          ? `Gratuitous ARP for ${sender} (Request)`
          : `Who has ${target}? Tell ${sender}`;
      case reply:
        return isGratuitous(layer) ? `Gratuitous ARP for ${sender} (Reply)` : `${sender} is at ${senderMac}`;
      case 3:
        return `Who is ${macText(frame, at.targetHardware)}? Tell ${senderMac}`;
      case 4:
        return `${macText(frame, at.targetHardware)} is at ${target}`;
      case 8:
        return `Who is ${macText(frame, at.targetHardware)}? Tell ${senderMac}`;
      case 9:
        return `${senderMac} is at ${sender}`;
      default:
        return opcodes[layer.u16(6)] ?? `Unknown ARP opcode 0x${layer.u16(6).toString(16).padStart(4, '0')}`;
    }
  },

  extra(layer, emit) {
    if (!layer.has(8)) return;
    const at = places(layer);
    emitHardware(emit, layer, loose.senderMac, loose.senderHardware, at.senderHardware);
    emitProtocol(emit, layer, loose.senderIp, loose.senderProtocol, at.senderProtocol);
    emitHardware(emit, layer, loose.targetMac, loose.targetHardware, at.targetHardware);
    emitProtocol(emit, layer, loose.targetIp, loose.targetProtocol, at.targetProtocol);
  },

  examples: [
    {
      title: 'who has 10.0.0.1',
      hex: '0001 0800 06 04 0001 42eff87a9ef7 0a000055 000000000000 0a000001',
      fields: { 'arp.opcode': 1, 'arp.src.proto_ipv4': '10.0.0.85', 'arp.dst.proto_ipv4': '10.0.0.1' },
      info: 'Who has 10.0.0.1? Tell 10.0.0.85',
    },
    {
      title: 'the answer',
      hex: '0001 0800 06 04 0002 c66d95cd34a2 0a000001 42eff87a9ef7 0a000055',
      fields: { 'arp.opcode': 2, 'arp.src.hw_mac': 'c6:6d:95:cd:34:a2' },
      info: '10.0.0.1 is at c6:6d:95:cd:34:a2',
    },
    {
      title: "announcement of one's own address",
      hex: '0001 0800 06 04 0001 c66d95cd34a2 0a000001 000000000000 0a000001',
      fields: { 'arp.isgratuitous': 1, 'arp.isannouncement': 1 },
      info: 'ARP Announcement for 10.0.0.1',
    },
  ],
});

function emitHardware(emit: Emit, layer: Layer, mac: Field, other: Field, at: number): void {
  const size = hardwareSize(layer);
  if (size > 0 && at + size <= layer.end) emit.add(isMac(layer) ? mac : other, at, size);
}

function emitProtocol(emit: Emit, layer: Layer, address: Field, other: Field, at: number): void {
  const size = protocolSize(layer);
  if (size > 0 && at + size <= layer.end) emit.add(isIpv4(layer) ? address : other, at, size);
}
