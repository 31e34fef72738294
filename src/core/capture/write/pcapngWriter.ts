import { u32, u32le } from '../../base/bytes.js';
import { counted } from '../../base/words.js';
import type { ByteWindow } from '../byteWindow.js';
import { powerOfTen } from '../captureTime.js';
import type { CaptureInterface, RecordReader, RecordView } from '../record.js';
import type { ByteWriter } from './byteWriter.js';
import type { CaptureWriter } from './captureWriter.js';

const blockType = {
  section: 0x0a0d0d0a,
  interface: 1,
  packet: 2,
  simplePacket: 3,
  enhancedPacket: 6,
} as const;
const byteOrderMagic = 0x1a2b3c4d;
/** Blocks that hold for packets whichever of them are written: names of addresses, and secrets for decryption. */
const keptTypes: ReadonlySet<number> = new Set([4, 10]);
/** Type, length, and the length again. */
const frame = 12;
/** Options of the blocks made here, and the mark behind the last. */
const optionCode = { end: 0, timeResolution: 9 } as const;

/**
 * Writes pcapng. Blocks of a pcapng file are copied as they stand, options and comments too, in sections like those
 * they come from; for the packets of a pcap file new ones are made, little-endian.
 */
export class PcapngWriter implements CaptureWriter {
  /** Index of the section, among those of the reader, that the section being written is a copy of. */
  private section = -1;
  private little = true;
  /** Numbers within the section being written, by index into the reader's interfaces. */
  private readonly ids = new Map<number, number>();
  private nameless = 0;
  /** Titles of the blocks that are not copied. */
  private readonly leftOut = new Set<string>();

  constructor(
    private readonly reader: RecordReader,
    private readonly out: ByteWriter,
  ) {}

  add(record: RecordView, window: ByteWindow): void {
    const its = this.reader.interfaces[record.interface];
    if (its === undefined) {
      this.nameless++;
      return;
    }
    if (its.block === undefined) this.make(record, its, window);
    else this.copy(record, its, window);
  }

  end(window: ByteWindow): void {
    if (this.section >= 0) return;
    const [first] = this.reader.interfaces;
    if (first?.block === undefined) {
      this.out.bytes(newSection());
      if (first) this.out.bytes(newInterface(first));
    } else
      this.enterSection(first.section, !(this.reader.sections[first.section]?.bigEndian ?? false), window);
  }

  get notes(): readonly string[] {
    const notes: string[] = [];
    if (this.nameless > 0)
      notes.push(
        `${counted(this.nameless, 'packet')} of interfaces that the file does not describe ${this.nameless === 1 ? 'was' : 'were'} left out: their link type is not known.`,
      );
    const { unlistedBlocks } = this.reader;
    const others = [
      ...this.leftOut,
      ...(unlistedBlocks > 0 ? [counted(unlistedBlocks, 'further block')] : []),
    ];
    if (others.length > 0)
      notes.push(`What the file holds beside packets was left out in part: ${others.join(', ')}.`);
    return notes;
  }

  /** A packet block of the file, with the number that its interface has here. */
  private copy(record: RecordView, its: CaptureInterface, window: ByteWindow): void {
    const little = !(this.reader.sections[its.section]?.bigEndian ?? false);
    const type = wordAt(window, record.offset, little);
    const isSimple = type === blockType.simplePacket;
    this.enterSection(its.section, little, window);
    // Simple packets have no number of an interface: they belong to the first of their section.
    if (isSimple && (this.ids.get(record.interface) ?? this.ids.size) !== 0)
      this.beginSection(its.section, window);
    const id = this.ids.get(record.interface) ?? this.addInterface(record.interface, window);

    const length = record.next - record.offset;
    const block = window.slice(record.offset, length).slice();
    const view = new DataView(block.buffer);
    if (type === blockType.packet) view.setUint16(8, id, little);
    else if (!isSimple) view.setUint32(8, id, little);
    // Where a block contradicts itself, it is written as it was read.
    if (!isSimple) view.setUint32(20, record.captured, little);
    view.setUint32(length - 4, length, little);
    this.out.bytes(block);
  }

  /** Begins the section that a packet needs, where the one being written will not do. */
  private enterSection(section: number, little: boolean, window: ByteWindow): void {
    // Back in an earlier section, as in sorted lists, its interfaces are added to what there is.
    if (this.section < 0 || section > this.section || little !== this.little) {
      const isNew = section > this.section;
      this.little = little;
      this.beginSection(section, window);
      if (isNew) {
        this.reader.interfaces.forEach((its, index) => {
          if (its.section === section && !this.ids.has(index)) this.addInterface(index, window);
        });
        this.copyOtherBlocks(section, window);
      }
    }
  }

