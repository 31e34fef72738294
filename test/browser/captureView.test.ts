/** The capture view in a bare page: panes, keys, pointer, states. What needs VS Code is in captures.test.ts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { BufferSource } from '../../src/core/capture/byteSource.js';
import { isNotACapture } from '../../src/rpc/capture.js';
import { CaptureSession } from '../../src/session/captureSession.js';
import { root } from '../../src/tools/paths.js';
import type { ShownCapture } from './captureHost.js';
import { ViewPages } from './viewPage.js';

let pages: ViewPages;

before(async () => {
  pages = await ViewPages.start();
});

after(async () => {
  await pages.close();
});

function fixture(name: string): { name: string; bytes: number[] } {
  return { name, bytes: [...readFileSync(path.join(root, 'test/fixtures/captures', name))] };
}

function example(name: string): { name: string; bytes: number[] } {
  return { name, bytes: [...readFileSync(path.join(root, 'examples/native-routing', name))] };
}

type Options = Parameters<ViewPages['open']>[1];

/** Opens a capture, lets a test use it, and then looks for faults: errors, or what the policy of the page refused. */
async function withCapture(
  show: ShownCapture,
  work: (page: Page) => Promise<void>,
  options: Options = {},
): Promise<void> {
  const { page, faults } = await pages.open(show, options);
  try {
    await work(page);
    assert.deepEqual(faults, []);
  } finally {
    await page.close();
  }
}

const rowOf = (page: Page, number: number) => page.locator(`cl-packet-list .row[data-number="${number}"]`);
const field = (page: Page, label: string) => page.locator('cl-packet-tree .row', { hasText: label });
const byte = (page: Page, offset: number) => page.locator(`#byte-${offset}`);
const selectedField = (page: Page) => page.locator('cl-packet-tree .row.selected');

async function cells(page: Page, number: number): Promise<string[]> {
  const texts = await rowOf(page, number).locator('[role=gridcell]').allTextContents();
  return texts.map((text) => text.trim());
}

/** The number of the selected row once it is `number`, with its row on screen. */
async function selected(page: Page, number: number): Promise<void> {
  await page.locator(`cl-packet-list .row.selected[data-number="${number}"]`).waitFor();
}

/** The offsets of the lit bytes. */
async function lit(page: Page): Promise<number[]> {
  return page
    .locator('cl-packet-bytes .byte.lit')
    .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset['offset'])));
}

/** How often the view has called the host so far. */
async function calls(page: Page, name: string): Promise<number> {
  return page.evaluate((name) => globalThis.host.log.filter((one) => one.name === name).length, name);
}

test('every row shows what the session reads', async () => {
  const shown = example('node1_ens33.cap');
  const session = new CaptureSession(new BufferSource(shown.name, Uint8Array.from(shown.bytes)), {
    send: () => undefined,
    defer: (task) => void setImmediate(task),
  });
  const summary = session.open();
  assert.ok(!isNotACapture(summary) && summary.packets > 3);
  const { rows } = session.rows({ list: 1, first: 0, count: 100 });
  await withCapture(shown, async (page) => {
    await rowOf(page, rows.length).waitFor();
    for (const row of rows) assert.deepEqual(await cells(page, row.number), row.cells);
    assert.equal(await page.locator('cl-packet-list .row').count(), rows.length);
    await page.getByText(`${rows.length} packets`, { exact: false }).first().waitFor();
  });
});

