import * as vscode from 'vscode';
import { captureEventNames, type CaptureCalls, type CaptureEvents } from '../../rpc/capture.js';
import type { Answer, Argument } from '../../rpc/messages.js';
import type { CaptureWorker } from '../../node/startCaptureWorker.js';

/** Something that a worker tells unasked. */
export interface ReaderEvent<K extends keyof CaptureEvents = keyof CaptureEvents> {
  readonly name: K;
  readonly payload: CaptureEvents[K];
}

/**
 * One worker for one capture, shared by all editors of that file. Started when the first of them opens it, and again
 * when one of them opens it after the worker was lost.
 */
export class CaptureReader {
  readonly #start: () => Promise<CaptureWorker>;
  readonly #events = new vscode.EventEmitter<ReaderEvent>();
  #worker: Promise<CaptureWorker> | undefined;
  #isLost = false;

  /** All that the worker tells, for every view of the file. */
  readonly onEvent = this.#events.event;

  constructor(start: () => Promise<CaptureWorker>) {
    this.#start = start;
  }

  /** Asks the worker; rejects when the file cannot be read or the worker cannot be started. */
  async call<K extends keyof CaptureCalls>(
    name: K,
    argument: Argument<CaptureCalls, K>,
  ): Promise<Answer<CaptureCalls, K>> {
    if (name === 'open' && this.#isLost) this.#stop();
    const worker = this.#worker ?? this.#startWorker();
    try {
      return await (await worker).call(name, argument);
    } catch (error) {
      // An open that failed is tried anew, not answered again from what failed.
      if (name === 'open' && this.#worker === worker) this.#isLost = true;
      throw error;
    }
  }

  /** The file is no longer what the worker has, and somebody else has found out: the next `open` reads it anew. */
  lose(message: string): void {
    this.#isLost = true;
    this.#events.fire({ name: 'lost', payload: { message } });
  }

  dispose(): void {
    this.#stop();
    this.#events.dispose();
  }

  #startWorker(): Promise<CaptureWorker> {
    const starting = this.#start().then((worker) => {
      for (const name of captureEventNames)
        worker.on(name, (payload) => {
          if (name === 'lost' && this.#worker === starting) this.#isLost = true;
          this.#events.fire({ name, payload });
        });
      return worker;
    });
    this.#isLost = false;
    this.#worker = starting;
    return starting;
  }

  #stop(): void {
    // A worker that never started has nothing to end.
    this.#worker?.then(
      (worker) => worker.terminate(),
      () => undefined,
    );
    this.#worker = undefined;
  }
}

/** Switching between editors closes one file and opens the next: a reader outlives its last editor by this much. */
const keptMilliseconds = 5000;

/** The readers of all captures that are open, or were until a moment ago. */
export class CaptureReaders implements vscode.Disposable {
  readonly #start: (uri: vscode.Uri) => Promise<CaptureWorker>;
  readonly #readers = new Map<
    string,
    { readonly reader: CaptureReader; users: number; timer?: ReturnType<typeof setTimeout> }
  >();

  constructor(start: (uri: vscode.Uri) => Promise<CaptureWorker>) {
    this.#start = start;
  }

  /** The reader of a file; `release` must follow once it is no longer used. */
  acquire(uri: vscode.Uri): CaptureReader {
    const key = uri.toString();
    const kept = this.#readers.get(key) ?? { reader: new CaptureReader(() => this.#start(uri)), users: 0 };
    clearTimeout(kept.timer);
    kept.users++;
    this.#readers.set(key, kept);
    return kept.reader;
  }

  release(uri: vscode.Uri): void {
    const key = uri.toString();
    const kept = this.#readers.get(key);
    if (!kept || --kept.users > 0) return;
    kept.timer = setTimeout(() => {
      this.#readers.delete(key);
      kept.reader.dispose();
    }, keptMilliseconds);
  }

  dispose(): void {
    for (const { reader, timer } of this.#readers.values()) {
      clearTimeout(timer);
      reader.dispose();
    }
    this.#readers.clear();
  }
}
