/**
 * The classic capture format of libpcap and tcpdump
 * (https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/), with the variants that are about:
 *
 *     file header:   magic u32, major u16, minor u16, zone i32, accuracy u32, snap length u32, link type u32
 *     record header: seconds u32, fraction u32, captured u32, on the wire u32 [, more in some variants]
 */
import { u16, u16le, u32, u32le } from '../../base/bytes.js';
import { grouped } from '../../base/words.js';
import type { ByteWindow } from '../byteWindow.js';
import { unknownSize } from '../byteSource.js';
import { clock, powerOfTen } from '../captureTime.js';
import {
  found,
  largestPacket,
  usualLargestPacket,
  type CaptureFormat,
  type CaptureInterface,
  type CaptureSection,
  type FileBlock,
  type FileDetail,
  type Found,
  type RecordReader,
  type RecordView,
  type ResolvedName,
} from '../record.js';
import { packetsPerBatch, type RecordBatch } from '../recordBatch.js';

const fileHeaderLength = 24;
const recordHeaderLength = 16;
/** Places of the words in a record header. */
const at = { seconds: 0, fraction: 4, captured: 8, wire: 12 } as const;

/** How a record header may look behind its first 16 bytes. */
interface Layout {
  readonly words: string;
  readonly headerLength: number;
}

const plain: Layout = { words: '', headerLength: recordHeaderLength };
/** Nokia firewalls: four more bytes, under the usual magic number. */
const nokia: Layout = { words: 'Nokia', headerLength: 20 };
/** Alexey Kuznetzov's libpcap: interface index u32, protocol u16, packet type u8, padding u8. */
const modified: Layout = { words: 'modified', headerLength: 24 };
/** A later state of the same patch: the same, and the processor, and padding. */
const modifiedLonger: Layout = { words: 'modified, ss990915', headerLength: 28 };

/** A magic number: the digits of its time stamps, and the record layouts that were seen with it, likeliest first. */
const magics = new Map<number, { readonly digits: number; readonly layouts: readonly [Layout, ...Layout[]] }>(
  [
    [0xa1b2c3d4, { digits: 6, layouts: [plain, nokia, modified] }],
    [0xa1b23c4d, { digits: 9, layouts: [plain] }],
    [0xa1b2cd34, { digits: 6, layouts: [modified, modifiedLonger, plain] }],
  ],
);

/** A year and a bit: records that lie further apart than this do not belong together, when there is doubt. */
const believableGap = 400 * 86_400;
/** So many records in a row are proof enough that they are records. */
const convincingChain = 4;

export const pcap: CaptureFormat = {
  id: 'pcap',
  sniff: (head) => head.length >= 4 && (magics.has(u32(head, 0)) || magics.has(u32le(head, 0))),
  open: (window) => new PcapReader(window),
};

class PcapReader implements RecordReader {
  readonly first = fileHeaderLength;
  readonly format: string;
  readonly sections: readonly CaptureSection[];
  readonly interfaces: readonly CaptureInterface[];
  readonly flaw: string;
  readonly canComment = false;

  private readonly little: boolean;
  private readonly magic: number;
  private readonly digits: number;
  private readonly perSecond: number;
  private readonly headerLength: number;
  /** Largest captured length that is believed. */
  private readonly limit: number;
  private readonly minor: number;

  constructor(window: ByteWindow) {
    const head = window.slice(0, fileHeaderLength);
    this.little = magics.has(u32le(head, 0));
    const read32 = this.little ? u32le : u32;
    const read16 = this.little ? u16le : u16;
    this.magic = read32(head, 0);
    const { digits, layouts } = magics.get(this.magic) ?? { digits: 6, layouts: [plain] as const };
    const major = read16(head, 4);
    const snapLength = read32(head, 16);

    this.digits = digits;
    this.perSecond = powerOfTen(digits);
    this.minor = major === 2 ? read16(head, 6) : 4;
    this.limit =
      snapLength > usualLargestPacket && snapLength <= largestPacket ? snapLength : usualLargestPacket;
    this.sections = [{ offset: 0, bigEndian: !this.little, details: [] }];
    // The upper half of the link type word tells of frame check sequences; nothing here needs it.
    this.interfaces = [
      {
        id: 0,
        section: 0,
        linkType: read32(head, 20) & 0xffff,
        snapLength,
        clock: clock(false, digits),
        details: [],
      },
    ];
    this.flaw = headerFlaw(head.length, major, read16(head, 6));

    const layout = this.chooseLayout(window, layouts);
    this.headerLength = layout.headerLength;
    const variant = [layout.words, digits === 9 ? 'nanoseconds' : '', this.little ? '' : 'big-endian'].filter(
      (words) => words !== '',
    );
    this.format = variant.length > 0 ? `pcap (${variant.join(', ')})` : 'pcap';
  }

