import { ColumnFilter } from '../core/columns/columnFilter.js';
import type { DisplayFilter } from '../core/filter/displayFilter.js';
import type { CaptureGround } from './captureGround.js';
import { PacketReader, passChunk } from './packetReader.js';

/** Packets judged at once by their columns: a fraction of a millisecond. */
const blockSize = 16_384;

/** What columns say of a packet. */
const verdict = { no: 0, yes: 1, unknown: 2 } as const;

/**
 * Tells which packets a filter matches: by their columns where those reach and know, else by looking at the packets.
 * To be asked in the order of the file.
 */
export class PacketJudge {
  private readonly verdicts = new Uint8Array(blockSize);
  private columnFilter: ColumnFilter | undefined;
  /** The packets that `verdicts` is about: `from` up to `end`, exclusive. */
  private from = 0;
  private end = 0;
  private readonly inARow: PacketReader;
  private readonly hereAndThere: PacketReader;
  private reader: PacketReader;

  constructor(
    readonly filter: DisplayFilter,
    private readonly ground: CaptureGround,
  ) {
    this.inARow = new PacketReader(ground.index, ground.marks, passChunk);
    this.hereAndThere = new PacketReader(ground.index, ground.marks);
    this.reader = this.inARow;
  }

  /** Whether columns alone tell of (nearly) every packet, so that it is worth waiting for them. */
  get isIndexed(): boolean {
    return this.byColumns?.indexed ?? false;
  }

  /** Where the block ends, exclusive, that a packet is in: so far one look at the columns has told. */
  blockEnd(number: number): number {
    this.judgeBlock(number);
    return this.end;
  }

  /** The first packet of the block from `number` on that may match; the block's end when there is none. */
  candidate(number: number): number {
    const { verdicts, from, end } = this;
    let at = number;
    while (at < end && verdicts[at - from] === verdict.no) at++;
    return at;
  }

  /** Whether columns tell that a packet of the block matches, so that it need not be looked at. */
  isSure(number: number): boolean {
    return this.verdicts[number - this.from] === verdict.yes;
  }

  matches(number: number): boolean {
    this.judgeBlock(number);
    const known = this.verdicts[number - this.from];
    return known === verdict.unknown ? this.look(number) : known === verdict.yes;
  }

  private look(number: number): boolean {
    const { reader } = this;
    return reader.go(number) && this.filter.matches(reader.walk, reader.facts);
  }

  /** Makes the block that a packet is in the one at hand; what its columns did not tell before is asked again. */
  private judgeBlock(number: number): void {
    if (number >= this.from && number < this.end) return;
    const { columns, index } = this.ground;
    const blockStart = number - ((number - 1) % blockSize);
    const known = columns.packets;
    this.from = number > known && known >= blockStart ? known + 1 : blockStart;
    this.end = Math.min(blockStart + blockSize, (number > known ? index.packets : known) + 1);
    this.reader = this.inARow;
    if (number > known || !this.byColumns) {
      this.verdicts.fill(verdict.unknown);
      return;
    }
    this.byColumns.judge(this.from - 1, this.end - 1, this.verdicts);
    let unknown = 0;
    for (let at = 0; at < this.end - this.from; at++) if (this.verdicts[at] === verdict.unknown) unknown++;
    // Where few must be looked at, jumping reads less than going through them all.
    if (unknown * 16 < blockSize) this.reader = this.hereAndThere;
  }

  private get byColumns(): ColumnFilter | undefined {
    const { columns } = this.ground.columns;
    if (columns) this.columnFilter ??= new ColumnFilter(columns, this.filter);
    return this.columnFilter;
  }
}
