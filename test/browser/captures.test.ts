/** The capture editor in the real workbench, from the packed extension. Its finer points: captureView.test.ts. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { exampleWorkspace, root } from '../../src/tools/paths.js';
import { Workbench, type Theme } from './workbench.js';

const capture = 'node1_ens33.cap';

const whole = readFileSync(path.join(exampleWorkspace, capture));

/** Whatever other tests have left behind in the profile. */
const usualSettings = { 'ciliumLens.captures.layout': 'beside' };

let workbench: Workbench;

before(async () => {
  workbench = await Workbench.open({
    settings: usualSettings,
    files: {
      'notes.cap': 'Captured on Sunday.\n'.repeat(10),
      'CUT.PCAP': whole.subarray(0, whole.length - 30),
    },
  });
});

after(async () => {
  await workbench.close();
});

/** Opens a capture in a window without other editors, and waits for its first row. */
async function openCapture(name = capture): Promise<Frame> {
  await workbench.runCommand('View: Close All Editors');
  return workbench.openCapture(name);
}

/** A test that leaves a picture when it fails. */
function check(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    try {
      await work();
    } catch (error) {
      await workbench.screenshot(`captures-failed-${name.replace(/\W+/g, '-')}`);
      throw error;
    }
  });
}

const rowOf = (view: Frame, number: number) => view.locator(`cl-packet-list .row[data-number="${number}"]`);
const selectedRow = (view: Frame, number: number) =>
  view.locator(`cl-packet-list .row.selected[data-number="${number}"]`);
const field = (view: Frame, label: string) => view.locator('cl-packet-tree .row', { hasText: label });
const selectedField = (view: Frame) => view.locator('cl-packet-tree .row.selected');

/** Packet 5 with the IP layer open and its TTL selected. */
async function selectTtl(view: Frame): Promise<void> {
  await rowOf(view, 5).click();
  await field(view, 'Internet Protocol Version 4').locator('.twisty').click();
  await field(view, 'Time to Live').click();
  await view.locator('#byte-22.lit').waitFor();
}

interface DecodedPacket {
  readonly number: number;
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly length: number;
  readonly info: string;
}

check('the rows are what the command line prints', async () => {
  const printed = execFileSync(
    process.execPath,
    [path.join(root, 'dist/cli.js'), 'decode', path.join(exampleWorkspace, capture), '--json'],
    { encoding: 'utf8' },
  );
  const packets = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DecodedPacket);
  assert.ok(packets.length > 3);
  const view = await openCapture();
  for (const { number, source, destination, protocol, length, info } of packets) {
    // A row has its number before its cells have come.
    await rowOf(view, number).filter({ hasText: info }).waitFor();
    const texts = await rowOf(view, number).locator('[role=gridcell] .text').allTextContents();
    const [shownNumber, , ...shown] = texts.map((text) => text.trim());
    assert.equal(shownNumber, String(number));
    assert.deepEqual(shown, [source, destination, protocol, String(length), info]);
  }
});

check('list, tree and bytes by the workbench keys', async () => {
  const view = await openCapture();
  const { keyboard } = workbench.page;
  await selectedRow(view, 1).waitFor();
  // Nothing was clicked: opening the file gave the list the keyboard.
  await keyboard.press('ArrowDown');
  await selectedRow(view, 2).waitFor();
  await keyboard.press('Enter');
  await selectedField(view).filter({ hasText: 'Frame 2' }).waitFor();
  // From inside the tree, the eye stays on the field while the packet changes.
  await keyboard.press('Control+ArrowDown');
  await selectedField(view).filter({ hasText: 'Frame 3' }).waitFor();
  await keyboard.press('Control+ArrowUp');
  await selectedField(view).filter({ hasText: 'Frame 2' }).waitFor();
  await keyboard.press('F6');
  await view.locator('cl-packet-bytes .grid:focus').waitFor();
  await keyboard.press('ArrowRight');
  await view.locator('cl-packet-bytes .cursor.byte[data-offset="1"]').waitFor();
  await selectedField(view).filter({ hasText: 'Destination' }).waitFor();
  await keyboard.press('F6');
  await view.locator('cl-packet-list .grid:focus').waitFor();
  await keyboard.press('ArrowDown');
  await selectedRow(view, 3).waitFor();
  await keyboard.press('Control+G');
  await view.getByPlaceholder('1 to 6').waitFor();
  await keyboard.type('5');
  await keyboard.press('Enter');
  await selectedRow(view, 5).waitFor();
  await keyboard.press('End');
  await selectedRow(view, 6).waitFor();
});

