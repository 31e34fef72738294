/**
 * The layers of one frame, found by running each dissector's `measure` in turn. A walk is used again for the next
 * frame: its arrays stay, and walking allocates nothing, so that a filter can walk millions of frames.
 *
 * Two ends are kept apart everywhere. A layer's *limit* is where its bytes end by what the lengths claim (the wire
 * length first, then each header's own length field); it may lie beyond the captured bytes. What is missing because
 * the limit says so is malformed; what is missing although the limit allows it was not captured.
 */
import { u16, u24, u32, u8 } from '../base/bytes.js';
import type { ClaimTable, Dissector } from './dissector.js';

/** More layers than any real packet has; stops a hostile one. */
const maxLayers = 256;

/**
 * Why a walk stopped early.
 * - `not-captured`: the snap length cut the header;
 * - `too-short`: the lengths above leave too few bytes for the header;
 * - `bad-value`: a field of the header makes no sense, so the rest cannot be found;
 * - `fragment`: the header goes on in another fragment;
 * - `too-deep`: more layers than are followed.
 */
export type ProblemKind = 'not-captured' | 'too-short' | 'bad-value' | 'fragment' | 'too-deep';

/** What stopped a walk; `needed` and `had` count bytes from the layer's start. */
export interface Problem {
  readonly kind: ProblemKind;
  /** Index of the layer it happened in. */
  readonly layer: number;
  readonly needed: number;
  readonly had: number;
  /** For `bad-value`: what was wrong, as a sentence. */
  readonly what?: string;
}

/** Who follows whom, made once from all dissectors' claims. */
export interface ClaimTables {
  find(table: ClaimTable, key: number): Dissector | undefined;
  /** Those that recognise their packets by what they look like. */
  patterns(over: 'udp'): readonly Dissector[];
  /** By id, for parents that know their child. Throws when there is no such dissector. */
  named(id: string): Dissector;
}

const noBytes = new Uint8Array(0);

export class Walk {
  /** Captured bytes of the frame. */
  frame: Uint8Array = noBytes;
  /** Link type of the capture. */
  linkType = 0;
  /** Bytes the frame had on the wire. */
  wireLength = 0;
  /** Time of capture in seconds since 1970, where the caller knows it. */
  seconds: number | undefined;
  /** Layers found, those inside others too. */
  count = 0;

  private readonly dissectors: Dissector[] = [];
  private readonly starts = new Int32Array(maxLayers);
  private readonly ends = new Int32Array(maxLayers);
  private readonly limits = new Int32Array(maxLayers);
  private readonly parents = new Int32Array(maxLayers);
  private readonly fragments = new Uint8Array(maxLayers);
  private readonly insides = new Uint8Array(maxLayers);

  private problemKind: ProblemKind | undefined;
  private problemLayer = 0;
  private problemNeeded = 0;
  private problemHad = 0;
  private problemWhat: string | undefined;

  private next: Dissector | undefined;
  private nextStart = -1;
  private nextLimit = -1;
  private parent = -1;
  private fragment = 0;
  private quoted = 0;
  private readonly data: Dissector;

  /** First byte of the layer being measured. */
  start = 0;
  /** Where the layer being measured ends by the lengths so far; may lie beyond the frame. */
  limit = 0;

  constructor(private readonly tables: ClaimTables) {
    this.data = tables.named('data');
  }

  /** Finds the layers of a frame. Forgets the frame before. */
  run(frame: Uint8Array, linkType: number, wireLength: number, seconds?: number): this {
    this.frame = frame;
    this.linkType = linkType;
    this.wireLength = Math.max(wireLength, frame.length);
    this.seconds = seconds;
    this.count = 0;
    this.problemKind = undefined;
    this.problemWhat = undefined;
    this.parent = -1;
    this.fragment = 0;
    this.quoted = 0;
    let dissector: Dissector | undefined = this.tables.find('link', linkType) ?? this.data;
    let start = 0;
    let limit = this.wireLength;
    while (dissector) {
      if (this.count === maxLayers) {
        this.note('too-deep', 0, 0);
        break;
      }
      const index = this.count++;
      this.dissectors[index] = dissector;
      this.starts[index] = start;
      this.ends[index] = start;
      this.limits[index] = limit;
      this.parents[index] = this.parent;
      this.fragments[index] = this.fragment;
      this.insides[index] = this.parent < 0 ? 0 : 1;
      this.start = start;
      this.limit = limit;
      this.next = undefined;
      this.nextStart = -1;
      this.nextLimit = -1;
      dissector.measure(this);
      if (dissector === this.data && this.ends[index] === start) this.count = index;
      dissector = this.stopped ? undefined : this.next;
      start = this.nextStart < 0 ? this.endOf(index) : this.nextStart;
      limit = this.nextLimit < 0 ? this.limitOf(index) : this.nextLimit;
    }
    return this;
  }

