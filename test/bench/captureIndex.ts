/**
 * How fast a capture file is indexed, against reading it and doing nothing. Run by hand on a large file:
 *
 *     node --import tsx test/bench/captureIndex.ts FILE…
 *
 * Ratios within one run are what counts: machines differ, and other programs take their share.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CaptureCursor } from '../../src/core/capture/captureCursor.js';
import { isCapture, openCapture } from '../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../src/core/capture/captureIndex.js';
import { FileSource } from '../../src/node/fileSource.js';

const mebibyte = 1024 * 1024;
const rounds = 5;
const jumps = 1000;
const rowsPerJump = 60;

/** Milliseconds on the wall and seconds of processor time that something takes. */
function measure(work: () => void): { readonly wall: number; readonly processor: number } {
  const [start, usage] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(usage);
  return { wall: performance.now() - start, processor: (user + system) / 1e6 };
}

function readAll(file: string): void {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  const buffer = new Uint8Array(4 * mebibyte);
  for (let at = 0; at < size;) at += readSync(descriptor, buffer, 0, buffer.length, at);
  closeSync(descriptor);
}

/** One round: raw read, first rows, index, random jumps. */
function round(file: string): Record<string, string> {
  const raw = measure(() => {
    readAll(file);
  });
  const source = new FileSource(file);
  const reader = openCapture(source);
  if (!isCapture(reader)) throw new Error(reader.message);
  const index = new CaptureIndex(source, reader);
  const first = measure(() => {
    index.step(mebibyte);
  });
  const rest = measure(() => {
    while (!index.step(8 * mebibyte));
  });
  const cursor = new CaptureCursor(index);
  const jumping = measure(() => {
    for (let jump = 0; jump < jumps; jump++) {
      const number = 1 + Math.floor(((jump * 0.618034) % 1) * Math.max(1, index.packets - rowsPerJump));
      for (let row = 0; row < rowsPerJump; row++) cursor.seek(number + row);
    }
  });
  source.close();
  const wall = first.wall + rest.wall;
  return {
    packets: index.packets.toString(),
    'raw read, ms': raw.wall.toFixed(0),
    'first MiB, ms': first.wall.toFixed(1),
    'index, ms': wall.toFixed(0),
    'index / raw': (wall / raw.wall).toFixed(2),
    'processor, s': (first.processor + rest.processor).toFixed(2),
    'jump of 60 rows, µs': ((jumping.wall / jumps) * 1000).toFixed(0),
    'memory, MB': (process.memoryUsage().rss / 1e6).toFixed(0),
  };
}

for (const file of process.argv.slice(2)) {
  console.log(file);
  console.table(Array.from({ length: rounds }, () => round(file)));
}
