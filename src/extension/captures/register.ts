/** Wires the capture editor into VS Code. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { startCaptureWorker } from '../../node/startCaptureWorker.js';
import { captureLayouts, type CaptureViewCommand } from '../../rpc/captureView.js';
import { CaptureEditorProvider, captureViewType, chosenLayout, layoutSetting } from './captureEditor.js';
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
      if (change.affectsConfiguration(layoutSetting)) provider.layOut();
    }),
    vscode.commands.registerCommand('cilium-lens.capture.toggleLayout', toggleLayout),
    ...Object.entries(viewCommands).map(([name, command]) =>
      vscode.commands.registerCommand(name, () => {
        provider.command(command);
      }),
    ),
  );
}

/** Takes the next layout, and keeps it as a setting: in the workspace when that has its own, else for the user. */
async function toggleLayout(): Promise<void> {
  const next = captureLayouts[(captureLayouts.indexOf(chosenLayout()) + 1) % captureLayouts.length];
  const settings = vscode.workspace.getConfiguration();
  const target =
    settings.inspect(layoutSetting)?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await settings.update(layoutSetting, next, target);
}
