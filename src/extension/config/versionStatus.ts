/** The version that the document in front is checked for, in the status bar. */
import * as vscode from 'vscode';
import { templatedText } from '../../core/configmap/config.js';
import { knownVersionText } from '../../core/configmap/version.js';
import type { KnownVersion } from '../../core/configmap/version.js';
import type { ConfigDocuments } from './configDocuments.js';

/** Where a version comes from, short and for people. */
function sourceText(version: KnownVersion): string {
  switch (version.source) {
    case 'argument':
      return vscode.l10n.t('As asked for.');
    case 'directive':
      return vscode.l10n.t('From the comment in this file.');
    case 'setting':
      return vscode.l10n.t('From the setting ciliumLens.config.version.');
    case 'image':
    case 'label':
      return vscode.l10n.t('From the {0} in this file.', version.because);
    case 'keys':
      return vscode.l10n.t('Inferred from the keys in this file.');
    case 'assumed':
      return vscode.l10n.t('Assumed, because nothing in this file tells the version.');
  }
}

export class VersionStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'cilium-lens.config.version',
    vscode.StatusBarAlignment.Right,
    100,
  );
  private readonly listeners: vscode.Disposable;

  constructor(private readonly documents: ConfigDocuments) {
    this.item.name = vscode.l10n.t('Cilium Version');
    this.item.command = 'cilium-lens.config.chooseVersion';
    this.listeners = vscode.Disposable.from(
      documents.onDidChange((document) => {
        if (document === vscode.window.activeTextEditor?.document) this.show();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.show();
      }),
    );
  }

  dispose(): void {
    vscode.Disposable.from(this.listeners, this.item).dispose();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const result = document === undefined ? undefined : this.documents.latest(document);
    const [first] = result?.configs ?? [];
    if (first === undefined) {
      this.item.hide();
      return;
    }
    const { version } = first;
    const isGuess = version.source === 'keys' || version.source === 'assumed';
    this.item.text = isGuess ? `${knownVersionText(version)}?` : knownVersionText(version);
    const templates = templatedText(result?.configs.map(({ config }) => config) ?? []);
    const left = templates === '' ? '' : ` ${templates}.`;
    this.item.tooltip = `${sourceText(version)}${left} ${vscode.l10n.t('Click to choose the version that this file is checked for.')}`;
    this.item.accessibilityInformation = { label: `${this.item.text}. ${this.item.tooltip}`, role: 'button' };
    this.item.show();
  }
}