test('ten million rows: bar, wheel and keys reach every one of them', async () => {
  await withCapture({ packets: 10_000_000 }, async (page) => {
    await rowOf(page, 1).waitFor();
    const elements = await page.locator('cl-packet-list .row').count();
    assert.ok(elements < 60, `${elements} row elements`);

    const bar = await page.locator('cl-scroll-bar').boundingBox();
    assert.ok(bar);
    await page.mouse.move(bar.x + 5, bar.y + 5);
    await page.mouse.down();
    await page.mouse.move(bar.x + 5, bar.y + 5 + (bar.height - 20) / 2, { steps: 20 });
    await page.locator('cl-scroll-bar .place').waitFor();
    const middle = Number(await page.locator('cl-packet-list .row').first().getAttribute('data-number'));
    assert.ok(Math.abs(middle - 5_000_000) < 200_000, `the middle is ${middle}`);
    assert.deepEqual((await cells(page, middle)).slice(0, 1), [String(middle)]);
    await page.getByText(`made-up packet ${middle}`, { exact: true }).waitFor();
    await page.mouse.move(bar.x + 5, bar.y + bar.height + 50, { steps: 5 });
    await page.getByText('made-up packet 10000000', { exact: true }).waitFor();
    await page.mouse.up();

    // The last row stands wholly above the lower edge.
    const last = await rowOf(page, 10_000_000).boundingBox();
    assert.ok(last && last.y + last.height <= bar.y + bar.height + 1);

    await page.mouse.move(bar.x - 200, bar.y + 100);
    await page.mouse.wheel(0, -220);
    await rowOf(page, 10_000_000).waitFor({ state: 'detached' });
    await page.getByText('made-up packet 9999990', { exact: true }).waitFor();
    // Scrolling selects nothing.
    assert.equal(await page.locator('cl-packet-list .row.selected').count(), 0);

    await page.locator('cl-packet-list .grid').focus();
    await page.keyboard.press('End');
    await selected(page, 10_000_000);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('PageUp');
    const page1 = Number(await page.locator('cl-packet-list .row.selected').getAttribute('data-number'));
    assert.ok(page1 < 9_999_999 && page1 > 9_999_900, `a page above the end is ${page1}`);
    await page.keyboard.press('Home');
    await selected(page, 1);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await selected(page, 2);

    const rows = await calls(page, 'rows');
    assert.ok(rows < 200, `${rows} calls for rows`);
  });
});

test('a click on the bar goes there', async () => {
  await withCapture({ packets: 1000 }, async (page) => {
    await rowOf(page, 1).waitFor();
    const bar = await page.locator('cl-scroll-bar').boundingBox();
    assert.ok(bar);
    await page.mouse.click(bar.x + 5, bar.y + bar.height - 8);
    await rowOf(page, 1000).waitFor();
  });
});

test('holding an arrow key asks for what is shown, not for what was passed', async () => {
  await withCapture({ packets: 1000 }, async (page) => {
    await page.getByText('Ethernet of packet 1', { exact: true }).waitFor();
    await page.evaluate(() => (globalThis.host.delay = 150));
    const before = await calls(page, 'packet');
    await page.locator('cl-packet-list .grid').focus();
    for (let press = 0; press < 40; press++) await page.keyboard.press('ArrowDown');
    await selected(page, 41);
    await page.getByText('Ethernet of packet 41', { exact: true }).waitFor();
    const made = (await calls(page, 'packet')) - before;
    assert.ok(made >= 2 && made < 20, `${made} calls for 40 packets`);
  });
});

test('a field keeps its place, and the tree its openness, from packet to packet', async () => {
  await withCapture(example('node1_ens33.cap'), async (page) => {
    await rowOf(page, 5).click();
    await field(page, 'Internet Protocol Version 4').locator('.twisty').click();
    await field(page, 'Time to Live').click();
    assert.deepEqual(await lit(page), [22]);
    assert.match(await page.locator('.about').innerText(), /^ip\.ttl, 1 byte/);
    await page.locator('cl-packet-list .grid').focus();
    await page.keyboard.press('ArrowUp');
    await page.getByText('Address Resolution Protocol', { exact: false }).waitFor();
    assert.equal(await selectedField(page).count(), 0, 'ARP has no such field');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await selected(page, 6);
    assert.match(await selectedField(page).innerText(), /Time to Live: 63/);
    assert.deepEqual(await lit(page), [22]);
  });
});

test('a byte selects its innermost field, by click and by key', async () => {
  await withCapture(example('node1_ens33.cap'), async (page) => {
    await rowOf(page, 5).click();
    await byte(page, 22).click();
    assert.match(await selectedField(page).innerText(), /Time to Live/);
    await page.keyboard.press('ArrowRight');
    assert.match(await selectedField(page).innerText(), /Protocol: ICMP/);
    await page.keyboard.press('ArrowRight');
    assert.match(await selectedField(page).innerText(), /Header Checksum/);
    assert.deepEqual(await lit(page), [24, 25]);
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await lit(page), [24, 25], 'the second byte of the same field');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await lit(page), [26, 27, 28, 29]);
    // The ASCII column is as good as the hex digits.
    await page.locator('cl-packet-bytes .char[data-offset="12"]').click();
    assert.match(await selectedField(page).innerText(), /Type: IPv4/);
    await page.keyboard.press('Control+End');
    assert.equal(await page.locator('cl-packet-bytes .cursor.byte').getAttribute('data-offset'), '97');
  });
});

