import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workspaceFile } from './workspace.js';

/** Asks again until there is an answer. */
async function eventually<T>(what: string, look: () => T | undefined): Promise<T> {
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    const seen = look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not seen`);
}

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

/** A file system that holds its files in memory, as remote and virtual workspaces do. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, { readonly bytes: Uint8Array; readonly size: number }>();
  reads = 0;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: file.size };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    this.reads++;
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file.bytes;
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
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
    files.files.set('/small.cap', { bytes, size: bytes.length });
    files.files.set('/huge.cap', { bytes, size: 3_000_000_000 });
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
