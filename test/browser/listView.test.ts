/** What one does with the packet list in the capture view, over the product's own session, in a bare page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { CaptureViewCommand } from '../../src/rpc/captureView.js';
import type { TimeWish } from '../../src/rpc/packetList.js';
import { root } from '../../src/tools/paths.js';
import { ViewPages, type ViewPageOptions } from './viewPage.js';

let pages: ViewPages;

before(async () => {
  pages = await ViewPages.start();
});

after(async () => {
  await pages.close();
});

/** Six packets: TCP, TCP, ARP, ARP, ICMP, ICMP. */
const example = () => ({
  name: 'node1_ens33.cap',
  bytes: [...readFileSync(path.join(root, 'examples/native-routing/node1_ens33.cap'))],
});

async function withView(work: (page: Page) => Promise<void>, options: ViewPageOptions = {}): Promise<void> {
  const { page, faults } = await pages.open(example(), options);
  try {
    await rowOf(page, 6).waitFor();
    await work(page);
    assert.deepEqual(faults, []);
  } finally {
    await page.close();
  }
}

const rowOf = (page: Page, number: number) => page.locator(`cl-packet-list .row[data-number="${number}"]`);
const cell = (page: Page, number: number, column: string) =>
  rowOf(page, number).locator(`[data-column="${column}"]`);
const header = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true });
const filterField = (page: Page) => page.locator('cl-filter-bar input');

async function titles(page: Page): Promise<string[]> {
  const texts = await page.getByRole('columnheader').allTextContents();
  return texts.map((text) => text.trim());
}

/** Numbers of the packets on screen, top to bottom. */
async function numbers(page: Page): Promise<number[]> {
  return page
    .locator('cl-packet-list .row')
    .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['number'])));
}

async function shows(page: Page, expected: readonly number[]): Promise<void> {
  try {
    await page.waitForFunction(
      (expected) => {
        const list = document
          .querySelector('cl-capture-app')
          ?.shadowRoot?.querySelector('cl-capture-panes')
          ?.shadowRoot?.querySelector('cl-packet-list');
        const rows = [...(list?.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])];
        return rows.map((row) => row.dataset['number']).join(' ') === expected;
      },
      expected.join(' '),
      { timeout: 5000 },
    );
  } catch {
    assert.deepEqual(await numbers(page), expected);
  }
}

async function command(page: Page, command: CaptureViewCommand, time?: TimeWish): Promise<void> {
  await page.evaluate(
    (payload) => {
      globalThis.host.send?.('command', payload);
    },
    time ? { command, time } : { command },
  );
}

/** What the view told the host by a call, the latest last. */
async function told(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (name) => globalThis.host.log.filter((one) => one.name === name).map((one) => one.argument),
    name,
  );
}

async function toldLast(page: Page, name: string): Promise<unknown> {
  return (await told(page, name)).at(-1);
}

test('a filter that is typed shows what matches, and Escape gives the keyboard back', async () => {
  await withView(async (page) => {
    await page.locator('cl-packet-list .grid').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('icmp');
    await page.keyboard.press('Enter');
    await shows(page, [5, 6]);
    await page.getByText('2 of 6 packets').first().waitFor();
    // The keyboard is in the list again.
    await page.keyboard.press('End');
    await page.locator('cl-packet-list .row.selected[data-number="6"]').waitFor();
    await command(page, 'clearFilter');
    await shows(page, [1, 2, 3, 4, 5, 6]);
    await page.locator('cl-packet-list .row.selected[data-number="6"]').waitFor();
    assert.equal(await filterField(page).inputValue(), '');
  });
});

test('a filter that nothing matches says so, and offers the way back', async () => {
  await withView(async (page) => {
    await command(page, 'focusFilter');
    await page.keyboard.type('ip.ttl == 1');
    await page.keyboard.press('Enter');
    await page.getByText('No packet matches the filter.').waitFor();
    assert.equal(await page.locator('cl-packet-tree .row').count(), 0, 'no packet, no fields');
    await page.getByRole('button', { name: 'Clear Filter', exact: true }).click();
    await shows(page, [1, 2, 3, 4, 5, 6]);
    await page.locator('cl-packet-tree .row').first().waitFor();
  });
});

