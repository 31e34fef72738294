import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { note } from './notes.js';
import { workspaceFile, writeWorkspaceFile } from './workspace.js';

const extension = vscode.extensions.getExtension('cilium-lens.cilium-lens');

/** What `activate` of src/extension/main.ts gives. */
interface Api {
  readonly activation: { readonly milliseconds: number; readonly processorMilliseconds: number };
}

suite('Activation', () => {
  // These tests build on each other: an extension is activated once and stays so.

  test('the packed extension is installed', () => {
    assert.ok(extension);
  });

  test('it is asleep, and files of others do not wake it', async () => {
    assert.equal(extension?.isActive, false);
    // Plain text among them: the chat of VS Code opens such a document at every start.
    for (const name of ['README.md', 'make-captures.mjs', 'kubectl-get-pod-o-wide.txt']) {
      await vscode.workspace.openTextDocument(await workspaceFile(name));
    }
    await vscode.workspace.openTextDocument(await writeWorkspaceFile('monitoring.txt', 'All is well.\n'));
    await vscode.workspace.openTextDocument(await writeWorkspaceFile('notes.text', 'All is well.\n'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(extension.isActive, false);
  });

  test('a monitor log wakes it, in under 50 ms', async () => {
    // The hardest case: VS Code takes a .txt for plain text whatever it holds, so its name must do.
    const log = 'CPU 01: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=0\n';
    const document = await vscode.workspace.openTextDocument(
      await writeWorkspaceFile('node1-monitor.txt', log),
    );
    assert.equal(document.languageId, 'cilium-monitor');
    const end = performance.now() + 10_000;
    while (extension?.isActive !== true && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(extension?.isActive, true);
    const { milliseconds, processorMilliseconds } = (extension.exports as Api).activation;
    note(
      `activation took ${milliseconds.toFixed(1)} ms, ${processorMilliseconds.toFixed(1)} ms of processor time`,
    );
    // Other programs on the machine delay the clock, not the processor time, so that is what has the limit.
    assert.ok(milliseconds > 0 && processorMilliseconds > 0);
    assert.ok(processorMilliseconds < 50, `${processorMilliseconds} ms of processor time`);
  });

  test('every declared command exists, and no other', async () => {
    const { contributes } = extension?.packageJSON as { contributes: { commands?: { command: string }[] } };
    const declared = (contributes.commands ?? []).map(({ command }) => command).sort();
    const all = await vscode.commands.getCommands(true);
    const registered = all.filter((name) => /^cilium-?lens\./i.test(name));
    assert.deepEqual(registered.sort(), declared);
  });
});
