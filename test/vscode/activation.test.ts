import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { note } from './notes.js';
import { workspaceFile } from './workspace.js';

const extension = vscode.extensions.getExtension('cilium-lens.cilium-lens');

/** What `activate` of src/extension/main.ts gives. */
interface Api {
  readonly activationMilliseconds: number;
}

suite('Activation', () => {
  // These tests build on each other: an extension is activated once and stays so.

  test('the packed extension is installed and asleep', () => {
    assert.ok(extension, 'the extension is not installed');
    assert.equal(extension.isActive, false);
  });

  test('files of others do not wake it', async () => {
    await vscode.workspace.openTextDocument({ language: 'typescript', content: 'export {};\n' });
    await vscode.workspace.openTextDocument({ language: 'json', content: '{}\n' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(extension?.isActive, false);
  });

  test('a monitor log wakes it, in under 50 ms', async () => {
    await vscode.workspace.openTextDocument(await workspaceFile('pod1.text'));
    const end = performance.now() + 10_000;
    while (extension?.isActive !== true && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(extension?.isActive, true, 'it did not wake');
    const { activationMilliseconds } = extension.exports as Api;
    note(`activation took ${activationMilliseconds.toFixed(1)} ms`);
    assert.ok(
      activationMilliseconds > 0 && activationMilliseconds < 50,
      `it took ${activationMilliseconds} ms`,
    );
  });

  test('every declared command exists, and no other', async () => {
    const contributes = (extension?.packageJSON as { contributes: { commands?: { command: string }[] } })
      .contributes;
    const declared = (contributes.commands ?? []).map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true)).filter((name) =>
      /^cilium-?lens\./i.test(name),
    );
    assert.deepEqual(registered.sort(), declared);
  });
});
