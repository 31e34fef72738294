/** The workspace that the suite runs in: a copy of the example, with the test fixtures below `fixtures`. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Writes a text file into the workspace. */
export async function writeWorkspaceFile(name: string, content: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no workspace is open');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

/** The address of a file that must be there, by its path in the workspace. */
export async function workspaceFile(name: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no workspace is open');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.stat(uri);
  return uri;
}
