/** Findings in the Problems view and under the text. */
import * as vscode from 'vscode';
import type { Finding, Severity } from '../../core/configmap/rule.js';
import type { ConfigDocuments } from './configDocuments.js';
import { rangeIn } from './places.js';
import type { RulesPage } from './rulesPage.js';

/** What stands as source beside each diagnostic. */
export const diagnosticSource = 'Cilium Lens';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

const tags = {
  deprecated: vscode.DiagnosticTag.Deprecated,
  unnecessary: vscode.DiagnosticTag.Unnecessary,
} as const;

/** Diagnostics are plain text: names lose the backticks that mark them as code. */
function plain(message: string): string {
  return message.replaceAll('`', '');
}

/** Keeps the diagnostics of all documents up to date. */
export class ConfigDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('cilium-lens');
  private readonly listener: vscode.Disposable;

  constructor(
    private readonly documents: ConfigDocuments,
    private readonly rulesPage: RulesPage,
  ) {
    this.listener = documents.onDidChange((document) => {
      this.show(document);
    });
  }

  dispose(): void {
    vscode.Disposable.from(this.listener, this.collection).dispose();
  }

  private show(document: vscode.TextDocument): void {
    const findings = this.documents.latest(document)?.findings ?? [];
    this.collection.set(
      document.uri,
      findings.map((finding) => this.diagnosticOf(document, finding)),
    );
  }

  private diagnosticOf(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
    const diagnostic = new vscode.Diagnostic(
      rangeIn(document, finding.range),
      plain(finding.message),
      severities[finding.severity],
    );
    diagnostic.source = diagnosticSource;
    diagnostic.code = { value: finding.rule, target: this.rulesPage.addressOf(finding.rule) };
    diagnostic.relatedInformation = finding.related.map(
      ({ range, message }) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(document.uri, rangeIn(document, range)),
          plain(message),
        ),
    );
    if (finding.tag !== undefined) diagnostic.tags = [tags[finding.tag]];
    return diagnostic;
  }
}
