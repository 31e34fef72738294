/** The thread that owns one capture: its file, its index, its decoder. Started by startCaptureWorker.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { BufferSource } from '../core/capture/byteSource.js';
import { unpacked } from '../core/packed/unpacked.js';
import { captureCallNames, type CaptureCalls, type CaptureEvents } from '../rpc/capture.js';
import type { Handlers } from '../rpc/messages.js';
import { handOn, respond, type Responder } from '../rpc/post.js';
import { CaptureSession } from '../session/captureSession.js';
import { usualLimits } from '../session/surroundings.js';
import { createFile } from './fileSink.js';
import { FileSource } from './fileSource.js';
import { watchFile } from './fileWatch.js';
import type { CaptureWorkerData } from './startCaptureWorker.js';

const port = parentPort;
if (!port) throw new Error('captureWorker must run as a worker thread');

/** Made when asked for, so that a file that cannot be opened is an answer and no crash. */
let session: CaptureSession | undefined;
function opened(): CaptureSession {
  session ??= open();
  return session;
}

function open(): CaptureSession {
  const { location, limits } = workerData as CaptureWorkerData;
  const source = unpacked(
    'path' in location ? new FileSource(location.path) : new BufferSource(location.name, location.bytes),
    { limit: limits.unpacked },
  );
  const made = new CaptureSession(
    source,
    {
      send: (name, payload) => {
        responder.send(name, payload);
      },
      defer: (task) => void setImmediate(task),
      create: createFile,
    },
    { ...usualLimits, ...limits },
  );
  if ('path' in location)
    watchFile(location.path, () => {
      made.refresh();
    });
  return made;
}

const responder: Responder<CaptureEvents> = respond<CaptureCalls, CaptureEvents>(
  {
    postMessage: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => void port.on('message', listener),
  },
  handOn<CaptureCalls>(captureCallNames, async (name, argument) => {
    const handlers: Handlers<CaptureCalls> = opened();
    return await handlers[name](argument);
  }),
);
