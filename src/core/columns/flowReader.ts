import { emptyStack, oddStack, type Stacks } from './stacks.js';
import { LayerCode, layersByCode, tcpFlagsByte } from './flowLayer.js';
import { byEtherType, byIpProtocol, byTcpPort, byUdpPort, type LayerTable } from './nextLayers.js';

const smallestEtherType = 1536;
/** Where a VLAN tag or a cooked header does not look for an EtherType. */
const largestLength = 1500;
const greHardware = 778;
const netlinkHardware = 824;

/**
 * The key of each kind of header, by code: `runLength` whole words one after the other from `runAt`, then perhaps one
 * of which only the bits of `restMask` count.
 */
const runAt = new Uint8Array(layersByCode.length);
const runLength = new Uint8Array(layersByCode.length);
const restAt = new Uint8Array(layersByCode.length);
const restMask = new Int32Array(layersByCode.length);
layersByCode.forEach(({ key }, code) => {
  const whole = key.filter(({ mask }) => mask === 0xffffffff);
  const [rest] = key.filter(({ mask }) => mask !== 0xffffffff);
  runAt[code] = whole[0]?.at ?? 0;
  runLength[code] = whole.length;
  restAt[code] = rest?.at ?? 0;
  restMask[code] = rest?.mask ?? 0;
});

/** Words that the longest key may have; packets with more are odd. */
export const mostKeyWords = 96;
const mostWordsOfLayer = 12;

/**
 * Finds the headers of a packet that flows are made of, and the bits of them that tell flows apart. Follows the
 * dissectors' `measure` step by step, but knows only the usual: whatever it is not sure of is {@link oddStack}, and
 * then a filter must look at the packet itself. Runs for every packet of a capture and allocates nothing.
 */
export class FlowReader {
  /** After {@link read}: where the packet's key ends. */
  keyEnd = 0;
  /** A hash of the stack and the key. */
  hash = 0;
  /** The flags of the TCP header, its last header where it has one; else 0. */
  flags = 0;
  /** Where the headers end in the view. */
  headersEnd = 0;

  constructor(private readonly stacks: Stacks) {}

