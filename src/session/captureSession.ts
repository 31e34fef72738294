import { ByteSourceError, type ByteSource } from '../core/capture/byteSource.js';
import { isCapture, openCapture } from '../core/capture/captureFile.js';
import { CaptureIndex } from '../core/capture/captureIndex.js';
import { timeBetween, timeText } from '../core/capture/captureTime.js';
import type { CaptureCalls, CaptureSummary, NotACapture, PacketDetail, PacketRow } from '../rpc/capture.js';
import type { Argument, Answer, Handlers } from '../rpc/messages.js';
import type { ListId } from '../rpc/packetList.js';
import { captureSummary } from './captureSummary.js';
import { commentNode, frameNode } from './frameNode.js';
import { Marks } from './marks.js';
import { PacketList } from './packetList.js';
import { PacketReader } from './packetReader.js';
import { AllPackets } from './packetSet.js';
import type { SessionSurroundings } from './surroundings.js';
import { Turns, type Job } from './turns.js';

export type { SessionSurroundings } from './surroundings.js';

/** Read before `open` answers: enough for many screens of rows, little enough to be there at once. */
const firstStep = 1024 * 1024;
/** Read between two looks at the clock. */
const indexStep = 1024 * 1024;
/** Milliseconds between two `progress` events. */
const progressInterval = 100;

/** A call as a session answers it. */
type Takes<K extends keyof CaptureCalls> = Argument<CaptureCalls, K>;
type Gives<K extends keyof CaptureCalls> = Answer<CaptureCalls, K>;

/**
 * An open capture that answers its views. It knows nothing of threads or files: a worker runs it over a file, tests
 * and virtual file systems over a buffer.
 */
