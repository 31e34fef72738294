/** What a key or a value of a ConfigMap means, under the pointer. */
import * as vscode from 'vscode';
import { configHover } from '../../core/configmap/hover.js';
import type { ConfigDocuments } from './configDocuments.js';
import { rangeIn } from './places.js';

export class ConfigHovers implements vscode.HoverProvider {
  constructor(private readonly documents: ConfigDocuments) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const result = this.documents.current(document);
    const hover = result === undefined ? undefined : configHover(result, document.offsetAt(position));
    if (hover === undefined) return undefined;
    return new vscode.Hover(new vscode.MarkdownString(hover.markdown), rangeIn(document, hover.range));
  }
}
