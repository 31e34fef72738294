import assert from 'node:assert/strict';
import { BufferSource, type ByteSource } from '../../../src/core/capture/byteSource.js';
import { CaptureCursor } from '../../../src/core/capture/captureCursor.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import { timeText } from '../../../src/core/capture/captureTime.js';

/** A packet as the readers found it. */
export interface ReadPacket {
  /** Empty without a time stamp. */
  readonly time: string;
  readonly wire: number;
  readonly captured: number;
  /** Number in its section; undefined where the file does not describe the interface. */
  readonly interface: number | undefined;
  readonly bytes: Uint8Array;
}

/** Indexes bytes in steps and windows of the given sizes. */
export function indexOf(bytes: Uint8Array | ByteSource, chunkSize = 4096, step = 1000): CaptureIndex {
  const source = bytes instanceof Uint8Array ? new BufferSource('test.pcap', bytes) : bytes;
  const reader = openCapture(source);
  assert.ok(isCapture(reader), 'is a capture');
  const index = new CaptureIndex(source, reader, chunkSize);
  while (!index.step(step));
  return index;
}

/** All packets that an index knows, read through a cursor with windows of the given size. */
export function packetsOf(index: CaptureIndex, chunkSize = 4096): ReadPacket[] {
  const cursor = new CaptureCursor(index, chunkSize);
  return Array.from({ length: index.packets }, (_, at) => {
    assert.ok(cursor.seek(at + 1), `packet ${at + 1} is found`);
    const { record } = cursor;
    return {
      time: record.timed ? timeText(record) : '',
      wire: record.wire,
      captured: record.captured,
      interface: index.reader.interfaces[record.interface]?.id,
      bytes: cursor.bytes().slice(),
    };
  });
}

/** A file that is still being written: as many of its bytes are there as it was given so far. */
export class GrowingSource implements ByteSource {
  readonly name = 'growing.pcap';
  /** Bytes that were asked for, to see what is read twice. */
  bytesRead = 0;

  constructor(
    private readonly bytes: Uint8Array,
    public size: number,
  ) {}

  /** Writes so many more bytes; false when all were there. */
  grow(count: number): boolean {
    const before = this.size;
    this.size = Math.min(this.bytes.length, before + count);
    return this.size > before;
  }

  read(offset: number, length: number): Uint8Array {
    const bytes = this.bytes.subarray(offset, Math.min(this.size, offset + length));
    this.bytesRead += bytes.length;
    return bytes;
  }

  readInto(scratch: Uint8Array, offset: number): Uint8Array {
    return this.read(offset, scratch.length);
  }

  refresh(): boolean {
    return true;
  }

  close(): void {
    // Nothing is held open.
  }
}
