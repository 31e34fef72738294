/**
 * Frames as they cross a Cilium node, for captures to measure with: connections with their handshake, data and end,
 * DNS, echo requests, ARP; bare, in a VLAN, in VXLAN or Geneve with the identity of the sender. Lengths and checksums
 * are right, and the same seed gives the same frames.
 */
import { Random } from './random.js';

/** How long payloads are: 0 to 40 bytes, or up to what a packet of 1500 bytes holds. */
export type Profile = 'small' | 'mixed';

const tcp = 6;
const udp = 17;
const icmp = 1;

const flag = { fin: 0x01, syn: 0x02, push: 0x08, ack: 0x10, reset: 0x04 } as const;

/** One header of a frame that is filled in anew for each packet: where it begins and what it is. */
interface HeaderPlace {
  readonly kind: 'ipv4' | 'ipv6' | 'udp-tunnel';
  readonly at: number;
}

/** One side of a conversation: headers up to the payload, ready to be copied. */
interface Template {
  readonly bytes: Uint8Array;
  readonly places: readonly HeaderPlace[];
  /** Where the innermost IP header and the transport header begin; -1 in ARP. */
  readonly ip: number;
  readonly transport: number;
}

interface Conversation {
  readonly kind: 'tcp' | 'dns' | 'echo' | 'arp' | 'udp';
  readonly sides: readonly [Template, Template];
  readonly sequence: [number, number];
  readonly name: string;
  readonly id: number;
  readonly hops: number;
  step: number;
  left: number;
}

/** Makes frames one after the other, into a buffer that is used again. */
export class FrameMaker {
  /** Long enough for any frame. */
  readonly frame = new Uint8Array(2048);
  private readonly random: Random;
  private readonly conversations: Conversation[] = [];
  private made = 0;

  /** `atOnce`: conversations that go on side by side. */
  constructor(
    private readonly profile: Profile,
    seed: number,
    atOnce: number,
  ) {
    this.random = new Random(seed);
    for (let i = 0; i < atOnce; i++) this.conversations.push(this.begin());
  }

  /** Puts the next frame into `frame` and answers its length. */
  next(): number {
    const at = this.random.below(this.conversations.length);
    let conversation = this.conversations[at];
    if (conversation === undefined || conversation.left <= 0)
      this.conversations[at] = conversation = this.begin();
    conversation.left--;
    this.made++;
    return this.write(conversation);
  }

  private begin(): Conversation {
    const { random } = this;
    const dice = random.below(100);
    const kind = dice < 72 ? 'tcp' : dice < 84 ? 'dns' : dice < 92 ? 'echo' : dice < 94 ? 'arp' : 'udp';
    const transport = kind === 'tcp' ? tcp : kind === 'echo' ? icmp : udp;
    const isIpv6 = kind !== 'arp' && kind !== 'echo' && random.percent(8);
    const [client, server] = [random.below(251), random.below(64)];
    const ports: [number, number] = [
      32768 + random.below(28000),
      kind === 'dns'
        ? 53
        : kind === 'tcp'
          ? (tcpPorts[random.below(tcpPorts.length)] ?? 80)
          : 9000 + random.below(64),
    ];
    const wrap = kind === 'arp' ? 'bare' : wraps(random.below(100));
    const identity = identities[random.below(identities.length)] ?? 2;
    const ends = [pod(client, isIpv6), service(server, isIpv6)] as const;
    const make = (from: 0 | 1): Template =>
      kind === 'arp'
        ? arpTemplate(ends, from)
        : template({ ends, ports, from, transport, isIpv6, wrap, identity });
    return {
      kind,
      sides: [make(0), make(1)],
      sequence: [random.below(0x7fffffff), random.below(0x7fffffff)],
      name: `${services[random.below(services.length)] ?? 'web'}-${random.below(40)}.default.svc.cluster.local`,
      id: random.below(0x10000),
      hops: random.percent(4) ? 50 + random.below(10) : 62 + random.below(3),
      step: 0,
      left: kind === 'tcp' ? 8 + random.below(56) : 2 * (1 + random.below(8)),
    };
  }

  private write(talk: Conversation): number {
    const { frame } = this;
    const step = talk.step++;
    const from = talk.kind === 'tcp' ? tcpSide(step, this.random) : step & 1;
    const side = talk.sides[from === 0 ? 0 : 1];
    frame.set(side.bytes);
    let end = side.bytes.length;
    if (talk.kind === 'arp') return end;
    if (talk.kind === 'tcp') end = this.writeTcp(talk, side, from, step);
    else if (talk.kind === 'echo') end = this.writeEcho(talk, side, from, step);
    else
      end =
        talk.kind === 'dns'
          ? this.writeDns(talk, side, from, step)
          : this.fill(end, 8 + this.random.below(32));
    this.finish(side, talk, end);
    return end;
  }

