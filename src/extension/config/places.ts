/** Places of the core as VS Code counts them. */
import * as vscode from 'vscode';
import type { TextRange } from '../../core/base/lines.js';
import type { TextEdit } from '../../core/configmap/edit.js';

export function rangeIn(document: vscode.TextDocument, range: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}

/** Edits of one document, made together and undone together. */
export function workspaceEdit(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    edits.map(({ range, text }) => new vscode.TextEdit(rangeIn(document, range), text)),
  );
  return edit;
}
