import type { RecordReader } from '../capture/record.js';
import { packetsPerBatch, type RecordBatch } from '../capture/recordBatch.js';
import { emptyStack, oddStack, type Stacks } from './stacks.js';
import { LayerCode, layersByCode } from './flowLayer.js';
import {
  byEtherType,
  byIpProtocol,
  byTcpPort,
  byUdpPort,
  firstLayer,
  type LayerTable,
} from './nextLayers.js';

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
/** Words of all headers that are read in one round. */
const mostWordsOfRound = 32;

/** What {@link FlowReader} puts down of packets, at the same places as in their batch. */
export class FlowKeys {
  /** Stacks of headers; {@link oddStack} for packets without a flow. */
  readonly stacks = new Uint16Array(packetsPerBatch);
  /** Where the key of each packet ends in `words`; it begins where the one before ends. */
  readonly ends = new Int32Array(packetsPerBatch);
  readonly words = new Int32Array(packetsPerBatch * mostKeyWords);
  /** Hashes of stack and key. */
  readonly hashes = new Int32Array(packetsPerBatch);
  /** The flags of the TCP header, its last header where it has one; else 0. */
  readonly flags = new Uint8Array(packetsPerBatch);
}

/**
 * Finds the headers of packets that flows are made of, and the bits of them that tell flows apart. Follows the
 * dissectors' `measure` step by step, but knows only the usual: whatever it is not sure of is {@link oddStack}, and
 * then a filter must look at the packet itself. Runs for every packet of a capture and allocates nothing.
 */
export class FlowReader {
  /** After {@link read}: where the headers of its last packet end in the view. */
  headersEnd = 0;
  /** After {@link unusual}: bytes of the header. */
  private length = 0;
  /** Codes of the first header of each of the file's interfaces. */
  private readonly firstLayers: LayerCode[] = [];

  constructor(
    private readonly stacks: Stacks,
    private readonly file: RecordReader,
  ) {}

