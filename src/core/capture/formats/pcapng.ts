/**
 * The capture format of Wireshark and dumpcap: sections of blocks, each
 *
 *     type u32, total length u32, body, total length u32 again
 *
 * (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html).
 */
import { u16, u16le, u32, u32le } from '../../base/bytes.js';
import { grouped } from '../../base/words.js';
import type { ByteWindow } from '../byteWindow.js';
import { microseconds, TickReader } from '../captureTime.js';
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
import { KeptTexts, largestBody, OtherBlocks } from './pcapngBlocks.js';
import { Declarations, type OpenSection } from './pcapngDeclarations.js';
import {
  blockType,
  emptyBlock,
  enhancedLength,
  hasOrder,
  isLittle,
  judgeBlock,
  knownTypes,
  largestJudged,
  largestOptions,
  sectionHeader,
  simpleLength,
  smallestSection,
  wrongMagic,
} from './pcapngLayout.js';
import { hasOption, optionCode, optionDetails, optionTexts, readOptions } from './pcapngOptions.js';

/** Places in an enhanced packet block. */
const at = { type: 0, length: 4, interface: 8, high: 12, low: 16, captured: 20, wire: 24, data: 28 } as const;

/** For packets of an interface that the file does not describe. */
const usualClock = new TickReader(microseconds);

export const pcapng: CaptureFormat = {
  id: 'pcapng',
  // The byte-order magic may be damaged; the block type alone holds a line break of each kind and is no text.
  sniff: (head) => head.length >= 4 && u32(head, 0) === sectionHeader,
  open: (window) => new PcapngReader(window),
};

class PcapngReader implements RecordReader {
  readonly first = 0;
  readonly flaw = '';
  readonly canComment = true;

  private readonly texts = new KeptTexts();
  private readonly declared = new Declarations(this.texts);
  readonly interfaces: readonly CaptureInterface[] = this.declared.interfaces;
  readonly sections: readonly CaptureSection[] = this.declared.sections;
  private readonly others = new OtherBlocks(this.texts);
  /** The section that was read from last. */
  private current: OpenSection | undefined;
  /** Blocks before this offset have been seen: their sections and interfaces are known. */
  private known = 0;

  private readonly little: boolean;

  constructor(window: ByteWindow) {
    this.little = isLittle(window.slice(0, 12)) ?? false;
  }

  get format(): string {
    return this.little ? 'pcapng' : 'pcapng (big-endian)';
  }

  read(window: ByteWindow, offset: number, record: RecordView): Found {
    if (!window.has(offset, emptyBlock)) return offset >= window.size ? found.end : found.cut;
    const start = offset - window.base;
    if (window.view.getUint32(start, false) === sectionHeader)
      return this.readSection(window, offset, record);

    let section = this.current;
    if (section === undefined || offset < section.offset || offset >= section.end) {
      section = this.declared.sectionAt(offset);
      if (section === undefined) return found.bad;
      this.current = section;
    }
    const little = section.little;
    const view = window.view;
    const type = view.getUint32(start + at.type, little);
    const length = view.getUint32(start + at.length, little);
    if (length < emptyBlock || (length & 3) !== 0) return found.bad;
    const next = offset + length;
    if (next > window.size) return found.cut;

    // Usual blocks come into the window whole: their end is looked at next, and perhaps their packet after that.
    if (!window.has(offset, length <= usualLargestPacket ? length : enhancedLength)) return found.cut;
    record.offset = offset;
    record.next = next;
    record.flaw = '';
    let what: Found = found.other;
    if (type === blockType.enhancedPacket || type === blockType.packet) {
      if (length < enhancedLength || length > largestPacket) return found.bad;
      this.readPacket(window, section, type, length, record);
      what = found.packet;
    } else if (type === blockType.simplePacket) {
      if (length < simpleLength || length > largestPacket) return found.bad;
      this.readSimplePacket(window, section, length, record);
      what = found.packet;
    }
    const end = endOfBlock(window, little, length, record);
    if (end !== found.other) return end;
    if (offset >= this.known) {
      if (type === blockType.interface) this.readInterface(window, section, length, record);
      else if (what === found.other) this.readOther(window, section, type, length, record);
      this.known = next;
    }
    return what;
  }

