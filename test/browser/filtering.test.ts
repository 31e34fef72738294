/** Filtering and finding in the real workbench: which keys come through to the page, and what outlives it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { Workbench } from './workbench.js';

const capture = 'node1_ens33.cap';

let workbench: Workbench;

before(async () => {
  workbench = await Workbench.open();
});

after(async () => {
  await workbench.close();
});

async function openCapture(): Promise<Frame> {
  await workbench.runCommand('View: Close All Editors');
  return workbench.openCapture(capture);
}

/** A test that leaves a picture when it fails. */
function check(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    try {
      await work();
    } catch (error) {
      await workbench.screenshot(`filtering-failed-${name.replace(/\W+/g, '-')}`);
      throw error;
    }
  });
}

const field = (view: Frame) => view.locator('cl-filter-bar input');
const options = (view: Frame) => view.locator('cl-filter-bar [role=option]');
const rowOf = (view: Frame, number: number) => view.locator(`cl-packet-list .row[data-number="${number}"]`);
const chip = (view: Frame, text: string) => view.locator('cl-filter-bar .chip', { hasText: text });
const press = (key: string) => workbench.page.keyboard.press(key);
const type = (text: string) => workbench.page.keyboard.type(text);

/** What stands in the field, once it is this. */
async function stands(view: Frame, text: string): Promise<void> {
  await workbench.eventually(
    `“${text}” in the filter field`,
    async () => (await field(view).inputValue()) === text,
  );
}

check('a filter is written with completion, applied, undone and cleared by keys alone', async () => {
  const view = await openCapture();
  await rowOf(view, 1).click();
  await press('/');
  await type('icmp.ty');
  await options(view).filter({ hasText: 'icmp.type' }).first().waitFor();
  await press('Tab');
  await stands(view, 'icmp.type');
  await type(' == 0');
  await press('Enter');
  await chip(view, '1 of 6 packets').waitFor();
  await rowOf(view, 6).waitFor();
  assert.equal(await view.locator('cl-packet-list .row').count(), 1);

  // The list has the keyboard now.
  await press('/');
  await press('End');
  await type(' or arp');
  await press('Control+a');
  await type('dns');
  await stands(view, 'dns');
  const isOld = async () => (await field(view).inputValue()).includes('icmp');
  for (let times = 0; times < 6 && !(await isOld()); times++) await press('Control+z');
  await workbench.eventually('an undo', isOld);
  await press('Control+Shift+z');
  await workbench.eventually('a redo', async () => !(await isOld()));
  await press('Escape');
  await press('Escape');
  await stands(view, 'icmp.type == 0');
  await press('Escape');
  await workbench.runCommand('Cilium Lens: Clear Display Filter');
  await rowOf(view, 1).waitFor();
  await stands(view, '');
});

check('a mistake is told and changes nothing', async () => {
  const view = await openCapture();
  await workbench.runCommand('Cilium Lens: Focus Display Filter');
  await workbench.eventually('the field with the keyboard', () =>
    field(view).evaluate((input) => input.matches(':focus')),
  );
  await type('ip.src == nonsense and arp');
  await view.locator('cl-filter-bar .wrong').waitFor();
  assert.equal(await view.locator('cl-filter-bar .wrong').textContent(), 'nonsense');
  await press('Enter');
  await view.locator('cl-filter-bar .message').waitFor();
  assert.equal(await view.locator('cl-packet-list .row').count(), 6);
  await workbench.screenshot('filtering-mistake');
});

check('filters are kept: in the history, for the capture opened anew, and with a star', async () => {
  const view = await openCapture();
  await rowOf(view, 1).click();
  await press('/');
  await type('arp');
  await press('Enter');
  await chip(view, '2 of 6 packets').waitFor();
  await view.locator('cl-filter-bar .star').click();
  await view.locator('cl-filter-bar .star[aria-pressed=true]').waitFor();

  const again = await openCapture();
  await rowOf(again, 1).waitFor();
  await again.locator('cl-filter-bar .history').click();
  const kept = again.locator('cl-filter-menu .option');
  await kept.filter({ hasText: 'arp' }).first().waitFor();
  assert.match(await kept.first().innerText(), /arp/, 'what has a star comes first');
  await press('Enter');
  await chip(again, '2 of 6 packets').waitFor();
  await press('/');
  await press('Alt+ArrowUp');
  await stands(again, 'icmp.type == 0');
});

check('finding: the bar opens and closes by keys, and F3 goes on without it', async () => {
  const view = await openCapture();
  await rowOf(view, 1).click();
  await press('Control+f');
  await view.locator('cl-find-bar input').waitFor();
  await type('who has');
  await press('Enter');
  await view.locator('cl-packet-list .row.selected[data-number="3"]').waitFor();
  await view.locator('cl-find-bar .outcome', { hasText: 'Packet 3' }).waitFor();
  await view.locator('cl-find-bar select').selectOption('filter');
  await view.locator('cl-find-bar input').fill('icmp');
  await press('Enter');
  await view.locator('cl-packet-list .row.selected[data-number="5"]').waitFor();
  await press('Escape');
  await view.locator('cl-find-bar').waitFor({ state: 'detached' });
  await press('F3');
  await view.locator('cl-packet-list .row.selected[data-number="6"]').waitFor();
  await press('Shift+F3');
  await view.locator('cl-packet-list .row.selected[data-number="5"]').waitFor();
});
