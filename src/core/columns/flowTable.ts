import { packetsPerBatch } from '../capture/recordBatch.js';
import type { FlowKeys } from './flowReader.js';
import { oddStack } from './stacks.js';

/** A flow as {@link FlowTable} keeps it: so many words, then the words of its key. */
const recordHead = 7;
const stackAt = 0;
const numberAt = 1;
const packetsAt = 2;
const bytesLowAt = 3;
const bytesHighAt = 4;
const firstAt = 5;
const lastAt = 6;

/** A packet whose place is not found after so many steps belongs to no flow: keys made to collide cost no more. */
const mostProbes = 256;

/** Flows that were met lately are looked for here first: few enough to stay in the processor's caches. */
const recentPlaces = 1 << 15;

/**
 * The flows of a capture: packets with the same headers and the same key are one, each direction its own. Flow numbers
 * count from 1. Everything is in a few flat arrays; a look-up touches two places in memory.
 */
export class FlowTable {
  /** Hash and record of a flow, two words a slot; a record of 0 is a free slot. */
  private slots = new Int32Array(2 << 12);
  /** Record after record. Nothing begins at 0. */
  private pool = new Int32Array(1 << 14);
  private poolEnd = recordHead;
  /** Where the record of a flow begins. */
  private records = new Uint32Array(1 << 10);
  /** Records of flows met lately, by the last bits of their hash; 0 where there is none. */
  private readonly recent = new Int32Array(recentPlaces);
  /** For each packet of a batch the record that it may belong to. */
  private readonly guesses = new Int32Array(packetsPerBatch);
  /** Flows there are. */
  count = 0;
  /** Of no use, but what is computed for no one may be left out. */
  fetched = 0;

  /** Bytes of memory in use. */
  get size(): number {
    return this.slots.byteLength + this.pool.byteLength + this.records.byteLength;
  }

  /**
   * Finds the flows of the packets of a batch from `from` to `to` (exclusive), made where they are new, and puts their
   * numbers into `into`; `packet` is the number of the first.
   */
  noteAll(
    keys: FlowKeys,
    from: number,
    to: number,
    packet: number,
    wire: Uint32Array,
    into: Uint32Array,
  ): void {
    this.guess(keys, from, to);
    const { stacks, ends, hashes, words } = keys;
    const { recent, guesses } = this;
    let start = 0;
    for (let at = from; at < to; at++) {
      const stack = stacks[at] ?? 0;
      const end = ends[at] ?? 0;
      const record = guesses[at] ?? 0;
      const { pool } = this;
      let flow = 0;
      if (stack === oddStack) flow = 0;
      else if (record !== 0 && pool[record + stackAt] === stack && same(pool, record, words, start, end)) {
        this.addPacket(record, packet + at - from, wire[at] ?? 0);
        flow = pool[record + numberAt] ?? 0;
      } else {
        const hash = hashes[at] ?? 0;
        flow = this.note(stack, words, start, end, hash, packet + at - from, wire[at] ?? 0);
        recent[hash & (recentPlaces - 1)] = this.records[flow] ?? 0;
      }
      into[at] = flow;
      start = end;
    }
  }

  /**
   * Guesses the flows of a batch by those met lately, and brings them into the processor's caches: in a loop this short
   * it asks for the memory of many packets at a time, where finding one flow after the other would wait for each.
   */
  private guess({ hashes }: FlowKeys, from: number, to: number): void {
    const { recent, pool, guesses } = this;
    let sum = 0;
    for (let at = from; at < to; at++) {
      const record = recent[(hashes[at] ?? 0) & (recentPlaces - 1)] ?? 0;
      guesses[at] = record;
      sum = (sum + (pool[record] ?? 0)) | 0;
    }
    this.fetched = sum;
  }

  /**
   * The number of the flow with a stack and a key, which is `keys` from `start` to `end`; made when it is new. 0 when
   * there is no room for it near its place. Counts a packet of `wire` bytes for it, with the number `packet`.
   */
  note(
    stack: number,
    keys: Int32Array,
    start: number,
    end: number,
    hash: number,
    packet: number,
    wire: number,
  ): number {
    const { slots, pool } = this;
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    for (let probe = 0; probe < mostProbes; probe++) {
      const record = slots[slot + 1] ?? 0;
      if (record === 0) {
        this.add(stack, keys, start, end, packet, slot, hash);
        this.addPacket(this.records[this.count] ?? 0, packet, wire);
        return this.count;
      }
      if (slots[slot] === hash && pool[record + stackAt] === stack && same(pool, record, keys, start, end)) {
        this.addPacket(record, packet, wire);
        return pool[record + numberAt] ?? 0;
      }
      slot = (slot + 2) & mask;
    }
    return 0;
  }

