import type { CaptureIndex } from '../capture/captureIndex.js';
import { PacketScan } from '../capture/packetScan.js';
import { packetsPerBatch } from '../capture/recordBatch.js';
import { CaptureColumns } from './captureColumns.js';
import type { LayerCode } from './flowLayer.js';
import { mostStacks, oddStack } from './stacks.js';
import { FlowReader, mostKeyWords } from './flowReader.js';
import { firstLayer } from './nextLayers.js';

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
  private readonly hasSpecimen = new Uint8Array(mostStacks);
  /** Keys, flows and TCP flags of the packets of a batch. */
  private readonly keys = {
    stacks: new Uint16Array(packetsPerBatch),
    keyEnds: new Int32Array(packetsPerBatch),
    hashes: new Int32Array(packetsPerBatch),
    keys: new Int32Array(packetsPerBatch * mostKeyWords),
    end: 0,
  };
  private readonly flows = new Uint32Array(packetsPerBatch);
  private readonly flags = new Uint8Array(packetsPerBatch);
  /** Code of the first header of each of the file's interfaces. */
  private readonly firstLayers: LayerCode[] = [];
  /** The file gave no packet where the index had found one. */
  private lost = false;

  constructor(
    private readonly index: CaptureIndex,
    { budget, chunkSize }: ColumnPassOptions,
  ) {
    this.columns = new CaptureColumns(index.reader);
    this.scan = new PacketScan(index, chunkSize);
    this.reader = new FlowReader(this.columns.stacks);
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
    const { scan, columns, flows, flags, keys } = this;
    const { batch, runFrom, runTo, chunk } = scan;
    const { start, header, captured, wire } = batch;
    keys.end = 0;
    for (let at = runFrom; at < runTo; at++) {
      const place = (start[at] ?? 0) + header;
      this.readKey(at, chunk, place, captured[at] ?? 0, wire[at] ?? 0, batch.interface[at] ?? 0);
    }
    columns.flows.noteAll(keys, runFrom, runTo, scan.number - (runTo - runFrom) + 1, wire, flows);
    columns.addBatch(batch, runFrom, runTo, flows, flags);
  }

  /** Adds the row of the packet that the scan is at. */
  private noteOne(): void {
    const { scan, columns, keys } = this;
    const { record } = scan;
    const { captured, wire } = record;
    const at = scan.locate();
    keys.end = 0;
    let flow = 0;
    if (at >= 0) {
      const stack = this.readKey(0, scan.chunk, at, captured, wire, record.interface);
      if (stack !== oddStack)
        flow = columns.flows.note(stack, keys.keys, 0, keys.end, this.reader.hash, scan.number, wire);
    }
    columns.add(record, flow, flow === 0 ? 0 : (this.flags[0] ?? 0));
  }

  /** Notes the stack of headers, the key and the TCP flags of a packet at a place of the batch. */
  private readKey(
    place: number,
    view: DataView,
    at: number,
    captured: number,
    wire: number,
    interfaceNumber: number,
  ): number {
    const { reader, keys } = this;
    const first = this.firstLayers[interfaceNumber] ?? this.addInterface(interfaceNumber);
    const stack = reader.read(view, at, captured, wire, first, keys.keys, keys.end);
    if (stack !== oddStack && this.hasSpecimen[stack] === 0)
      this.addSpecimen(stack, view, at, Math.max(wire, captured), interfaceNumber);
    keys.stacks[place] = stack;
    keys.keyEnds[place] = keys.end = reader.keyEnd;
    keys.hashes[place] = reader.hash;
    this.flags[place] = reader.flags;
    return stack;
  }

  /** Keeps the headers of a packet whose stack of headers is new. */
  private addSpecimen(
    stack: number,
    view: DataView,
    at: number,
    wire: number,
    interfaceNumber: number,
  ): void {
    const { specimens, stacks } = this.columns;
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, this.reader.headersEnd - at).slice();
    const linkType = this.index.reader.interfaces[interfaceNumber]?.linkType ?? -1;
    specimens.set(stack, { layers: stacks.layers(stack), bytes, linkType, wire });
    this.hasSpecimen[stack] = 1;
  }

  private addInterface(number: number): LayerCode {
    const linkType = this.index.reader.interfaces[number]?.linkType ?? -1;
    const first = firstLayer(linkType);
    if (number >= 0) this.firstLayers[number] = first;
    return first;
  }
}
