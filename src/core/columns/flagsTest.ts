/** A test of the TCP flags: for every stack of headers a table of the flags' 256 values, made by asking the filter. */
import { verdict } from './kleene.js';
import { knowledge, knowledgeOf } from './knowledge.js';
import { type FlowContext, packetOf } from './flowTest.js';
import type { Leaf } from './operands.js';
import type { Specimen } from './specimen.js';

const flagValues = 256;
/** More stacks than this have no tables: their packets must be looked at. */
const mostTables = 200;

export class FlagsTest {
  /** By flow number: which of the tables. */
  tableOf = new Uint8Array(1024);
  /** One after the other: the verdicts `no`, `yes`, `unknown` for all flags, then those of stacks. */
  readonly tables = new Uint8Array((3 + mostTables) * flagValues);
  /** Whether all flows judged so far have an answer. */
  complete = true;
  private count = 3;
  private judged = -1;
  private readonly ofStack: (number | undefined)[] = [];

  constructor(
    private readonly context: FlowContext,
    private readonly leaf: Leaf,
  ) {
    for (const value of [verdict.no, verdict.yes, verdict.unknown])
      this.tables.fill(value, value * flagValues, (value + 1) * flagValues);
  }

  /** Finds the tables of the flows that there are by now. */
  update(): void {
    const { flows } = this.context.columns;
    if (this.judged >= flows.count) return;
    if (this.tableOf.length <= flows.count) {
      const more = new Uint8Array(Math.max(flows.count + 1, this.tableOf.length * 2));
      more.set(this.tableOf);
      this.tableOf = more;
    }
    for (let flow = this.judged + 1; flow <= flows.count; flow++)
      this.tableOf[flow] = flow === 0 ? verdict.unknown : this.table(flows.stack(flow));
    this.judged = flows.count;
  }

  private table(stack: number): number {
    return (this.ofStack[stack] ??= this.makeTable(this.context.specimen(stack)));
  }

  /** A TCP header is the last that flows know, and ports lead to no other. */
  private makeTable(specimen: Specimen | undefined): number {
    if (!specimen) return this.unknown();
    const { context, leaf } = this;
    const passes = context.test(leaf);
    const packet = packetOf(specimen, context.columns.reader);
    const ask = (): number => (passes(packet) ? verdict.yes : verdict.no);
    switch (knowledgeOf(leaf, specimen, true)) {
      case knowledge.stack:
        return ask();
      case knowledge.flags: {
        if (this.count === mostTables + 3) return this.unknown();
        const table = this.count++;
        const { frame, flagsAt } = specimen;
        for (let flags = 0; flags < flagValues; flags++) {
          frame[flagsAt] = flags;
          this.tables[table * flagValues + flags] = ask();
        }
        return table;
      }
      default:
        return this.unknown();
    }
  }

  private unknown(): number {
    this.complete = false;
    return verdict.unknown;
  }
}
