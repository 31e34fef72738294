/**
 * The headers that flows are made of. Each is declared once: which dissector reads it, which of its bits tell flows
 * apart, and which are the same in all packets that get this far. A filter over those bits can be answered for a whole
 * flow; what the bits mean is the dissector's to say, not said again here.
 */

/** Some bits of a header: those of `mask` in the 32-bit big-endian number at `at`. */
export interface Bits {
  readonly at: number;
  readonly mask: number;
}

/**
 * The kinds of headers as numbers, for tables and tight loops (an enumeration, because the bundler puts its numbers in
 * place). {@link flowLayers} tells what they are.
 */
export enum LayerCode {
  /** No layer: nothing is said about the packet, a filter must look at it itself. */
  odd,
  /** No layer: there are no more headers that flows know. */
  end,
  /** No layer: nobody claims a port. */
  unclaimed,
  eth,
  vlan,
  ieee8021ad,
  sll,
  sll2,
  nullLoopback,
  raw,
  arp,
  ip,
  ipv6,
  tcp,
  tcpAccurateEcn,
  udp,
  vxlan,
  geneve,
  icmp,
  icmpv6Echo,
  esp,
}

/** A kind of header as flows know it. One protocol may have several. */
export interface FlowLayer {
  /** Id of the dissector. */
  readonly id: string;
  /** Bits that tell flows apart, one word of the flow's key each: whole words that follow each other, then perhaps one other. */
  readonly key: readonly Bits[];
  /** Bits that are the same in every packet with the same stack of headers: what the stack was told by. */
  readonly same: readonly Bits[];
  /**
   * Names of fields with a condition or a computation that depends on nothing but these bits, and on lengths that
   * every such header has. Of other such fields nothing is known.
   */
  readonly settled: readonly string[];
  /** Bytes of the header, where no such header has more: fields beyond are not there. */
  readonly length?: number;
  /** The header is one without options: none of the dissector's loose fields are there. */
  readonly plain?: true;
}

const all = 0xffffffff;
const word = (at: number, mask = all): Bits => ({ at, mask });
const words = (from: number, to: number): readonly Bits[] =>
  Array.from({ length: (to - from) / 4 }, (_, index) => word(from + 4 * index));

const etherType = word(10, 0x0000ffff);
/** Version 4 and a header of 20 bytes; no fragment. */
const ipSame = [word(0, 0xff000000), word(4, 0x00003fff)];
const ipProtocol = word(8, 0x00ff0000);
const ipv6Same = [word(0, 0xf0000000)];
const ipv6Next = word(4, 0x0000ff00);
const tcpSame = [word(12, 0x0f000000)];

const ethSettled = ['eth.type', 'eth.len', 'eth.invalid_lentype'];
const sllSettled = [
  'sll.pkttype',
  'sll.hatype',
  'sll.halen',
  'sll.src.eth',
  'sll.src.ipv4',
  'sll.src.other',
  'sll.unused',
  'sll.etype',
  'sll.gretype',
  'sll.ltype',
  'sll.ifindex',
];
const ipSettled = ['ip.hdr_len', 'ip.dst', 'ip.cur_rt'];
const ipv6Settled = ['src', 'dst'].flatMap((side) => [
  `ipv6.${side}_slaac_mac`,
  `ipv6.${side}_6to4_gw_ipv4`,
  `ipv6.${side}_6to4_sla_id`,
  `ipv6.${side}_ts_ipv4`,
  `ipv6.${side}_tc_port`,
  `ipv6.${side}_tc_ipv4`,
]);

export type FlowLayerName = Exclude<keyof typeof LayerCode, 'odd' | 'end' | 'unclaimed'>;

/** All kinds of headers. */
export const flowLayers: Readonly<Record<FlowLayerName, FlowLayer>> = {
  eth: { id: 'eth', key: [...words(0, 12), etherType], same: [], settled: ethSettled },
  vlan: { id: 'vlan', key: [word(0)], same: [], settled: ['vlan.etype', 'vlan.len'] },
  ieee8021ad: { id: 'ieee8021ad', key: [word(0)], same: [], settled: [] },
  sll: { id: 'sll', key: words(0, 16), same: [], settled: sllSettled, length: 16 },
  sll2: { id: 'sll', key: words(0, 20), same: [], settled: sllSettled },
  nullLoopback: { id: 'null', key: [word(0)], same: [], settled: ['null.family', 'null.type'] },
  raw: { id: 'raw', key: [], same: [], settled: [] },
  arp: { id: 'arp', key: words(0, 8), same: [], settled: [] },
  ip: { id: 'ip', key: [...words(12, 20), ipProtocol], same: ipSame, settled: ipSettled, plain: true },
  ipv6: { id: 'ipv6', key: [...words(8, 40), ipv6Next], same: ipv6Same, settled: ipv6Settled },
  tcp: { id: 'tcp', key: [word(0)], same: tcpSame, settled: [] },
  /** With the newest flag, that of accurate ECN: the only one outside of the byte that the others share. */
  tcpAccurateEcn: { id: 'tcp', key: [word(0)], same: tcpSame, settled: [] },
  udp: { id: 'udp', key: [word(0)], same: [], settled: [] },
  vxlan: { id: 'vxlan', key: words(0, 8), same: [], settled: [] },
  geneve: {
    id: 'geneve',
    key: words(0, 8),
    same: [],
    settled: ['geneve.flags.reserved'],
  },
  icmp: { id: 'icmp', key: [word(0, 0xffff0000)], same: [], settled: [] },
  icmpv6Echo: { id: 'icmpv6', key: [word(0, 0xffff0000)], same: [], settled: [] },
  esp: { id: 'esp', key: [word(0)], same: [], settled: [] },
};

/** Where the one byte of TCP flags is, that has a column of its own. */
export const tcpFlagsByte = 13;

/** Bits that a {@link LayerCode} takes. */
export const layerCodeBits = 5;

const noLayer: FlowLayer = { id: '', key: [], same: [], settled: [] };

/** The kinds of headers by their codes; those that are no layers are empty. */
export const layersByCode: readonly FlowLayer[] = Object.keys(LayerCode)
  .filter((name) => Number.isNaN(Number(name)))
  .map((name) => (name in flowLayers ? flowLayers[name as FlowLayerName] : noLayer));