test('a wrong filter changes nothing and is kept for mending', async () => {
  await withView(async (page) => {
    await command(page, 'focusFilter');
    await page.keyboard.type('ip.tttl == 1');
    await page.keyboard.press('Enter');
    await page.locator('cl-filter-input[data-verdict=wrong]').waitFor();
    await shows(page, [1, 2, 3, 4, 5, 6]);
    assert.equal(await filterField(page).inputValue(), 'ip.tttl == 1');
  });
});

test('the filter and the order stand again when the page is shown again', async () => {
  const { page, faults } = await pages.open(example());
  await rowOf(page, 6).waitFor();
  await command(page, 'focusFilter');
  await page.keyboard.type('arp or icmp');
  await page.keyboard.press('Enter');
  await shows(page, [3, 4, 5, 6]);
  await header(page, 'No.').click();
  await header(page, 'No.').click();
  await shows(page, [6, 5, 4, 3]);
  await page.waitForTimeout(200);
  await page.reload();
  await shows(page, [6, 5, 4, 3]);
  assert.equal(await filterField(page).inputValue(), 'arp or icmp');
  assert.equal(await header(page, 'No.').getAttribute('aria-sort'), 'descending');
  assert.deepEqual(faults, []);
  await page.close();
});

test('a cell becomes a filter by the field behind its text', async () => {
  const cases = [
    [5, 'source', 'applyAsFilter', 'ip.src == 10.0.0.85', [5]],
    [3, 'source', 'applyAsFilter', 'eth.src == 00:0c:29:79:54:d3', [2, 3, 5]],
    [5, 'protocol', 'applyAsFilterNot', '!(icmp)', [1, 2, 3, 4]],
    [5, 'length', 'applyAsFilter', 'frame.len == 98', [5, 6]],
    [4, 'number', 'applyAsFilter', 'frame.number == 4', [4]],
    [6, 'time', 'applyAsFilter', 'frame.time_relative == 0.403607', [6]],
  ] as const;
  await withView(async (page) => {
    for (const [number, column, use, filter, shown] of cases) {
      await cell(page, number, column).click();
      await command(page, use);
      await shows(page, shown);
      assert.equal(await filterField(page).inputValue(), filter);
      await command(page, 'clearFilter');
      await shows(page, [1, 2, 3, 4, 5, 6]);
    }
    await cell(page, 5, 'protocol').click();
    await command(page, 'applyAsFilter');
    await shows(page, [5, 6]);
    await cell(page, 6, 'source').click();
    await command(page, 'prepareAsFilterAndNot');
    assert.equal(await filterField(page).inputValue(), '(icmp) && !(ip.src == 10.0.1.124)');
    await shows(page, [5, 6]);
    await command(page, 'applyAsFilterAndNot');
    await shows(page, [5]);
    await cell(page, 5, 'info').click();
    await command(page, 'copyFieldValue');
    assert.match(JSON.stringify(await toldLast(page, 'copy')), /Echo \(ping\) request/);
  });
});

test('a field of the tree becomes a filter and a column', async () => {
  await withView(async (page) => {
    await rowOf(page, 5).click();
    const field = (label: string) => page.locator('cl-packet-tree .row', { hasText: label });
    await field('Internet Protocol Version 4').locator('.twisty').click();
    await field('Time to Live').click();
    await command(page, 'applyAsColumn');
    await header(page, 'ip.ttl').waitFor();
    await page
      .locator('cl-packet-list .row[data-number="6"] [data-column="field ip.ttl"]', { hasText: '63' })
      .waitFor();
    assert.deepEqual((await titles(page)).slice(-2), ['ip.ttl', 'Info']);
    const look = (await toldLast(page, 'rememberLook')) as { columns: { field?: string }[] };
    assert.ok(look.columns.some((column) => column.field === 'ip.ttl'));
    await command(page, 'applyAsFilter');
    await shows(page, [5, 6]);
    assert.equal(await filterField(page).inputValue(), 'ip.ttl == 63');
    await command(page, 'resetColumns');
    await header(page, 'ip.ttl').waitFor({ state: 'detached' });
  });
});

