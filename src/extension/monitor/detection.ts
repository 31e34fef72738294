import * as vscode from 'vscode';
import { detectionLines, isMonitorLog } from '../../core/monitor/detect.js';

/** The id of the language, as in package.json. */
export const monitorLanguage = 'cilium-monitor';

/** Documents of these languages may be monitor logs that nobody has said to be; others were chosen on purpose. */
const undecided: ReadonlySet<string> = new Set(['plaintext', 'log']);
const fileNames = /\.(?:log|txt|text)$/i;

/**
 * Gives logs of the monitor their language by their content. Silent, and once per document: who sets another language
 * by hand keeps it.
 */
export class MonitorDetection implements vscode.Disposable {
  private readonly decided = new Set<string>();
  private readonly subscriptions: vscode.Disposable[];

  constructor() {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.look(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // A paste into a new document; typing a line is no log.
        if (contentChanges.some(({ text }) => text.includes('\n'))) this.look(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // A change of language closes and opens a document in one go; only what stays closed is forgotten.
        setTimeout(() => {
          const isOpen = vscode.workspace.textDocuments.some(
            (other) => other.uri.toString() === uri.toString(),
          );
          if (!isOpen) this.decided.delete(uri.toString());
        }, 1000);
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  private look(document: vscode.TextDocument): void {
    const address = document.uri.toString();
    // Its name or first line may have given it the language, too.
    if (document.languageId === monitorLanguage) this.decided.add(address);
    if (!undecided.has(document.languageId) || this.decided.has(address)) return;
    if (!document.isUntitled && !fileNames.test(document.uri.path)) return;
    const settings = vscode.workspace.getConfiguration('ciliumLens.monitor', document.uri);
    if (!settings.get<boolean>('detect', true) || !isMonitorLog(firstLines(document))) return;
    this.decided.add(address);
    // The document may have been closed in the meantime, which is no harm.
    vscode.languages.setTextDocumentLanguage(document, monitorLanguage).then(undefined, () => undefined);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function* firstLines(document: vscode.TextDocument): Generator<string> {
  for (let line = 0; line < Math.min(document.lineCount, detectionLines); line++)
    yield document.lineAt(line).text;
}
