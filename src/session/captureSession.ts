import { ByteSourceError, type ByteSource } from '../core/capture/byteSource.js';
import { CaptureCursor } from '../core/capture/captureCursor.js';
import { isCapture, openCapture } from '../core/capture/captureFile.js';
import { CaptureIndex } from '../core/capture/captureIndex.js';
import { timeBetween, timeText } from '../core/capture/captureTime.js';
import { Decoder } from '../core/dissect/decoder.js';
import { linkTypeName } from '../core/dissect/linkTypes.js';
import type {
  CaptureCalls,
  CaptureEvents,
  CaptureSummary,
  NotACapture,
  PacketDetail,
  PacketRow,
} from '../rpc/capture.js';
import type { Handlers } from '../rpc/messages.js';
import { commentNode, frameNode } from './frameNode.js';

/** What a session needs of whoever runs it. */
export interface SessionSurroundings {
  /** Tells the view something. */
  send<K extends keyof CaptureEvents>(name: K, payload: CaptureEvents[K]): void;
  /** Runs a task after other work that waits, such as calls that have arrived, has had its turn. */
  defer(task: () => void): void;
}

/** Read before `open` answers: enough for many screens of rows, little enough to be there at once. */
const firstStep = 1024 * 1024;
/** Read between two looks at what else there is to do: some milliseconds. */
const backgroundStep = 8 * 1024 * 1024;
/** Milliseconds between two `progress` events. */
const progressInterval = 100;
/** More rows than any screen shows; a call for more is cut to this. */
const mostRows = 5000;

/**
 * An open capture that answers its view. It knows nothing of threads or files: a worker runs it over a file, tests
 * and virtual file systems over a buffer.
 */
export class CaptureSession implements Handlers<CaptureCalls> {
  private readonly decoder = new Decoder();
  private opened: { readonly index: CaptureIndex; readonly cursor: CaptureCursor } | NotACapture | undefined;
  private indexing = false;
  private closed = false;
  private lost = false;
  private lastProgress = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly surroundings: SessionSurroundings,
  ) {}

  /**
   * Reads the first packets and goes on with the rest in the background. Opening again tells how things stand.
   * Throws a {@link ByteSourceError} when the file cannot be read at all.
   */
  open(): CaptureSummary | NotACapture {
    if (this.opened === undefined) {
      const reader = openCapture(this.source);
      if (isCapture(reader)) {
        const index = new CaptureIndex(this.source, reader);
        index.step(firstStep);
        this.opened = { index, cursor: new CaptureCursor(index) };
        this.indexInBackground();
      } else this.opened = reader;
    }
    return 'index' in this.opened ? this.summary(this.opened.index) : this.opened;
  }

  rows({ first, count }: { readonly first: number; readonly count: number }): readonly PacketRow[] {
    const rows: PacketRow[] = [];
    this.reading(() => {
      for (let number = first + 1; rows.length < Math.min(count, mostRows); number++) {
        const row = this.decode(number);
        if (!row) break;
        rows.push(row.row);
      }
    });
    return rows;
  }

  packet({ number }: { readonly number: number }): PacketDetail | undefined {
    return this.reading(() => {
      // The time since the packet before is shown, so go there first; from there it is one hop.
      const before = this.capture?.cursor.seek(number - 1) ? copyTime(this.capture.cursor.record) : undefined;
      const decoded = this.decode(number);
      if (!decoded || !this.capture) return undefined;
      const { index, cursor } = this.capture;
      const layers = this.decoder.tree(decoded.walk);
      const comments = cursor.comments();
      const frame = frameNode({
        number,
        record: cursor.record,
        reader: index.reader,
        layers,
        before,
        first: index.statistics.first,
      });
      // Bytes leave for another thread: they must not drag the window along.
      const bytes = cursor.bytes().slice();
      return {
        row: decoded.row,
        bytes,
        layers: [...(comments.length > 0 ? [commentNode(comments)] : []), frame, ...layers],
      };
    });
  }

  /** Looks whether the file has grown, shrunk or gone; new packets are indexed, the view is told. */
  refresh(): void {
    this.reading(() => {
      if (!this.source.refresh() || !this.capture) return;
      this.capture.index.grown();
      this.indexInBackground();
    });
  }

  /** Stops all background work and lets go of the file. */
  close(): void {
    this.closed = true;
    this.source.close();
  }

  private get capture() {
    return this.opened && 'index' in this.opened ? this.opened : undefined;
  }

  /** Reads and walks a packet; the walk is good until the next one. */
  private decode(number: number) {
    const { capture } = this;
    if (!capture?.cursor.seek(number)) return undefined;
    const { record } = capture.cursor;
    const { reader, statistics } = capture.index;
    const walk = this.decoder.walk(
      capture.cursor.bytes(),
      reader.interfaces[record.interface]?.linkType ?? -1,
      record.wire,
      record.timed ? record.seconds : undefined,
    );
    const summary = this.decoder.summary(walk);
    const row: PacketRow = {
      number,
      time: record.timed && statistics.first ? timeText(timeBetween(statistics.first, record)) : '',
      source: summary.source,
      destination: summary.destination,
      protocol: summary.protocol,
      length: record.wire,
      info: summary.info,
      tone: summary.problem || record.flaw !== '' ? 'problem' : 'plain',
    };
    return { row, walk };
  }

  private indexInBackground(): void {
    const index = this.capture?.index;
    if (!index || index.done || this.indexing) return;
    this.indexing = true;
    this.surroundings.defer(() => {
      this.indexing = false;
      if (this.closed) return;
      this.reading(() => {
        const done = index.step(backgroundStep);
        const now = performance.now();
        if (done || now - this.lastProgress >= progressInterval) {
          this.lastProgress = now;
          this.surroundings.send('progress', this.summary(index));
        }
        this.indexInBackground();
      });
    });
  }

  /** Does something that reads the file; when the file fails, the view is told once and the answer is undefined. */
  private reading<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ByteSourceError)) throw error;
      if (!this.lost && !this.closed) this.surroundings.send('lost', { message: error.message });
      this.lost = true;
      return undefined;
    }
  }

  private summary(index: CaptureIndex): CaptureSummary {
    const { first } = index.statistics;
    const { duration } = index;
    return {
      name: this.source.name,
      size: this.source.size,
      format: [index.reader.format, this.source.packing].filter(Boolean).join(', '),
      interfaces: index.reader.interfaces.map(({ name, linkType }) => ({
        name: name ?? '',
        linkType: linkTypeName(linkType),
      })),
      packets: index.packets,
      indexed: index.position,
      done: index.done,
      duration: duration ? timeText(duration) : '',
      firstTime: first ? timeText(first) : '',
      damage: index.damage,
    };
  }
}

function copyTime({ seconds, fraction, digits, timed }: CaptureCursor['record']) {
  return timed ? { seconds, fraction, digits } : undefined;
}