test('the tree by keys: open, close, up, down, all below, type-ahead, back to the list', async () => {
  await withCapture(example('node1_ens33.cap'), async (page) => {
    await rowOf(page, 5).click();
    await page.keyboard.press('Enter');
    const focused = () => selectedField(page).innerText();
    const rows = () => page.locator('cl-packet-tree .row').count();
    assert.match(await focused(), /^Frame 5/);
    const closed = await rows();
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /^Ethernet II/);
    await page.keyboard.press('ArrowRight');
    assert.ok((await rows()) > closed);
    await page.keyboard.press('ArrowRight');
    assert.match(await focused(), /^Destination: 00:0c:29:8f:2d:28/);
    await page.keyboard.press('ArrowLeft');
    assert.match(await focused(), /^Ethernet II/);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await rows(), closed);
    await page.keyboard.type('internet p');
    assert.match(await focused(), /^Internet Protocol/);
    await page.keyboard.press('*');
    await field(page, "Don't fragment: Set").waitFor();
    await page.keyboard.press('End');
    assert.match(await focused(), /Internet Control Message/);
    await page.keyboard.press('Home');
    assert.match(await focused(), /^Frame 5/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await selected(page, 6);
  });
});

test('Tab goes through the panes in order', async () => {
  await withCapture(example('node1_ens33.cap'), async (page) => {
    await rowOf(page, 1).click();
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.getAttribute('role');
      });
    const roles: unknown[] = [];
    for (let press = 0; press < 5; press++) {
      roles.push(await focused());
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(roles, ['grid', 'columnheader', 'tree', 'grid', 'separator']);
  });
});

test('assistive tools are told rows, columns, levels and positions', async () => {
  await withCapture({ packets: 5000 }, async (page) => {
    await page.getByText('Ethernet of packet 1', { exact: true }).waitFor();
    const grid = page.locator('cl-packet-list [role=grid]');
    assert.equal(await grid.getAttribute('aria-rowcount'), '5001');
    assert.equal(await grid.getAttribute('aria-colcount'), '7');
    assert.equal(await grid.getAttribute('aria-activedescendant'), 'row-0');
    assert.equal(await page.locator('#row-0').getAttribute('aria-rowindex'), '2');
    assert.equal(await page.locator('#row-0').getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const item = page.locator('cl-packet-tree [role=treeitem][aria-selected=true]');
    assert.equal(await item.getAttribute('aria-level'), '2');
    assert.equal(await item.getAttribute('aria-posinset'), '1');
    assert.equal(await item.getAttribute('aria-setsize'), '1');
    const cell = page.locator('cl-packet-bytes .byte.cursor');
    assert.equal(await cell.getAttribute('aria-label'), 'offset 0x000c, 0d, Type: IPv4');
    await page.getByRole('status').filter({ hasText: '5,000 packets' }).waitFor();
  });
});

test('going to a packet: by number, refused beyond the end, closed by Escape', async () => {
  await withCapture({ packets: 10_000_000 }, async (page) => {
    await rowOf(page, 1).waitFor();
    const ask = () =>
      page.evaluate(() => {
        globalThis.host.send?.('command', { command: 'goToPacket' });
      });
    await ask();
    await page.getByPlaceholder('1 to 10,000,000').waitFor();
    await page.keyboard.type('10,000,001');
    await page.keyboard.press('Enter');
    await page.getByText('This capture has 10,000,000 packets.').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('7,654,321');
    await page.keyboard.press('Enter');
    await selected(page, 7_654_321);
    assert.equal(await page.locator('cl-go-to-packet').count(), 0);
    await page.keyboard.press('ArrowDown');
    await selected(page, 7_654_322);
    await ask();
    await page.getByPlaceholder('1 to 10,000,000').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('cl-go-to-packet').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await selected(page, 7_654_323);
  });
});

test('everything stands as it stood when the page is shown again', async () => {
  const { page, faults } = await pages.open({ packets: 100_000 });
  try {
    await rowOf(page, 1).waitFor();
    await page.evaluate(() => {
      globalThis.host.send?.('command', { command: 'goToPacket' });
    });
    await page.keyboard.type('50000\n');
    await selected(page, 50_000);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await field(page, 'Type: IPv4').click();
    const splitter = page.locator('cl-splitter').first();
    await splitter.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowUp');
    await field(page, 'Type: IPv4').click();
    const list = await page.locator('cl-packet-list').boundingBox();
    const first = await page.locator('cl-packet-list .row').first().getAttribute('data-number');
    await page.waitForTimeout(700);
    assert.ok((await calls(page, 'remember')) === 1, 'the workspace is told once the splitter rests');
    await page.reload();
    await selected(page, 50_000);
    await selectedField(page).filter({ hasText: 'Type: IPv4' }).waitFor();
    assert.deepEqual(await page.locator('cl-packet-list').boundingBox(), list);
    assert.equal(await page.locator('cl-packet-list .row').first().getAttribute('data-number'), first);
    assert.deepEqual(await lit(page), [12, 13]);
    // The keyboard, too, is where it was.
    await page.keyboard.press('ArrowUp');
    await selectedField(page).filter({ hasText: 'Ethernet of packet' }).waitFor();
    assert.deepEqual(faults, []);
  } finally {
    await page.close();
  }
});

test('splitters and columns: drag, double-click', async () => {
  await withCapture({ packets: 100 }, async (page) => {
    await rowOf(page, 1).waitFor();
    const list = page.locator('cl-packet-list');
    const height = async () => Math.round((await list.boundingBox())?.height ?? 0);
    const usual = await height();
    const splitter = await page.locator('cl-splitter').first().boundingBox();
    assert.ok(splitter);
    await page.mouse.move(300, splitter.y);
    await page.mouse.down();
    await page.mouse.move(300, splitter.y - 100, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs((await height()) - (usual - 100)) <= 2, `${await height()} after ${usual}`);
    await page.mouse.dblclick(300, splitter.y - 100);
    assert.equal(await height(), usual);

    const source = page.locator('[role=columnheader]', { hasText: 'Source' });
    const width = async () => Math.round((await source.boundingBox())?.width ?? 0);
    const before = await width();
    const box = await source.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 60, box.y + 8, { steps: 4 });
    await page.mouse.up();
    assert.equal(await width(), before + 60);
    await page.mouse.dblclick(box.x + box.width + 60, box.y + 8);
    const fitted = await width();
    assert.ok(fitted < before + 60 && fitted > 50, `fitted to ${fitted}`);
    const clipped = await rowOf(page, 1)
      .locator('[role=gridcell]')
      .nth(2)
      .evaluate((cell) => cell.scrollWidth > cell.clientWidth);
    assert.equal(clipped, false);
  });
});