check('field lights its bytes, a byte selects its field', async () => {
  const view = await openCapture();
  await selectTtl(view);
  assert.equal(await view.locator('cl-packet-bytes .byte.lit').count(), 1);
  await view.locator('#byte-24').click();
  await selectedField(view).filter({ hasText: 'Header Checksum' }).waitFor();
  assert.equal(await view.locator('cl-packet-bytes .byte.lit').count(), 2);
});

check('palette, context menu and clipboard', async () => {
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const view = await openCapture();
  await selectTtl(view);
  await workbench.runCommand('Cilium Lens: Copy: As Filter');
  await view.getByText('Copied the filter').first().waitFor();
  const clipboard = () => workbench.page.evaluate(() => navigator.clipboard.readText());
  await workbench.eventually(
    'the filter on the clipboard',
    async () => (await clipboard()) === 'ip.ttl == 63',
  );

  await rowOf(view, 5).click({ button: 'right' });
  const entry = (label: string) =>
    workbench.page.locator('.monaco-menu .action-label').getByText(label, { exact: true });
  // A menu takes no clicks in its first moments, lest the click that opened it choose something.
  await entry('Copy').hover();
  await workbench.page.waitForTimeout(500);
  await entry('Copy').click();
  await entry('Packet as Text').waitFor();
  // What needs the bytes of a field is not offered for a row.
  assert.equal(await entry('Bytes as Hex').count(), 0);
  await entry('Packet as Text').hover();
  await workbench.page.waitForTimeout(500);
  await entry('Packet as Text').click();
  await view.getByText('Copied the packet as text').first().waitFor();
  await workbench.eventually('the packet on the clipboard', async () =>
    (await clipboard()).includes('    Time to Live: 63\n'),
  );
});

check(
  'everything stands as it stood after another tab was in front, and a reload brings it back',
  async () => {
    let view = await openCapture();
    await selectTtl(view);
    await workbench.openFile('README.md');
    await workbench.lines().first().waitFor();
    await workbench.tab(capture).click();
    view = await workbench.webview('cl-capture-app');
    await selectedRow(view, 5).waitFor();
    await selectedField(view).filter({ hasText: 'Time to Live: 63' }).waitFor();
    // A reloaded window brings the editor back. How much of its state the workbench had written by then is a matter of
    // luck in a browser; that the view takes up what it is given is tested in captureView.test.ts.
    await workbench.reload();
    await workbench.tab(capture).click();
    view = await workbench.webview('cl-capture-app');
    await view.locator('cl-packet-list .row.selected').waitFor();
  },
);

check('the layout is a setting that a command turns', async () => {
  const view = await openCapture();
  const tree = view.locator('cl-packet-tree');
  const bytes = view.locator('cl-packet-bytes');
  const isBelow = async () => {
    const [upper, lower] = [await tree.boundingBox(), await bytes.boundingBox()];
    return upper !== null && lower !== null && lower.y >= upper.y + upper.height;
  };
  assert.equal(await isBelow(), false);
  await workbench.runCommand('Cilium Lens: Toggle Layout');
  await workbench.eventually('the bytes below the tree', isBelow);
  await workbench.runCommand('Cilium Lens: Toggle Layout');
  await workbench.runCommand('Cilium Lens: Toggle Layout');
  await workbench.eventually('the bytes beside the tree', async () => !(await isBelow()));
});

