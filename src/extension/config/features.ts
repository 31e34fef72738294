/** Everything for Cilium ConfigMaps that needs the linter: diagnostics, fixes, hovers, the version. */
import * as vscode from 'vscode';
import { ConfigDocuments } from './configDocuments.js';
import { ConfigDiagnostics } from './diagnostics.js';
import { ConfigFixes, fixAllKind } from './fixes.js';
import { ConfigHovers } from './hovers.js';
import { RulesPage } from './rulesPage.js';
import { chooseVersion } from './chooseVersion.js';
import { VersionStatus } from './versionStatus.js';

const yaml: vscode.DocumentSelector = { language: 'yaml' };

export class ConfigFeatures {
  private readonly documents = new ConfigDocuments();
  private readonly rulesPage: RulesPage;

  constructor(context: vscode.ExtensionContext) {
    this.rulesPage = new RulesPage(context.extensionUri);
    const fixes = new ConfigFixes(this.documents);
    context.subscriptions.push(
      this.documents,
      new ConfigDiagnostics(this.documents, this.rulesPage),
      new VersionStatus(this.documents),
      vscode.languages.registerCodeActionsProvider(yaml, fixes, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
      }),
      vscode.languages.registerHoverProvider(yaml, new ConfigHovers(this.documents)),
    );
    this.documents.start();
  }

  /** Lets the user choose the version that the document in front is checked for; arguments answer the questions. */
  async chooseVersion(version?: string, place?: string): Promise<void> {
    await chooseVersion(this.documents, version, place);
  }

  /** Shows what a rule is about, or the page of all rules. */
  async explainRule(rule?: string): Promise<void> {
    await this.rulesPage.show(rule);
  }
}