  readBatch(window: ByteWindow, offset: number, stop: number, batch: RecordBatch): void {
    const { view, base } = window;
    const { start, captured, wire, seconds, fraction, digits } = batch;
    const section = this.current;
    let place = 0;
    let count = 0;
    if (section !== undefined && offset >= base && offset >= section.offset) {
      const { little, firstInterface, interfaceCount } = section;
      // Signed reads and whole numbers keep the loop within 32 bits: what is negative is too large.
      const end = view.byteLength | 0;
      const lastStart = Math.min(stop - base - 1, section.end - base - 1, end - enhancedLength) | 0;
      place = Math.min(offset - base, end) | 0;
      let id = -1;
      let its = usualClock;
      while (place <= lastStart && count < packetsPerBatch) {
        if (view.getInt32(place + at.type, little) !== blockType.enhancedPacket) break;
        const length = view.getInt32(place + at.length, little);
        if (length < enhancedLength || length > largestPacket || (length & 3) !== 0) break;
        const next = (place + length) | 0;
        if (next > end || view.getInt32(next - 4, little) !== length) break;
        const kept = view.getInt32(place + at.captured, little);
        if (kept < 0 || kept > length - enhancedLength) break;
        const on = view.getInt32(place + at.interface, little);
        if (on !== id) {
          if (on < 0 || on >= interfaceCount) break;
          its = this.declared.clocks[firstInterface + on] ?? usualClock;
          if (its.digits > 9) break;
          id = on;
        }
        its.read(view.getUint32(place + at.high, little), view.getUint32(place + at.low, little));
        if (its.seconds >>> 0 !== its.seconds) break;
        start[count] = place;
        captured[count] = kept;
        wire[count] = view.getInt32(place + at.wire, little);
        seconds[count] = its.seconds;
        fraction[count] = its.fraction;
        digits[count] = its.digits;
        batch.interface[count] = firstInterface + on;
        count++;
        place = next;
      }
    }
    start[count] = place;
    batch.count = count;
    batch.base = base;
    batch.header = at.data;
    batch.alignment = 4;
    if (count > 0) this.known = Math.max(this.known, base + place);
  }

  explain(window: ByteWindow, offset: number): string {
    const left = window.size - offset;
    if (left < emptyBlock) return `the last ${grouped(left)} bytes are too few for a block`;
    const little = this.declared.sectionAt(offset)?.little ?? this.little;
    const head = window.slice(offset, emptyBlock);
    const [type, length] = little ? [u32le(head, 0), u32le(head, 4)] : [u32(head, 0), u32(head, 4)];
    if (u32(head, 0) === sectionHeader && isLittle(head) === undefined)
      return `this looks like a damaged pcapng file: ${wrongMagic(u32(head, 8))}, and its length fits neither byte order`;
    const claim = `a block of type 0x${type.toString(16)} claims ${grouped(length)} bytes`;
    if (length < emptyBlock) return `${claim}, fewer than the ${emptyBlock} every block has`;
    if ((length & 3) !== 0) return `${claim}, which is no multiple of 4`;
    if (length > left) return `${claim}, but the file ends after ${grouped(left)} of them`;
    return `${claim}, which its contents or its end do not bear out`;
  }

  endsInside(window: ByteWindow, offset: number): boolean {
    if (!window.has(offset, 8)) return true;
    const little = this.declared.sectionAt(offset)?.little ?? this.little;
    const start = offset - window.base;
    return (
      knownTypes.has(window.view.getUint32(start + at.type, little)) &&
      window.view.getUint32(start + at.length, little) <= largestPacket
    );
  }

  search(window: ByteWindow, from: number, stop: number): number {
    for (let offset = from; offset < stop && window.has(offset, emptyBlock); offset++) {
      const little = (this.current ?? this.declared.sectionAt(offset))?.little ?? this.little;
      // Most places are none at first sight.
      const start = offset - window.base;
      const length = window.view.getUint32(start + at.length, little);
      const believable = length >= emptyBlock && length <= largestJudged && (length & 3) === 0;
      if (!believable && window.view.getUint32(start + at.type, false) !== sectionHeader) continue;
      const next = judgeBlock(window, offset, little);
      if (next === window.size || (next > 0 && judgeBlock(window, next, little, offset) > 0)) return offset;
    }
    return -1;
  }

  get blocks(): readonly FileBlock[] {
    return this.others.listed;
  }

  get unlistedBlocks(): number {
    return this.others.unlisted;
  }

  resolvedNames(limit: number): readonly ResolvedName[] {
    return this.others.names.slice(0, limit);
  }

  comments(window: ByteWindow, record: RecordView): readonly string[] {
    const { bytes, little } = this.optionBytes(window, record);
    return optionTexts(readOptions(bytes, little), optionCode.comment);
  }

  hasComment(window: ByteWindow, record: RecordView): boolean {
    // Without options, only the length at the end of the block follows the packet.
    if (record.next - record.options < 8) return false;
    const { bytes, little } = this.optionBytes(window, record);
    return hasOption(bytes, little, optionCode.comment);
  }

  packetOptions(window: ByteWindow, record: RecordView): readonly FileDetail[] {
    const { bytes, little } = this.optionBytes(window, record);
    return optionDetails(readOptions(bytes, little), 'packet', { little });
  }

  /** The bytes of a packet's options, and the byte order they are in. */
  private optionBytes(window: ByteWindow, record: RecordView) {
    const length = Math.min(record.next - 4 - record.options, largestOptions);
    const section = this.declared.sectionAt(record.offset);
    const bytes = length < 4 || !section ? new Uint8Array(0) : window.slice(record.options, length);
    return { bytes, little: section?.little ?? this.little };
  }

