/** The open documents with Cilium ConfigMaps, and what the linter says of each. */
import * as vscode from 'vscode';
import { lint } from '../../core/configmap/lint.js';
import type { LintResult } from '../../core/configmap/lint.js';
import { mayHoldCiliumConfig } from '../../core/configmap/look.js';

/** A pause in typing after which a document is checked anew; large documents wait longer. */
const pauseMilliseconds = 150;
const longPauseMilliseconds = 800;
const largeLength = 500_000;

export interface LintedDocument {
  readonly document: vscode.TextDocument;
  /** Of the document when it was linted; what belongs to an older version is thrown away. */
  readonly version: number;
  readonly result: LintResult;
}

/** The settings of the linter that hold for a document. */
function settingsFor(document: vscode.TextDocument) {
  const settings = vscode.workspace.getConfiguration('ciliumLens.config', document);
  return {
    enabled: settings.get<boolean>('enable', true),
    extraKeys: settings.get<string[]>('extraKeys', []),
    setting: settings.get<string>('version', ''),
  };
}

/** Lints documents as they open and change, some time after the last key stroke, and tells who listens. */
export class ConfigDocuments implements vscode.Disposable {
  private readonly linted = new Map<vscode.TextDocument, LintedDocument>();
  private readonly waiting = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly listeners: vscode.Disposable[] = [];

  /** A document was linted anew, or is no longer one of ours. */
  readonly onDidChange = this.changed.event;

  /** Begins with the documents that are open already. */
  start(): void {
    this.listeners.push(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.check(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.checkSoon(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.forget(document);
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('ciliumLens.config')) this.checkAll();
      }),
    );
    this.checkAll();
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.listeners, this.changed).dispose();
  }

  /** What the linter says of a document as it is now; linted at once when it is not up to date. */
  current(document: vscode.TextDocument): LintResult | undefined {
    const known = this.linted.get(document);
    if (known?.version !== document.version) this.check(document);
    return this.linted.get(document)?.result;
  }

  /** What the linter said last, also when the document has changed since. */
  latest(document: vscode.TextDocument): LintResult | undefined {
    return this.linted.get(document)?.result;
  }

  private checkAll(): void {
    vscode.workspace.textDocuments.forEach((document) => {
      this.check(document);
    });
  }

  private checkSoon(document: vscode.TextDocument): void {
    if (document.languageId !== 'yaml') return;
    clearTimeout(this.waiting.get(document));
    const known = this.linted.get(document);
    const isLarge = (known?.result.file.text.length ?? 0) > largeLength;
    const timer = setTimeout(
      () => {
        this.check(document);
      },
      isLarge ? longPauseMilliseconds : pauseMilliseconds,
    );
    this.waiting.set(document, timer);
  }

  private check(document: vscode.TextDocument): void {
    clearTimeout(this.waiting.get(document));
    this.waiting.delete(document);
    if (document.isClosed || document.languageId !== 'yaml') {
      this.forget(document);
      return;
    }
    const { enabled, ...options } = settingsFor(document);
    const text = document.getText();
    if (!enabled || !mayHoldCiliumConfig(text)) {
      this.forget(document);
      return;
    }
    const result = lint(text, { ...options, path: document.uri.path });
    this.linted.set(document, { document, version: document.version, result });
    this.changed.fire(document);
  }

  private forget(document: vscode.TextDocument): void {
    clearTimeout(this.waiting.get(document));
    this.waiting.delete(document);
    if (this.linted.delete(document)) this.changed.fire(document);
  }
}
