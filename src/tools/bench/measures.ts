/**
 * What is measured of the product, one process a measure: each begins with empty memory and a raw read of the same
 * file just before, so that the ratio of the two says something on any machine.
 */
import { CaptureCursor } from '../../core/capture/captureCursor.js';
import { isCapture, openCapture } from '../../core/capture/captureFile.js';
import { CaptureIndex } from '../../core/capture/captureIndex.js';
import { ColumnFilter } from '../../core/columns/columnFilter.js';
import { ColumnPass } from '../../core/columns/columnPass.js';
import { Decoder } from '../../core/dissect/decoder.js';
import { compileFilter } from '../../core/filter/displayFilter.js';
import { FileSource } from '../../node/fileSource.js';
import type { ListState } from '../../rpc/packetList.js';
import { CaptureSession } from '../../session/captureSession.js';
import { cost, median, readRaw, startClock, type Cost } from './clock.js';

/** Figures by name: milliseconds, bytes, counts. */
export type Figures = Readonly<Record<string, number>>;

/** A measure of one file; `text` is its argument, a filter or a column. */
type Measure = (file: string, text: string) => Figures | Promise<Figures>;

const list = 1;
const step = 8 * 1024 * 1024;
/** Plenty: what the columns take is measured, not what they may take. */
const budget = 4e9;

export const measures: Readonly<Record<string, Measure>> = {
  /** From nothing to 100 rows: the file opened, its first packets read and dissected. */
  async open(file) {
    // The first call of anything is slower; a user has opened a capture before, or waits for the editor anyway.
    for (let warm = 0; warm < 3; warm++) firstRows(file);
    const first = cost(() => {
      firstRows(file);
    });
    await Promise.resolve();
    return { ms: first.wall };
  },

  index(file) {
    const raw = cost(() => {
      readRaw(file);
    });
    const before = heldBytes();
    const { index, cost: spent } = indexed(file);
    return {
      ...against(raw, spent),
      packets: index.packets,
      bytesPerPacket: Math.max(0, heldBytes() - before - 4 * 1024 * 1024) / index.packets,
    };
  },

  /** All columns and flows, the index not counted. */
  columns(file) {
    const raw = cost(() => {
      readRaw(file);
    });
    const { index } = indexed(file);
    const pass = new ColumnPass(index, { budget });
    const before = heldBytes();
    const spent = cost(() => {
      while (!pass.step(step));
    });
    return {
      ...against(raw, spent),
      packets: pass.columns.packets,
      bytesPerPacket: (heldBytes() - before) / Math.max(1, index.packets),
      memory: process.memoryUsage().rss,
    };
  },

  /** A filter on what the columns hold, over all packets: the first time, then again. */
  judge(file, text) {
    const { index } = indexed(file);
    const pass = new ColumnPass(index, { budget });
    while (!pass.step(step));
    const out = new Uint8Array(pass.columns.packets);
    const once = (): Cost =>
      cost(() => {
        const compiled = compileFilter(text);
        if (!('filter' in compiled)) throw new Error(`the filter cannot be read: ${text}`);
        new ColumnFilter(pass.columns, compiled.filter).judge(0, out.length, out);
      });
    const first = once();
    const again = Array.from({ length: 5 }, once);
    return {
      ms: first.wall,
      againMs: median(again.map(({ wall }) => wall)),
      processor: first.processor,
      open: out.reduce((sum, verdict) => sum + (verdict === 2 ? 1 : 0), 0),
      found: out.reduce((sum, verdict) => sum + (verdict === 1 ? 1 : 0), 0),
    };
  },

  /** A filter as a view asks for it, the columns ready: to the first row, and to the end. */
  async filter(file, text) {
    const running = await openedSession(file, true);
    return running.filter(text);
  },

  /** The same before there are columns. */
  async stream(file, text) {
    const running = await openedSession(file, false);
    return running.filter(text);
  },

  /** 60 rows at a random place, found and read; and one packet's tree. */
  jump(file) {
    const { index } = indexed(file);
    const cursor = new CaptureCursor(index);
    const decoder = new Decoder();
    const jumps: number[] = [];
    const trees: number[] = [];
    for (let jump = 0; jump < 2000; jump++) {
      const number = 1 + Math.floor(((jump * 0.618034) % 1) * Math.max(1, index.packets - 60));
      const start = performance.now();
      for (let row = 0; row < 60; row++) cursor.seek(number + row);
      const found = performance.now();
      decoder.tree(decoder.walk(cursor.bytes(), 1, cursor.record.wire));
      jumps.push(found - start);
      trees.push(performance.now() - found);
    }
    return { ms: median(jumps), p99: high(jumps), tree: median(trees), treeP99: high(trees) };
  },

  /** 60 rows with all their cells at a random place, as the view asks for them. */
  async rows(file) {
    const { session } = await openedSession(file, false);
    const times: number[] = [];
    const packets = session.state({ list }).packets;
    for (let jump = 0; jump < 500; jump++) {
      const first = Math.floor(((jump * 0.618034) % 1) * Math.max(1, packets - 60));
      const start = performance.now();
      session.rows({ list, first, count: 60 });
      times.push(performance.now() - start);
    }
    return { ms: median(times), p99: high(times) };
  },

  /** The whole list in the order of a column. */
  async sort(file, column) {
    const running = await openedSession(file, true);
    return running.sort(column);
  },

  /** Memory of the process when the index, or all columns, are there. */
  async memory(file, what) {
    await openedSession(file, what === 'columns');
    globalThis.gc?.();
    return { bytes: process.memoryUsage().rss };
  },
};