  read(window: ByteWindow, offset: number, record: RecordView): Found {
    const headerLength = this.headerLength;
    if (!window.has(offset, headerLength)) return offset >= window.size ? found.end : found.cut;
    const view = window.view;
    const start = offset - window.base;
    const little = this.little;
    const seconds = view.getUint32(start + at.seconds, little);
    const fraction = view.getUint32(start + at.fraction, little);
    let captured = view.getUint32(start + at.captured, little);
    let wire = view.getUint32(start + at.wire, little);
    if (this.minor < 4 && (this.minor < 3 || captured > wire)) [captured, wire] = [wire, captured];
    if (captured > this.limit) return found.bad;
    if (seconds === this.magic && captured === 0 && wire === 0)
      return this.readJoined(window, offset, record);
    const data = offset + headerLength;
    const next = data + captured;
    if (next > window.size) return found.cut;
    record.offset = offset;
    record.next = next;
    record.data = data;
    record.captured = captured;
    record.wire = wire;
    record.options = next;
    record.digits = this.digits;
    record.timed = true;
    record.interface = 0;
    record.flaw = '';
    record.seconds = seconds;
    record.fraction = fraction;
    if (fraction >= this.perSecond) {
      // Some writers let the fraction run over.
      const unit = this.digits === 9 ? 'nanoseconds' : 'microseconds';
      record.flaw = `the time stamp has ${grouped(fraction)} ${unit}, more than a second; they are carried over to the seconds`;
      record.seconds += Math.floor(fraction / this.perSecond);
      record.fraction = fraction % this.perSecond;
    }
    return found.packet;
  }

  readBatch(window: ByteWindow, offset: number, stop: number, batch: RecordBatch): void {
    const { view, base } = window;
    const { little, headerLength, limit, perSecond, magic } = this;
    const { start, captured, wire, seconds, fraction } = batch;
    // Signed reads and whole numbers keep the loop within 32 bits: what is negative is too large.
    const end = view.byteLength | 0;
    const inOrder = this.minor >= 4 && offset >= base;
    const lastStart = inOrder ? Math.min(stop - base - 1, end - headerLength) | 0 : -1;
    let place = inOrder ? Math.min(offset - base, end) | 0 : 0;
    let count = 0;
    while (place <= lastStart && count < packetsPerBatch) {
      const length = view.getInt32(place + at.captured, little);
      const part = view.getInt32(place + at.fraction, little);
      if (length < 0 || length > limit || part < 0 || part >= perSecond) break;
      const next = (place + headerLength + length) | 0;
      if (next > end) break;
      const when = view.getInt32(place + at.seconds, little);
      const onWire = view.getInt32(place + at.wire, little);
      if (length === 0 && onWire === 0 && when >>> 0 === magic) break;
      start[count] = place;
      captured[count] = length;
      wire[count] = onWire;
      seconds[count] = when;
      fraction[count] = part;
      count++;
      place = next;
    }
    start[count] = place;
    batch.count = count;
    batch.base = base;
    batch.header = headerLength;
    batch.alignment = 1;
    batch.digits.fill(this.digits, 0, count);
    batch.interface.fill(0, 0, count);
  }

  /** A second file header where a record should be: files joined end to end. It is stepped over, and told. */
  private readJoined(window: ByteWindow, offset: number, record: RecordView): Found {
    if (offset + fileHeaderLength > window.size) return found.cut;
    const linkType = this.word(window, offset, 20) & 0xffff;
    const usual = this.interfaces[0]?.linkType ?? 0;
    const other =
      linkType === usual ? '' : `; its packets have link type ${linkType} but are read as ${usual}`;
    record.offset = offset;
    record.next = offset + fileHeaderLength;
    record.flaw = `another pcap file begins, as when files are joined${other}`;
    return found.other;
  }

  explain(window: ByteWindow, offset: number): string {
    const left = window.size - offset;
    if (left < this.headerLength)
      return `the last ${grouped(left)} bytes are too few for a packet header of ${this.headerLength}`;
    const captured = this.word(window, offset, at.captured);
    return captured > this.limit
      ? `a packet claims ${grouped(captured)} captured bytes, more than the ${grouped(this.limit)} a packet can have here`
      : `a packet claims ${grouped(captured)} captured bytes, but the file ends after ${grouped(left - this.headerLength)} of them`;
  }

