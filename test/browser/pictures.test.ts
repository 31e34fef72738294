/**
 * The pictures of the README and the guides: each main job on the example, as a user sees it. Copied to media/readme
 * and docs/pictures by hand.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workbench, type WorkbenchOptions } from './workbench.js';

async function withWorkbench(options: WorkbenchOptions, work: (workbench: Workbench) => Promise<void>) {
  const workbench = await Workbench.open({ size: { width: 1100, height: 640 }, ...options });
  try {
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await work(workbench);
  } finally {
    await workbench.close();
  }
}

test('a capture', async () => {
  const settings = { 'ciliumLens.captures.layout': 'beside' };
  await withWorkbench({ theme: 'Default Dark Modern', settings }, async (workbench) => {
    const view = await workbench.openCapture('node2_ens33.cap');
    await view.locator('cl-packet-list .row[data-number="3"]').click();
    await view.locator('cl-packet-tree .row', { hasText: 'Internet Protocol' }).locator('.twisty').click();
    const ttl = view.locator('cl-packet-tree .row', { hasText: 'Time to Live' });
    await ttl.click();
    assert.match(await ttl.innerText(), /Time to Live: 63/);
    await workbench.screenshot('readme-capture');
  });
});

test('filtering a capture', async () => {
  const settings = { 'ciliumLens.captures.layout': 'beside' };
  await withWorkbench({ theme: 'Default Dark Modern', settings }, async (workbench) => {
    const view = await workbench.openCapture('node1_ens33.cap');
    const field = view.locator('cl-filter-bar input');
    await field.click();
    await workbench.page.keyboard.type('ip.addr == 10.0.1.0/24');
    await workbench.page.keyboard.press('Enter');
    await view.locator('cl-filter-bar .chip', { hasText: '2 of 6 packets' }).waitFor();
    await field.click();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type(' && icmp.');
    await view.locator('cl-filter-bar [role=option]').nth(3).waitFor();
    await workbench.page.keyboard.press('ArrowDown');
    assert.equal(await view.locator('cl-packet-list .row').count(), 2);
    await workbench.screenshot('guide-filter');
  });
});

test('a monitor log', async () => {
  const settings = { 'editor.wordWrap': 'on', 'editor.minimap.enabled': false };
  await withWorkbench({ theme: 'Default Light Modern', settings }, async (workbench) => {
    await workbench.openFile('pod1.text');
    await workbench.eventually('colours', async () => {
      const colours = await workbench
        .lines()
        .locator('span span')
        .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
      return new Set(colours).size > 3;
    });
    assert.match(await workbench.hover('flags=1'), /reply direction/);
    await workbench.screenshot('readme-monitor');
  });
});

test('a configuration', async () => {
  const settings = { 'editor.minimap.enabled': false };
  await withWorkbench({ theme: 'Default Dark Modern', settings }, async (workbench) => {
    await workbench.openFile('cilium-config-1.15-wrong-on-purpose.yaml');
    await workbench.goToLine(45);
    await workbench.eventually(
      'three findings',
      async () => (await workbench.page.locator('.squiggly-error').count()) >= 3,
    );
    assert.match(await workbench.hover('tunnel:'), /is ignored since Cilium 1\.15/);
    await workbench.screenshot('readme-config');
  });
});
