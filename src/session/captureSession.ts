import { ByteSourceError, type ByteSource } from '../core/capture/byteSource.js';
import { isCapture, openCapture } from '../core/capture/captureFile.js';
import { CaptureIndex } from '../core/capture/captureIndex.js';
import { linkTypeName } from '../core/dissect/linkTypes.js';
import { checkFilter } from '../core/filter/displayFilter.js';
import { completeFilter } from '../core/filter/completeFilter.js';
import { captureProperties } from '../core/capture/captureProperties.js';
import type { CaptureCalls, CaptureSummary, NotACapture } from '../rpc/capture.js';
import type { Answer, Argument, Handlers } from '../rpc/messages.js';
import type { ListId, ListState } from '../rpc/packetList.js';
import { captureSummary } from './captureSummary.js';
import { ColumnStore } from './columnStore.js';
import { Exports } from './exports.js';
import { Marks } from './marks.js';
import { packetDetail } from './packetDetail.js';
import { PacketList, type ListSurroundings } from './packetList.js';
import { PacketReader } from './packetReader.js';
import { AllPackets } from './packetSet.js';
import { usualLimits, type SessionLimits, type SessionSurroundings } from './surroundings.js';
import { Turns, type Job } from './turns.js';

export type { SessionLimits, SessionSurroundings } from './surroundings.js';

/** Read before `open` answers: enough for many screens of rows, little enough to be there at once. */
const firstStep = 1024 * 1024;
/** Read between two looks at the clock. */
const indexStep = 1024 * 1024;
/** Milliseconds between two `progress` events. */
const progressInterval = 100;

/** What a call takes, and what it answers. */
type Takes<K extends keyof CaptureCalls> = Argument<CaptureCalls, K>;
type Gives<K extends keyof CaptureCalls> = Answer<CaptureCalls, K>;

/**
 * An open capture that answers its views. It knows nothing of threads or files: a worker runs it over a file, tests
 * and virtual file systems over a buffer.
 */