  /** Reads the packets of a batch from `from` to `to` (exclusive), whose bytes are in `view`. */
  read(view: DataView, batch: RecordBatch, from: number, to: number, keys: FlowKeys): void {
    const { stacks } = this;
    const { words } = keys;
    let end = 0;
    let at = 0;
    for (let packet = from; packet < to; packet++) {
      const begin = end;
      const captured = batch.captured[packet] ?? 0;
      const wire = batch.wire[packet] ?? 0;
      at = (batch.start[packet] ?? 0) + batch.header;
      /** Where the layer ends by the lengths so far; headers must lie before it, and before `stop`: captured. */
      let limit = at + (wire > captured ? wire : captured);
      let stop = at + captured;
      let layer = this.firstLayer(batch.interface[packet] ?? 0);
      let stack = emptyStack;
      let hash = 0;
      let flags = 0;
      while (layer > LayerCode.end) {
        if (end - begin > mostKeyWords - mostWordsOfRound) {
          layer = LayerCode.odd;
          break;
        }
        const before = at;
        // First the headers that most packets have, in the order in which they have them. Each is looked for at a place
        // of its own in the code, with a key that is spelt out: then the processor guesses well what comes next.
        if (layer === LayerCode.eth) {
          const type = stop - at < 14 ? 0 : view.getUint16(at + 12);
          if (type < smallestEtherType) layer = LayerCode.odd;
          else {
            const one = (words[end] = view.getInt32(at));
            const two = (words[end + 1] = view.getInt32(at + 4));
            const three = (words[end + 2] = view.getInt32(at + 8));
            words[end + 3] = type;
            end += 4;
            hash = mixed(hash, spread(one, two, three, type));
            stack = stacks.push(stack, layer);
            layer = byEtherType[type] ?? LayerCode.odd;
            at += 14;
          }
        }
        if (layer === LayerCode.ip) {
          const first = stop - at < 20 ? 0 : view.getInt32(at);
          const total = first & 0xffff;
          // Pieces of a packet: no offset, no more to come.
          if (first >>> 24 !== 0x45 || (total < 20 && total !== 0) || (view.getUint16(at + 6) & 0x3fff) !== 0)
            layer = LayerCode.odd;
          else {
            if (total !== 0 && at + total < limit) {
              limit = at + total;
              if (limit < stop) stop = limit;
            }
            const protocol = view.getInt32(at + 8) & 0xff0000;
            const source = (words[end] = view.getInt32(at + 12));
            const destination = (words[end + 1] = view.getInt32(at + 16));
            words[end + 2] = protocol;
            end += 3;
            hash = mixed(hash, spread(source, destination, protocol, 0));
            stack = stacks.push(stack, layer);
            layer = byIpProtocol[protocol >> 16] ?? LayerCode.odd;
            at += 20;
          }
        } else if (layer === LayerCode.ipv6) {
          const next = stop - at < 40 || view.getUint8(at) >> 4 !== 6 ? 0 : view.getInt32(at + 4);
          const payload = next >>> 16;
          // Nothing behind it, or more than 16 bits can say.
          if (payload === 0) layer = LayerCode.odd;
          else {
            if (at + 40 + payload < limit) {
              limit = at + 40 + payload;
              if (limit < stop) stop = limit;
            }
            for (let word = 0; word < 8; word += 4)
              hash = mixed(
                hash,
                spread(
                  (words[end + word] = view.getInt32(at + 8 + 4 * word)),
                  (words[end + word + 1] = view.getInt32(at + 12 + 4 * word)),
                  (words[end + word + 2] = view.getInt32(at + 16 + 4 * word)),
                  (words[end + word + 3] = view.getInt32(at + 20 + 4 * word)),
                ),
              );
            words[end + 8] = next & 0xff00;
            end += 9;
            hash = mixed(hash, next & 0xff00);
            stack = stacks.push(stack, layer);
            layer = byIpProtocol[(next >> 8) & 0xff] ?? LayerCode.odd;
            at += 40;
          }
        }
        if (layer === LayerCode.tcp) {
          const control = stop - at < 20 ? 0 : view.getInt32(at + 12);
          const length = (control >>> 28) * 4;
          if (length < 20 || stop - at < length || (control & 0x0e000000) !== 0) layer = LayerCode.odd;
          else {
            flags = (control >> 16) & 0xff;
            const ports = (words[end++] = view.getInt32(at));
            hash = mixed(hash, ports);
            stack = stacks.push(stack, control & 0x01000000 ? LayerCode.tcpAccurateEcn : layer);
            layer = limit - at > length ? serviceAt(byTcpPort, ports) : LayerCode.end;
            at += length;
          }
        } else if (layer === LayerCode.udp) {
          if (stop - at < 8) layer = LayerCode.odd;
          else {
            const claimed = view.getUint16(at + 4);
            if (claimed >= 8 && at + claimed < limit) {
              limit = at + claimed;
              if (limit < stop) stop = limit;
            }
            const ports = (words[end++] = view.getInt32(at));
            hash = mixed(hash, ports);
            stack = stacks.push(stack, layer);
            layer = limit - at > 8 ? serviceAt(byUdpPort, ports) : LayerCode.end;
            at += 8;
          }
        }
        if (at !== before || layer <= LayerCode.end) continue;
        const next = this.unusual(layer, view, at, stop);
        if (next !== LayerCode.odd) {
          stack = stacks.push(stack, layer);
          const run = at + (runAt[layer] ?? 0);
          const runEnd = run + 4 * (runLength[layer] ?? 0);
          for (let word = run; word < runEnd; word += 4)
            hash = mixed(hash, (words[end++] = view.getInt32(word)));
          const mask = restMask[layer] ?? 0;
          if (mask !== 0)
            hash = mixed(hash, (words[end++] = view.getInt32(at + (restAt[layer] ?? 0)) & mask));
          at += this.length;
        }
        layer = next;
      }
      if (layer === LayerCode.odd || stack === oddStack) {
        stack = oddStack;
        end = begin;
        flags = 0;
      }
      hash = Math.imul(hash ^ (hash >>> 16) ^ stack, 0x85ebca6b);
      keys.stacks[packet] = stack;
      keys.ends[packet] = end;
      keys.hashes[packet] = hash ^ (hash >>> 15);
      keys.flags[packet] = flags;
    }
    this.headersEnd = at;
  }

