/** Wires what the extension does for monitor logs into VS Code. */
import type * as vscode from 'vscode';

/** Registers providers and commands for monitor logs; everything is disposed with the extension. */
export function registerMonitor(context: vscode.ExtensionContext): void {
  context.subscriptions.push();
}
