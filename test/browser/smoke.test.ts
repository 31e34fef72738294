import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workbench } from './workbench.js';

test('the workbench opens the example and knows our commands', async () => {
  const workbench = await Workbench.open();
  try {
    await workbench.openFile('pod1.text');
    await workbench.eventually('the log in the editor', async () => (await workbench.lines().count()) > 5);
    const titles = await workbench.commandsFor('Cilium Lens:');
    assert.ok(
      titles.some((title) => title.startsWith('Cilium Lens: ')),
      `the palette offers ${titles.join(', ')}`,
    );
  } finally {
    await workbench.screenshot('smoke');
    await workbench.close();
  }
});
