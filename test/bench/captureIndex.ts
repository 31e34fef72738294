/**
 * How fast a capture file is indexed and gone through, against reading it and doing nothing. Run by hand on files
 * small and large:
 *
 *     node --import tsx test/bench/captureIndex.ts FILE…
 *
 * Every figure is processor time, the least of several rounds: other programs take their share of the machine. Ratios
 * within one run are what counts.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { CaptureCursor } from '../../src/core/capture/captureCursor.js';
import { isCapture, openCapture } from '../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../src/core/capture/captureIndex.js';
import { PacketScan } from '../../src/core/capture/packetScan.js';
import { FileSource } from '../../src/node/fileSource.js';

const mebibyte = 1024 * 1024;
const rounds = 7;
const firstRows = 100;
const jumps = 300;
const rowsPerJump = 60;

/** What one round takes, in milliseconds of processor time. */
interface Round {
  readonly raw: number;
  readonly first: number;
  readonly index: number;
  readonly scan: number;
  readonly views: number;
  readonly jump: number;
}

function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function readAll(file: string): void {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  const buffer = new Uint8Array(4 * mebibyte);
  for (let at = 0; at < size;) at += readSync(descriptor, buffer, 0, buffer.length, at);
  closeSync(descriptor);
}

function open(file: string): { readonly source: FileSource; readonly index: CaptureIndex } {
  const source = new FileSource(file);
  const reader = openCapture(source);
  if (!isCapture(reader)) throw new Error(reader.message);
  return { source, index: new CaptureIndex(source, reader) };
}

/** Goes through all packets, and counts something of each, so that nothing can be left out. */
function scanAll(index: CaptureIndex, count: (scan: PacketScan) => number): void {
  const scan = new PacketScan(index);
  let sum = 0;
  while (scan.next()) sum += count(scan);
  if (sum < 0) throw new Error('bytes are never negative');
}

function jumpAbout(index: CaptureIndex): void {
  const cursor = new CaptureCursor(index);
  for (let jump = 0; jump < jumps; jump++) {
    const number = 1 + Math.floor(((jump * 0.618034) % 1) * Math.max(1, index.packets - rowsPerJump));
    for (let row = 0; row < rowsPerJump; row++) cursor.seek(number + row);
  }
}

function round(file: string): Round {
  const raw = processorTime(() => {
    readAll(file);
  });
  const first = processorTime(() => {
    const { source, index } = open(file);
    index.step(mebibyte);
    const cursor = new CaptureCursor(index);
    for (let number = 1; number <= firstRows; number++) if (cursor.seek(number)) cursor.bytes();
    source.close();
  });
  const { source, index } = open(file);
  const indexing = processorTime(() => {
    while (!index.step(8 * mebibyte));
  });
  const scan = processorTime(() => {
    scanAll(index, ({ record }) => record.wire);
  });
  const views = processorTime(() => {
    scanAll(index, (packets) => packets.bytes()[0] ?? 0);
  });
  const jump = processorTime(() => {
    jumpAbout(index);
  });
  source.close();
  return { raw, first, index: indexing, scan, views, jump: jump / jumps };
}

/** One row of the table: the least of all rounds. */
function row(file: string): Record<string, string> {
  const { index, source } = open(file);
  while (!index.step(8 * mebibyte));
  const { packets } = index;
  const all = Array.from({ length: rounds }, () => round(file));
  const least = (of: keyof Round): number => Math.min(...all.map((it) => it[of]));
  const ratio = (of: keyof Round): string => (least(of) / least('raw')).toFixed(2);
  source.close();
  return {
    file: path.basename(file),
    packets: packets.toString(),
    'raw read, ms': least('raw').toFixed(1),
    [`first ${firstRows} rows, ms`]: least('first').toFixed(1),
    'index, ms': least('index').toFixed(1),
    'index / raw': ratio('index'),
    'index, ns a packet': ((least('index') * 1e6) / packets).toFixed(1),
    'index, bytes a packet': (index.bytes / packets).toFixed(3),
    'scan / raw': ratio('scan'),
    'scan with bytes / raw': ratio('views'),
    [`jump to ${rowsPerJump} rows, µs`]: (least('jump') * 1000).toFixed(0),
  };
}

console.table(process.argv.slice(2).map(row));
