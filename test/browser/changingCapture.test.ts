/** Captures that do not stay as they were opened, in the real workbench: growing, cut short, deleted; and a large archive. */
import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { grouped } from '../../src/core/base/words.js';
import { captureFile } from '../../src/tools/bench/captures.js';
import { CaptureHands } from './captureHands.js';
import { CaptureTruth } from './captureTruth.js';
import { Workbench } from './workbench.js';

const capture = captureFile({ profile: 'small', packets: 100_000, format: 'pcap' }, console.log);
const bytes = readFileSync(capture);
/** Bytes of the headers of a pcap file. */
const [fileHeader, recordHeader] = [24, 16];

let workbench: Workbench;

before(async () => {
  workbench = await Workbench.open();
});

after(async () => {
  await workbench.close();
});

/** A test that leaves a picture when it fails. */
function check(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    try {
      await work();
    } catch (error) {
      await workbench.screenshot(`changing-failed-${name.replace(/\W+/g, '-')}`);
      throw error;
    }
  });
}

const inFolder = (name: string) => path.join(workbench.folder, name);

async function open(name: string): Promise<CaptureHands> {
  await workbench.runCommand('View: Close All Editors');
  const view: Frame = await workbench.openCapture(name);
  return new CaptureHands(workbench, view);
}

/** Where the record of each packet begins, as far as asked for, and the end of the last. */
function recordStarts(count: number): number[] {
  const starts = [fileHeader];
  for (let packet = 0, at = fileHeader; packet < count; packet++) {
    at += recordHeader + bytes.readUInt32LE(at + 8);
    starts.push(at);
  }
  return starts;
}

const countOf = (hands: CaptureHands, packets: number) =>
  hands.view.locator('cl-status-line .facts', { hasText: `${grouped(packets)} packets` });
const lastIs = (hands: CaptureHands, number: number) =>
  hands.settled(`packet ${number} at the end`, (rows) => rows.at(-1)?.number === number);

check('a file that is being written is followed, half a record is waited for', async () => {
  const starts = recordStarts(1000);
  const slice = (from: number, to: number) => bytes.subarray(starts[from], starts[to]);
  const file = inFolder('growing.pcap');
  writeFileSync(file, bytes.subarray(0, starts[200]));
  const hands = await open('growing.pcap');
  const { view } = hands;
  await countOf(hands, 200).waitFor();
  const follow = view.getByRole('button', { name: 'Follow new packets' });
  assert.equal(await follow.count(), 0, 'nothing to follow yet');

  appendFileSync(file, slice(200, 300));
  await countOf(hands, 300).waitFor();
  await follow.click();
  await lastIs(hands, 300);

  // The writer has got as far as the middle of a packet.
  const middle = ((starts[351] ?? 0) + (starts[350] ?? 0) + recordHeader) >> 1;
  appendFileSync(file, bytes.subarray(starts[300], middle));
  await countOf(hands, 350).waitFor();
  assert.equal(await view.locator('cl-notice-bar').count(), 0, 'half a record is no damage');
  appendFileSync(file, bytes.subarray(middle, starts[400]));
  await countOf(hands, 400).waitFor();
  await lastIs(hands, 400);
  assert.equal(await view.locator('cl-notice-bar').count(), 0, 'half a record is no damage');
  await workbench.screenshot('changing-following');

  // Whoever scrolls up wants to read.
  await hands.rowOf(400).hover();
  await workbench.page.mouse.wheel(0, -4400);
  await view.getByRole('button', { name: 'Follow new packets', pressed: false }).waitFor();
  const rows = await hands.settled('earlier rows', (seen) => (seen.at(-1)?.number ?? 400) < 250);
  appendFileSync(file, slice(400, 500));
  await countOf(hands, 500).waitFor();
  assert.deepEqual(await hands.rows(), rows);

  // With a filter, what comes is filtered, too.
  await follow.click();
  await lastIs(hands, 500);
  await hands.filter('tcp');
  await hands.chip('of 500 packets').waitFor();
  appendFileSync(file, slice(500, 1000));
  await hands.chip('of 1,000 packets').waitFor();
  const truth = new CaptureTruth(file);
  try {
    assert.equal(truth.packets, 1000);
    const { counts, firsts } = truth.matches(['tcp']);
    await hands.chip(`${grouped(counts.get('tcp') ?? -1)} of 1,000 packets`).waitFor();
    hands.compare(await lastIs(hands, firsts.get('tcp')?.at(-1) ?? -1), truth);
  } finally {
    truth.close();
  }
});

check('a file that is deleted is told, and what was open can still be read', async () => {
  const file = inFolder('going.pcap');
  copyFileSync(capture, file);
  const truth = new CaptureTruth(capture);
  try {
    const hands = await open('going.pcap');
    await countOf(hands, 100_000).waitFor();
    unlinkSync(file);
    await hands.view.locator('cl-notice-bar', { hasText: 'going.pcap was deleted' }).waitFor();
    await workbench.screenshot('changing-deleted');
    hands.compare(await hands.rows(), truth);
  } finally {
    truth.close();
  }
});

check('a file that is cut short is told, and opened again as it is', async () => {
  const file = inFolder('shorter.pcap');
  copyFileSync(capture, file);
  const hands = await open('shorter.pcap');
  await countOf(hands, 100_000).waitFor();
  truncateSync(file, recordStarts(500)[500]);
  const told = hands.view.locator('cl-notice-bar', { hasText: 'became shorter' });
  await told.waitFor();
  await workbench.screenshot('changing-shorter');
  await told.getByRole('button', { name: 'Try Again' }).click();
  await countOf(hands, 500).waitFor();
  await told.waitFor({ state: 'detached' });
  await hands.focusList();
  await workbench.page.keyboard.press('End');
  await lastIs(hands, 500);
});

check('an archive of a million packets shows rows at once, and its end after one pass', async () => {
  const million = captureFile({ profile: 'small', packets: 1_000_000, format: 'pcap' }, console.log);
  writeFileSync(inFolder('large.pcap.gz'), gzipSync(readFileSync(million), { level: 1 }));
  const truth = new CaptureTruth(million);
  try {
    const hands = await open('large.pcap.gz');
    hands.compare(await hands.settled('the first rows', ([first]) => first?.number === 1), truth);
    await hands.indexed();
    await countOf(hands, 1_000_000).waitFor();
    await hands.dragTo(1.2);
    hands.compare(await lastIs(hands, 1_000_000), truth);
    await hands.goTo(500_000);
    const rows = await hands.settled('the middle', (seen) => seen.some(({ number }) => number === 500_000));
    hands.compare(rows, truth);
  } finally {
    truth.close();
  }
});