  private readSection(window: ByteWindow, offset: number, record: RecordView): Found {
    const head = window.slice(offset, 24);
    const magic = u32(head, 8);
    const little = isLittle(head);
    if (little === undefined) return found.bad;
    const read32 = little ? u32le : u32;
    const read16 = little ? u16le : u16;
    const length = read32(head, 4);
    if (length < smallestSection || (length & 3) !== 0) return found.bad;
    const next = offset + length;
    if (next > window.size) return found.cut;
    record.offset = offset;
    record.next = next;
    record.flaw = hasOrder(magic)
      ? ''
      : `${wrongMagic(magic)}; it is read as ${little ? 'little' : 'big'}-endian`;
    const [major, minor] = [read16(head, 12), read16(head, 14)];
    const end = endOfBlock(window, little, length, record);
    if (end !== found.other) return end;
    if (offset >= this.known) {
      this.known = next;
      const options = window.slice(offset + 24, Math.min(length - smallestSection, largestOptions));
      const flaw = this.declared.addSection(offset, little, options);
      if (flaw !== '') record.flaw = flaw;
      else if (major !== 1)
        record.flaw = `the section says pcapng version ${major}.${minor}, which is not known`;
    }
    this.current = this.declared.sectionAt(offset);
    return found.other;
  }

  private readInterface(window: ByteWindow, section: OpenSection, length: number, record: RecordView): void {
    const body = window.slice(record.offset + 8, Math.min(length - emptyBlock, largestOptions));
    const flaw = this.declared.addInterface(section, record.offset, body);
    if (flaw !== '') record.flaw = flaw;
  }

  /** A block that is neither a packet nor declares where packets come from. */
  private readOther(
    window: ByteWindow,
    section: OpenSection,
    type: number,
    length: number,
    record: RecordView,
  ): void {
    const { offset } = record;
    const kept = this.others.wants(type) ? Math.min(length - emptyBlock, largestBody) : 0;
    this.others.add({ type, offset, length }, window.slice(offset + 8, kept), section.little, (number) =>
      this.declared.clock(section, number),
    );
  }

  /** An enhanced packet block, or its forerunner, which has a drop count in the upper half of the interface number. */
  private readPacket(
    window: ByteWindow,
    section: OpenSection,
    type: number,
    length: number,
    record: RecordView,
  ): void {
    const view = window.view;
    const little = section.little;
    const start = record.offset - window.base;
    const id =
      type === blockType.packet
        ? view.getUint16(start + at.interface, little)
        : view.getUint32(start + at.interface, little);
    const room = length - enhancedLength;
    let captured = view.getUint32(start + at.captured, little);
    if (captured > room) {
      record.flaw = `a packet claims ${grouped(captured)} captured bytes, its block has room for ${grouped(room)}`;
      captured = room;
    }
    record.data = record.offset + at.data;
    record.captured = captured;
    record.wire = view.getUint32(start + at.wire, little);
    record.options = record.data + ((captured + 3) & ~3);
    record.timed = true;
    this.setInterface(section, id, record);
    const its = this.declared.clocks[record.interface] ?? usualClock;
    record.digits = its.digits;
    its.read(view.getUint32(start + at.high, little), view.getUint32(start + at.low, little));
    record.seconds = its.seconds;
    record.fraction = its.fraction;
  }

  /** A packet without time or captured length, from the first interface of the section. */
  private readSimplePacket(
    window: ByteWindow,
    section: OpenSection,
    length: number,
    record: RecordView,
  ): void {
    const wire = window.view.getUint32(record.offset - window.base + 8, section.little);
    const room = length - simpleLength;
    this.setInterface(section, 0, record);
    const snapLength = this.interfaces[record.interface]?.snapLength ?? 0;
    const captured = snapLength > 0 ? Math.min(wire, snapLength) : wire;
    if (captured > room)
      record.flaw = `a packet claims ${grouped(captured)} captured bytes, its block has room for ${grouped(room)}`;
    record.data = record.offset + 12;
    record.captured = Math.min(captured, room);
    record.wire = wire;
    record.options = record.next;
    record.timed = false;
    record.seconds = 0;
    record.fraction = 0;
    record.digits = 0;
  }

  private setInterface(section: OpenSection, id: number, record: RecordView): void {
    if (id < section.interfaceCount) {
      record.interface = section.firstInterface + id;
      return;
    }
    record.interface = -1;
    record.flaw = `a packet names interface ${grouped(id)}; the section has described ${grouped(section.interfaceCount)} so far`;
  }
}

/**
 * `other` when the block ends as it should: its last four bytes repeat its length, or what follows is a block at
 * least. Else `bad`, or `cut` when the end is not there.
 */
function endOfBlock(window: ByteWindow, little: boolean, length: number, record: RecordView): Found {
  const end = record.next - 4;
  if (!window.has(end, 4)) return found.cut;
  const repeated = window.view.getUint32(end - window.base, little);
  if (repeated === length) return found.other;
  if (record.next !== window.size && judgeBlock(window, record.next, little) < 0) return found.bad;
  if (record.flaw === '')
    record.flaw = `a block says ${grouped(length)} bytes at its start and ${grouped(repeated)} at its end`;
  return found.other;
}