  /** What follows a header that fewer packets have; its length is put into `length`. */
  private unusual(layer: LayerCode, view: DataView, at: number, stop: number): LayerCode {
    const room = stop - at;
    switch (layer) {
      case LayerCode.vlan:
      case LayerCode.ieee8021ad: {
        if (room < 4) return LayerCode.odd;
        this.length = 4;
        const type = view.getUint16(at + 2);
        return type <= largestLength ? LayerCode.odd : (byEtherType[type] ?? LayerCode.odd);
      }
      case LayerCode.vxlan:
        if (room < 8) return LayerCode.odd;
        this.length = 8;
        return LayerCode.eth;
      case LayerCode.geneve: {
        if (room < 8 || view.getUint8(at) >> 6 !== 0) return LayerCode.odd;
        this.length = 8 + 4 * (view.getUint8(at) & 0x3f);
        return room < this.length ? LayerCode.odd : (byEtherType[view.getUint16(at + 2)] ?? LayerCode.odd);
      }
      case LayerCode.icmp: {
        if (room < 4) return LayerCode.odd;
        this.length = 4;
        const kind = view.getUint8(at);
        // Errors quote the packet that they are about.
        return (kind >= 3 && kind <= 5) || kind === 11 || kind === 12 ? LayerCode.odd : LayerCode.end;
      }
      case LayerCode.icmpv6Echo: {
        if (room < 4) return LayerCode.odd;
        this.length = 4;
        const kind = view.getUint8(at);
        return kind === 128 || kind === 129 ? LayerCode.end : LayerCode.odd;
      }
      case LayerCode.esp:
        this.length = 8;
        return room < 8 ? LayerCode.odd : LayerCode.end;
      case LayerCode.arp:
        this.length = 28;
        // Ethernet addresses of 6 bytes and IPv4 addresses.
        return room < 28 || view.getUint16(at + 4) !== 0x0604 ? LayerCode.odd : LayerCode.end;
      case LayerCode.sll:
        if (room < 16) return LayerCode.odd;
        this.length = 16;
        return behindCooked(view.getUint16(at + 14), view.getUint16(at + 2));
      case LayerCode.sll2:
        if (room < 20) return LayerCode.odd;
        this.length = 20;
        return behindCooked(view.getUint16(at), view.getUint16(at + 8));
      case LayerCode.nullLoopback:
        if (room < 4) return LayerCode.odd;
        this.length = 4;
        return behindFamily(view.getUint32(at), view.getUint32(at, true));
      case LayerCode.raw: {
        if (room < 1) return LayerCode.odd;
        this.length = 0;
        const version = view.getUint8(at) >> 4;
        return version === 4 ? LayerCode.ip : version === 6 ? LayerCode.ipv6 : LayerCode.odd;
      }
      default:
        return LayerCode.odd;
    }
  }

  private firstLayer(interfaceNumber: number): LayerCode {
    return this.firstLayers[interfaceNumber] ?? this.addInterface(interfaceNumber);
  }

  private addInterface(number: number): LayerCode {
    const first = firstLayer(this.file.interfaces[number]?.linkType ?? -1);
    this.firstLayers[number] = first;
    return first;
  }
}

function mixed(hash: number, value: number): number {
  return Math.imul(((hash << 13) | (hash >>> 19)) ^ value, 0x9e3779b1);
}

/** Four words as one; the multiplications do not wait for each other. */
function spread(one: number, two: number, three: number, four: number): number {
  return (Math.imul(one, 0x85ebca6b) + Math.imul(two, 0xc2b2ae35) + Math.imul(three, 0x27d4eb2f) + four) | 0;
}

/** The header behind ports: the lower one's owner is asked first, as the dissectors do. */
function serviceAt(table: LayerTable, ports: number): LayerCode {
  const source = ports >>> 16;
  const destination = ports & 0xffff;
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
