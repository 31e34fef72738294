/** A wrong cilium-config in the real workbench: what is underlined, what is said, what mends it, and how it looks. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Workbench, type Theme } from './workbench.js';

const themes: readonly (readonly [name: string, theme: Theme])[] = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
];
const file = 'cilium-config-1.15-wrong-on-purpose.yaml';

for (const [name, theme] of themes) {
  test(`findings, hover and migration, ${name}`, async () => {
    const workbench = await Workbench.open({ theme });
    const { page } = workbench;
    try {
      await workbench.openFile(file);
      // The edit lies below the first page of lines.
      await workbench.goToLine(45);
      await workbench.eventually('three errors underlined', async () => {
        return (await page.locator('.squiggly-error').count()) >= 3;
      });
      const status = page.locator('.statusbar-item', { hasText: 'Cilium 1.15' });
      await status.waitFor();

      const said = await workbench.hover('tunnel:');
      assert.match(said, /is ignored since Cilium 1\.15/);
      assert.match(said, /tunnel-key-removed/);
      // What the key means comes after what is wrong with it.
      await page
        .locator('.monaco-hover:not(.hidden)', { hasText: 'Use routing-mode and tunnel-protocol' })
        .first()
        .waitFor();
      await workbench.screenshot(`config-hover-${name}`);
      await page.keyboard.press('Escape');

      await workbench.clickText('native-routing-cidr');
      await page.keyboard.press('Control+.');
      const migrate = page.locator('.action-widget .monaco-list-row', {
        hasText: 'Migrate the 2 old keys to Cilium 1.15',
      });
      await migrate.waitFor();
      await workbench.screenshot(`config-fixes-${name}`);
      await migrate.click();
      await workbench.eventually(
        'no error left',
        async () => (await page.locator('.squiggly-error').count()) === 0,
      );
      await page.keyboard.press('Control+S');
      const text = await workbench.eventually('the file is saved', () => {
        const saved = readFileSync(path.join(workbench.folder, file), 'utf8');
        return Promise.resolve(saved.includes('ipv4-native-routing-cidr') && saved);
      });
      assert.match(text, /^ {2}routing-mode: /m);
      assert.doesNotMatch(text, /^ {2}(?:tunnel|native-routing-cidr):/m);
      await workbench.screenshot(`config-mended-${name}`);
    } finally {
      await workbench.close();
    }
  });
}