  endsInside(window: ByteWindow, offset: number, before: RecordView | undefined): boolean {
    return this.judge(window, offset, offset, this.headerLength, before?.seconds) > window.size;
  }

  search(window: ByteWindow, from: number, stop: number, before: RecordView | undefined): number {
    for (let offset = from; offset < stop && window.has(offset, this.headerLength); offset++) {
      // Most places are none at first sight.
      const captured = window.view.getUint32(offset - window.base + at.captured, this.little);
      if (captured <= usualLargestPacket && this.plausible(window, offset, before)) return offset;
    }
    return -1;
  }

  private plausible(window: ByteWindow, offset: number, before: RecordView | undefined): boolean {
    const first = this.judge(window, offset, offset, this.headerLength, undefined);
    if (first < 0 || first > window.size) return false;
    const seconds = this.word(window, offset, at.seconds);
    // Far in time from the packets before (two files joined, say), one record proves little: then two must follow it.
    const near = before !== undefined && Math.abs(seconds - before.seconds) <= believableGap;
    const needed = near ? 1 : 2;
    const length = this.chain(window, offset, first, this.headerLength, needed, seconds);
    const reachesEnd = this.chainEnd + this.headerLength > window.size;
    return length >= needed || (reachesEnd && (length > 0 || near));
  }

  readonly blocks: readonly FileBlock[] = [];
  readonly unlistedBlocks = 0;

  comments(): readonly string[] {
    return [];
  }

  hasComment(): boolean {
    return false;
  }

  packetOptions(): readonly FileDetail[] {
    return [];
  }

  resolvedNames(): readonly ResolvedName[] {
    return [];
  }

  /** The layout under which the file begins with the longest chain of plausible records. */
  private chooseLayout(window: ByteWindow, layouts: readonly [Layout, ...Layout[]]): Layout {
    // A live stream has not come yet; waiting for records would hold back the first of them. An archive is all there.
    const waits = window.size === unknownSize && window.source.archive === undefined;
    if (layouts.length === 1 || waits) return layouts[0];
    let best = layouts[0];
    let longest = this.chain(window, this.first, this.first, best.headerLength, convincingChain);
    for (const layout of layouts.slice(1)) {
      if (longest >= convincingChain) break;
      const length = this.chain(window, this.first, this.first, layout.headerLength, convincingChain);
      if (length > longest) [best, longest] = [layout, length];
    }
    return best;
  }

  /**
   * How many plausible records, `most` at most, follow each other from `offset`; the last may be cut off. Where they
   * end is `chainEnd`. The window keeps what lies from `anchor` on, so that it need not come back.
   */
  private chain(
    window: ByteWindow,
    anchor: number,
    offset: number,
    headerLength: number,
    most: number,
    seconds?: number,
  ): number {
    let near = seconds;
    this.chainEnd = offset;
    for (let length = 0; length < most; length++) {
      const next = this.judge(window, anchor, this.chainEnd, headerLength, near);
      if (next < 0) return length;
      near ??= this.word(window, this.chainEnd, at.seconds);
      this.chainEnd = next;
    }
    return most;
  }

  private chainEnd = 0;

  /** Where the record at `offset` ends (perhaps behind the file) when its header is beyond reasonable doubt one, else -1. */
  private judge(
    window: ByteWindow,
    anchor: number,
    offset: number,
    headerLength: number,
    seconds: number | undefined,
  ): number {
    if (!window.has(anchor, offset + headerLength - anchor)) return -1;
    const view = window.view;
    const start = offset - window.base;
    const captured = view.getUint32(start + at.captured, this.little);
    const wire = view.getUint32(start + at.wire, this.little);
    if (captured === 0 || captured > usualLargestPacket || wire < captured || wire > largestPacket) return -1;
    if (view.getUint32(start + at.fraction, this.little) >= this.perSecond) return -1;
    if (
      seconds !== undefined &&
      Math.abs(view.getUint32(start + at.seconds, this.little) - seconds) > believableGap
    )
      return -1;
    return offset + headerLength + captured;
  }

  private word(window: ByteWindow, offset: number, place: number): number {
    return window.has(offset + place, 4)
      ? window.view.getUint32(offset + place - window.base, this.little)
      : 0;
  }
}

function headerFlaw(length: number, major: number, minor: number): string {
  if (length < fileHeaderLength)
    return `the file ends after ${length} bytes, inside its header of ${fileHeaderLength} bytes`;
  if (major !== 2)
    return `the header says pcap version ${major}.${minor}, which is not known; it is read as version 2.4`;
  return '';
}
