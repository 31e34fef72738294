/** Quick fixes of findings, and the action that applies all safe ones. */
import * as vscode from 'vscode';
import { editsCollide } from '../../core/configmap/edit.js';
import type { TextEdit } from '../../core/configmap/edit.js';
import type { Finding, Fix } from '../../core/configmap/rule.js';
import type { ConfigDocuments } from './configDocuments.js';
import { diagnosticSource } from './diagnostics.js';
import { rangeIn, workspaceEdit } from './places.js';

/** Runs on save where the user asks for it in `editor.codeActionsOnSave`. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('ciliumLens');

function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { code } = diagnostic;
  if (diagnostic.source !== diagnosticSource || typeof code !== 'object') return undefined;
  return String(code.value);
}

/** The first safe fix of every finding, without those that want the same text as one before. */
function safeEdits(findings: readonly Finding[]): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const { fixes } of findings) {
    const [fix] = fixes;
    if (fix?.safety !== 'safe' || editsCollide(chosen, fix.edits)) continue;
    chosen.push(...fix.edits);
  }
  return chosen;
}

export class ConfigFixes implements vscode.CodeActionProvider {
  constructor(private readonly documents: ConfigDocuments) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const findings = this.documents.current(document)?.findings ?? [];
    if (findings.length === 0) return [];
    const actions: vscode.CodeAction[] = [];
    if (context.only === undefined || context.only.intersects(vscode.CodeActionKind.QuickFix)) {
      const here = findings.filter(
        (finding) => rangeIn(document, finding.range).intersection(range) !== undefined,
      );
      for (const finding of here) {
        const shown = context.diagnostics.find(
          (diagnostic) =>
            ruleOf(diagnostic) === finding.rule && diagnostic.range.isEqual(rangeIn(document, finding.range)),
        );
        actions.push(...this.actionsOf(document, finding, shown));
      }
    }
    if (context.only?.intersects(fixAllKind)) actions.push(...this.fixAll(document, findings));
    return actions;
  }

  private actionsOf(
    document: vscode.TextDocument,
    finding: Finding,
    diagnostic: vscode.Diagnostic | undefined,
  ): vscode.CodeAction[] {
    const asAction = (fix: Fix, at: number): vscode.CodeAction => {
      const action = new vscode.CodeAction(fix.title.replaceAll('`', ''), vscode.CodeActionKind.QuickFix);
      action.edit = workspaceEdit(document, fix.edits);
      action.isPreferred = at === 0 && fix.safety === 'safe';
      if (diagnostic !== undefined) action.diagnostics = [diagnostic];
      return action;
    };
    const explain = new vscode.CodeAction(
      vscode.l10n.t('Explain {0}', finding.rule),
      vscode.CodeActionKind.QuickFix,
    );
    explain.command = {
      command: 'cilium-lens.config.explainRule',
      title: explain.title,
      arguments: [finding.rule],
    };
    return [...finding.fixes.map(asAction), explain];
  }

  private fixAll(document: vscode.TextDocument, findings: readonly Finding[]): vscode.CodeAction[] {
    const edits = safeEdits(findings);
    if (edits.length === 0) return [];
    const action = new vscode.CodeAction(vscode.l10n.t('Apply all safe fixes of Cilium Lens'), fixAllKind);
    action.edit = workspaceEdit(document, edits);
    return [action];
  }
}
