import type { CaptureIndex } from '../core/capture/captureIndex.js';
import type { ExportOrder, ExportReply, ListId } from '../rpc/packetList.js';
import type { CaptureGround } from './captureGround.js';
import { ExportRun, type ExportedPackets, type FileSink } from './exportRun.js';
import { exportWriter } from './exportWriters.js';
import { MemorySink } from './memorySink.js';
import type { PacketList } from './packetList.js';
import type { SessionSurroundings } from './surroundings.js';
import type { Turns } from './turns.js';

/** Milliseconds between two `work` events. */
const tellInterval = 100;

/** The exports under way, one a list. */
export class Exports {
  private readonly runs = new Map<ListId, ExportRun>();

  constructor(
    private readonly turns: Turns,
    private readonly surroundings: SessionSurroundings,
  ) {}

  /** Writes packets in the background. Rejects with a sentence for the user when they cannot be written. */
  async begin(order: ExportOrder, list: PacketList, ground: CaptureGround): Promise<ExportReply> {
    this.stop(order.list);
    const { exported, note } = exportedPackets(order, list, ground);
    const memory = order.path === undefined ? new MemorySink() : undefined;
    const sink: FileSink = memory ?? this.create(order.path ?? '');
    let lastTold = 0;
    const reply = await new Promise<ExportReply>((resolve, reject) => {
      const run = new ExportRun(
        exported,
        ground,
        exportWriter(order.format, ground.index, list.maker, sink),
        sink,
        {
          ended: resolve,
          failed: reject,
          went: (share) => {
            if (performance.now() - lastTold < tellInterval) return;
            lastTold = performance.now();
            this.surroundings.send('work', { list: order.list, what: 'export', share });
          },
        },
      );
      this.runs.set(order.list, run);
      this.turns.add(run);
    }).finally(() => this.runs.delete(order.list));
    return {
      ...reply,
      notes: [...note, ...reply.notes],
      ...(memory && !reply.stopped ? { bytes: memory.bytes() } : {}),
    };
  }

  stop(list: ListId): void {
    const run = this.runs.get(list);
    if (!run) return;
    this.turns.drop(run);
    run.stop();
  }

  close(): void {
    for (const list of [...this.runs.keys()]) this.stop(list);
  }

  private create(path: string): FileSink {
    const file = this.surroundings.create?.(path);
    if (!file) throw new Error('There is no file system here to write to.');
    return file;
  }
}

/** The packets that an order means, as they stand now; with notes on what that leaves out. */
function exportedPackets(
  { which }: ExportOrder,
  list: PacketList,
  { index, marks }: CaptureGround,
): { readonly exported: ExportedPackets; readonly note: readonly string[] } {
  if (which === 'all') return { exported: allPackets(index), note: [] };
  if (which === 'shown') {
    const { rowOrder, state } = list;
    const note =
      state.phase === 'filtering' || state.stopped
        ? [
            'The filter has not gone through the whole file: packets that it would still find are not exported.',
          ]
        : [];
    return { exported: { size: rowOrder.size, growing: false, at: (place) => rowOrder.at(place) }, note };
  }
  const wanted = which === 'marked' ? marks.numbers() : which;
  const numbers = Uint32Array.from([...wanted].filter((number) => number >= 1 && number <= index.packets));
  return { exported: { size: numbers.length, growing: false, at: (place) => numbers[place] ?? 0 }, note: [] };
}

/** All packets of the file, those too that are not indexed yet. */
function allPackets(index: CaptureIndex): ExportedPackets {
  return {
    get size() {
      return index.packets;
    },
    get growing() {
      return !index.done;
    },
    at: (place) => place + 1,
  };
}
