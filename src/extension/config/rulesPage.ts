/** The page of all rules that ships with the extension, and where each rule stands on it. */
import * as vscode from 'vscode';

export class RulesPage {
  private readonly page: vscode.Uri;
  private readonly lines = new Map<string, number>();

  constructor(extension: vscode.Uri) {
    this.page = vscode.Uri.joinPath(extension, 'media', 'docs', 'rules.md');
    // Until it is read, links go to the top of the page.
    void this.readLines();
  }

  /** Where a rule is explained; VS Code reads `L12` as a line. */
  addressOf(rule: string): vscode.Uri {
    const line = this.lines.get(rule);
    return line === undefined ? this.page : this.page.with({ fragment: `L${line}` });
  }

  /** Shows a rule, or the top of the page. */
  async show(rule?: string): Promise<void> {
    const page = rule === undefined ? this.page : this.page.with({ fragment: rule });
    await vscode.commands.executeCommand('markdown.showPreview', page);
  }

  private async readLines(): Promise<void> {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.page));
      for (const [at, line] of text.split('\n').entries()) {
        const rule = /^## ([a-z0-9-]+)$/.exec(line)?.[1];
        if (rule !== undefined) this.lines.set(rule, at + 1);
      }
    } catch {
      // Without the page the links lead to its place; nothing else depends on it.
    }
  }
}
