/** Wires the capture editor into VS Code. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { captureLayouts, captureViewCommands } from '../../rpc/captureView.js';
import { CaptureEditorProvider, captureViewType } from './captureEditor.js';
import { CaptureReaders } from './captureReader.js';
import { captureSettings, changeSetting, chosenLayout } from './captureSettings.js';
import { startReader } from './startReader.js';

/** Registers the capture editor and its commands. */
export function registerCaptures(context: vscode.ExtensionContext): void {
  const program = path.join(context.extensionPath, 'dist', 'captureWorker.cjs');
  const allowed = new Set<string>();
  const readers = new CaptureReaders((uri) => startReader(program, uri, allowed));
  const provider = new CaptureEditorProvider(context, readers, allowed);
  context.subscriptions.push(
    readers,
    vscode.window.registerCustomEditorProvider(captureViewType, provider, {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { retainContextWhenHidden: false },
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      provider.settingsChanged(change);
    }),
    vscode.commands.registerCommand('cilium-lens.capture.toggleLayout', toggleLayout),
    ...captureViewCommands.map((command) =>
      vscode.commands.registerCommand(`cilium-lens.capture.${command}`, async () => {
        if (command === 'timeFormat') await provider.chooseTime();
        else provider.command(command);
      }),
    ),
  );
}

/** Takes the next layout, and keeps it as a setting. */
async function toggleLayout(): Promise<void> {
  const next = captureLayouts[(captureLayouts.indexOf(chosenLayout()) + 1) % captureLayouts.length];
  await changeSetting(captureSettings.layout, next);
}