  private beginSection(section: number, window: ByteWindow): void {
    this.section = Math.max(this.section, section);
    this.ids.clear();
    const offset = this.reader.sections[section]?.offset ?? 0;
    const block = blockAt(window, offset, this.little);
    new DataView(block.buffer).setUint32(8, byteOrderMagic, this.little);
    // The length of the section is not known before its end.
    block.fill(0xff, 16, 24);
    this.out.bytes(block);
  }

  /** Names and secrets come before the packets that need them; statistics are of packets that may not be written. */
  private copyOtherBlocks(section: number, window: ByteWindow): void {
    const { sections, blocks } = this.reader;
    const from = sections[section]?.offset ?? 0;
    const to = sections[section + 1]?.offset ?? Infinity;
    for (const { offset, title } of blocks) {
      if (offset < from || offset >= to) continue;
      if (keptTypes.has(wordAt(window, offset, this.little)))
        this.out.bytes(blockAt(window, offset, this.little));
      else this.leftOut.add(title);
    }
  }

  private addInterface(index: number, window: ByteWindow): number {
    const id = this.ids.size;
    this.ids.set(index, id);
    const offset = this.reader.interfaces[index]?.block;
    if (offset !== undefined) this.out.bytes(blockAt(window, offset, this.little));
    return id;
  }

  /** A packet of a pcap file. */
  private make(record: RecordView, its: CaptureInterface, window: ByteWindow): void {
    if (this.section < 0) {
      this.section = 0;
      this.out.bytes(newSection());
      this.out.bytes(newInterface(its));
    }
    const head = new Uint8Array(28);
    const padding = -record.captured & 3;
    const length = head.length + record.captured + padding + 4;
    const view = new DataView(head.buffer);
    view.setUint32(0, blockType.enhancedPacket, true);
    view.setUint32(4, length, true);
    putTicks(view, 12, record, its.clock.digits);
    view.setUint32(20, record.captured, true);
    view.setUint32(24, record.wire, true);
    this.out.bytes(head);
    this.out.bytes(window.slice(record.data, record.captured));
    const tail = new Uint8Array(padding + 4);
    new DataView(tail.buffer).setUint32(padding, length, true);
    this.out.bytes(tail);
  }
}

/** A block of the file, to be changed and written; its length is as the reader has checked it. */
function blockAt(window: ByteWindow, offset: number, little: boolean): Uint8Array {
  const length = wordAt(window, offset + 4, little);
  const block = window.slice(offset, length).slice();
  if (block.length >= frame) new DataView(block.buffer).setUint32(block.length - 4, length, little);
  return block;
}

function wordAt(window: ByteWindow, offset: number, little: boolean): number {
  return (little ? u32le : u32)(window.slice(offset, 4), 0);
}

function newSection(): Uint8Array {
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, blockType.section, true);
  view.setUint32(4, bytes.length, true);
  view.setUint32(8, byteOrderMagic, true);
  view.setUint16(12, 1, true);
  bytes.fill(0xff, 16, 24);
  view.setUint32(24, bytes.length, true);
  return bytes;
}

function newInterface({ linkType, snapLength, clock }: CaptureInterface): Uint8Array {
  const bytes = new Uint8Array(frame + 8 + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, blockType.interface, true);
  view.setUint32(4, bytes.length, true);
  view.setUint16(8, linkType, true);
  view.setUint32(12, snapLength, true);
  view.setUint16(16, optionCode.timeResolution, true);
  view.setUint16(18, 1, true);
  view.setUint8(20, clock.digits);
  view.setUint16(24, optionCode.end, true);
  view.setUint32(28, bytes.length, true);
  return bytes;
}

/** A time as a 64-bit count of ticks of 10^-digits seconds, upper half first, without big integers. */
function putTicks(view: DataView, at: number, { seconds, fraction }: RecordView, digits: number): void {
  const perSecond = powerOfTen(digits);
  const upper = Math.floor(seconds / 0x10000) * perSecond;
  const lower = (seconds % 0x10000) * perSecond + fraction + (upper % 0x10000) * 0x10000;
  view.setUint32(at, Math.floor(upper / 0x10000) + Math.floor(lower / 2 ** 32), true);
  view.setUint32(at + 4, lower % 2 ** 32, true);
}