export class CaptureSession implements Handlers<CaptureCalls> {
  private opened: Capture | NotACapture | undefined;
  private readonly marks = new Marks();
  private readonly all = new AllPackets(() => this.capture?.index.packets ?? 0);
  private readonly lists = new Map<ListId, PacketList>();
  private readonly turns: Turns;
  private closed = false;
  private lost = false;
  private lastProgress = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly surroundings: SessionSurroundings,
  ) {
    this.turns = new Turns(
      (task) => {
        surroundings.defer(task);
      },
      (error) => {
        this.failed(error);
      },
    );
  }

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
        this.opened = { index, packets: new PacketReader(index, this.marks) };
        this.indexInBackground();
      } else this.opened = reader;
    }
    return 'index' in this.opened ? captureSummary(this.source, this.opened.index) : this.opened;
  }

  packet({ number }: Takes<'packet'>): Gives<'packet'> {
    return this.reading(() =>
      this.capture?.packets.go(number) ? packetDetail(this.capture.packets) : undefined,
    );
  }

  look({ list, look }: Takes<'look'>): Gives<'look'> {
    return this.list(list)?.look(look) ?? [];
  }

  filter({ list, text }: Takes<'filter'>): Gives<'filter'> {
    return this.list(list)?.filter(text) ?? [];
  }

  sort({ list }: Takes<'sort'>): undefined {
    this.list(list)?.sort();
  }

  stop(): undefined {
    // Nothing that could be stopped is under way.
  }

  state({ list }: Takes<'state'>): Gives<'state'> {
    return (
      this.list(list)?.state ?? {
        list,
        age: 0,
        filter: '',
        sort: undefined,
        shown: 0,
        examined: 0,
        packets: 0,
        phase: 'ready',
      }
    );
  }

  rows({ list, first, count }: Takes<'rows'>): Gives<'rows'> {
    const its = this.list(list);
    const rows = this.reading(() => its?.rows(first, count)) ?? [];
    return { age: its?.state.age ?? 0, rows };
  }

  rowOf({ list, number }: Takes<'rowOf'>): number {
    return this.list(list)?.rowOf(number) ?? -1;
  }

  find(): Gives<'find'> {
    return {};
  }

  drop({ list }: Takes<'drop'>): undefined {
    this.lists.delete(list);
  }

  complete(): Gives<'complete'> {
    return [];
  }

  check(): Gives<'check'> {
    return [];
  }

  mark({ which, marked }: Takes<'mark'>): undefined {
    if (which === 'all' && !marked) this.marks.clear();
    else for (const number of this.numbersOf(which)) this.marks.set(number, marked);
    this.surroundings.send('marks', { marked: this.marks.count });
    for (const list of this.lists.values()) list.renew();
  }

  nextMark({ list, number, backwards = false }: Takes<'nextMark'>): Gives<'nextMark'> {
    return this.list(list)?.nextMark(number, backwards);
  }

  export(): Gives<'export'> {
    throw new Error('Packets cannot be exported yet.');
  }

  properties(): Gives<'properties'> {
    return [];
  }

  /** Looks whether the file has grown, shrunk or gone; new packets are indexed, the views are told. */
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
    this.turns.close();
    this.source.close();
  }

  private get capture(): Capture | undefined {
    return this.opened && 'index' in this.opened ? this.opened : undefined;
  }

  /** A view's list, made when first asked for; none where there is no capture. */
  private list(id: ListId): PacketList | undefined {
    const { capture } = this;
    if (!capture) return undefined;
    let list = this.lists.get(id);
    if (list === undefined) {
      list = new PacketList(id, {
        packets: capture.packets,
        marks: this.marks,
        all: this.all,
        tell: (state) => {
          this.surroundings.send('list', state);
        },
      });
      this.lists.set(id, list);
    }
    return list;
  }

  private *numbersOf(which: Takes<'mark'>['which']): Iterable<number> {
    const packets = this.all.size;
    if (which === 'all') for (let number = 1; number <= packets; number++) yield number;
    else if ('shown' in which) yield* this.list(which.shown)?.numbers() ?? [];
    else yield* which.filter((number) => Number.isInteger(number) && number >= 1 && number <= packets);
  }

  private indexInBackground(): void {
    const index = this.capture?.index;
    if (!index || index.done) return;
    this.turns.add(this.indexing);
  }

  private readonly indexing: Job = {
    step: (until) => {
      const index = this.capture?.index;
      if (!index) return true;
      let done = false;
      do done = index.step(indexStep);
      while (!done && performance.now() < until);
      const now = performance.now();
      if (done || now - this.lastProgress >= progressInterval) {
        this.lastProgress = now;
        this.surroundings.send('progress', captureSummary(this.source, index));
        for (const list of this.lists.values()) list.tell();
      }
      return done;
    },
  };

  /** Does something that reads the file; when the file fails, the views are told once and the answer is undefined. */
  private reading<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  private failed(error: unknown): void {
    if (!(error instanceof ByteSourceError)) throw error;
    if (!this.lost && !this.closed) this.surroundings.send('lost', { message: error.message });
    this.lost = true;
  }
}

/** An open capture and what reads its packets for the views. */
interface Capture {
  readonly index: CaptureIndex;
  readonly packets: PacketReader;
}

/** All that is shown of the packet at hand. */
function packetDetail(packets: PacketReader): PacketDetail {
  const { number, record, index, before, first } = packets;
  const layers = packets.decoder.tree(packets.walk);
  const { comments } = packets;
  const frame = frameNode({ number, record, reader: index.reader, layers, before, first });
  return {
    row: packetRow(packets),
    // Bytes leave for another thread: they must not drag the window along.
    bytes: packets.bytes.slice(),
    layers: [...(comments.length > 0 ? [commentNode(comments)] : []), frame, ...layers],
  };
}

function packetRow({ number, record, first, summary }: PacketReader): PacketRow {
  return {
    number,
    time: record.timed && first ? timeText(timeBetween(first, record)) : '',
    source: summary.source,
    destination: summary.destination,
    protocol: summary.protocol,
    length: record.wire,
    info: summary.info,
    tone: summary.problem || record.flaw !== '' ? 'problem' : 'plain',
  };
}