  /**
   * The packet's stack of headers, or {@link oddStack}. Its captured bytes are those of `view` from `at` to `captured`
   * further; `wire` is its length on the wire; `first` its first header. The bits that tell its flow apart are put
   * into `key` from `words` on, where {@link mostKeyWords} must have room.
   */
  read(
    view: DataView,
    at: number,
    captured: number,
    wire: number,
    first: LayerCode,
    key: Int32Array,
    words: number,
  ): number {
    const { stacks } = this;
    const mostWords = words + mostKeyWords - mostWordsOfLayer;
    const there = at + captured;
    /** Where the layer ends by the lengths so far; headers must lie before it and be captured. */
    let limit = at + (wire > captured ? wire : captured);
    let stack = emptyStack;
    let layer = first;
    let hash = 0;
    this.flags = 0;
    this.keyEnd = words;
    while (layer !== LayerCode.end) {
      const stop = limit < there ? limit : there;
      const room = stop - at;
      let next: LayerCode = LayerCode.odd;
      let length = 0;
      switch (layer) {
        case LayerCode.eth: {
          if (room < 14) return oddStack;
          length = 14;
          const type = view.getUint16(at + 12);
          if (type < smallestEtherType) return oddStack;
          next = byEtherType[type] ?? LayerCode.odd;
          break;
        }
        case LayerCode.vlan:
        case LayerCode.ieee8021ad: {
          if (room < 4) return oddStack;
          length = 4;
          const type = view.getUint16(at + 2);
          if (type <= largestLength) return oddStack;
          next = byEtherType[type] ?? LayerCode.odd;
          break;
        }
        case LayerCode.ip: {
          if (room < 20 || view.getUint8(at) !== 0x45) return oddStack;
          length = 20;
          const total = view.getUint16(at + 2);
          if (total !== 0) {
            if (total < 20) return oddStack;
            if (at + total < limit) limit = at + total;
          }
          // Pieces of a packet: no offset, no more to come.
          if ((view.getUint16(at + 6) & 0x3fff) !== 0) return oddStack;
          next = byIpProtocol[view.getUint8(at + 9)] ?? LayerCode.odd;
          break;
        }
        case LayerCode.ipv6: {
          if (room < 40 || view.getUint8(at) >> 4 !== 6) return oddStack;
          length = 40;
          const payload = view.getUint16(at + 4);
          // Nothing behind it, or more than 16 bits can say.
          if (payload === 0) return oddStack;
          if (at + 40 + payload < limit) limit = at + 40 + payload;
          next = byIpProtocol[view.getUint8(at + 6)] ?? LayerCode.odd;
          break;
        }
        case LayerCode.tcp: {
          if (room < 20) return oddStack;
          const word = view.getUint16(at + 12);
          length = (word >> 12) * 4;
          if (length < 20 || room < length) return oddStack;
          if ((word & 0x0f00) !== 0) {
            if ((word & 0x0e00) !== 0) return oddStack;
            layer = LayerCode.tcpAccurateEcn;
          }
          this.flags = view.getUint8(at + tcpFlagsByte);
          next =
            limit - at > length
              ? serviceAt(byTcpPort, view.getUint16(at), view.getUint16(at + 2))
              : LayerCode.end;
          break;
        }
        case LayerCode.udp: {
          if (room < 8) return oddStack;
          length = 8;
          const claimed = view.getUint16(at + 4);
          if (claimed >= 8 && at + claimed < limit) limit = at + claimed;
          next =
            limit - at > 8 ? serviceAt(byUdpPort, view.getUint16(at), view.getUint16(at + 2)) : LayerCode.end;
          break;
        }
        case LayerCode.vxlan:
          if (room < 8) return oddStack;
          length = 8;
          next = LayerCode.eth;
          break;
        case LayerCode.geneve:
          if (room < 8 || view.getUint8(at) >> 6 !== 0) return oddStack;
          length = 8 + 4 * (view.getUint8(at) & 0x3f);
          if (room < length) return oddStack;
          next = byEtherType[view.getUint16(at + 2)] ?? LayerCode.odd;
          break;
        case LayerCode.icmp: {
          if (room < 4) return oddStack;
          const kind = view.getUint8(at);
          // Errors quote the packet that they are about.
          if ((kind >= 3 && kind <= 5) || kind === 11 || kind === 12) return oddStack;
          length = 4;
          next = LayerCode.end;
          break;
        }
        case LayerCode.icmpv6Echo: {
          if (room < 4) return oddStack;
          const kind = view.getUint8(at);
          if (kind !== 128 && kind !== 129) return oddStack;
          length = 4;
          next = LayerCode.end;
          break;
        }
        case LayerCode.esp:
          if (room < 8) return oddStack;
          length = 8;
          next = LayerCode.end;
          break;
        case LayerCode.arp:
          // Ethernet addresses of 6 bytes and IPv4 addresses.
          if (room < 28 || view.getUint16(at + 4) !== 0x0604) return oddStack;
          length = 28;
          next = LayerCode.end;
          break;
        case LayerCode.sll:
          if (room < 16) return oddStack;
          length = 16;
          next = behindCooked(view.getUint16(at + 14), view.getUint16(at + 2));
          break;
        case LayerCode.sll2:
          if (room < 20) return oddStack;
          length = 20;
          next = behindCooked(view.getUint16(at), view.getUint16(at + 8));
          break;
        case LayerCode.nullLoopback:
          if (room < 4) return oddStack;
          length = 4;
          next = behindFamily(view.getUint32(at), view.getUint32(at, true));
          break;
        case LayerCode.raw: {
          if (room < 1) return oddStack;
          const version = view.getUint8(at) >> 4;
          next = version === 4 ? LayerCode.ip : version === 6 ? LayerCode.ipv6 : LayerCode.odd;
          break;
        }
        default:
          return oddStack;
      }
      if (next === LayerCode.odd || words > mostWords) return oddStack;
      stack = stacks.push(stack, layer);
      if (stack === oddStack) return oddStack;
      const run = at + (runAt[layer] ?? 0);
      const runEnd = run + 4 * (runLength[layer] ?? 0);
      for (let word = run; word < runEnd; word += 4) {
        const value = view.getInt32(word);
        key[words++] = value;
        hash = Math.imul(((hash << 13) | (hash >>> 19)) ^ value, 0x9e3779b1);
      }
      const mask = restMask[layer] ?? 0;
      if (mask !== 0) {
        const value = view.getInt32(at + (restAt[layer] ?? 0)) & mask;
        key[words++] = value;
        hash = Math.imul(((hash << 13) | (hash >>> 19)) ^ value, 0x9e3779b1);
      }
      at += length;
      layer = next;
    }
    hash = Math.imul(hash ^ stack, 0x85ebca6b);
    this.hash = hash ^ (hash >>> 15);
    this.keyEnd = words;
    this.headersEnd = at;
    return stack;
  }
}

/** The header behind ports: the lower one's owner is asked first, as the dissectors do. */
function serviceAt(table: LayerTable, source: number, destination: number): LayerCode {
  const lower = source < destination ? source : destination;
  const first = table[lower] ?? LayerCode.unclaimed;
  if (first !== LayerCode.unclaimed) return first;
  const second = table[source + destination - lower] ?? LayerCode.unclaimed;
  return second === LayerCode.unclaimed ? LayerCode.end : second;
}

/** The header behind a Linux cooked one. */
function behindCooked(protocol: number, hardware: number): LayerCode {
  if (hardware === netlinkHardware || hardware === greHardware || protocol <= smallestEtherType)
    return LayerCode.odd;
  return byEtherType[protocol] ?? LayerCode.odd;
}

/** The header behind a BSD loopback one, by the families that everyone agrees on; hosts write either byte order. */
function behindFamily(big: number, little: number): LayerCode {
  const family = big > 0xffff ? little : big;
  if (family === 2) return LayerCode.ip;
  return family === 10 || family === 24 || family === 28 || family === 30 ? LayerCode.ipv6 : LayerCode.odd;
}