  // For `measure`: reading the layer at hand.

  /** Bytes of the layer that are there and belong to it. */
  get available(): number {
    return Math.max(0, Math.min(this.limit, this.frame.length) - this.start);
  }

  u8(offset: number): number {
    return u8(this.frame, this.start + offset);
  }

  u16(offset: number): number {
    return u16(this.frame, this.start + offset);
  }

  u24(offset: number): number {
    return u24(this.frame, this.start + offset);
  }

  u32(offset: number): number {
    return u32(this.frame, this.start + offset);
  }

  // For `measure`: saying how long the layer is and what follows.

  /**
   * The header takes `length` bytes. False when they are not there: the problem is noted, the layer keeps what there
   * is, and `measure` should return.
   */
  header(length: number): boolean {
    const index = this.count - 1;
    const needed = this.start + length;
    const there = Math.min(this.limit, this.frame.length);
    if (needed <= there) {
      this.ends[index] = needed;
      return true;
    }
    this.ends[index] = Math.max(this.start, there);
    if (this.quoted) this.next = undefined;
    else if (needed <= this.limit) this.note('not-captured', length, this.available);
    else this.note(this.fragment ? 'fragment' : 'too-short', length, this.available);
    return false;
  }

  /** The layer takes all bytes it was given. */
  whole(): void {
    this.ends[this.count - 1] = Math.max(this.start, Math.min(this.limit, this.frame.length));
  }

  /** The layer says it is `length` bytes long with its payload: what lies behind belongs to the layer around it. */
  bound(length: number): void {
    const claimed = this.start + length;
    if (claimed < this.limit) {
      this.limit = claimed;
      this.limits[this.count - 1] = claimed;
    }
  }

  /** A value makes no sense. `what` says which, as a sentence; the text must be a constant. */
  bad(what: string): void {
    if (this.quoted) return;
    this.note('bad-value', 0, this.available);
    this.problemWhat = what;
  }

  /** What follows is one piece of a packet: headers cut by its end go on in another fragment. */
  isFragment(): void {
    this.fragment = 1;
  }

  /** The bytes are not this protocol but that one, which measures them from the start. */
  isReally(id: string): void {
    this.count--;
    this.next = this.tables.named(id);
    this.nextStart = this.start;
    this.nextLimit = this.limit;
  }

  /** The payload begins at `offset`, not where the layer's bytes in the tree end. */
  follows(offset: number): void {
    this.nextStart = this.start + offset;
  }

  /** The payload ends `length` bytes after the layer's start, though the layer itself goes on (padding, trailer). */
  payloadEnds(length: number): void {
    this.nextLimit = Math.min(this.limit, this.start + length);
  }

  /** The dissector that claims `key` follows; data when nobody does. */
  nextBy(table: ClaimTable, key: number): void {
    this.next = this.tables.find(table, key) ?? this.data;
  }

  /** True when someone claims `key`, who then follows. */
  tryNext(table: ClaimTable, key: number): boolean {
    const found = this.tables.find(table, key);
    if (found) this.next = found;
    return found !== undefined;
  }

  /** Whether someone claims `key`; to tell headers apart that look alike. */
  isClaimed(table: ClaimTable, key: number): boolean {
    return this.tables.find(table, key) !== undefined;
  }

  /** The first dissector that recognises the bytes from `offset` on as its own follows; false when none does. */
  tryPatterns(over: 'udp', offset: number): boolean {
    for (const dissector of this.tables.patterns(over)) {
      if (!dissector.recognises?.matches(this, offset)) continue;
      this.next = dissector;
      return true;
    }
    return false;
  }

  /** A dissector that the parent knows follows. */
  nextIs(id: string): void {
    this.next = this.tables.named(id);
  }

  /** Bytes that nobody explains follow. */
  nextIsData(): void {
    this.next = this.data;
  }

  /** Layers from here on stand inside this one in the tree, from `offset` to `offset + length`. */
  inside(offset: number, length = Infinity): void {
    this.parent = this.count - 1;
    this.nextStart = this.start + offset;
    this.nextLimit = Math.min(this.limit, this.start + offset + length);
  }

