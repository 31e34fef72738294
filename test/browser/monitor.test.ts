/** The log of the ping in the real workbench: its colours, its hovers, and how both look. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workbench, type Theme } from './workbench.js';

const themes: readonly (readonly [name: string, theme: Theme])[] = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
];

/** The colours that the first line with this text has, and how often each piece of text has which. */
async function coloursOf(workbench: Workbench, text: string): Promise<ReadonlyMap<string, string>> {
  const line = workbench.lines().filter({ hasText: text }).first();
  const pieces = await line
    .locator('span span')
    .evaluateAll((spans) =>
      spans.map(
        (span) => [span.textContent.replaceAll('\u00a0', ' ').trim(), getComputedStyle(span).color] as const,
      ),
    );
  return new Map(pieces);
}

/** Takes the mouse away and waits until the hover has gone: it may lie over what comes next. */
async function letGo(workbench: Workbench): Promise<void> {
  await workbench.page.mouse.move(700, 795);
  await workbench.page
    .locator('.monaco-hover:not(.hidden) .hover-contents')
    .first()
    .waitFor({ state: 'hidden' });
}

for (const [name, theme] of themes) {
  test(`colours and hovers, ${name}`, async () => {
    // Wrapped, so that no value is out of the mouse's reach.
    const workbench = await Workbench.open({ theme, settings: { 'editor.wordWrap': 'on' } });
    try {
      await workbench.openFile('fixtures/logs/seed-node2.monitor.log');
      const colours = await workbench.eventually('colours', async () => {
        const found = await coloursOf(workbench, 'nexthdr=1');
        return new Set(found.values()).size > 3 && found;
      });
      assert.notEqual(colours.get('nexthdr='), colours.get('1'), 'a label and its value');
      const layer = await coloursOf(workbench, 'TTL=62');
      assert.notEqual(layer.get('TTL'), layer.get('62'));

      assert.match(await workbench.hover('TTL=62'), /Two routing hops below the usual start of 64/);
      await letGo(workbench);
      const flags = await workbench.hover('flags=1');
      assert.match(flags, /reply direction/);
      assert.match(flags, /This packet: 10\.0\.1\.124:0 → 10\.0\.0\.85:3072, ICMP/);
      await workbench.screenshot(`monitor-${name}`);
      await letGo(workbench);
      await workbench.openFile('fixtures/logs/policy-denied.monitor.log');
      const drop = await workbench.eventually('colours of a drop', async () => {
        const found = await coloursOf(workbench, 'xx drop');
        return found.size > 5 && found;
      });
      assert.notEqual(drop.get('Policy denied'), drop.get('[cilium-05652]'));
      assert.match(await workbench.hover('Policy denied'), /Usual causes: /);
      await workbench.screenshot(`monitor-drop-${name}`);
    } finally {
      await workbench.close();
    }
  });
}

test('a fenced block of Markdown has the same colours', async () => {
  const block = 'CPU 03: MARK 0x0 FROM 1580 DEBUG: CT verdict: New, revnat=0';
  const workbench = await Workbench.open({
    files: { 'notes.md': `# Notes\n\n\`\`\`cilium-monitor\n${block}\n\`\`\`\n` },
  });
  try {
    await workbench.openFile('notes.md');
    const colours = await workbench.eventually('colours', async () => {
      const found = await coloursOf(workbench, 'CT verdict');
      return new Set(found.values()).size > 2 && found;
    });
    assert.notEqual(colours.get('New'), colours.get('revnat='));
  } finally {
    await workbench.screenshot('monitor-markdown');
    await workbench.close();
  }
});
