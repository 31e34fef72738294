import type { CaptureIndex } from '../capture/captureIndex.js';
import { PacketScan } from '../capture/packetScan.js';
import { packetsPerBatch, RecordBatch } from '../capture/recordBatch.js';
import { CaptureColumns } from './captureColumns.js';
import { FlowKeys, FlowReader } from './flowReader.js';

/** Batches have room for no higher index of an interface. */
const mostInterface = 0xffff;

export interface ColumnPassOptions {
  /** Most bytes of memory that the columns may take. */
  readonly budget: number;
  /** Bytes of the file that are read at once. */
  readonly chunkSize?: number;
}

/**
 * Goes through the packets that an index knows and fills their columns, a step at a time; when the index has grown,
 * goes on where it stopped. Ends early when the memory it may take is used up: the rows there are stay good.
 */
export class ColumnPass {
  readonly columns: CaptureColumns;
  /** Whether the budget is used up: no more rows will come. */
  exceeded = false;
  private readonly scan: PacketScan;
  private readonly reader: FlowReader;
  private readonly budget: number;
  private readonly keys = new FlowKeys();
  private readonly flows = new Uint32Array(packetsPerBatch);
  /** The packet that came alone. */
  private readonly single = new RecordBatch();
  /** The file gave no packet where the index had found one. */
  private lost = false;

  constructor(
    private readonly index: CaptureIndex,
    { budget, chunkSize }: ColumnPassOptions,
  ) {
    this.columns = new CaptureColumns(index.reader);
    this.scan = new PacketScan(index, chunkSize);
    this.reader = new FlowReader(this.columns.stacks, index.reader);
    this.budget = budget;
  }

  /** Goes on through about `bytes` more bytes of the file; true when all packets that the index knows have their row. */
  step(bytes: number): boolean {
    if (this.exceeded || this.lost) return true;
    const { scan } = this;
    const { record } = scan;
    const stop = record.next + bytes;
    while (record.next < stop) {
      if (this.columns.packets >= this.index.packets) return true;
      if (this.columns.size > this.budget) {
        this.exceeded = true;
        return true;
      }
      if (scan.nextRun()) this.noteRun();
      else if (scan.next()) this.noteOne();
      else {
        this.lost = true;
        return true;
      }
    }
    return this.columns.packets >= this.index.packets;
  }

  /** Takes note that the source has grown: what was not there to be read is tried again. */
  grown(): void {
    const { packets } = this.columns;
    if (this.lost) this.lost = packets > 0 && !this.scan.seek(packets + 1);
  }

  /** Adds the rows of the packets that the scan has at hand. */
  private noteRun(): void {
    const { scan, columns, flows } = this;
    const { batch, runFrom, runTo } = scan;
    this.findFlows(batch, runFrom, runTo, scan.number - (runTo - runFrom) + 1);
    columns.addBatch(batch, runFrom, runTo, flows, this.keys.flags);
  }

  /** Adds the row of the packet that the scan is at. */
  private noteOne(): void {
    const { scan, columns, single, flows, keys } = this;
    const { record } = scan;
    const at = scan.locate();
    if (at < 0 || record.interface < 0 || record.interface > mostInterface) {
      columns.add(record, 0, 0);
      return;
    }
    single.start[0] = at;
    single.captured[0] = record.captured;
    single.wire[0] = record.wire;
    single.interface[0] = record.interface;
    this.findFlows(single, 0, 1, scan.number);
    columns.add(record, flows[0] ?? 0, keys.flags[0] ?? 0);
  }

  /** Finds the flows of packets of a batch; `number` is that of the first. */
  private findFlows(batch: RecordBatch, from: number, to: number, number: number): void {
    const { keys, reader, scan } = this;
    const table = this.columns.flows;
    const known = table.count;
    reader.read(scan.chunk, batch, from, to, keys);
    table.noteAll(keys, from, to, number, batch.wire, this.flows);
    for (let flow = known + 1; flow <= table.count; flow++)
      if (!this.columns.specimens.has(table.stack(flow)))
        this.addSpecimen(table.stack(flow), batch, from + table.first(flow) - number);
  }

  /** Keeps the headers of a packet whose stack of headers is new. */
  private addSpecimen(stack: number, batch: RecordBatch, place: number): void {
    const { specimens, stacks, reader: file } = this.columns;
    const view = this.scan.chunk;
    const at = (batch.start[place] ?? 0) + batch.header;
    this.reader.read(view, batch, place, place + 1, this.keys);
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, this.reader.headersEnd - at).slice();
    const linkType = file.interfaces[batch.interface[place] ?? 0]?.linkType ?? -1;
    const wire = Math.max(batch.wire[place] ?? 0, batch.captured[place] ?? 0);
    specimens.set(stack, { layers: stacks.layers(stack), bytes, linkType, wire });
  }
}