check('a file that is no capture, one in capitals, one that is cut short', async () => {
  await workbench.runCommand('View: Close All Editors');
  let view = await workbench.openCaptureView('notes.cap');
  await view.getByRole('heading', { name: 'Not a packet capture' }).waitFor();
  await workbench.screenshot('captures-not-a-capture');
  await view.getByRole('button', { name: 'Open as Text' }).click();
  await workbench.lines().filter({ hasText: 'Captured' }).first().waitFor();
  await workbench.eventually(
    'the text in place of the message',
    async () => (await workbench.tab('notes.cap').count()) === 1,
  );
  view = await openCapture('CUT.PCAP');
  await view.locator('cl-notice-bar .message', { hasText: 'Damaged after packet' }).waitFor();
  await workbench.screenshot('captures-damaged');
});

const themes: readonly { theme: Theme; name: string; background: string }[] = [
  { theme: 'Default Light Modern', name: 'light', background: 'rgb(255, 255, 255)' },
  { theme: 'Default High Contrast', name: 'high-contrast', background: 'rgb(0, 0, 0)' },
  { theme: 'Default High Contrast Light', name: 'high-contrast-light', background: 'rgb(255, 255, 255)' },
  { theme: 'Default Dark Modern', name: 'dark', background: 'rgb(31, 31, 31)' },
];

for (const { theme, name, background } of themes)
  check(`it takes its colours from ${theme}, and can be read in them`, async () => {
    const settings = path.join(workbench.folder, '.vscode/settings.json');
    writeFileSync(settings, JSON.stringify({ ...usualSettings, 'workbench.colorTheme': theme }));
    const view = await openCapture();
    await workbench.eventually(theme, async () => (await colours(view, 'body'))[0] === background);
    await selectTtl(view);
    await workbench.screenshot(`captures-${name}`);
    for (const selector of [
      'cl-packet-tree .row.selected',
      '.byte.lit',
      '.byte.in-layer',
      '.offset',
      '.about',
    ]) {
      const found = contrast(await colours(view, selector));
      assert.ok(found >= 4.5, `${selector} in ${theme}: contrast ${found.toFixed(2)}`);
    }
  });

/** The backgrounds from the page down to the first such element, and last its text colour, as CSS has them. */
function colours(view: Frame, selector: string): Promise<string[]> {
  return view
    .locator(selector)
    .first()
    .evaluate((element) => {
      const found = [getComputedStyle(element).color];
      for (let at: Element | null = element; at;) {
        found.unshift(getComputedStyle(at).backgroundColor);
        const above: ParentNode | null = at.parentNode;
        at = above instanceof ShadowRoot ? above.host : at.parentElement;
      }
      // Above the body lies only what shows through.
      return found.slice(found.findIndex((colour) => colour !== 'rgba(0, 0, 0, 0)'));
    });
}

/** The contrast of a text with what lies behind it, as WCAG 2 counts it: 1 to 21. */
function contrast(layers: readonly string[]): number {
  const painted = layers.map((colour) => {
    const parts = (colour.match(/[\d.]+/g) ?? []).map(Number);
    const scale = colour.startsWith('color(') ? 255 : 1;
    return { rgb: parts.slice(0, 3).map((part) => part * scale), alpha: parts[3] ?? 1 };
  });
  const over = (below: number[], { rgb, alpha }: { rgb: number[]; alpha: number }): number[] =>
    rgb.map((part, at) => part * alpha + (below[at] ?? 0) * (1 - alpha));
  const behind = painted.slice(0, -1).reduce(over, [0, 0, 0]);
  const text = painted.slice(-1).reduce(over, behind);
  const luminance = (rgb: number[]): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(text), luminance(behind)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
