import { Worker } from 'node:worker_threads';
import type { CaptureCalls, CaptureEvents } from '../rpc/capture.js';
import { createCaller, type Caller } from '../rpc/post.js';

/** Where a capture is: a file, or bytes that some other file system gave. */
export type CaptureLocation =
  { readonly path: string } | { readonly name: string; readonly bytes: Uint8Array };

/** How much a worker may take. */
export interface CaptureWorkerLimits {
  /** Bytes of memory for the columns from which filters answer at once. */
  readonly columns?: number;
  /** Bytes that an archive may unpack to. */
  readonly unpacked?: number;
}

/** What a worker is started with. */
export interface CaptureWorkerData {
  readonly location: CaptureLocation;
  readonly limits: CaptureWorkerLimits;
}

/** A running capture worker, seen from the thread that started it. */
export interface CaptureWorker extends Caller<CaptureCalls, CaptureEvents> {
  /** Ends the thread at once, whatever it is doing. Open calls are rejected; nothing arrives any more. */
  terminate(): Promise<void>;
}

/**
 * Starts the thread for one capture. `program` is the bundled captureWorker. Bytes are handed over, not copied,
 * where they fill a buffer of their own: whoever gave them finds them gone.
 *
 * Should the thread die by itself, open calls are rejected and listeners get a `lost` event.
 */
export function startCaptureWorker(
  program: string | URL,
  location: CaptureLocation,
  limits: CaptureWorkerLimits = {},
): CaptureWorker {
  const own = 'bytes' in location && location.bytes.byteLength === location.bytes.buffer.byteLength;
  const transferList = own && location.bytes.buffer instanceof ArrayBuffer ? [location.bytes.buffer] : [];
  const workerData: CaptureWorkerData = { location, limits };
  const worker = new Worker(program, { workerData, transferList });

  let deliver: (message: unknown) => void = () => undefined;
  const caller = createCaller<CaptureCalls, CaptureEvents>({
    postMessage: (message) => {
      worker.postMessage(message);
    },
    onMessage: (listener) => {
      deliver = listener;
      worker.on('message', listener);
    },
  });

  let ended = false;
  const died = (why: string): void => {
    if (ended) return;
    ended = true;
    const message = `The capture reader has stopped: ${why}. Open the file again.`;
    deliver({ kind: 'event', name: 'lost', payload: { message } });
    caller.close(message);
  };
  worker.on('error', (error) => {
    died(error.message);
  });
  worker.on('exit', (code) => {
    died(`exit code ${code}`);
  });

  return {
    ...caller,
    async terminate() {
      ended = true;
      caller.close();
      await worker.terminate();
    },
  };
}