test('layouts: beside, stacked, bytes at the right, and stacked whatever is chosen when narrow', async () => {
  const places = async (page: Page) => {
    await rowOf(page, 1).waitFor();
    const [list, tree, bytes] = await Promise.all(
      ['list', 'tree', 'bytes'].map((pane) => page.locator(`cl-packet-${pane}`).boundingBox()),
    );
    assert.ok(list && tree && bytes);
    for (const box of [list, tree, bytes]) assert.ok(box.width > 50 && box.height > 50);
    return { list, tree, bytes };
  };
  const isBelow = (a: { y: number }, b: { y: number; height: number }) => a.y >= b.y + b.height;
  const isRight = (a: { x: number }, b: { x: number; width: number }) => a.x >= b.x + b.width;
  await withCapture({ packets: 10 }, async (page) => {
    const { list, tree, bytes } = await places(page);
    assert.ok(isBelow(tree, list) && isBelow(bytes, list) && isRight(bytes, tree));
    await page.evaluate(() => {
      globalThis.host.send?.('layout', { layout: 'stacked' });
    });
    const stacked = await places(page);
    assert.ok(isBelow(stacked.tree, stacked.list) && isBelow(stacked.bytes, stacked.tree));
  });
  const right = { layout: 'right' };
  await withCapture(
    { packets: 10 },
    async (page) => {
      const { list, tree, bytes } = await places(page);
      assert.ok(isBelow(tree, list) && isRight(bytes, list) && isRight(bytes, tree));
    },
    right,
  );
  await withCapture(
    { packets: 10 },
    async (page) => {
      const { list, tree, bytes } = await places(page);
      assert.ok(isBelow(tree, list) && isBelow(bytes, tree));
    },
    { ...right, size: { width: 500, height: 700 } },
  );
});

test('copying: what has the keyboard, and what the menus offer', async () => {
  await withCapture(example('node1_ens33.cap'), async (page) => {
    await rowOf(page, 5).click();
    await field(page, 'Internet Protocol').waitFor();
    const copied = () =>
      page.evaluate(() => {
        const data = new DataTransfer();
        document.dispatchEvent(
          new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
        );
        return data.getData('text/plain');
      });
    assert.match(await copied(), /^5 {2}0\.403118 {2}10\.0\.0\.85 {2}10\.0\.1\.124 {2}ICMP {2}98 {2}Echo/);
    await byte(page, 22).click();
    assert.equal(await copied(), '3f');
    await field(page, 'Time to Live').click();
    assert.equal(await copied(), 'Time to Live: 63');
    for (const command of ['copyFieldAsFilter', 'copyPacketAsJson'] as const)
      await page.evaluate((command) => {
        globalThis.host.send?.('command', { command });
      }, command);
    await page.getByText('Copied the packet as JSON').first().waitFor();
    const texts = await page.evaluate(() =>
      globalThis.host.log
        .filter(({ name }) => name === 'copy')
        .map(({ argument }) => (argument as { text: string }).text),
    );
    assert.equal(texts[0], 'ip.ttl == 63');
    const packet = JSON.parse(texts[1] ?? '') as { number: number; layers: { name: string }[] };
    assert.equal(packet.number, 5);
    assert.deepEqual(
      packet.layers.map((layer) => layer.name),
      ['eth', 'ip', 'icmp'],
    );
  });
});

