/**
 * Ten million packets, a gigabyte, in the real workbench by mouse and keyboard. What is on screen is compared with
 * what the core says of the same file. CILIUM_LENS_PACKETS takes another number of packets.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { grouped } from '../../src/core/base/words.js';
import { captureFile } from '../../src/tools/bench/captures.js';
import { findProgram } from '../../src/tools/processes.js';
import { CaptureHands } from './captureHands.js';
import { CaptureTruth, type Matches } from './captureTruth.js';
import { Workbench } from './workbench.js';

const packets = Number(process.env['CILIUM_LENS_PACKETS'] ?? 10_000_000);
const file = captureFile({ profile: 'small', packets, format: 'pcap' }, console.log);

/** Columns tell which packets match. */
const indexedFilter = 'tcp.port == 6379';
/** Every packet has to be looked at. */
const slowFilter = 'tcp.flags.syn == 1 && ip.ttl > 60';
const noneFilter = 'tcp.flags.syn == 1 && ip.ttl < 30';
const rareFilter = 'tcp.flags.reset == 1';

let workbench: Workbench;
let truth: CaptureTruth;
let matches: Matches;
let hands: CaptureHands;

before(async () => {
  workbench = await Workbench.open();
  truth = new CaptureTruth(file);
  matches = truth.matches([indexedFilter, slowFilter, noneFilter, rareFilter]);
  symlinkSync(file, path.join(workbench.folder, 'large.pcap'));
});

after(async () => {
  truth.close();
  await workbench.close();
});

/** A test that leaves a picture when it fails. */
function check(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    try {
      await work();
    } catch (error) {
      await workbench.screenshot(`large-failed-${name.replace(/\W+/g, '-')}`);
      throw error;
    }
  });
}

const press = (key: string) => workbench.page.keyboard.press(key);
const selected = (number: number) =>
  hands.view.locator(`cl-packet-list .row.selected[data-number="${number}"]`);
const chipOf = (text: string) =>
  `${grouped(matches.counts.get(text) ?? -1)} of ${grouped(truth.packets)} packets`;

check('rows are there long before the file is read, and then all of it is', async () => {
  const view = await workbench.openCapture('large.pcap');
  hands = new CaptureHands(workbench, view);
  const rows = await hands.settled('the first rows', ([first]) => first?.number === 1);
  hands.compare(rows, truth);
  await hands.indexed();
  await view.locator('cl-status-line', { hasText: `${grouped(truth.packets)} packets` }).waitFor();
  assert.equal(truth.packets, packets);
});

check('the scroll bar is dragged to the middle, to the end and back', async () => {
  await hands.dragTo(0.5);
  const middle = await hands.settled('the middle', ([first]) => {
    const share = (first?.number ?? 0) / packets;
    return share > 0.45 && share < 0.55;
  });
  hands.compare(middle, truth);
  await hands.dragTo(1.2);
  hands.compare(await hands.settled('the end', (rows) => rows.at(-1)?.number === packets), truth);
  await workbench.screenshot('large-end');
  await hands.dragTo(-0.2);
  hands.compare(await hands.settled('the start', ([first]) => first?.number === 1), truth);
});

check('wheel, page keys, Home, End and Ctrl+G go where they should', async () => {
  await hands.rowOf(1).click();
  await selected(1).waitFor();
  await press('PageDown');
  const paged = await workbench.eventually('a page further', async () => {
    const number = Number(
      await hands.view.locator('cl-packet-list .row.selected').first().getAttribute('data-number'),
    );
    return number > 1 && number;
  });
  await press('PageDown');
  await selected(2 * paged - 1).waitFor();
  await press('PageUp');
  await selected(paged).waitFor();
  await press('End');
  await selected(packets).waitFor();
  hands.compare(await hands.settled('the end', (rows) => rows.at(-1)?.number === packets), truth);
  await hands.view.locator('cl-packet-tree .row', { hasText: `Frame ${grouped(packets)}` }).waitFor();
  await press('PageUp');
  await selected(packets - paged + 1).waitFor();
  await press('Home');
  await selected(1).waitFor();
  const wanted = Math.floor(packets * 0.7310578);
  await hands.goTo(wanted);
  const rows = await hands.settled('the packet that was asked for', (seen) =>
    seen.some(({ number }) => number === wanted),
  );
  hands.compare(rows, truth);
  await workbench.page.mouse.wheel(0, 0);
  const top = rows[0]?.number ?? 0;
  await hands.rowOf(wanted).hover();
  await workbench.page.mouse.wheel(0, 44_000);
  hands.compare(
    await hands.settled(
      'two thousand rows on',
      ([first]) => Math.abs((first?.number ?? 0) - top - 2000) <= 1,
    ),
    truth,
  );
});