export class CaptureSession implements Handlers<CaptureCalls> {
  private opened: ListSurroundings | NotACapture | undefined;
  private readonly lists = new Map<ListId, PacketList>();
  private readonly turns: Turns;
  private readonly exports: Exports;
  private hasGrown = false;
  private closed = false;
  private lost = false;
  private lastProgress = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly surroundings: SessionSurroundings,
    private readonly limits: SessionLimits = usualLimits,
  ) {
    this.turns = new Turns(
      (task) => {
        surroundings.defer(task);
      },
      (error, handled) => {
        this.failed(error, handled);
      },
    );
    this.exports = new Exports(this.turns, surroundings);
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
        this.opened = this.groundOf(index);
        this.goOn();
      } else this.opened = reader;
    }
    return 'index' in this.opened ? this.summary(this.opened) : this.opened;
  }

  packet({ number }: Takes<'packet'>): Gives<'packet'> {
    const packets = this.ground?.packets;
    return this.reading(() => (packets?.go(number) ? packetDetail(packets) : undefined));
  }

  look({ list, look }: Takes<'look'>): Gives<'look'> {
    return this.list(list)?.look(look) ?? [];
  }

  filter({ list, text }: Takes<'filter'>): Gives<'filter'> {
    return this.list(list)?.filter(text) ?? [];
  }

  sort({ list, by }: Takes<'sort'>): undefined {
    this.list(list)?.sort(by);
  }

  stop({ list }: Takes<'stop'>): undefined {
    this.lists.get(list)?.stop();
    this.exports.stop(list);
  }

  state({ list }: Takes<'state'>): Gives<'state'> {
    return this.list(list)?.state ?? emptyState(list);
  }

  rows({ list, first, count }: Takes<'rows'>): Gives<'rows'> {
    const its = this.list(list);
    const rows = this.reading(() => its?.rows(first, count)) ?? [];
    return { age: its?.state.age ?? 0, rows };
  }

  rowOf({ list, number }: Takes<'rowOf'>): number {
    return this.list(list)?.rowOf(number) ?? -1;
  }

  find({ list, ...find }: Takes<'find'>): Promise<Gives<'find'>> | Gives<'find'> {
    return this.list(list)?.find(find) ?? {};
  }

  drop({ list }: Takes<'drop'>): undefined {
    this.lists.get(list)?.close();
    this.lists.delete(list);
    this.exports.stop(list);
  }

  complete({ text, at }: Takes<'complete'>): Gives<'complete'> {
    return completeFilter(text, at);
  }

  check({ text }: Takes<'check'>): Gives<'check'> {
    return checkFilter(text);
  }

  mark({ which, marked }: Takes<'mark'>): undefined {
    const { ground } = this;
    if (!ground) return;
    const { marks, all } = ground;
    if (which !== 'all') {
      const numbers = 'shown' in which ? (this.lists.get(which.shown)?.rowOrder.numbers() ?? []) : which;
      for (const number of numbers)
        if (Number.isInteger(number) && number >= 1 && number <= all.size) marks.set(number, marked);
    } else if (marked) marks.fill(all.size);
    else marks.clear();
    this.surroundings.send('marks', { marked: marks.count });
    for (const list of this.lists.values()) list.renew();
  }

  nextMark({ list, number, backwards = false }: Takes<'nextMark'>): Gives<'nextMark'> {
    return this.list(list)?.nextMark(number, backwards);
  }

  export(order: Takes<'export'>): Promise<Gives<'export'>> {
    const list = this.list(order.list);
    if (!list || !this.ground) return Promise.reject(new Error('There are no packets to export.'));
    return this.exports.begin(order, list, this.ground);
  }

  properties(): Gives<'properties'> {
    const { ground } = this;
    return ground ? captureProperties(ground.index, linkTypeName) : [];
  }

  /** Looks whether the file has grown, shrunk or gone; new packets are indexed, the views are told. */
  refresh(): void {
    this.reading(() => {
      if (!this.source.refresh() || !this.ground) return;
      this.hasGrown = true;
      this.ground.index.grown();
      this.ground.columns.grown();
      this.goOn();
    });
  }

  /** Stops all background work and lets go of the file. */
  close(): void {
    this.closed = true;
    for (const list of this.lists.values()) list.close();
    this.exports.close();
    this.turns.close();
    this.source.close();
  }

  private get ground(): ListSurroundings | undefined {
    return this.opened && 'index' in this.opened ? this.opened : undefined;
  }

  private groundOf(index: CaptureIndex): ListSurroundings {
    const marks = new Marks();
    return {
      index,
      marks,
      columns: new ColumnStore(index, this.limits.columns),
      packets: new PacketReader(index, marks),
      all: new AllPackets(() => index.packets),
      turns: this.turns,
      send: (name, payload) => {
        this.surroundings.send(name, payload);
      },
    };
  }

  /** A view's list, made when first asked for; none where there is no capture. */
  private list(id: ListId): PacketList | undefined {
    const { ground } = this;
    let list = this.lists.get(id);
    if (ground && list === undefined) this.lists.set(id, (list = new PacketList(id, ground)));
    return list;
  }

  /** Indexes what is not, and has columns made of it when nothing else is to do. */
  private goOn(): void {
    const { ground } = this;
    if (!ground) return;
    if (!ground.index.done) this.turns.add(this.indexing);
    else if (ground.columns.canGrow) this.turns.add(this.columnMaking, { whenIdle: true });
  }

  private readonly indexing: Job = {
    step: (until) => {
      const { ground } = this;
      if (!ground) return true;
      let done = false;
      do done = ground.index.step(indexStep);
      while (!done && performance.now() < until);
      this.tellProgress(done);
      for (const list of this.lists.values()) list.grown();
      if (done) this.goOn();
      return done;
    },
  };

  private readonly columnMaking: Job = {
    step: (until) => {
      const { ground } = this;
      const done = ground?.columns.step(until) ?? true;
      this.tellProgress(done);
      return done;
    },
  };

  private tellProgress(now: boolean): void {
    const { ground } = this;
    const time = performance.now();
    if (!ground || (!now && time - this.lastProgress < progressInterval)) return;
    this.lastProgress = time;
    this.surroundings.send('progress', this.summary(ground));
  }

  private summary({ index, columns }: ListSurroundings): CaptureSummary {
    return captureSummary(this.source, index, columns, this.hasGrown);
  }

  /** Does something that reads the file; when the file fails, the views are told once and the answer is undefined. */
  private reading<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  /** Tells the views that the file fails. Other errors are our own. */
  private failed(error: unknown, handled = false): void {
    if (error instanceof ByteSourceError) {
      if (!this.lost && !this.closed) this.surroundings.send('lost', { message: error.message });
      this.lost = true;
    } else if (!handled) throw error;
  }
}

/** The list of a file that is no capture. */
function emptyState(list: ListId): ListState {
  return { list, age: 0, filter: '', sort: undefined, shown: 0, examined: 0, packets: 0, phase: 'ready' };
}
