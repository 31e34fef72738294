/** Tests of what the file knows of a packet, answered from the columns: its number, lengths and times. */
import type { ConstantValue, Operand } from '../filter/typed.js';
import type { CaptureColumns } from './captureColumns.js';
import { verdict } from './kleene.js';
import type { Leaf } from './operands.js';
import { chunkBits, chunkMask } from './rowColumns.js';

/** Fills `into` with the values of a column from row `from` to `to` (exclusive); both lie in one chunk. */
type ReadColumn = (columns: CaptureColumns, from: number, to: number, into: Float64Array) => void;

const copy = (chunk: ArrayLike<number> | undefined, from: number, to: number, into: Float64Array): void => {
  const start = from & chunkMask;
  for (let at = 0; at < to - from; at++) into[at] = chunk?.[start + at] ?? NaN;
};

const readTime: ReadColumn = ({ time }, from, to, into) => {
  copy(time.chunks[from >>> chunkBits], from, to, into);
};

/** The columns there are, by the names of the fields that they tell. Times are nanoseconds, moments counted from the columns' origin. */
export const frameColumns: ReadonlyMap<string, ReadColumn> = new Map<string, ReadColumn>([
  [
    'frame.number',
    (_, from, to, into) => {
      for (let at = 0; at < to - from; at++) into[at] = from + at + 1;
    },
  ],
  [
    'frame.len',
    ({ wire }, from, to, into) => {
      copy(wire.chunks[from >>> chunkBits], from, to, into);
    },
  ],
  [
    'frame.cap_len',
    (columns, from, to, into) => {
      copy(columns.capturedChunk(from >>> chunkBits), from, to, into);
    },
  ],
  ['frame.time', readTime],
  ['frame.time_epoch', readTime],
  [
    'frame.time_relative',
    (columns, from, to, into) => {
      readTime(columns, from, to, into);
      for (let at = 0; at < to - from; at++) into[at] = (into[at] ?? NaN) - columns.firstTime;
    },
  ],
  [
    'frame.time_delta',
    (columns, from, to, into) => {
      readTime(columns, from, to, into);
      let before = from > 0 ? columns.time.at(from - 1) : (into[0] ?? NaN);
      for (let at = 0; at < to - from; at++) {
        const now = into[at] ?? NaN;
        into[at] = now - before;
        before = now;
      }
    },
  ],
]);
const moments: readonly string[] = ['frame.time', 'frame.time_epoch'];

/** A test that every value between two bounds passes, or (`outside`) every other one. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly outside: boolean;
}

/** A test of one column. */
export class FrameTest {
  private readonly values: Float64Array;

  constructor(
    private readonly columns: CaptureColumns,
    private readonly read: ReadColumn,
    private readonly ranges: readonly Range[],
    rows: number,
  ) {
    this.values = new Float64Array(rows);
  }

  /** Answers for the rows from `from` to `to` (exclusive), which lie in one chunk. */
  judge(from: number, to: number, into: Uint8Array): void {
    const { values, columns } = this;
    this.read(columns, from, to, values);
    const count = to - from;
    into.fill(verdict.no, 0, count);
    for (const { low, high, outside } of this.ranges)
      for (let at = 0; at < count; at++) {
        const value = values[at] ?? NaN;
        if ((value >= low && value <= high) !== outside) into[at] = verdict.yes;
      }
    for (let at = 0; at < count; at++) if (Number.isNaN(values[at])) into[at] = verdict.unknown;
  }
}

/** The test as one of a column, where it is that simple. `rows`: most rows that will be judged at once. */
export function frameTestOf(leaf: Leaf, columns: CaptureColumns, rows: number): FrameTest | undefined {
  const operand = leaf.kind === 'exists' ? leaf.field : leaf.kind === 'test' ? leaf.left : undefined;
  if (operand?.kind !== 'field') return undefined;
  const [target, ...others] = operand.targets;
  if (target?.kind !== 'frame' || others.length > 0) return undefined;
  if (operand.layers) return undefined;
  const read = frameColumns.get(target.field.name);
  const origin = moments.includes(target.field.name) ? (columns.origin ?? 0) : 0;
  const ranges = rangesOf(leaf, origin);
  return read && ranges ? new FrameTest(columns, read, ranges, rows) : undefined;
}

const everything: Range = { low: -Infinity, high: Infinity, outside: false };

function rangesOf(leaf: Leaf, origin: number): readonly Range[] | undefined {
  if (leaf.kind === 'exists') return [everything];
  if (leaf.kind !== 'test') return undefined;
  if (leaf.relation === 'in') {
    const ranges: Range[] = [];
    for (const member of leaf.members) {
      const low = constantIn(member.low, origin);
      const high = member.high === undefined ? low : constantIn(member.high, origin);
      if (low === undefined || high === undefined) return undefined;
      ranges.push({ low, high, outside: false });
    }
    return ranges;
  }
  if (leaf.relation === 'matches' || leaf.relation === 'contains') return undefined;
  const bound = constantIn(leaf.right, origin);
  if (bound === undefined) return undefined;
  switch (leaf.relation) {
    case 'eq':
      return [{ low: bound, high: bound, outside: false }];
    case 'ne':
      return [{ low: bound, high: bound, outside: true }];
    case 'lt':
      return [{ low: bound, high: Infinity, outside: true }];
    case 'le':
      return [{ low: -Infinity, high: bound, outside: false }];
    case 'gt':
      return [{ low: -Infinity, high: bound, outside: true }];
    case 'ge':
      return [{ low: bound, high: Infinity, outside: false }];
  }
}

function constantIn(operand: Operand, origin: number): number | undefined {
  return operand.kind === 'constant' ? numberOf(operand.value, origin) : undefined;
}

function numberOf(value: ConstantValue, origin: number): number | undefined {
  if ('time' in value) return (value.time.seconds - origin) * 1e9 + value.time.nanos;
  return 'number' in value ? value.number : undefined;
}
