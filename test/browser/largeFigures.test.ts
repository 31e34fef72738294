/**
 * How fast a large capture is in the real workbench. Nothing here fails for being slow: figures are printed, and stand
 * in docs/performance.md. CILIUM_LENS_PACKETS takes another number of packets than ten million.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { exampleWorkspace } from '../../src/tools/paths.js';
import { captureFile } from '../../src/tools/bench/captures.js';
import { CaptureHands } from './captureHands.js';
import { jumpTimes, openingTimes, percentile, watchOpening } from './editorClock.js';
import { Workbench } from './workbench.js';

const packets = Number(process.env['CILIUM_LENS_PACKETS'] ?? 10_000_000);
const large = captureFile({ profile: 'small', packets, format: 'pcap' }, console.log);
const runs = 5;
const jumps = 200;

let workbench: Workbench;

before(async () => {
  workbench = await Workbench.open();
  await watchOpening(workbench);
});

after(async () => {
  await workbench.close();
});

async function open(name: string): Promise<Frame> {
  await workbench.runCommand('View: Close All Editors');
  return workbench.openCapture(name);
}

/** Opens a file under one name after the other, so that nothing is left of it from before. */
async function openings(target: string, kind: string): Promise<void> {
  const times = [];
  for (let run = 0; run <= runs; run++) {
    const name = `${kind}-${run}.pcap`;
    symlinkSync(target, path.join(workbench.folder, name));
    const view = await open(name);
    const seen = await openingTimes(workbench, view);
    assert.ok(seen.painted > seen.page && seen.page > 0);
    // A file that is still read after its view was closed would be in the way of the next one.
    await new CaptureHands(workbench, view).indexed();
    // The first one wakes what all later ones find awake.
    if (run > 0) times.push(seen);
    else console.log(`${kind}, opened first: rows painted after ${seen.painted.toFixed(0)} ms`);
  }
  const ours = times.map(({ painted, page }) => painted - page);
  console.log(
    `${kind}: rows painted ${percentile(
      times.map(({ painted }) => painted),
      0.5,
    ).toFixed(0)} ms after Enter (median of ${runs}),`,
    `of which ${percentile(ours, 0.5).toFixed(0)} ms since the view's page was asked for`,
  );
}

/** Bytes in memory of the extension host that has a file open; nothing where the system does not tell. */
function hostMemory(file: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('extensionHost')) continue;
      const isOpen = readdirSync(`/proc/${pid}/fd`).some(
        (fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === file,
      );
      const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
      if (isOpen && resident) return Number(resident[1]) * 1024;
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
    }
  }
  return undefined;
}

test('opening a small capture, and a large one', async () => {
  await openings(path.join(exampleWorkspace, 'node1_ens33.cap'), 'six packets');
  await openings(large, 'large');
});

test('jumping in a large capture', async () => {
  symlinkSync(large, path.join(workbench.folder, 'jumps.pcap'));
  const view = await open('jumps.pcap');
  const hands = new CaptureHands(workbench, view);
  const early = await jumpTimes(view, 20);
  assert.equal(early.length, 20);
  await hands.indexed();
  const times = await jumpTimes(view, jumps);
  assert.equal(times.length, jumps);
  for (const what of ['moved', 'filled'] as const) {
    const all = times.map((time) => time[what]);
    const [median, most] = [percentile(all, 0.5), percentile(all, 0.99)].map((time) => time.toFixed(1));
    console.log(`${jumps} jumps, until ${what} and painted: median ${median} ms, 99 % within ${most} ms`);
  }
});

test('memory of the extension host and its worker', async () => {
  const small = path.join(exampleWorkspace, 'node1_ens33.cap');
  // A window of its own has an extension host of its own, in which nothing was opened before.
  const fresh = await Workbench.open();
  try {
    symlinkSync(small, path.join(fresh.folder, 'memory.pcap'));
    symlinkSync(large, path.join(fresh.folder, 'large.pcap'));
    await fresh.openCapture('memory.pcap');
    const least = hostMemory(small);
    await new CaptureHands(fresh, await fresh.openCapture('large.pcap')).indexed();
    const most = hostMemory(large);
    assert.equal(least === undefined, most === undefined);
    if (least === undefined || most === undefined) return;
    const more = `${((most - least) / 1e6).toFixed(0)} MB`;
    console.log(`memory: ${more} more with ${packets} packets open beside six, their columns included`);
  } finally {
    await fresh.close();
  }
});
