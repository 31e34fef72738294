/** What the capture view and the workbench do together: menus, keys, settings, moved editors, files that go away. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { exampleWorkspace } from '../../src/tools/paths.js';
import { Workbench } from './workbench.js';

const capture = 'node1_ens33.cap';
const bytes = readFileSync(path.join(exampleWorkspace, capture));

let workbench: Workbench;

before(async () => {
  workbench = await Workbench.open({
    files: { 'going.pcap': bytes, 'other.pcap': bytes, 'elsewhere.pcap': bytes },
  });
});

after(async () => {
  await workbench.close();
});

/** A test that leaves a picture when it fails, and the settings as they were. */
function check(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    try {
      set({});
      await work();
    } catch (error) {
      await workbench.screenshot(`workbench-failed-${name.replace(/\W+/g, '-')}`);
      throw error;
    }
  });
}

/** Writes the settings of the workspace. */
function set(settings: Readonly<Record<string, unknown>>): void {
  const file = path.join(workbench.folder, '.vscode/settings.json');
  writeFileSync(file, JSON.stringify({ 'workbench.colorTheme': 'Default Dark Modern', ...settings }));
}

async function openCapture(name = capture): Promise<Frame> {
  await workbench.runCommand('View: Close All Editors');
  return workbench.openCapture(name);
}

const rowOf = (view: Frame, number: number) => view.locator(`cl-packet-list .row[data-number="${number}"]`);
const cellOf = (view: Frame, number: number, column: string) =>
  rowOf(view, number).locator(`[data-column="${column}"]`);
const field = (view: Frame, label: string) => view.locator('cl-packet-tree .row', { hasText: label });
const filterInput = (view: Frame) => view.locator('cl-filter-input input');
const entry = (label: string) =>
  workbench.page.locator('.monaco-menu .action-label').getByText(label, { exact: true });

/** Goes through the entries of a menu that is open, the last of which does something. */
async function choose(...labels: readonly string[]): Promise<void> {
  for (const label of labels) {
    await entry(label).last().hover();
    // A menu takes no clicks in its first moments, lest the click that opened it choose something.
    await workbench.page.waitForTimeout(500);
    await entry(label).last().click();
  }
}

check('a field of the tree becomes a filter from its menu, a cell of the list joins in', async () => {
  const view = await openCapture();
  await rowOf(view, 5).click();
  await field(view, 'Internet Protocol Version 4').locator('.twisty').click();
  await field(view, 'Time to Live').click({ button: 'right' });
  await choose('Apply as Filter', 'Selected');
  await workbench.eventually(
    'the filter in force',
    async () => (await filterInput(view).inputValue()) === 'ip.ttl == 63',
  );
  await workbench.eventually('only packets that match', async () => {
    const numbers = await view
      .locator('cl-packet-list .row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-number')));
    return numbers.length > 0 && numbers.includes('5') && !numbers.includes('3');
  });
  await cellOf(view, 5, 'protocol').click({ button: 'right' });
  await choose('Prepare as Filter', '… and Selected');
  await workbench.eventually(
    'the filter made longer',
    async () => (await filterInput(view).inputValue()) === '(ip.ttl == 63) && (icmp)',
  );
  await workbench.runCommand('Cilium Lens: Clear Display Filter');
  await rowOf(view, 3).waitFor();
});

check('times are written as chosen, in the next capture too, until the settings change', async () => {
  let view = await openCapture();
  await cellOf(view, 1, 'time').filter({ hasText: '0.000000' }).waitFor();
  await workbench.runAndAnswer('Cilium Lens: Time Format…', 'Date and time, UTC');
  await cellOf(view, 1, 'time')
    .filter({ hasText: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/ })
    .waitFor();
  view = await openCapture('other.pcap');
  await cellOf(view, 1, 'time')
    .filter({ hasText: /\d{4}-\d\d-\d\d / })
    .waitFor();
  set({ 'ciliumLens.captures.timeFormat': 'epoch', 'ciliumLens.captures.timeDigits': 3 });
  await cellOf(view, 1, 'time')
    .filter({ hasText: /^\s*\d{10}\.\d{3}\s*$/ })
    .waitFor();
});

check(
  'colour rules of the settings count at once, and what is wrong with one is said in the view',
  async () => {
    const view = await openCapture();
    const mine = { name: 'Pings of mine', filter: 'icmp', colour: 'red' };
    set({ 'ciliumLens.captures.colourRules': [mine] });
    await view.locator('cl-packet-list .row[data-number="5"][aria-description="Pings of mine"]').waitFor();
    await workbench.screenshot('workbench-colours');
    set({ 'ciliumLens.captures.colourRules': [mine, { name: 'Nameless', colour: 'blue' }] });
    await view.locator('cl-notice-bar', { hasText: 'Colour rule 2 has no display filter.' }).waitFor();
    set({ 'ciliumLens.captures.colourRules': [mine, { name: 'Odd', filter: 'ip.ttl ==', colour: 'blue' }] });
    await view.locator('cl-notice-bar', { hasText: 'Odd: ' }).waitFor();
  },
);

check('an editor that moves to another group keeps its reader, its marks and its filter', async () => {
  let view = await openCapture('elsewhere.pcap');
  await rowOf(view, 5).click();
  await workbench.page.keyboard.press('Control+M');
  const marked = '.row.marked[data-number="5"]';
  await view.locator(marked).waitFor();
  await workbench.runCommand('View: Move Editor into Right Group');
  view = await workbench.webview('cl-capture-app');
  await view.locator(marked).waitFor();
});

check('the keys of Wireshark reach the view', async () => {
  const view = await openCapture();
  await rowOf(view, 2).click();
  await workbench.page.keyboard.press('Control+/');
  await view.locator('cl-filter-input input:focus').waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.page.keyboard.press('Control+F');
  await view.locator('cl-find-bar input:focus').waitFor();
  await workbench.page.keyboard.type('reply');
  await workbench.page.keyboard.press('Enter');
  await view.locator('cl-packet-list .row.selected[data-number="6"]').waitFor();
});

check('a capture that is deleted while it is open stays on the screen, and that is said', async () => {
  const view = await openCapture('going.pcap');
  await rowOf(view, 5).waitFor();
  const file = path.join(workbench.folder, 'going.pcap');
  renameSync(file, `${file}.away`);
  await view.locator('cl-notice-bar', { hasText: 'going.pcap' }).waitFor();
  assert.equal(await rowOf(view, 5).count(), 1);
  unlinkSync(`${file}.away`);
});
