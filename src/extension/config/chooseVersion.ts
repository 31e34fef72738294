/** Lets the user choose the version that a file is checked for. */
import * as vscode from 'vscode';
import { versionText } from '../../core/cilium/version.js';
import { oldestVersion } from '../../core/configmap/option.js';
import { newestStable, versionDirective } from '../../core/configmap/version.js';
import type { ConfigDocuments } from './configDocuments.js';
import { rangeIn } from './places.js';

interface Choice extends vscode.QuickPickItem {
  /** Empty for the version that the file itself tells. */
  readonly version: string;
}

async function askVersion(): Promise<string | undefined> {
  const versions = Array.from({ length: newestStable - oldestVersion + 1 }, (_, at) =>
    versionText(newestStable - at),
  );
  const choices: Choice[] = [
    {
      label: vscode.l10n.t('From the file'),
      description: vscode.l10n.t('images, labels, else the keys in it'),
      version: '',
    },
    ...versions.map((version) => ({ label: `Cilium ${version}`, version })),
  ];
  const choice = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Check for Which Version of Cilium?'),
  });
  return choice?.version;
}

async function askPlace(): Promise<string | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('In this file'), description: '# cilium-version: …', place: 'file' },
      {
        label: vscode.l10n.t('For the workspace'),
        description: 'ciliumLens.config.version',
        place: 'workspace',
      },
    ],
    { title: vscode.l10n.t('Where Shall the Version Be Kept?') },
  );
  return choice?.place;
}

/** Writes, changes or removes the comment that tells the version of a file. */
async function writeDirective(document: vscode.TextDocument, version: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const known = versionDirective(document.getText());
  if (known === undefined) {
    const lineBreak = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    edit.insert(document.uri, new vscode.Position(0, 0), `# cilium-version: ${version}${lineBreak}`);
  } else if (version === '') {
    edit.delete(document.uri, document.lineAt(document.positionAt(known.at.start)).rangeIncludingLineBreak);
  } else {
    edit.replace(document.uri, rangeIn(document, known.at), version);
  }
  await vscode.workspace.applyEdit(edit);
}

async function writeSetting(document: vscode.TextDocument, version: string): Promise<void> {
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
  await vscode.workspace
    .getConfiguration('ciliumLens.config', document)
    .update(
      'version',
      version === '' ? undefined : version,
      isInWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
}

/**
 * Asks for a version and where to keep it, and keeps it there. A file that has the comment keeps the version there,
 * because the comment wins over the setting. `version` and `place` (`file` or `workspace`) answer the questions.
 */
export async function chooseVersion(
  documents: ConfigDocuments,
  version?: string,
  place?: string,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || documents.current(document) === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file with a Cilium ConfigMap first; its version is chosen here.'),
    );
    return;
  }
  const chosen = version ?? (await askVersion());
  if (chosen === undefined) return;
  if (versionDirective(document.getText()) !== undefined) {
    await writeDirective(document, chosen);
    return;
  }
  if (chosen === '') {
    await writeSetting(document, chosen);
    return;
  }
  const kept = place ?? (await askPlace());
  if (kept === 'file') await writeDirective(document, chosen);
  if (kept === 'workspace') await writeSetting(document, chosen);
}