  /** The rest, from `offset` on, is data that stands inside this layer. */
  insideData(offset: number): void {
    this.inside(offset);
    this.next = this.data;
  }

  /** As {@link inside}, for a packet quoted in an error message: it is expected to be cut. */
  quotes(offset: number, length = Infinity): void {
    this.quoted = 1;
    this.inside(offset, length);
  }

  /** The layer belongs inside the nearest layer of that id (IPv6's extension headers), which ends where this one does. */
  partOf(id: string): void {
    const index = this.count - 1;
    for (let i = index - 1; i >= 0; i--) {
      if (this.dissectors[i]?.id !== id) continue;
      this.parents[index] = i;
      this.ends[i] = this.endOf(index);
      return;
    }
  }

  private note(kind: ProblemKind, needed: number, had: number): void {
    this.problemKind = kind;
    this.problemLayer = this.count - 1;
    this.problemNeeded = needed;
    this.problemHad = had;
  }

  // For readers of a finished walk.

  dissectorAt(index: number): Dissector {
    return this.dissectors[index] ?? this.data;
  }

  startOf(index: number): number {
    return this.starts[index] ?? 0;
  }

  /** End of the layer's header: where its own bytes in the tree end. */
  endOf(index: number): number {
    return this.ends[index] ?? 0;
  }

  /** End of the layer with its payload, by its claims. */
  limitOf(index: number): number {
    return this.limits[index] ?? 0;
  }

  /** Index of the layer it stands inside; -1 for the layers at the top. */
  parentOf(index: number): number {
    return this.parents[index] ?? -1;
  }

  /** True for layers inside a message: a quoted packet, its data. Extension headers are part of their packet. */
  isInside(index: number): boolean {
    return this.insides[index] === 1;
  }

  /** True for layers in the first piece of a fragmented packet: the rest of their bytes is elsewhere. */
  isPiece(index: number): boolean {
    return this.fragments[index] === 1;
  }

  /** What stopped the walk, if something did. Makes an object: not for loops. */
  get problem(): Problem | undefined {
    if (this.problemKind === undefined) return undefined;
    return {
      kind: this.problemKind,
      layer: this.problemLayer,
      needed: this.problemNeeded,
      had: this.problemHad,
      ...(this.problemWhat === undefined ? {} : { what: this.problemWhat }),
    };
  }

  /** True when the walk stopped early. */
  get stopped(): boolean {
    return this.problemKind !== undefined;
  }

  /** A view of one layer. */
  layer(index: number): Layer {
    return new Layer(this, index);
  }
}

/** One layer of a walk, as dissectors look at it. A view: valid until the walk is used again. */
export class Layer {
  constructor(
    readonly walk: Walk,
    readonly index: number,
  ) {}

  get frame(): Uint8Array {
    return this.walk.frame;
  }

  get dissector(): Dissector {
    return this.walk.dissectorAt(this.index);
  }

  get start(): number {
    return this.walk.startOf(this.index);
  }

  get end(): number {
    return this.walk.endOf(this.index);
  }

  /** End with the payload by the claims; may lie beyond the frame. */
  get limit(): number {
    return this.walk.limitOf(this.index);
  }

  /** End with the payload, as far as it was captured. */
  get captured(): number {
    return Math.min(this.limit, this.walk.frame.length);
  }

  u8(offset: number): number {
    return u8(this.frame, this.start + offset);
  }

  u16(offset: number): number {
    return u16(this.frame, this.start + offset);
  }

  u24(offset: number): number {
    return u24(this.frame, this.start + offset);
  }

  u32(offset: number): number {
    return u32(this.frame, this.start + offset);
  }

  /** True when the header's first `length` bytes were captured. */
  has(length: number): boolean {
    return this.start + length <= this.end;
  }

  /** Part of a packet that an error message quotes, or of data shown inside a message. */
  get isInside(): boolean {
    return this.walk.isInside(this.index);
  }

  /** The layer after this one, whatever it stands in. */
  get following(): Layer | undefined {
    return this.index + 1 < this.walk.count ? new Layer(this.walk, this.index + 1) : undefined;
  }

  /** The nearest layer before this one with that id. */
  before(id: string): Layer | undefined {
    for (let i = this.index - 1; i >= 0; i--)
      if (this.walk.dissectorAt(i).id === id) return new Layer(this.walk, i);
    return undefined;
  }
}
