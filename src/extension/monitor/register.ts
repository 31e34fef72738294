/** Wires what the extension does for monitor logs into VS Code. */
import * as vscode from 'vscode';
import { MonitorDetection, monitorLanguage } from './detection.js';
import { MonitorHovers } from './hovers.js';

/** Registers providers and commands for monitor logs; everything is disposed with the extension. */
export function registerMonitor(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    new MonitorDetection(),
    vscode.languages.registerHoverProvider({ language: monitorLanguage }, new MonitorHovers()),
    vscode.commands.registerCommand('cilium-lens.monitor.explainLine', () =>
      vscode.commands.executeCommand('editor.action.showHover'),
    ),
  );
}
