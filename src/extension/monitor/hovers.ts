import * as vscode from 'vscode';
import { neighbourCount } from '../../core/monitor/companions.js';
import { hoverAt } from '../../core/monitor/hover.js';
import { longestLine } from '../../core/monitor/cleanLine.js';

/** Explains the value and the line under the pointer. Reads that line and a few around it, never the document. */
export class MonitorHovers implements vscode.HoverProvider {
  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { line, character } = position;
    const textOf = (number: number): string => document.lineAt(number).text.slice(0, longestLine);
    const hover = hoverAt(textOf(line), character, {
      before: linesBetween(Math.max(0, line - neighbourCount), line).map(textOf),
      after: linesBetween(line + 1, Math.min(document.lineCount, line + 1 + neighbourCount)).map(textOf),
    });
    if (!hover) return undefined;
    const parts = [hover.token, hover.line].filter((text) => text !== undefined);
    return new vscode.Hover(parts.map(plainMarkdown), new vscode.Range(line, hover.start, line, hover.end));
  }
}

function linesBetween(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

/** The texts hold words of the log: no command and no HTML of theirs may ever work. */
function plainMarkdown(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
