/**
 * Wires the configuration linter into VS Code. Only this small part runs at activation: the linter with its tables is
 * loaded when the first document turns up that may hold a Cilium ConfigMap.
 */
import * as vscode from 'vscode';
import { mayHoldCiliumConfig } from '../../core/configmap/look.js';
import type { ConfigFeatures } from './features.js';

/** Registers everything the editor offers for Cilium ConfigMaps. */
export function registerConfig(context: vscode.ExtensionContext): void {
  let loading: Promise<ConfigFeatures> | undefined;
  const features = (): Promise<ConfigFeatures> =>
    (loading ??= import('./features.js').then((module) => new module.ConfigFeatures(context)));

  const look = (document: vscode.TextDocument): void => {
    if (loading === undefined && isYaml(document) && mayHoldCiliumConfig(document.getText())) void features();
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(look),
    // A change is only looked at until the linter is loaded; then it has listeners of its own.
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      look(document);
    }),
    vscode.commands.registerCommand(
      'cilium-lens.config.chooseVersion',
      async (version?: string, place?: string) => (await features()).chooseVersion(version, place),
    ),
    vscode.commands.registerCommand('cilium-lens.config.explainRule', async (rule?: string) =>
      (await features()).explainRule(rule),
    ),
  );
  vscode.workspace.textDocuments.forEach(look);
}

/** Whether a document is YAML for VS Code, whatever its file is called. */
function isYaml(document: vscode.TextDocument): boolean {
  return document.languageId === 'yaml';
}
