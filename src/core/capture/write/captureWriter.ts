import type { ByteWindow } from '../byteWindow.js';
import type { RecordReader, RecordView } from '../record.js';
import type { ByteWriter } from './byteWriter.js';
import { PcapWriter } from './pcapWriter.js';
import { PcapngWriter } from './pcapngWriter.js';

/** Writes packets of a capture into a new one. */
export interface CaptureWriter {
  /** Adds a packet; `window` shows the file that it comes from. */
  add(record: RecordView, window: ByteWindow): void;
  /** Completes the file, which is one that can be read also without packets. */
  end(window: ByteWindow): void;
  /** What could not be kept as it was, a sentence each. To be asked at the end. */
  readonly notes: readonly string[];
}

export type WrittenFormat = 'pcap' | 'pcapng';

/** Begins a capture with packets of another; `out` gets its bytes. */
export function captureWriter(format: WrittenFormat, reader: RecordReader, out: ByteWriter): CaptureWriter {
  return format === 'pcap' ? new PcapWriter(reader, out) : new PcapngWriter(reader, out);
}
