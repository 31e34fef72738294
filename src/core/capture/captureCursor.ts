import type { CaptureIndex } from './captureIndex.js';
import { PacketScan } from './packetScan.js';
import type { FileDetail, RecordView } from './record.js';

/** Enough for a screen of full-sized packets in one read. */
const defaultChunkSize = 256 * 1024;

/**
 * Goes to any packet that the index knows: to the checkpoint before it, then from record to record. Going on to the
 * next packet is one hop.
 */
export class CaptureCursor {
  private readonly scan: PacketScan;

  constructor(index: CaptureIndex, chunkSize = defaultChunkSize) {
    this.scan = new PacketScan(index, chunkSize);
  }

  get record(): RecordView {
    return this.scan.record;
  }

  /** Goes to a packet by number (from 1); false when the index has no such packet (yet). */
  seek(number: number): boolean {
    if (number === this.scan.number && number >= 1) return true;
    return this.scan.seek(number) && this.scan.next();
  }

  /** The captured bytes of the packet in `record`: a view, good until the cursor moves. */
  bytes(): Uint8Array {
    return this.scan.bytes();
  }

  /** The comments that the file gives the packet in `record`. */
  comments(): readonly string[] {
    return this.scan.comments();
  }

  /** Whether the file gives the packet in `record` comments; cheaper than reading them. */
  get hasComment(): boolean {
    return this.scan.hasComment;
  }

  /** All options that the file gives the packet in `record`. */
  options(): readonly FileDetail[] {
    return this.scan.options();
  }
}