  private writeTcp(talk: Conversation, side: Template, from: number, step: number): number {
    const { frame, random } = this;
    const [own, other] = [from === 0 ? 0 : 1, from === 0 ? 1 : 0] as const;
    let flags: number = flag.ack;
    let payload = 0;
    if (step === 0) flags = flag.syn;
    else if (step === 1) flags = flag.syn | flag.ack;
    else if (talk.left === 0) flags = random.percent(4) ? flag.reset : flag.fin | flag.ack;
    else if (step > 2 && random.percent(60)) {
      flags = flag.push | flag.ack;
      payload = this.profile === 'small' ? 1 + random.below(40) : 40 + random.below(1320);
    }
    put32(frame, side.transport + 4, talk.sequence[own]);
    put32(frame, side.transport + 8, step === 0 ? 0 : talk.sequence[other]);
    frame[side.transport + 13] = flags;
    const end = this.fill(side.bytes.length, payload);
    talk.sequence[own] = (talk.sequence[own] + payload + (flags & (flag.syn | flag.fin) ? 1 : 0)) >>> 0;
    return end;
  }

  private writeEcho(talk: Conversation, side: Template, from: number, step: number): number {
    const { frame } = this;
    frame[side.transport] = from === 0 ? 8 : 0;
    put16(frame, side.transport + 4, talk.id);
    put16(frame, side.transport + 6, 1 + (step >> 1));
    return this.fill(side.bytes.length, this.profile === 'small' ? 24 : 56);
  }

  /** RFC 1035: a question for the name, or the same with one address as the answer. */
  private writeDns(talk: Conversation, side: Template, from: number, step: number): number {
    const { frame } = this;
    let at = side.bytes.length;
    put16(frame, at, (talk.id + (step >> 1)) & 0xffff);
    put16(frame, at + 2, from === 0 ? 0x0100 : 0x8180);
    put16(frame, at + 4, 1);
    put16(frame, at + 6, from);
    put32(frame, at + 8, 0);
    at += 12;
    for (const label of talk.name.split('.')) {
      frame[at++] = label.length;
      for (let i = 0; i < label.length; i++) frame[at++] = label.charCodeAt(i);
    }
    frame[at++] = 0;
    put32(frame, at, 0x00010001);
    at += 4;
    if (from === 0) return at;
    put16(frame, at, 0xc00c);
    put32(frame, at + 2, 0x00010001);
    put32(frame, at + 6, 30);
    put16(frame, at + 10, 4);
    put32(frame, at + 12, 0x0a600000 + (talk.id & 0xffff));
    return at + 16;
  }

  /** Puts `length` bytes of payload behind what is there. */
  private fill(from: number, length: number): number {
    this.frame.fill(0x61 + (this.made % 26), from, from + length);
    return from + length;
  }

  /** Fills lengths and checksums in, from the outside in and back. */
  private finish(side: Template, talk: Conversation, end: number): void {
    const { frame } = this;
    for (const { kind, at } of side.places) {
      if (kind === 'udp-tunnel') put16(frame, at + 4, end - at);
      else if (kind === 'ipv6') {
        put16(frame, at + 4, end - at - 40);
        frame[at + 7] = talk.hops;
      } else {
        put16(frame, at + 2, end - at);
        put16(frame, at + 4, this.made & 0xffff);
        frame[at + 8] = talk.hops;
        put16(frame, at + 10, 0);
        put16(frame, at + 10, folded(sum(frame, at, at + 20)));
      }
    }
    this.checksum(side, end);
  }

  private checksum({ ip, transport }: Template, end: number): void {
    const { frame } = this;
    const isIpv6 = (frame[ip] ?? 0) >> 4 === 6;
    const protocol = frame[isIpv6 ? ip + 6 : ip + 9] ?? 0;
    if (protocol === udp) put16(frame, transport + 4, end - transport);
    const place = transport + (protocol === tcp ? 16 : protocol === udp ? 6 : 2);
    put16(frame, place, 0);
    let start = 0;
    if (protocol !== icmp)
      start = sum(frame, isIpv6 ? ip + 8 : ip + 12, transport) + protocol + (end - transport);
    const value = folded(start + sum(frame, transport, end));
    put16(frame, place, protocol === udp && value === 0 ? 0xffff : value);
  }
}

const tcpPorts = [80, 443, 6379, 4240, 5432, 8080] as const;
const services = ['web', 'svc', 'cart', 'checkout', 'metrics', 'auth'] as const;
/** Reserved ones (RFC-like small numbers of Cilium) and some of workloads. */
const identities = [1, 2, 4, 6, 3352, 20413, 41007, 52281] as const;

type Wrap = 'bare' | 'vlan' | 'vxlan' | 'geneve';
const wraps = (dice: number): Wrap =>
  dice < 55 ? 'bare' : dice < 60 ? 'vlan' : dice < 85 ? 'vxlan' : 'geneve';

/** Who sends the packet of a step: the client first, then in turn at the start, later at random. */
function tcpSide(step: number, random: Random): number {
  return step < 3 ? step & 1 : random.below(2);
}

