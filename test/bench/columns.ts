/**
 * How fast the columns of a capture are filled, asked and sorted, against reading the file and doing nothing. Run by
 * hand on a large file, bundled as the extension is (a loader that translates module by module is slower):
 *
 *     npx esbuild test/bench/columns.ts --bundle --platform=node --format=esm --outfile=dist/bench-columns.mjs
 *     node dist/bench-columns.mjs FILE…
 *
 * Processor time counts; ratios within one run are what can be compared.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isCapture, openCapture } from '../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../src/core/capture/captureIndex.js';
import { PacketScan } from '../../src/core/capture/packetScan.js';
import { ColumnFilter } from '../../src/core/columns/columnFilter.js';
import { ColumnPass } from '../../src/core/columns/columnPass.js';
import { verdict } from '../../src/core/columns/kleene.js';
import { sortOrder, type SortColumn } from '../../src/core/columns/sortOrder.js';
import { Decoder } from '../../src/core/dissect/decoder.js';
import { compileFilter } from '../../src/core/filter/displayFilter.js';
import { FileSource } from '../../src/node/fileSource.js';

const mebibyte = 1024 * 1024;
const rounds = 3;
const filters = [
  'ip.addr==10.0.0.85 && tcp.port==80',
  'tcp.port in {80, 443, 8000..9000}',
  'cilium.identity > 255',
  'frame.len > 100 && tcp.flags.syn == 1 && ip.addr == 10.0.0.0/8',
  'frame.time_relative > 1',
  'tcp.flags.syn==1 && ip.ttl<60',
];
const sorts: readonly SortColumn[] = ['time', 'length', 'source', 'protocol'];

/** Seconds of processor time. */
function measure(work: () => void): number {
  const usage = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(usage);
  return (user + system) / 1e6;
}

function readAll(file: string): void {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  const buffer = new Uint8Array(4 * mebibyte);
  for (let at = 0; at < size;) at += readSync(descriptor, buffer, 0, buffer.length, at);
  closeSync(descriptor);
}

function run(file: string): void {
  const source = new FileSource(file);
  const reader = openCapture(source);
  if (!isCapture(reader)) throw new Error(reader.message);
  const index = new CaptureIndex(source, reader);
  while (!index.step(8 * mebibyte));
  let pass = new ColumnPass(index, { budget: Infinity });
  for (let round = 0; round < rounds; round++) {
    const raw = measure(() => {
      readAll(file);
    });
    pass = new ColumnPass(index, { budget: Infinity });
    const seconds = measure(() => {
      while (!pass.step(8 * mebibyte));
    });
    console.log(
      `columns: ${seconds.toFixed(3)} s, ${(seconds / raw).toFixed(1)} x a raw read (${raw.toFixed(3)} s)`,
    );
  }
  const { columns } = pass;
  const { packets, flows, size } = columns;
  console.log(`${packets} packets, ${flows.count} flows, ${(size / packets).toFixed(1)} bytes a packet`);
  const out = new Uint8Array(packets);
  for (const text of filters) {
    const compiled = compileFilter(text);
    if (!('filter' in compiled)) throw new Error(text);
    const judge = (filter: ColumnFilter) => (): void => {
      filter.judge(0, packets, out);
    };
    const first = new ColumnFilter(columns, compiled.filter);
    const [cold, warm] = [measure(judge(first)), measure(judge(first))];
    const count = (wanted: number): number => out.reduce((sum, one) => sum + (one === wanted ? 1 : 0), 0);
    console.log(
      `${text}: ${cold.toFixed(3)} s, again ${warm.toFixed(3)} s; ${count(verdict.yes)} yes, ${count(verdict.unknown)} open`,
    );
  }
  const decoder = new Decoder();
  const scan = new PacketScan(index, 64 * 1024);
  const numbers = Uint32Array.from({ length: packets }, (_, at) => packets - at);
  for (const by of sorts) {
    const summaryOf = (number: number): ReturnType<Decoder['summary']> => {
      scan.seek(number);
      scan.next();
      const { record } = scan;
      const linkType = reader.interfaces[record.interface]?.linkType ?? -1;
      return decoder.summary(decoder.walk(scan.bytes(), linkType, record.wire));
    };
    const seconds = measure(() => {
      const sorting = sortOrder(columns, numbers, { by, descending: false, summaryOf });
      while (!sorting.next().done);
    });
    console.log(`sort by ${by}: ${seconds.toFixed(2)} s`);
  }
  console.log(`${Math.round(process.memoryUsage().rss / mebibyte)} MiB resident`);
  source.close();
}

for (const file of process.argv.slice(2)) run(file);