test('a context menu knows its pane', async () => {
  await withCapture(example('node1_ens33.cap'), async (page) => {
    for (const [target, pane, isCell] of [
      [rowOf(page, 2).locator('[data-column=source]'), 'list', true],
      [rowOf(page, 2).locator('[data-column=info]'), 'list', false],
      [page.getByRole('columnheader', { name: 'Source' }), 'header', false],
      [field(page, 'Ethernet II'), 'tree', true],
      [byte(page, 3), 'bytes', true],
    ] as const) {
      await target.click({ button: 'right' });
      const context: unknown = JSON.parse(
        await page.evaluate(() => document.body.dataset['vscodeContext'] ?? ''),
      );
      assert.deepEqual(context, {
        ciliumLensPane: pane,
        ciliumLensCell: isCell,
        preventDefaultContextMenuItems: true,
      });
    }
    await selected(page, 2);
  });
});

test('a file that is no capture says what it seems to be and offers other editors', async () => {
  await withCapture(fixture('gzip.pcap.gz'), async (page) => {
    await page.getByRole('heading', { name: 'Not a packet capture' }).waitFor();
    await page.getByText(/gzip/).waitFor();
    await page.getByRole('button', { name: 'Reopen With…' }).click();
    await page.getByRole('button', { name: 'Open as Text' }).click();
    const log = await page.evaluate(() => globalThis.host.log.map(({ name }) => name));
    assert.deepEqual(log, ['open', 'reopenWith', 'openAsText']);
  });
});

test('an empty file, and a capture without packets', async () => {
  await withCapture({ name: 'empty.cap', bytes: [] }, async (page) => {
    await page.getByText(/empty/).waitFor();
  });
  const header = example('node1_ens33.cap').bytes.slice(0, 24);
  await withCapture({ name: 'none.pcap', bytes: header }, async (page) => {
    await page.getByRole('heading', { name: 'No packets' }).waitFor();
    await page
      .getByText(/0 packets/)
      .first()
      .waitFor();
  });
});

test('a damaged file shows what could be read, and where it is damaged', async () => {
  const { bytes } = example('node1_ens33.cap');
  await withCapture({ name: 'cut.cap', bytes: bytes.slice(0, -30) }, async (page) => {
    const bar = page.locator('cl-notice-bar');
    await bar.waitFor();
    assert.match(await bar.locator('.message').innerText(), /^Damaged after packet \d+\. At offset [\d,]+ /);
    await rowOf(page, 5).waitFor();
    await bar.getByRole('button', { name: 'Show' }).click();
    const number = /after packet (\d+)/.exec(await bar.locator('.message').innerText())?.[1];
    await selected(page, Number(number));
    await bar.getByRole('button', { name: 'Copy Details' }).click();
    await page.getByText('Copied the details').first().waitFor();
  });
});

test('a file that is lost keeps its packets on screen, and can be tried again', async () => {
  await withCapture({ packets: 50 }, async (page) => {
    await page.getByText('made-up packet 7', { exact: true }).waitFor();
    await page.evaluate(() => {
      globalThis.host.send?.('lost', { message: 'made-up.pcap was removed.' });
    });
    await page.getByText('made-up.pcap was removed.').waitFor();
    assert.equal(await page.getByText('made-up packet 7', { exact: true }).count(), 1);
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.locator('cl-notice-bar').waitFor({ state: 'detached' });
    await page.getByText('made-up packet 7', { exact: true }).waitFor();
  });
});

test('markup and controls in a file stay text', async () => {
  const name = '<img src=x onerror="document.title=1">\u202e.cap';
  await withCapture({ name, bytes: [...Buffer.from(`${name} is only text\n`.repeat(20))] }, async (page) => {
    await page.getByRole('heading', { name: 'Not a packet capture' }).waitFor();
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.title(), '');
  });
});
