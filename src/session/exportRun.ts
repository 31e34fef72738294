import type { CaptureIndex } from '../core/capture/captureIndex.js';
import type { ByteSink } from '../core/capture/write/byteWriter.js';
import type { ExportReply } from '../rpc/packetList.js';
import type { ExportWriter } from './exportWriters.js';
import type { Marks } from './marks.js';
import { PacketReader, passChunk } from './packetReader.js';
import type { Job } from './turns.js';

/** Packets written between two looks at the clock. */
const packetsAtOnce = 32;

/** A file that is being written. It takes the place of one of its name only when it is complete. */
export interface FileSink extends ByteSink {
  /** Completes the file. */
  close(): void;
  /** Leaves nothing of it. */
  discard(): void;
}

/** The packets to write, in order. */
export interface ExportedPackets {
  /** How many there are, as far as is known now. */
  readonly size: number;
  /** Whether more may become known. */
  readonly growing: boolean;
  at(place: number): number;
}

/** Writes packets in the background. */
export class ExportRun implements Job {
  private written = 0;
  private place = 0;
  private isOver = false;
  private readonly packets: PacketReader;

  constructor(
    private readonly exported: ExportedPackets,
    ground: { readonly index: CaptureIndex; readonly marks: Marks },
    private readonly writer: ExportWriter,
    private readonly sink: FileSink,
    private readonly hooks: {
      ended(reply: ExportReply): void;
      failed(error: unknown): void;
      /** Told after each slice how far the export is, 0 to 1. */
      went(share: number): void;
    },
  ) {
    this.packets = new PacketReader(ground.index, ground.marks, passChunk);
  }

  step(until: number): boolean {
    const { exported, writer, packets } = this;
    while (this.place < exported.size) {
      const before = this.place > 0 ? exported.at(this.place - 1) : 0;
      if (writer.add(packets, exported.at(this.place++), before)) this.written++;
      if (this.place % packetsAtOnce === 0 && performance.now() >= until) break;
    }
    this.hooks.went(exported.size === 0 ? 0 : this.place / exported.size);
    if (this.place < exported.size || exported.growing) return false;
    writer.end();
    this.sink.close();
    this.end({ packets: this.written, size: writer.size, notes: writer.notes });
    return true;
  }

  /** Leaves nothing of what was written. */
  stop(): void {
    if (this.isOver) return;
    this.sink.discard();
    this.end({ packets: 0, size: 0, notes: [], stopped: true });
  }

  failed(error: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.sink.discard();
    this.hooks.failed(error);
  }

  private end(reply: ExportReply): void {
    this.isOver = true;
    this.hooks.ended(reply);
  }
}
