/** The extension host is shared by all extensions: whatever a capture makes a worker do, it stays free for others. */
import assert from 'node:assert/strict';
import { rmSync, statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import path from 'node:path';
import * as vscode from 'vscode';
import { CaptureReaders, type CaptureReader } from '../../src/extension/captures/captureReader.js';
import { startReader } from '../../src/extension/captures/startReader.js';
import { isNotACapture, type CaptureSummary } from '../../src/rpc/capture.js';
import type { ListState } from '../../src/rpc/packetList.js';
import { workerProgram, writeCapture } from './madeCaptures.js';
import { note } from './notes.js';

const packets = 1_000_000;
/** Milliseconds between two looks at what the thread has used. */
const pace = 25;
/** The most that one look may find, in milliseconds of processor time. */
const mostBusy = 20;

/** Node 24 tells a thread's own processor time. */
interface ThreadClock {
  readonly threadCpuUsage?: () => NodeJS.CpuUsage;
  readonly cpuUsage: () => NodeJS.CpuUsage;
}

/** Waits for an event that `wanted` takes. */
function seen<T>(reader: CaptureReader, name: string, wanted: (payload: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const listening = reader.onEvent((event) => {
      if (event.name !== name || !wanted(event.payload as T)) return;
      listening.dispose();
      resolve(event.payload as T);
    });
  });
}

/** Looks again and again how much the thread has worked; answers the most that it did between two looks. */
function watchThread(cpuUsage: (() => NodeJS.CpuUsage) | undefined): () => number | undefined {
  if (!cpuUsage) return () => undefined;
  const used = (): number => {
    const { user, system } = cpuUsage();
    return (user + system) / 1000;
  };
  let before = used();
  let most = 0;
  const timer = setInterval(() => {
    const now = used();
    most = Math.max(most, now - before);
    before = now;
  }, pace);
  return () => {
    clearInterval(timer);
    return most;
  };
}

suite('A large capture', function () {
  this.timeout(120_000);

  test('is opened, filtered and exported while the extension host stays free', async () => {
    const { threadCpuUsage }: ThreadClock = process;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder !== undefined);
    const file = path.join(folder, 'large.pcap');
    const target = path.join(folder, 'large-shown.pcapng');
    writeCapture(file, packets);
    const uri = vscode.Uri.file(file);
    const program = workerProgram();
    const readers = new CaptureReaders((capture) => startReader(program, capture, new Set()));
    const reader = readers.acquire(uri);
    // What writing the file has left behind is not counted.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const mostWork = watchThread(threadCpuUsage);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    try {
      const indexed = seen<CaptureSummary>(reader, 'progress', ({ done }) => done);
      const opened = await reader.call('open', undefined);
      assert.ok(!isNotACapture(opened));
      const summary = opened.done ? opened : await indexed;
      assert.equal(summary.packets, packets);

      const list = 1;
      const ready = seen<ListState>(
        reader,
        'list',
        ({ phase, examined }) => phase === 'ready' && examined === packets,
      );
      const text = 'tcp.flags.syn == 1 && ip.ttl < 60';
      assert.deepEqual(await reader.call('filter', { list, text }), []);
      for (let first = 0; first < 1000; first += 100) await reader.call('rows', { list, first, count: 100 });
      const { shown } = await ready;
      // Numbers of packets that eight and three both divide.
      assert.equal(shown, Math.ceil(packets / 24));

      const order = { list, which: 'shown', format: 'pcapng', path: target } as const;
      const exported = await reader.call('export', order);
      assert.equal(exported.packets, shown);
      assert.equal(statSync(target).size, exported.size);
    } finally {
      delay.disable();
      const busy = mostWork();
      readers.dispose();
      rmSync(file, { force: true });
      rmSync(target, { force: true });
      note(
        `with a million packets, 99 % of the extension host's turns came within ${(delay.percentile(99) / 1e6).toFixed(1)} ms`,
      );
      // Other programs on the machine delay its turns; how much it worked is its own doing.
      if (busy !== undefined) {
        note(`it worked for at most ${busy.toFixed(1)} ms at a time`);
        assert.ok(busy < mostBusy, `${busy} ms of processor time`);
      }
    }
  });
});