  /** The stack of headers that the packets of a flow have. */
  stack(flow: number): number {
    return this.word(flow, stackAt);
  }

  /** Packets of a flow, in this direction. */
  packets(flow: number): number {
    return this.word(flow, packetsAt);
  }

  /** Bytes on the wire of a flow's packets. */
  bytes(flow: number): number {
    return this.word(flow, bytesHighAt) * 2 ** 31 + this.word(flow, bytesLowAt);
  }

  /** Numbers of a flow's first and last packet. */
  first(flow: number): number {
    return this.word(flow, firstAt) >>> 0;
  }

  last(flow: number): number {
    return this.word(flow, lastAt) >>> 0;
  }

  /** Where a flow's key begins in {@link words}. */
  keyStart(flow: number): number {
    return (this.records[flow] ?? 0) + recordHead;
  }

  /** All keys, each at its {@link keyStart}; another array after new flows. */
  get words(): Int32Array {
    return this.pool;
  }

  private word(flow: number, at: number): number {
    return this.pool[(this.records[flow] ?? 0) + at] ?? 0;
  }

  /** One more packet of a flow. Bytes are counted in two halves, to stay within whole numbers of 32 bits. */
  private addPacket(record: number, packet: number, wire: number): void {
    const { pool } = this;
    pool[record + packetsAt] = ((pool[record + packetsAt] ?? 0) + 1) | 0;
    pool[record + lastAt] = packet;
    const low = ((pool[record + bytesLowAt] ?? 0) + (wire & 0x7fffffff)) | 0;
    pool[record + bytesLowAt] = low & 0x7fffffff;
    if (low < 0 || wire > 0x7fffffff)
      pool[record + bytesHighAt] =
        (pool[record + bytesHighAt] ?? 0) + (low < 0 ? 1 : 0) + (wire > 0x7fffffff ? 1 : 0);
  }

  /** Makes a flow without packets. */
  private add(
    stack: number,
    keys: Int32Array,
    start: number,
    end: number,
    packet: number,
    slot: number,
    hash: number,
  ): void {
    const record = this.poolEnd;
    const key = record + recordHead;
    this.poolEnd = key + end - start;
    if (this.poolEnd > this.pool.length) this.pool = grown(this.pool, Int32Array, this.poolEnd);
    const number = ++this.count;
    if (number >= this.records.length) this.records = grown(this.records, Uint32Array, number + 1);
    this.records[number] = record;
    const { pool, slots } = this;
    pool[record + stackAt] = stack;
    pool[record + numberAt] = number;
    pool[record + firstAt] = packet;
    for (let word = start; word < end; word++) pool[key + word - start] = keys[word] ?? 0;
    slots[slot] = hash;
    slots[slot + 1] = record;
    if (number * 4 > slots.length) this.rehash();
  }

  /** Twice the slots: never more than half of them are taken. */
  private rehash(): void {
    const old = this.slots;
    const slots = new Int32Array(old.length * 2);
    const mask = slots.length - 1;
    for (let at = 0; at < old.length; at += 2) {
      const record = old[at + 1] ?? 0;
      if (record === 0) continue;
      const hash = old[at] ?? 0;
      let slot = (hash << 1) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = hash;
      slots[slot + 1] = record;
    }
    this.slots = slots;
  }
}

function same(pool: Int32Array, record: number, keys: Int32Array, start: number, end: number): boolean {
  const from = record + recordHead - start;
  for (let word = start; word < end; word++) if (pool[from + word] !== keys[word]) return false;
  return true;
}

/** A copy with room for `needed` and half as much again. */
function grown<Words extends Int32Array | Uint32Array>(
  old: Words,
  Kind: new (length: number) => Words,
  needed: number,
): Words {
  const made = new Kind(Math.max(needed, old.length + (old.length >> 1)));
  made.set(old);
  return made;
}
