/**
 * Runs a pattern over bytes, each byte once. The sets of steps that the machine can be in become states with a table
 * of where each byte leads; a table is filled as bytes are met. So the time is linear in the bytes, and usually a look
 * into a table for each.
 */
import { isWordByte } from './byteSets.js';
import type { Assertion } from './node.js';
import type { Step } from './program.js';

/** What comes next beside the 256 bytes: the end, and a newline that is the last byte. */
const atEnd = 256;
const lastNewline = 257;
const symbols = 258;

const unknown = -1;
const matched = -2;

/** What the byte before was, as far as assertions ask. */
const before = { nothing: 0, word: 1, newline: 2, other: 3 } as const;

/** When this many are there, all are forgotten: memory stays bounded. */
const mostStates = 400;

const byteOf = (symbol: number): number => (symbol === lastNewline ? 10 : symbol);
const isWordSymbol = (symbol: number): boolean => symbol < 256 && isWordByte(symbol);
const newline = 10;

export class Matcher {
  /** Where each symbol leads from each state, one state's row after the other. */
  private table = new Int32Array(16 * symbols).fill(unknown);
  /** The steps that each state stands in before what is without width is followed; the last number says what was before. */
  private readonly places: Int32Array[] = [];
  private readonly byKey = new Map<string, number>();
  /** For each step, the last search that came by it. */
  private readonly visited: Int32Array;
  private search = 0;
  /** How often all states were forgotten. */
  private generation = 0;

  constructor(private readonly steps: readonly Step[]) {
    this.visited = new Int32Array(steps.length);
  }

  /** Whether some run of the bytes from `from` up to `to` matches. */
  test(bytes: Uint8Array, from: number, to: number): boolean {
    let state = this.stateOf([], before.nothing);
    let { table } = this;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      const symbol = byte === newline && at === to - 1 ? lastNewline : byte;
      let next = table[state * symbols + symbol] ?? unknown;
      if (next < 0) {
        if (next === unknown) next = this.advance(state, symbol);
        if (next === matched) return true;
        ({ table } = this);
      }
      state = next;
    }
    const next = table[state * symbols + atEnd] ?? unknown;
    return (next === unknown ? this.advance(state, atEnd) : next) === matched;
  }

  private stateOf(places: readonly number[], previous: number): number {
    const list = Int32Array.from([...places, previous]);
    const key = list.join();
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.places.length >= mostStates) {
      this.table.fill(unknown);
      this.places.length = 0;
      this.byKey.clear();
      this.generation++;
    }
    const state = this.places.length;
    if ((state + 1) * symbols > this.table.length) {
      const larger = new Int32Array(2 * this.table.length).fill(unknown);
      larger.set(this.table);
      this.table = larger;
    }
    this.places.push(list);
    this.byKey.set(key, state);
    return state;
  }

  /** Where `symbol` leads from a state; remembered, unless the states were forgotten on the way. */
  private advance(state: number, symbol: number): number {
    const { generation } = this;
    const next = this.follow(this.places[state] ?? new Int32Array(1), symbol);
    if (generation === this.generation) this.table[state * symbols + symbol] = next;
    return next;
  }

  private follow(places: Int32Array, symbol: number): number {
    this.search++;
    const previous = places[places.length - 1] ?? before.nothing;
    const reached: number[] = [];
    // A match may begin at every byte, so the first step is always one of the places.
    const pending = [0, ...places.subarray(0, -1)];
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
      if (this.visited[place] === this.search) continue;
      this.visited[place] = this.search;
      const step = this.steps[place];
      if (!step) continue;
      switch (step.do) {
        case 'match':
          return matched;
        case 'byte':
          if (symbol !== atEnd && step.set[byteOf(symbol)] === 1) reached.push(place + 1);
          break;
        case 'fork':
          pending.push(step.or, step.to);
          break;
        case 'assert':
          if (holds(step.what, previous, symbol)) pending.push(place + 1);
          break;
      }
    }
    const byte = byteOf(symbol);
    const kind = byte === newline ? before.newline : isWordSymbol(byte) ? before.word : before.other;
    return this.stateOf(
      reached.sort((one, other) => one - other),
      kind,
    );
  }
}

function holds(what: Assertion, previous: number, symbol: number): boolean {
  switch (what) {
    case 'start':
      return previous === before.nothing;
    case 'lineStart':
      return previous === before.nothing || (previous === before.newline && symbol !== atEnd);
    case 'end':
      return symbol === atEnd || symbol === lastNewline;
    case 'last':
      return symbol === atEnd;
    case 'lineEnd':
      return symbol === atEnd || byteOf(symbol) === newline;
    case 'noNewline':
      return byteOf(symbol) !== newline;
    case 'wordEdge':
      return (previous === before.word) !== isWordSymbol(symbol);
    case 'noWordEdge':
      return (previous === before.word) === isWordSymbol(symbol);
  }
}
