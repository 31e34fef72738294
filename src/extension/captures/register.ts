/** Wires the capture editor into VS Code. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { startCaptureWorker } from '../../node/startCaptureWorker.js';
import { captureLayouts, type CaptureViewCommand } from '../../rpc/captureView.js';
import { CaptureEditorProvider, captureViewType, chosenLayout } from './captureEditor.js';
import { captureLocation } from './captureLocation.js';
import { CaptureReaders } from './captureReader.js';

/** Commands that the view in front carries out. */
const viewCommands: Readonly<Record<string, CaptureViewCommand>> = {
  'cilium-lens.capture.goToPacket': 'goToPacket',
  'cilium-lens.capture.nextPacket': 'nextPacket',
  'cilium-lens.capture.previousPacket': 'previousPacket',
  'cilium-lens.capture.nextPane': 'nextPane',
  'cilium-lens.capture.previousPane': 'previousPane',
  'cilium-lens.capture.copyPacketAsText': 'copyPacketAsText',
  'cilium-lens.capture.copyPacketAsJson': 'copyPacketAsJson',
  'cilium-lens.capture.copyFieldAsFilter': 'copyFieldAsFilter',
  'cilium-lens.capture.copyFieldValue': 'copyFieldValue',
  'cilium-lens.capture.copyBytesAsHex': 'copyBytesAsHex',
};

/** Registers the capture editor and its commands. */
export function registerCaptures(context: vscode.ExtensionContext): void {
  const program = path.join(context.extensionPath, 'dist', 'captureWorker.cjs');
  const readers = new CaptureReaders(async (uri) => startCaptureWorker(program, await captureLocation(uri)));
  const provider = new CaptureEditorProvider(context, readers);
  context.subscriptions.push(
    readers,
    vscode.window.registerCustomEditorProvider(captureViewType, provider, {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { retainContextWhenHidden: false },
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('ciliumLens.captures.layout')) provider.layOut();
    }),
    vscode.commands.registerCommand('cilium-lens.capture.toggleLayout', toggleLayout),
    ...Object.entries(viewCommands).map(([name, command]) =>
      vscode.commands.registerCommand(name, () => {
        provider.command(command);
      }),
    ),
  );
}

/** Takes the next layout, and remembers it as a setting: where it is kept is where it can be seen and changed. */
async function toggleLayout(): Promise<void> {
  const next = captureLayouts[(captureLayouts.indexOf(chosenLayout()) + 1) % captureLayouts.length];
  await vscode.workspace
    .getConfiguration('ciliumLens')
    .update('captures.layout', next, vscode.ConfigurationTarget.Global);
}
