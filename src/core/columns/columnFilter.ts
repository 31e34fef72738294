import type { DisplayFilter } from '../filter/displayFilter.js';
import { testOf } from '../filter/evaluate.js';
import type { PacketTest } from '../filter/fieldValues.js';
import type { TypedNode } from '../filter/typed.js';
import type { CaptureColumns } from './captureColumns.js';
import { FlagsTest } from './flagsTest.js';
import { type FlowContext, FlowTest } from './flowTest.js';
import { type FrameTest, frameTestOf } from './frameTest.js';
import { type Connective, connectives, opposite, verdict } from './kleene.js';
import { readsFlags } from './knowledge.js';
import { chunkMask } from './rowColumns.js';
import { Specimen } from './specimen.js';

/** Rows judged at once: their verdicts stay in the fastest caches. A chunk of the columns is a multiple of it. */
const rowsAtOnce = 1 << 13;

/** A filter as it is answered from columns: parts of it by flow, by TCP flags, by what the file knows of a packet. */
type Part =
  | { readonly kind: 'flow'; readonly test: FlowTest }
  | { readonly kind: 'flags'; readonly test: FlagsTest }
  | { readonly kind: 'frame'; readonly test: FrameTest }
  | { readonly kind: 'not'; readonly part: Part }
  | {
      readonly kind: 'and' | 'or' | 'xor';
      readonly parts: readonly [Part, Part];
      readonly second: Uint8Array;
    };

/**
 * Answers a display filter for very many packets from their columns: no, yes, or that the packet itself must be looked
 * at. Never says otherwise than the filter would.
 */
export class ColumnFilter {
  private readonly context: FlowContext;
  private readonly part: Part;
  private readonly tests = new Map<TypedNode, PacketTest>();
  private readonly specimens = new Map<number, Specimen | undefined>();

  constructor(
    private readonly columns: CaptureColumns,
    filter: DisplayFilter,
  ) {
    this.context = {
      columns,
      test: (node) => this.test(node),
      specimen: (stack) => this.specimen(stack),
    };
    this.part = this.partOf(filter.tree);
  }

  /** Whether no packets but exceptions must be looked at: those without a flow, or without a time that is exact. */
  get indexed(): boolean {
    return isComplete(this.part);
  }

  /**
   * Puts the verdicts of the rows from `from` to `to` (exclusive) into `out`, from its start: 0 no, 1 yes, 2 when the
   * packet itself must be looked at (see {@link verdict}).
   */
  judge(from: number, to: number, out: Uint8Array): void {
    const end = Math.min(to, this.columns.packets);
    for (let row = from; row < end;) {
      const next = Math.min(end, row + rowsAtOnce - (row % rowsAtOnce));
      this.judgePart(this.part, row, next, out.subarray(row - from, next - from));
      row = next;
    }
    if (end < to) out.fill(verdict.unknown, Math.max(0, end - from), to - from);
  }

  private test(node: TypedNode): PacketTest {
    const test = this.tests.get(node) ?? testOf(node);
    this.tests.set(node, test);
    return test;
  }

  private specimen(stack: number): Specimen | undefined {
    const { specimens, columns } = this;
    if (!specimens.has(stack)) {
      const headers = columns.specimens.get(stack);
      const specimen = headers && new Specimen(headers);
      specimens.set(stack, specimen?.isRight === true ? specimen : undefined);
    }
    return specimens.get(stack);
  }

  private partOf(node: TypedNode): Part {
    if (!hasRowTest(node, this.columns)) return { kind: 'flow', test: new FlowTest(this.context, node) };
    switch (node.kind) {
      case 'and':
      case 'or':
      case 'xor': {
        const [left, right] = [this.partOf(node.left), this.partOf(node.right)];
        // The cheaper one first: it may make the other superfluous.
        const parts: readonly [Part, Part] = left.kind === 'flow' ? [left, right] : [right, left];
        return { kind: node.kind, parts, second: new Uint8Array(rowsAtOnce) };
      }
      case 'not':
        return { kind: 'not', part: this.partOf(node.operand) };
      default: {
        const frame = frameTestOf(node, this.columns, rowsAtOnce);
        return frame
          ? { kind: 'frame', test: frame }
          : { kind: 'flags', test: new FlagsTest(this.context, node) };
      }
    }
  }

  /** Judges rows of one chunk. */
  private judgePart(part: Part, from: number, to: number, into: Uint8Array): void {
    switch (part.kind) {
      case 'flow':
        part.test.update();
        this.judgeFlows(part.test.verdicts, from, to, into);
        return;
      case 'flags':
        part.test.update();
        this.judgeFlags(part.test, from, to, into);
        return;
      case 'frame':
        part.test.judge(from, to, into);
        return;
      case 'not':
        this.judgePart(part.part, from, to, into);
        for (let at = 0; at < to - from; at++) into[at] = opposite(into[at] ?? verdict.unknown);
        return;
      case 'and':
      case 'or':
      case 'xor':
        this.judgePart(part.parts[0], from, to, into);
        if (part.kind === 'and' && isAllNo(into)) return;
        this.judgePart(part.parts[1], from, to, part.second);
        join(connectives[part.kind], into, part.second);
    }
  }

  private judgeFlows(verdicts: Uint8Array, from: number, to: number, into: Uint8Array): void {
    const flows = this.columns.flow.chunk(from);
    const start = from & chunkMask;
    for (let at = 0; at < to - from; at++) into[at] = verdicts[flows[start + at] ?? 0] ?? verdict.unknown;
  }

  private judgeFlags({ tableOf, tables }: FlagsTest, from: number, to: number, into: Uint8Array): void {
    const flows = this.columns.flow.chunk(from);
    const flags = this.columns.flags.chunk(from);
    const start = from & chunkMask;
    for (let at = 0; at < to - from; at++) {
      const table = tableOf[flows[start + at] ?? 0] ?? verdict.unknown;
      into[at] = tables[(table << 8) | (flags[start + at] ?? 0)] ?? verdict.unknown;
    }
  }
}

/** Whether some test in a part of a filter is one of columns of its own, beside the flows'. */
function hasRowTest(node: TypedNode, columns: CaptureColumns): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'xor':
      return hasRowTest(node.left, columns) || hasRowTest(node.right, columns);
    case 'not':
      return hasRowTest(node.operand, columns);
    default:
      return readsFlags(node) || frameTestOf(node, columns, 0) !== undefined;
  }
}

function isComplete(part: Part): boolean {
  switch (part.kind) {
    case 'flow':
    case 'flags':
      part.test.update();
      return part.test.complete;
    case 'frame':
      return true;
    case 'not':
      return isComplete(part.part);
    default:
      return part.parts.every(isComplete);
  }
}

function isAllNo(verdicts: Uint8Array): boolean {
  for (let at = 0; at < verdicts.length; at++) if (verdicts[at] !== verdict.no) return false;
  return true;
}

function join(table: Connective, into: Uint8Array, second: Uint8Array): void {
  for (let at = 0; at < into.length; at++)
    into[at] = table[3 * (into[at] ?? 0) + (second[at] ?? 0)] ?? verdict.unknown;
}
