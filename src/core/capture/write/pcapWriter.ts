import { counted } from '../../base/words.js';
import type { ByteWindow } from '../byteWindow.js';
import { powerOfTen } from '../captureTime.js';
import { usualLargestPacket, type RecordReader, type RecordView } from '../record.js';
import type { ByteWriter } from './byteWriter.js';
import type { CaptureWriter } from './captureWriter.js';

const magic = { 6: 0xa1b2c3d4, 9: 0xa1b23c4d } as const;
const latestSecond = 2 ** 32 - 1;

/** The packets of a capture cannot all be in one file of the format that was chosen. `message` is for the user. */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
}

/**
 * Writes pcap (little-endian, version 2.4): with microseconds, or with nanoseconds where an interface has finer times.
 * The format has one link type and no interfaces, comments or options.
 */
export class PcapWriter implements CaptureWriter {
  private readonly digits: 6 | 9;
  private readonly header = new Uint8Array(16);
  private readonly fields = new DataView(this.header.buffer);
  /** The link type of the file; known with the first packet. */
  private linkType = -1;
  private finer = 0;
  private timeless = 0;
  private outside = 0;
  private optioned = 0;

  constructor(
    private readonly reader: RecordReader,
    private readonly out: ByteWriter,
  ) {
    this.digits = reader.interfaces.some(({ clock }) => clock.digits > 6) ? 9 : 6;
  }

  /** Throws an {@link UnwritableError} for packets of a second link type. */
  add(record: RecordView, window: ByteWindow): void {
    this.checkLinkType(this.reader.interfaces[record.interface]?.linkType);
    const { fields } = this;
    this.putTime(record);
    fields.setUint32(8, record.captured, true);
    fields.setUint32(12, record.wire, true);
    this.out.bytes(this.header);
    this.out.bytes(window.slice(record.data, record.captured));
    if (record.options + 8 <= record.next) this.optioned++;
  }

  end(): void {
    if (this.linkType < 0) this.begin(this.reader.interfaces[0]?.linkType ?? 1);
  }

  get notes(): readonly string[] {
    const notes: string[] = [];
    if (this.timeless > 0)
      notes.push(
        `${counted(this.timeless, 'packet')} without a time got the time 0: pcap has no packets without one.`,
      );
    if (this.outside > 0)
      notes.push(
        `${counted(this.outside, 'packet')} got another time: pcap has times from 1970 to 2106 only.`,
      );
    if (this.finer > 0)
      notes.push(
        `The times of ${counted(this.finer, 'packet')} were cut to nanoseconds, the finest pcap has.`,
      );
    if (this.optioned > 0)
      notes.push(
        `The comments and options of ${counted(this.optioned, 'packet')} were left out: pcap has none. pcapng keeps them.`,
      );
    if (this.reader.interfaces.length > 1)
      notes.push('Which interface a packet came from was left out: pcap has none. pcapng keeps it.');
    if (this.reader.blocks.length > 0)
      notes.push('Names, statistics and other blocks of the file were left out: pcap has packets only.');
    return notes;
  }

  private checkLinkType(linkType: number | undefined): void {
    if (linkType === this.linkType && linkType >= 0) return;
    if (linkType === undefined)
      throw new UnwritableError(
        'A packet is of an interface that the file does not describe, so its link type is not known. Leave it out of what is exported.',
      );
    if (this.linkType >= 0)
      throw new UnwritableError(
        `The packets have several link types (${this.linkType} and ${linkType}); pcap has only one. Export them as pcapng.`,
      );
    this.linkType = linkType;
    this.begin(linkType);
  }

  private begin(linkType: number): void {
    const bytes = new Uint8Array(24);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, magic[this.digits], true);
    view.setUint16(4, 2, true);
    view.setUint16(6, 4, true);
    // Readers cut packets at this length: it must not be shorter than any.
    const longest = Math.max(
      usualLargestPacket,
      ...this.reader.interfaces.map(({ snapLength }) => snapLength),
    );
    view.setUint32(16, Math.min(longest, 0x7fffffff), true);
    view.setUint32(20, linkType, true);
    this.out.bytes(bytes);
  }

  private putTime({ timed, seconds, fraction, digits }: RecordView): void {
    const { fields } = this;
    if (!timed) this.timeless++;
    if (seconds < 0 || seconds > latestSecond) this.outside++;
    fields.setUint32(0, Math.min(Math.max(0, seconds), latestSecond), true);
    let parts = fraction;
    if (digits <= this.digits) parts *= powerOfTen(this.digits - digits);
    else {
      const unit = powerOfTen(digits - this.digits);
      parts = Math.floor(fraction / unit);
      if (parts * unit !== fraction) this.finer++;
    }
    fields.setUint32(4, parts, true);
  }
}
