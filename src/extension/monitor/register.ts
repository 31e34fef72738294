/**
 * Wires what the extension does for monitor logs into VS Code. Only this small part runs at activation: what reads
 * logs is loaded when the first text that may be one turns up.
 */
import * as vscode from 'vscode';
import { MonitorDetection, monitorLanguage } from './detection.js';

/** Registers providers and commands for monitor logs; everything is disposed with the extension. */
export function registerMonitor(context: vscode.ExtensionContext): void {
  const features = () => import('./features.js');
  let hovers: vscode.HoverProvider | undefined;
  context.subscriptions.push(
    new MonitorDetection(features),
    vscode.languages.registerHoverProvider(
      { language: monitorLanguage },
      {
        async provideHover(document, position, token) {
          hovers ??= new (await features()).MonitorHovers();
          return hovers.provideHover(document, position, token);
        },
      },
    ),
    vscode.commands.registerCommand('cilium-lens.monitor.explainLine', () =>
      vscode.commands.executeCommand('editor.action.showHover'),
    ),
  );
}