interface End {
  readonly mac: readonly number[];
  readonly address: readonly number[];
}

const pod = (number: number, isIpv6: boolean): End => ({
  mac: [0x02, 0x42, 1, 0, 0, number],
  address: isIpv6
    ? [0xfd, 0, 0, 0x10, ...zeros(10), number >> 8, number & 255]
    : [10, 0, number & 3, 1 + (number >> 2) + 80 * (number & 1)],
});
const service = (number: number, isIpv6: boolean): End => ({
  mac: [0x02, 0x42, 2, 0, 0, number],
  address: isIpv6 ? [0xfd, 0, 0, 0x20, ...zeros(10), 0, number] : [10, 0, number >> 4, 80 + (number & 15)],
});
const node = (number: number): End => ({
  mac: [0x02, 0x42, 3, 0, 0, number],
  address: [192, 168, 1, 11 + number],
});

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

interface Shape {
  readonly ends: readonly [End, End];
  readonly ports: readonly [number, number];
  /** 0: from the first end to the second. */
  readonly from: 0 | 1;
  readonly transport: number;
  readonly isIpv6: boolean;
  readonly wrap: Wrap;
  readonly identity: number;
}

function template({ ends, ports, from, transport, isIpv6, wrap, identity }: Shape): Template {
  const [source, destination] = from === 0 ? ends : ([ends[1], ends[0]] as const);
  const bytes: number[] = [];
  const places: HeaderPlace[] = [];
  const ethernet = (to: End, by: End, type: number): void => {
    bytes.push(...to.mac, ...by.mac);
    if (wrap === 'vlan') bytes.push(0x81, 0, 0, 10 + (identity & 7));
    bytes.push(type >> 8, type & 255);
  };
  if (wrap === 'vxlan' || wrap === 'geneve') {
    const [here, there] = from === 0 ? [node(0), node(1)] : [node(1), node(0)];
    ethernet(there, here, 0x0800);
    places.push({ kind: 'ipv4', at: bytes.length });
    bytes.push(0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, udp, 0, 0, ...here.address, ...there.address);
    places.push({ kind: 'udp-tunnel', at: bytes.length });
    const port = wrap === 'vxlan' ? 8472 : 6081;
    const sender = 49152 + ((ports[0] ^ ports[1]) & 0x3fff);
    bytes.push(sender >> 8, sender & 255, port >> 8, port & 255, 0, 0, 0, 0);
    bytes.push(...(wrap === 'vxlan' ? [0x08, 0, 0, 0] : [0, 0, 0x65, 0x58]));
    bytes.push(identity >> 16, (identity >> 8) & 255, identity & 255, 0);
  }
  ethernet(destination, source, isIpv6 ? 0x86dd : 0x0800);
  const ip = bytes.length;
  places.push({ kind: isIpv6 ? 'ipv6' : 'ipv4', at: ip });
  bytes.push(
    ...(isIpv6 ? [0x60, 0, 0, 0, 0, 0, transport, 64] : [0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, transport, 0, 0]),
    ...source.address,
    ...destination.address,
  );
  const begin = bytes.length;
  const [own, other] = from === 0 ? ports : [ports[1], ports[0]];
  if (transport === icmp) bytes.push(...zeros(8));
  else bytes.push(own >> 8, own & 255, other >> 8, other & 255);
  if (transport === udp) bytes.push(0, 0, 0, 0);
  if (transport === tcp) bytes.push(...zeros(8), 0x50, 0, 0xfa, 0xf0, 0, 0, 0, 0);
  return { bytes: Uint8Array.from(bytes), places, ip, transport: begin };
}

function arpTemplate([first, second]: readonly [End, End], from: 0 | 1): Template {
  const [source, destination] = from === 0 ? [first, second] : [second, first];
  const bytes = [
    ...(from === 0 ? [255, 255, 255, 255, 255, 255] : destination.mac),
    ...source.mac,
    ...[0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1 + from],
    ...source.mac,
    ...source.address,
    ...(from === 0 ? zeros(6) : destination.mac),
    ...destination.address,
  ];
  return { bytes: Uint8Array.from(bytes), places: [], ip: -1, transport: -1 };
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

function put32(bytes: Uint8Array, at: number, value: number): void {
  put16(bytes, at, value >>> 16);
  put16(bytes, at + 2, value & 0xffff);
}

/** Of 16-bit words, the last byte counted as the upper one. */
function sum(bytes: Uint8Array, from: number, to: number): number {
  let total = 0;
  let at = from;
  for (; at + 1 < to; at += 2) total += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return at < to ? total + ((bytes[at] ?? 0) << 8) : total;
}

/** The Internet checksum of a sum of words (RFC 1071). */
function folded(total: number): number {
  let value = total;
  while (value > 0xffff) value = (value & 0xffff) + Math.floor(value / 0x10000);
  return ~value & 0xffff;
}
