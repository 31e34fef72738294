import * as vscode from 'vscode';
import type { CaptureCalls, CaptureEvents } from '../../rpc/capture.js';
import type { Answer, Argument } from '../../rpc/messages.js';
import type { CaptureWorker } from '../../node/startCaptureWorker.js';

/**
 * One worker for one capture, shared by all editors of that file. Started when the first of them opens it, and again
 * when one of them opens it after the worker was lost.
 */
export class CaptureReader {
  readonly #start: () => Promise<CaptureWorker>;
  readonly #progress = new vscode.EventEmitter<CaptureEvents['progress']>();
  readonly #lost = new vscode.EventEmitter<CaptureEvents['lost']>();
  #worker: Promise<CaptureWorker> | undefined;
  #isLost = false;

  readonly onProgress = this.#progress.event;
  readonly onLost = this.#lost.event;

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

  dispose(): void {
    this.#stop();
    this.#progress.dispose();
    this.#lost.dispose();
  }

  #startWorker(): Promise<CaptureWorker> {
    const starting = this.#start().then((worker) => {
      worker.on('progress', (summary) => {
        this.#progress.fire(summary);
      });
      worker.on('lost', (loss) => {
        if (this.#worker === starting) this.#isLost = true;
        this.#lost.fire(loss);
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
