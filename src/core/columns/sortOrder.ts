/** Orders packets by what the columns of the list show. */
import type { CaptureColumns } from './captureColumns.js';
import { Decoder, type PacketSummary } from '../dissect/decoder.js';
import { ranksOf } from './naturalOrder.js';
import { radixOrder, SortKeys } from './radixOrder.js';
import { Specimen } from './specimen.js';

export type SortColumn = 'number' | 'time' | 'length' | 'source' | 'destination' | 'protocol';

export interface SortWish {
  readonly by: SortColumn;
  readonly descending: boolean;
  /** Looks at a packet: asked for those that their flow does not tell enough of. */
  readonly summaryOf: (number: number) => Pick<PacketSummary, 'source' | 'destination' | 'protocol'>;
}

/** Packets or flows between two looks at whether to go on. */
const perStep = 1 << 12;
/** How much of the work it is to find what is sorted by, where packets must be asked. */
const shareOfRanks = 0.8;

/**
 * The packets in the order of a column; those that are equal in it stay in the order they come in. Gives the share that
 * is done from time to time, and the result in the end; whoever does not go on asking has cancelled. All of `numbers`
 * must have their row in the columns.
 */
export function* sortOrder(
  columns: CaptureColumns,
  numbers: Uint32Array,
  wish: SortWish,
): Generator<number, Uint32Array> {
  const keys = new SortKeys(numbers.length);
  let done = 0;
  switch (wish.by) {
    case 'number':
      for (let at = 0; at < numbers.length; at++) keys.set(at, numbers[at] ?? 0);
      break;
    case 'length':
      for (let at = 0; at < numbers.length; at++) keys.set(at, columns.wire.at((numbers[at] ?? 0) - 1));
      break;
    case 'time':
      fillTimes(columns, numbers, keys);
      break;
    default:
      yield* fillRanks(columns, numbers, keys, wish, wish.by);
      done = shareOfRanks;
  }
  if (wish.descending) keys.reverse();
  const sorting = radixOrder(numbers, keys);
  for (;;) {
    const step = sorting.next();
    if (step.done) return step.value;
    yield done + (1 - done) * step.value;
  }
}

/**
 * The packets in the natural order of texts, which stand at the same places: for columns whose values are read packet
 * by packet.
 */
export function* sortTexts(
  numbers: Uint32Array,
  texts: readonly string[],
  descending: boolean,
): Generator<number, Uint32Array> {
  const ranks = ranksOf(texts);
  const keys = new SortKeys(numbers.length);
  texts.forEach((text, at) => {
    if (at < numbers.length) keys.set(at, ranks.get(text) ?? 0);
  });
  if (descending) keys.reverse();
  return yield* radixOrder(numbers, keys);
}

/** Times count from the earliest, in the coarsest unit that is exact; packets without one come last. */
function fillTimes({ time }: CaptureColumns, numbers: Uint32Array, keys: SortKeys): void {
  let earliest = Infinity;
  let latest = -Infinity;
  for (const number of numbers) {
    const value = time.at(number - 1);
    if (value < earliest) earliest = value;
    if (value > latest) latest = value;
  }
  const unit = timeUnits.find((each) =>
    numbers.every((number) => fits(time.at(number - 1) - earliest, each)),
  );
  const scale = unit ?? 1;
  const none = Math.max(0, Math.round((latest - earliest) / scale)) + 1;
  for (let at = 0; at < numbers.length; at++) {
    const value = time.at((numbers[at] ?? 0) - 1);
    keys.set(at, Number.isNaN(value) ? none : Math.round((value - earliest) / scale));
  }
}

/** Nanoseconds of the units that captures tell times in. */
const timeUnits: readonly number[] = [1_000_000, 1000];

/** Whether a time is whole in a unit, or none at all. */
function fits(nanos: number, unit: number): boolean {
  return Number.isNaN(nanos) || Math.round(nanos / unit) * unit === nanos;
}

/** Ranks of the texts of a column: one look at each flow, and at each packet that its flow does not tell of. */
function* fillRanks(
  columns: CaptureColumns,
  numbers: Uint32Array,
  keys: SortKeys,
  { summaryOf }: SortWish,
  by: 'source' | 'destination' | 'protocol',
): Generator<number, void> {
  const ids = new Map<string, number>();
  const idOf = (text: string): number => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  };
  const reader = new FlowTexts(columns, by);
  /** By flow: the id of its text and 1; 0 before it was asked for. */
  const ofFlow = new Uint32Array(columns.flows.count + 1);
  const open = 0xffffffff;
  const ofPacket = new Uint32Array(numbers.length);
  for (let from = 0; from < numbers.length; from += perStep) {
    const to = Math.min(numbers.length, from + perStep);
    for (let at = from; at < to; at++) {
      const number = numbers[at] ?? 0;
      const flow = columns.flow.at(number - 1);
      let known = flow === 0 ? open : (ofFlow[flow] ?? 0);
      if (known === 0) {
        const text = reader.text(flow);
        known = text === undefined ? open : idOf(text) + 1;
        ofFlow[flow] = known;
      }
      ofPacket[at] = known === open ? idOf(summaryOf(number)[by]) : known - 1;
    }
    yield (shareOfRanks * to) / numbers.length;
  }
  const ranks = ranksOf(ids.keys());
  const ranksById = Uint32Array.from(ids.keys(), (text) => ranks.get(text) ?? 0);
  for (let at = 0; at < numbers.length; at++) keys.set(at, ranksById[ofPacket[at] ?? 0] ?? 0);
}

/** What the list shows of the packets of a flow, where that is the same for all. */
class FlowTexts {
  private readonly specimens = new Map<number, Specimen>();
  private readonly decoder = new Decoder();

  constructor(
    private readonly columns: CaptureColumns,
    private readonly by: 'source' | 'destination' | 'protocol',
  ) {}

  text(flow: number): string | undefined {
    const { flows, specimens: headers } = this.columns;
    const stack = flows.stack(flow);
    let specimen = this.specimens.get(stack);
    if (!specimen) {
      const made = headers.get(stack);
      if (!made) return undefined;
      this.specimens.set(stack, (specimen = new Specimen(made)));
    }
    if (!specimen.isRight) return undefined;
    specimen.become(flows, flow);
    // Services put their own name into the column, where they have something to say.
    if (this.by === 'protocol' && (specimen.isServed || specimen.mayBeRecognised)) return undefined;
    return this.decoder.summary(specimen.walk)[this.by];
  }
}