test('columns by keyboard: sort, move, size, fit, hide', async () => {
  await withView(async (page) => {
    await page.locator('cl-packet-list .grid').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    const length = header(page, 'Length');
    assert.ok(await length.evaluate((one) => one.matches(':focus')));
    await page.keyboard.press('Enter');
    await shows(page, [3, 4, 2, 5, 6, 1]);
    assert.equal(await length.getAttribute('aria-sort'), 'ascending');
    await page.keyboard.press('Enter');
    await shows(page, [1, 5, 6, 2, 4, 3]);
    await page.keyboard.press('Enter');
    await shows(page, [1, 2, 3, 4, 5, 6]);
    assert.equal(await length.getAttribute('aria-sort'), 'none');

    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowLeft');
    assert.deepEqual(await titles(page), [
      'No.',
      'Time',
      'Source',
      'Length',
      'Destination',
      'Protocol',
      'Info',
    ]);
    assert.equal((await cell(page, 1, 'length').innerText()).trim(), '251');
    assert.ok(await length.evaluate((one) => one.matches(':focus')), 'the keyboard goes with the column');

    const width = async () => Math.round((await length.boundingBox())?.width ?? 0);
    const before = await width();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    assert.equal(await width(), before + 16);
    await page.keyboard.press('Shift+Enter');
    assert.ok((await width()) < before + 16);

    await page.keyboard.press('Delete');
    assert.deepEqual(await titles(page), ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Info']);
    assert.ok(await header(page, 'Destination').evaluate((one) => one.matches(':focus')));
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await page.locator('cl-packet-list .row.selected[data-number="6"]').waitFor();
  });
});

test('a column is moved by drag', async () => {
  await withView(async (page) => {
    const from = await header(page, 'Protocol').boundingBox();
    const to = await header(page, 'Time').boundingBox();
    assert.ok(from && to);
    await page.mouse.move(from.x + 20, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 8, { steps: 6 });
    await page.mouse.up();
    assert.deepEqual((await titles(page)).slice(0, 3), ['No.', 'Protocol', 'Time']);
    await shows(page, [1, 2, 3, 4, 5, 6]);
  });
});

test('the column chooser: hide, name, order, add a field, reset, close', async () => {
  await withView(async (page) => {
    await page.getByRole('button', { name: 'Choose columns' }).click();
    const chooser = page.getByRole('dialog', { name: 'Columns' });
    await chooser.getByRole('checkbox', { name: 'Show Length' }).uncheck();
    await header(page, 'Length').waitFor({ state: 'detached' });
    await chooser.getByRole('textbox', { name: 'Name of column Info' }).fill('What');
    await page.keyboard.press('Enter');
    await header(page, 'What').waitFor();
    await chooser.getByRole('button', { name: 'Move Time up' }).click();
    assert.deepEqual((await titles(page)).slice(0, 2), ['Time', 'No.']);
    const field = chooser.locator('cl-filter-input input');
    await field.fill('two fields');
    await page.keyboard.press('Enter');
    await chooser.getByText('Enter the name of one field').first().waitFor();
    await field.fill('icmp.type');
    await page.keyboard.press('Enter');
    await header(page, 'icmp.type').waitFor();
    await page.locator('[data-number="5"] [data-column="field icmp.type"]', { hasText: '8' }).waitFor();
    await chooser.getByRole('button', { name: 'Reset' }).click();
    assert.deepEqual(await titles(page), [
      'No.',
      'Time',
      'Source',
      'Destination',
      'Protocol',
      'Length',
      'Info',
    ]);
    await page.keyboard.press('Escape');
    await chooser.waitFor({ state: 'detached' });
  });
});

test('columns, widths and times are as the workspace remembers them', async () => {
  const start = {
    columns: [{ id: 'info', kind: 'info' }, { id: 'x', kind: 'time', title: 'When' }, { kind: 'nonsense' }],
    time: { form: 'epoch', digits: 0 },
    sizes: { columns: { info: 333 } },
  };
  await withView(
    async (page) => {
      assert.deepEqual(await titles(page), ['Info', 'When']);
      assert.match(await cell(page, 1, 'time').innerText(), /^\d{10}$/);
      assert.equal(Math.round((await header(page, 'Info').boundingBox())?.width ?? 0), 333);
    },
    { start },
  );
});

test('times: the menu, digits, and a reference packet', async () => {
  await withView(async (page) => {
    await page.getByRole('button', { name: 'Time format' }).click();
    const choose = (name: string) => page.getByRole('menuitemradio', { name, exact: true });
    assert.equal(await choose('Since first packet').getAttribute('aria-checked'), 'true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('[data-number="1"] [data-column=time]', { hasText: '2022-09-11' }).waitFor();
    await command(page, 'timeFormat', { form: 'relative', digits: 3 });
    await page.locator('[data-number="5"] [data-column=time]', { hasText: /^\s*0\.403\s*$/ }).waitFor();
    await rowOf(page, 3).click();
    await command(page, 'setTimeReference');
    await page.locator('[data-number="3"] [data-column=time]', { hasText: '*REF*' }).waitFor();
    await page.locator('[data-number="1"] [data-column=time]', { hasText: '-0.402' }).waitFor();
    await command(page, 'setTimeReference');
    await page.locator('[data-number="3"] [data-column=time]', { hasText: /^\s*0\.40[23]\s*$/ }).waitFor();
    const look = (await toldLast(page, 'rememberLook')) as { time: unknown };
    assert.deepEqual(look.time, { form: 'relative', digits: 3 });
  });
});

test('several rows are selected, marked, copied and exported together', async () => {
  await withView(async (page) => {
    await rowOf(page, 2).click();
    await rowOf(page, 4).click({ modifiers: ['Shift'] });
    await rowOf(page, 6).click({ modifiers: ['ControlOrMeta'] });
    assert.equal(await page.locator('cl-packet-list .row[aria-selected=true]').count(), 4);
    await page.getByText('4 selected').first().waitFor();
    await command(page, 'toggleMark');
    await page.locator('cl-packet-list .row.marked').nth(3).waitFor();
    assert.equal(await rowOf(page, 3).getByRole('img', { name: 'Marked' }).count(), 1);
    await page.getByText('4 marked').first().waitFor();
    await page.locator('cl-scroll-bar').waitFor();

    await command(page, 'copyRow');
    await page.getByText('Copied 4 rows').first().waitFor();
    const { text } = (await toldLast(page, 'copy')) as { text: string };
    assert.deepEqual(
      text.split('\n').map((line) => line.split('  ')[0]),
      ['2', '3', '4', '6'],
    );
    await command(page, 'export');
    await page.waitForFunction(() => globalThis.host.log.some(({ name }) => name === 'exportPackets'));
    assert.deepEqual(await toldLast(page, 'exportPackets'), {
      list: 1,
      selected: [2, 3, 4, 6],
      shown: 6,
      marked: 4,
      packets: 6,
    });

    await rowOf(page, 1).click();
    await command(page, 'nextMark');
    await page.locator('cl-packet-list .row.active[data-number="2"]').waitFor();
    await command(page, 'previousMark');
    await command(page, 'nextMark');
    await page.locator('cl-packet-list .row.active[data-number="2"]').waitFor();
    await page.locator('cl-packet-list .grid').focus();
    await page.keyboard.press('Control+A');
    await page.getByText('6 selected').first().waitFor();
    await command(page, 'unmarkAll');
    await page.locator('cl-packet-list .row.marked').first().waitFor({ state: 'detached' });
    await command(page, 'toggleMark');
    await page.locator('cl-packet-list .row.marked').nth(5).waitFor();
  });
});

test('rows take the tint of the first rule that matches, and say which', async () => {
  const colours = [
    { name: 'Pings', filter: 'icmp', tint: 'purple' },
    { name: 'All', filter: 'frame', tint: 'grey' },
    { name: 'Wrong', filter: 'ip.tttl', tint: 'red' },
  ] as const;
  await withView(
    async (page) => {
      await page.locator('cl-packet-list .row.tinted.purple[data-number="5"]').waitFor();
      assert.equal(await rowOf(page, 5).getAttribute('aria-description'), 'Pings');
      assert.equal(await page.locator('cl-packet-list .row.grey').count(), 4);
      const background = (number: number) =>
        rowOf(page, number).evaluate((row) => getComputedStyle(row).backgroundColor);
      assert.notEqual(await background(5), await background(2));
      await cell(page, 6, 'source').hover();
      assert.match((await cell(page, 6, 'source').getAttribute('title')) ?? '', /Coloured by: Pings/);
      // The rule that is none is told, not dropped in silence.
      await page
        .locator('cl-notice-bar', { hasText: 'ip.tttl' })
        .getByRole('button', { name: 'Settings' })
        .click();
      assert.deepEqual(await toldLast(page, 'openSettings'), { id: 'ciliumLens.captures.colourRules' });
      await page.evaluate(() => {
        globalThis.host.send?.('colours', { colours: [], mistakes: [] });
      });
      await page.locator('cl-packet-list .row.tinted').first().waitFor({ state: 'detached' });
    },
    { start: { colours } },
  );
});

test('finding: the bar, the next and the one before by key', async () => {
  await withView(async (page) => {
    await rowOf(page, 1).click();
    await command(page, 'find');
    await page.locator('cl-find-bar input').first().waitFor();
    await page.keyboard.type('ping');
    await page.keyboard.press('Enter');
    await page.locator('cl-packet-list .row.active[data-number="5"]').waitFor();
    await page.locator('cl-find-bar input').first().focus();
    await page.keyboard.press('Escape');
    await page.locator('cl-find-bar').waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    await page.locator('cl-packet-list .row.active[data-number="6"]').waitFor();
    await page.keyboard.press('p');
    await page.locator('cl-packet-list .row.active[data-number="5"]').waitFor();
  });
});

test('cells are reached by arrow keys, and told to assistive tools', async () => {
  await withView(async (page) => {
    await rowOf(page, 5).click();
    const grid = page.locator('cl-packet-list [role=grid]');
    assert.equal(await grid.getAttribute('aria-activedescendant'), 'row-4');
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
    assert.equal(await grid.getAttribute('aria-activedescendant'), 'row-4-2');
    assert.equal(await page.locator('#row-4-2').innerText(), '10.0.0.85');
    await command(page, 'copyFieldAsFilter');
    await page.getByText('Copied the filter').first().waitFor();
    assert.deepEqual(await toldLast(page, 'copy'), { text: 'ip.src == 10.0.0.85' });
    await page.keyboard.press('Escape');
    assert.equal(await grid.getAttribute('aria-activedescendant'), 'row-4');
  });
});

test('the properties of the file lie over the panes until they are closed', async () => {
  await withView(async (page) => {
    await page.getByRole('button', { name: 'Properties of the capture' }).click();
    const dialog = page.getByRole('dialog', { name: 'Properties of the capture' });
    await dialog.locator('dt').first().waitFor();
    await dialog.getByRole('button', { name: 'Copy All' }).click();
    await page.getByText('Copied the properties').first().waitFor();
    assert.match(JSON.stringify(await toldLast(page, 'copy')), /Ethernet/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

test('a growing file is followed at its end, until one scrolls up', async () => {
  const { page, faults } = await pages.open({ packets: 100 });
  await page.locator('#row-0').waitFor();
  const grow = (packets: number) =>
    page.evaluate((packets) => {
      globalThis.host.send?.('progress', {
        name: 'made-up.pcap',
        size: packets * 100,
        format: 'pcap',
        interfaces: [],
        packets,
        indexed: packets * 100,
        done: true,
        duration: '1',
        firstTime: '',
        damage: [],
        growing: true,
      });
      globalThis.host.send?.('list', {
        list: 1,
        age: 1,
        filter: '',
        sort: undefined,
        shown: packets,
        examined: packets,
        packets,
        phase: 'ready',
      });
    }, packets);
  const follow = page.getByRole('button', { name: 'Follow new packets' });
  assert.equal(await follow.count(), 0, 'not offered before the file grows');
  await grow(200);
  await follow.click();
  assert.equal(await follow.getAttribute('aria-pressed'), 'true');
  await page.locator('#row-199').waitFor();
  await grow(5000);
  await page.locator('#row-4999').waitFor();
  const box = await page.locator('cl-packet-list').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 300, box.y + 100);
  await page.mouse.wheel(0, -220);
  await page.locator('#row-4999').waitFor({ state: 'detached' });
  assert.equal(await follow.getAttribute('aria-pressed'), 'false');
  await grow(6000);
  await page.waitForTimeout(100);
  assert.equal(await page.locator('#row-5999').count(), 0, 'the list stays where one looks');
  await command(page, 'toggleFollow');
  await page.locator('#row-5999').waitFor();
  await page.locator('cl-packet-list .grid').focus();
  await page.keyboard.press('Home');
  await page.locator('#row-0').waitFor();
  assert.equal(await follow.getAttribute('aria-pressed'), 'false');
  assert.deepEqual(faults, []);
  await page.close();
});
