import * as vscode from 'vscode';

/** What tells a log by its content, and how many lines of a text it looks at. */
export interface ContentCheck {
  readonly detectionLines: number;
  readonly isMonitorLog: (lines: Iterable<string>) => boolean;
  readonly isForeign: (lines: Iterable<string>) => boolean;
}

/** The id of the language, as in package.json. */
export const monitorLanguage = 'cilium-monitor';

/** Documents of these languages may be monitor logs that nobody has said to be; others were chosen on purpose. */
const undecided: ReadonlySet<string> = new Set(['plaintext', 'log']);
const fileNames = /\.(?:log|txt|text)$/i;

/**
 * Names by which package.json only guesses that a text is a log, since VS Code has no other way to wake us for a text
 * file: the content has the last word. All its other names say it plainly.
 */
const guessedNames = /\.(?:txt|text)$/i;
const plainNames = /^cilium-monitor|cilium_monitor|cilium-dbg-monitor|\.monitor\.txt$/i;

/**
 * Gives logs of the monitor their language by their content, and takes it from texts whose name only sounds like one.
 * Silent, and once per document: who sets another language by hand keeps it.
 */
export class MonitorDetection implements vscode.Disposable {
  private readonly decided = new Set<string>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly check: () => Promise<ContentCheck>) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => {
        void this.look(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // A paste into a new document; typing a line is no log.
        if (contentChanges.some(({ text }) => text.includes('\n'))) void this.look(document);
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
    for (const document of vscode.workspace.textDocuments) void this.look(document);
  }

  private async look(document: vscode.TextDocument): Promise<void> {
    const address = document.uri.toString();
    if (document.languageId === monitorLanguage && !this.decided.has(address)) {
      // Its name or first line gave it the language.
      this.decided.add(address);
      const name = document.uri.path.split('/').at(-1) ?? '';
      if (!guessedNames.test(name) || plainNames.test(name) || !this.mayLook(document)) return;
      const { isForeign, detectionLines } = await this.check();
      if (isForeign(firstLines(document, detectionLines))) setLanguage(document, 'plaintext');
      return;
    }
    if (!undecided.has(document.languageId) || this.decided.has(address)) return;
    if (!document.isUntitled && !fileNames.test(document.uri.path)) return;
    if (!this.mayLook(document)) return;
    const { isMonitorLog, detectionLines } = await this.check();
    if (!isMonitorLog(firstLines(document, detectionLines))) return;
    this.decided.add(address);
    setLanguage(document, monitorLanguage);
  }

  private mayLook(document: vscode.TextDocument): boolean {
    return vscode.workspace.getConfiguration('ciliumLens.monitor', document.uri).get<boolean>('detect', true);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function setLanguage(document: vscode.TextDocument, language: string): void {
  // The document may have been closed in the meantime, which is no harm.
  vscode.languages.setTextDocumentLanguage(document, language).then(undefined, () => undefined);
}

function* firstLines(document: vscode.TextDocument, most: number): Generator<string> {
  for (let line = 0; line < Math.min(document.lineCount, most); line++) yield document.lineAt(line).text;
}
