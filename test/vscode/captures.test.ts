import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.js';
import { MemoryFiles } from './memoryFiles.js';
import { workspaceFile } from './workspace.js';

/** The kind of editor that shows a file, as its tab says. */
function editorOf(uri: vscode.Uri): string | undefined {
  for (const { tabs } of vscode.window.tabGroups.all)
    for (const { input } of tabs) {
      if (input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString())
        return input.viewType;
      if (input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()) return 'text';
    }
  return undefined;
}

suite('Captures', function () {
  // The first page of an editor takes its time on a machine that is busy.
  this.timeout(60_000);

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('our editor is the one that opens captures, in capitals too', async () => {
    const capture = await workspaceFile('node1_ens33.cap');
    const shouted = vscode.Uri.joinPath(capture, '..', 'SHOUTED.PcApNg');
    await vscode.workspace.fs.copy(capture, shouted, { overwrite: true });
    for (const uri of [capture, shouted]) {
      await vscode.commands.executeCommand('vscode.open', uri);
      assert.equal(await eventually(uri.path, () => editorOf(uri)), 'cilium-lens.capture');
    }
  });

  test('the text editor stays within reach', async () => {
    const capture = await workspaceFile('node2_ens33.cap');
    await vscode.commands.executeCommand('vscode.openWith', capture, 'default');
    await eventually('a tab', () => (editorOf(capture) === 'cilium-lens.capture' ? undefined : true));
  });

  test('files of other file systems are read whole, unless that would be too much', async () => {
    const files = new MemoryFiles();
    const bytes = await vscode.workspace.fs.readFile(await workspaceFile('node1_ens33.cap'));
    files.put('/small.cap', bytes);
    files.put('/huge.cap', bytes, 3_000_000_000);
    const registration = vscode.workspace.registerFileSystemProvider('capture-test', files);
    try {
      const small = vscode.Uri.parse('capture-test:/small.cap');
      await vscode.commands.executeCommand('vscode.open', small);
      await eventually('the small capture read', () => (files.reads > 0 ? true : undefined));
      assert.equal(editorOf(small), 'cilium-lens.capture');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const before = files.reads;
      const huge = vscode.Uri.parse('capture-test:/huge.cap');
      await vscode.commands.executeCommand('vscode.open', huge);
      assert.equal(await eventually('the tab', () => editorOf(huge)), 'cilium-lens.capture');
      await new Promise((resolve) => setTimeout(resolve, 2000));
      assert.equal(files.reads, before, 'the huge one was read all the same');
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      registration.dispose();
    }
  });

  test('packets are exported by command, question after question', async () => {
    const capture = await workspaceFile('node1_ens33.cap');
    const copy = vscode.Uri.joinPath(capture, '..', 'node1_ens33-copy.pcapng');
    await vscode.commands.executeCommand('vscode.open', capture);
    // The page takes a moment to come, and until then nothing answers to the command.
    const bytes = await eventually('the exported file', async () => {
      await vscode.commands.executeCommand('cilium-lens.capture.export');
      // All packets, pcapng, the name that is proposed.
      for (let question = 0; question < 3; question++) {
        await new Promise((resolve) => setTimeout(resolve, 800));
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      return vscode.workspace.fs.readFile(copy).then(
        (read) => (read.length > 0 ? read : undefined),
        () => undefined,
      );
    });
    try {
      assert.deepEqual([...bytes.subarray(0, 4)], [0x0a, 0x0d, 0x0d, 0x0a]);
      // The first packet's bytes stand in it as they stand behind the headers of the pcap file.
      const original = Buffer.from(await vscode.workspace.fs.readFile(capture));
      const first = original.subarray(40, 40 + original.readUInt32LE(32));
      assert.ok(Buffer.from(bytes).includes(first));
    } finally {
      await vscode.workspace.fs.delete(copy);
    }
  });

  test('toggling the layout goes through all of them and is kept as a setting', async () => {
    const layout = () => vscode.workspace.getConfiguration('ciliumLens').get<string>('captures.layout');
    const before = layout();
    const seen = new Set<string | undefined>();
    for (let turn = 0; turn < 3; turn++) {
      await vscode.commands.executeCommand('cilium-lens.capture.toggleLayout');
      seen.add(layout());
    }
    assert.equal(layout(), before);
    assert.deepEqual([...seen].sort(), ['beside', 'right', 'stacked']);
  });
});
