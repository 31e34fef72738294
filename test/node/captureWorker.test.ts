/** The worker as the extension runs it: bundled, in a thread of its own, over real files. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { startCaptureWorker, type CaptureLocation } from '../../src/node/startCaptureWorker.js';
import { isNotACapture, type CaptureSummary } from '../../src/rpc/capture.js';
import { pcapFile, somePackets } from '../core/capture/build.js';
import { captureFolder } from '../golden/captures.js';

const folder = mkdtempSync(path.join(tmpdir(), 'capture-worker-'));
const program = path.join(folder, 'captureWorker.cjs');
before(async () => {
  const entryPoints = [path.resolve(import.meta.dirname, '../../src/node/captureWorker.ts')];
  await build({
    entryPoints,
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});
after(() => {
  rmSync(folder, { recursive: true });
});

/** Starts a worker and ends it with the test, also when the test fails. */
async function withWorker(
  location: CaptureLocation,
  work: (worker: ReturnType<typeof startCaptureWorker>) => Promise<void>,
): Promise<void> {
  const worker = startCaptureWorker(program, location);
  try {
    await work(worker);
  } finally {
    await worker.terminate();
  }
}

const fixture = path.join(captureFolder, 'vxlan.pcap');

test('a gzip archive is opened as what it holds', async () => {
  await withWorker({ path: path.join(captureFolder, 'gzip.pcap.gz') }, async (worker) => {
    const summary = await worker.call('open', undefined);
    assert.ok(!isNotACapture(summary));
    assert.deepEqual([summary.format, summary.packets, summary.done], ['pcap, gzip', 44, true]);
    assert.equal((await worker.call('rows', { list: 1, first: 43, count: 9 })).rows.length, 1);
  });
});

test('a file is opened, its rows and packets are answered', async () => {
  await withWorker({ path: fixture }, async (worker) => {
    const summary = await worker.call('open', undefined);
    assert.ok(!isNotACapture(summary));
    assert.deepEqual([summary.name, summary.packets, summary.done], ['vxlan.pcap', 10, true]);
    const { rows } = await worker.call('rows', { list: 1, first: 0, count: 3 });
    assert.deepEqual(
      rows.map(({ number }) => number),
      [1, 2, 3],
    );
    const packet = await worker.call('packet', { number: 10 });
    assert.equal(packet?.bytes.length, packet?.layers[0]?.length);
    assert.equal(await worker.call('packet', { number: 11 }), undefined);
  });
});

test('bytes are opened like a file, and are handed over', async () => {
  const bytes = new Uint8Array(readFileSync(fixture));
  await withWorker({ name: 'remote.pcap', bytes }, async (worker) => {
    assert.equal(bytes.length, 0);
    const summary = await worker.call('open', undefined);
    assert.ok(!isNotACapture(summary));
    assert.deepEqual([summary.name, summary.packets], ['remote.pcap', 10]);
  });
});

test('bytes within a larger buffer are copied, the rest of it stays', async () => {
  const file = readFileSync(fixture);
  const larger = new Uint8Array(file.length + 100);
  larger.set(file, 50);
  await withWorker({ name: 'part.pcap', bytes: larger.subarray(50, 50 + file.length) }, async (worker) => {
    assert.equal(larger.length, file.length + 100);
    const summary = await worker.call('open', undefined);
    assert.equal(isNotACapture(summary) ? 0 : summary.packets, 10);
  });
});

test('progress arrives until all is indexed, and rows are answered meanwhile', async () => {
  const many = pcapFile(Array.from({ length: 30 }, () => somePackets(300, 400)).flat());
  await withWorker({ name: 'many.pcap', bytes: many }, async (worker) => {
    const finished = new Promise<CaptureSummary>((resolve) => {
      worker.on('progress', (summary) => {
        if (summary.done) resolve(summary);
      });
    });
    const summary = await worker.call('open', undefined);
    assert.ok(!isNotACapture(summary) && !summary.done);
    assert.equal((await worker.call('rows', { list: 1, first: 0, count: 10 })).rows.length, 10);
    assert.equal((await finished).packets, 9000);
  });
});

test('a file that is not there fails the call, in words', async () => {
  await withWorker({ path: path.join(folder, 'absent.pcap') }, async (worker) => {
    await assert.rejects(worker.call('open', undefined), { message: 'absent.pcap is not there.' });
  });
});

test('a file removed while open is told', async () => {
  const file = path.join(folder, 'removed.pcap');
  writeFileSync(file, readFileSync(fixture));
  await withWorker({ path: file }, async (worker) => {
    const lost = new Promise<string>((resolve) => {
      worker.on('lost', ({ message }) => {
        resolve(message);
      });
    });
    await worker.call('open', undefined);
    rmSync(file);
    assert.equal(await lost, 'removed.pcap was deleted. What was read of it stays until it is closed.');
    assert.equal((await worker.call('rows', { list: 1, first: 0, count: 3 })).rows.length, 3);
  });
});

test('a worker that dies rejects what is open and says so', async () => {
  const broken = path.join(folder, 'broken.cjs');
  writeFileSync(
    broken,
    `require('node:worker_threads').parentPort.on('message', () => { throw new Error('out of order'); });`,
  );
  const worker = startCaptureWorker(broken, { path: fixture });
  const lost = new Promise<string>((resolve) => {
    worker.on('lost', ({ message }) => {
      resolve(message);
    });
  });
  const call = worker.call('open', undefined);
  await assert.rejects(call, /The capture reader has stopped: out of order/);
  assert.match(await lost, /out of order/);
  await worker.terminate();
});

test('ending a worker rejects what is open', async () => {
  const worker = startCaptureWorker(program, { path: fixture });
  const call = worker.call('open', undefined);
  const ended = worker.terminate();
  await assert.rejects(call, /closed/);
  await ended;
});