function high(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}

/** Memory outside of the heap, where typed arrays are, and in it. */
function heldBytes(): number {
  globalThis.gc?.();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

function against(raw: Cost, spent: Cost): Figures {
  return {
    ms: spent.wall,
    processor: spent.processor,
    rawMs: raw.wall,
    ratio: spent.wall / raw.wall,
    processorRatio: spent.processor / raw.processor,
  };
}

function indexed(file: string): { readonly index: CaptureIndex; readonly cost: Cost } {
  const stop = startClock();
  const source = new FileSource(file);
  const reader = openCapture(source);
  if (!isCapture(reader)) throw new Error(reader.message);
  const index = new CaptureIndex(source, reader);
  while (!index.step(step));
  return { index, cost: stop() };
}

function firstRows(file: string): void {
  const session = new CaptureSession(new FileSource(file), {
    send: () => undefined,
    defer: () => undefined,
  });
  session.open();
  const { rows } = session.rows({ list, first: 0, count: 100 });
  session.close();
  if (rows.length < 100) throw new Error(`${file} has fewer than 100 packets`);
}

/** A session as the worker runs one, its background work done. */
class RunningSession {
  readonly session: CaptureSession;
  private readonly listeners = new Set<(state: ListState) => void>();
  private readonly progress = new Set<() => void>();

  constructor(file: string) {
    this.session = new CaptureSession(new FileSource(file), {
      send: (name, payload) => {
        if (name === 'list' && 'age' in payload) for (const listener of this.listeners) listener(payload);
        if (name === 'progress') for (const listener of this.progress) listener();
      },
      defer: (task) => void setImmediate(task),
    });
  }

  /** Until all is indexed and, where wanted, all columns are there. */
  async ready(columns: boolean): Promise<void> {
    for (;;) {
      const summary = this.session.open();
      if ('seems' in summary) throw new Error(summary.message);
      if (summary.done && (!columns || (summary.columns?.packets ?? 0) >= summary.packets)) return;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  async filter(text: string): Promise<Figures> {
    let firstHit = 0;
    const stop = startClock();
    const ended = this.when((state) => {
      if (state.shown > 0 && firstHit === 0) firstHit = stop().wall;
      return state.filter === text && state.phase === 'ready' && state.examined >= state.packets;
    });
    const mistakes = this.session.filter({ list, text });
    if (mistakes.length > 0) throw new Error(mistakes[0]?.message ?? 'the filter cannot be read');
    const last = await ended;
    const { wall, processor } = stop();
    return { ms: wall, processor, firstHit, found: last.shown, packets: last.packets };
  }

  async sort(column: string): Promise<Figures> {
    const stop = startClock();
    const ended = this.when((state) => state.sort !== undefined && state.phase === 'ready');
    this.session.sort({ list, by: { column, descending: true } });
    await ended;
    const { wall, processor } = stop();
    return { ms: wall, processor };
  }

  /** The first state, the present one included, that is as wanted. */
  private when(wanted: (state: ListState) => boolean): Promise<ListState> {
    return new Promise((resolve) => {
      const listener = (state: ListState): void => {
        if (!wanted(state)) return;
        this.listeners.delete(listener);
        resolve(state);
      };
      this.listeners.add(listener);
    });
  }
}

async function openedSession(file: string, columns: boolean): Promise<RunningSession> {
  const running = new RunningSession(file);
  await running.ready(columns);
  return running;
}