check('an indexed filter is written with completion, and its count is right', async () => {
  const { view } = hands;
  await hands.focusList();
  await press('Home');
  await press('Control+/');
  await view.locator('cl-filter-input input:focus').waitFor();
  await workbench.page.keyboard.type('tcp.por');
  await view.locator('cl-filter-bar [role=option]', { hasText: 'tcp.port' }).first().waitFor();
  await workbench.screenshot('large-completion');
  await press('Tab');
  await workbench.eventually(
    'the name completed',
    async () => (await hands.field.inputValue()).trim() === 'tcp.port',
  );
  await workbench.page.keyboard.type(' == 6379');
  await press('Enter');
  await hands.chip(chipOf(indexedFilter)).waitFor();
  const firsts = matches.firsts.get(indexedFilter) ?? [];
  const rows = await hands.settled('the first matches', ([first]) => first?.number === firsts[0]);
  assert.deepEqual(
    rows.map(({ number }) => number),
    firsts.slice(0, rows.length),
  );
  hands.compare(rows, truth);
});

check('a filter on other fields shows rows while it runs, and can be stopped', async () => {
  const { view } = hands;
  await hands.filter(slowFilter);
  const firsts = matches.firsts.get(slowFilter) ?? [];
  await hands.chip('looked at').waitFor();
  const rows = await hands.settled('rows while it runs', ([first]) => first?.number === firsts[0]);
  hands.compare(rows, truth);
  await workbench.screenshot('large-filtering');
  await view.getByRole('button', { name: 'Stop' }).click();
  await hands.chip('stopped after').waitFor();
  await workbench.screenshot('large-stopped');
  const stopped = Number(
    (/^([\d,]+) shown/.exec((await hands.chip('stopped').innerText()).trim())?.[1] ?? '').replaceAll(',', ''),
  );
  assert.ok(stopped > 0 && stopped < (matches.counts.get(slowFilter) ?? 0), `${stopped} shown`);
  assert.equal((await hands.rows())[0]?.number, firsts[0], 'rows stay');
  // What was stopped keeps nothing from going on with the next.
  await hands.filter(noneFilter);
  await hands.chip(`0 of ${grouped(packets)} packets`).waitFor({ timeout: 180_000 });
  await view.getByText('No packet matches the filter.').waitFor();
  await hands.filter(rareFilter);
  await hands.chip(chipOf(rareFilter)).waitFor({ timeout: 180_000 });
});

check('marked and shown packets are exported as pcap and pcapng, and read again', async () => {
  const shown = matches.firsts.get(rareFilter) ?? [];
  const total = matches.counts.get(rareFilter) ?? 0;
  const first = shown[0] ?? 0;
  const third = shown[2] ?? 0;
  await hands.rowOf(first).click();
  await press('Control+M');
  await hands.rowOf(third).click();
  await press('Control+M');
  await hands.view.locator(`cl-packet-list .row.marked[data-number="${third}"]`).waitFor();
  await hands.view.locator('cl-status-line', { hasText: '2 marked' }).waitFor();
  for (const format of ['pcap', 'pcapng'] as const) {
    for (const [part, numbers] of [
      ['Shown packets', shown],
      ['Marked packets', [first, third]],
    ] as const) {
      const target = path.join(workbench.folder, `${part.replace(/ .*/, '')}.${format}`);
      await hands.export({ part, format, target });
      const written = new CaptureTruth(target);
      try {
        assert.equal(written.packets, part === 'Shown packets' ? total : 2, `${part} as ${format}`);
        assert.equal(
          written.fingerprint(numbers.map((_, at) => at + 1)),
          truth.fingerprint(numbers),
          `${part} as ${format}`,
        );
        assert.deepEqual(written.cells(1), truth.cells(first));
      } finally {
        written.close();
      }
      if (findProgram('capinfos') !== undefined) {
        const counted = execFileSync('capinfos', ['-c', '-M', '-T', '-r', target], { encoding: 'utf8' });
        assert.equal(counted.trim().split('\t')[1], String(part === 'Shown packets' ? total : 2));
      }
    }
  }
});

check('sorted by length and back to the order of the file', async () => {
  await workbench.runCommand('Cilium Lens: Clear Display Filter');
  await hands.chip('of').waitFor({ state: 'detached' });
  const { shortest, longest } = matches;
  hands.compare(await hands.sort('length', 'ascending', shortest.number), truth);
  hands.compare(await hands.sort('length', 'descending', longest.number), truth);
  await workbench.screenshot('large-sorted');
  hands.compare(await hands.sort('length', 'none', 1), truth);
});

check('finding goes from match to match and back', async () => {
  const [first = 0, second = 0, third = 0] = matches.firsts.get(rareFilter) ?? [];
  await hands.goTo(first);
  await press('Control+F');
  const bar = hands.view.locator('cl-find-bar');
  await bar.locator('input:focus').waitFor();
  await bar.locator('select').selectOption('filter');
  await bar.locator('input').fill(rareFilter);
  await press('Enter');
  await selected(second).waitFor();
  await workbench.screenshot('large-find');
  await press('Enter');
  await selected(third).waitFor();
  await press('Shift+Enter');
  await selected(second).waitFor();
  await press('Escape');
  await bar.waitFor({ state: 'detached' });
  await press('n');
  await selected(third).waitFor();
  await press('p');
  await selected(second).waitFor();
  await press('Shift+F3');
  await selected(first).waitFor();
});
