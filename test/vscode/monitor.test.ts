import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workspaceFile, writeWorkspaceFile } from './workspace.js';

/** Opens a file and waits until it has a language; detection by content comes just after the opening. */
async function opened(name: string, language = 'cilium-monitor'): Promise<vscode.TextDocument> {
  const uri = await workspaceFile(name);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  return withLanguage(uri, language);
}

async function withLanguage(uri: vscode.Uri, language: string): Promise<vscode.TextDocument> {
  const end = performance.now() + 10_000;
  for (;;) {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document?.languageId === language) return document;
    assert.ok(performance.now() < end, `${uri.path} stayed ${document?.languageId ?? 'closed'}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What the hover at the first `text` of a line says, and the words it marks. Lines count from 1. */
async function hoverOn(
  document: vscode.TextDocument,
  line: number,
  text: string,
): Promise<{ says: string; marks: string }> {
  const character = document.lineAt(line - 1).text.indexOf(text);
  assert.ok(character >= 0, `${text} is not in line ${line}`);
  const position = new vscode.Position(line - 1, character);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const [hover] = hovers;
  assert.ok(hover?.range, `no hover on ${text}`);
  const texts = hover.contents.map((content) => {
    assert.ok(content instanceof vscode.MarkdownString);
    assert.ok(content.isTrusted !== true && content.supportHtml !== true);
    return content.value;
  });
  return { says: texts.join('\n').replace(/\\(.)/g, '$1'), marks: document.getText(hover.range) };
}

/** A log that the editor cannot know by its first line. */
const pasted = `What node 2 said:\n${'CPU 01: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=0\n'.repeat(3)}`;

suite('Monitor logs', () => {
  test('hovers on the tokens of the log of the ping', async () => {
    const document = await opened('fixtures/logs/seed-node2.monitor.log');
    for (const [line, text, marks, says] of [
      [1, 'CPU 03', 'CPU 03', /CPU that handled the packet/],
      [1, 'MARK', 'MARK 0x0', /Not the skb mark/],
      [1, 'src=', 'src=10.0.0.85:3072', /ICMP echo id 3072/],
      [3, 'New', 'verdict: New', /policy will be checked/],
      [6, 'TTL', 'TTL=62', /Two routing hops below the usual start of 64/],
      [9, 'identity', 'identity 3352', /the same labels/],
      [9, 'state', 'state new', /first packet of a connection/i],
      [11, 'flags', 'flags=1', /reply direction/],
      [12, 'lifetime', 'lifetime=16836113', /194 d 20 h/],
    ] as const) {
      const hover = await hoverOn(document, line, text);
      assert.equal(hover.marks, marks);
      assert.match(hover.says, says);
    }
    assert.match(
      (await hoverOn(document, 9, 'to-endpoint')).says,
      /handed to endpoint `1580`[^]*ICMPv4 EchoRequest/,
    );
  });

  test('a .text file is known by its content', async () => {
    const document = await opened('pod1.text');
    assert.match((await hoverOn(document, 1, 'MARK')).says, /Not the skb mark/);
  });

  test('name or first line alone are enough, as they must be while the extension sleeps', async () => {
    const line = 'CPU 01: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=0\n';
    const noise = 'Defaulted container "cilium-agent" out of: cilium-agent, config (init)\n';
    const settings = vscode.workspace.getConfiguration('ciliumLens.monitor');
    await settings.update('detect', false, vscode.ConfigurationTarget.Global);
    try {
      for (const [name, content] of [
        ['monitor.txt', line],
        ['monitor-2.txt', line],
        ['pod1_monitor.text', line],
        ['cilium-drops.txt', line],
        ['first.text', line],
        ['first.out', `2024-06-10T17:27:28.2Z ${line}`],
        ['noise.text', `${noise}${line}`],
        ['command.text', `$ kubectl -n kube-system exec ds/cilium -- cilium monitor -vv\n${line}`],
        ['json.text', '{"cpu":"CPU 01:","type":"debug","message":"CT verdict: New, revnat=0"}\n'],
      ] as const) {
        const document = await vscode.workspace.openTextDocument(await writeWorkspaceFile(name, content));
        assert.equal(document.languageId, 'cilium-monitor', name);
      }
      for (const name of ['monitors.txt', 'prometheus-monitoring.txt', 'cilium-status.txt']) {
        const document = await vscode.workspace.openTextDocument(await writeWorkspaceFile(name, 'OK\n'));
        assert.equal(document.languageId, 'plaintext', name);
      }
    } finally {
      await settings.update('detect', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('a text of which only the name sounds like a log becomes plain text again', async () => {
    const uri = await writeWorkspaceFile('buy-a-monitor.txt', 'Size: 27 inch\nPrice: to be found out\n');
    await vscode.workspace.openTextDocument(uri);
    await withLanguage(uri, 'plaintext');
    const named = await writeWorkspaceFile('cilium-monitor-notes.txt', 'Only notes.\n');
    await vscode.workspace.openTextDocument(named);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await withLanguage(named, 'cilium-monitor')).languageId, 'cilium-monitor');
  });

  test('other texts keep their language', async () => {
    const uri = await workspaceFile('node-1.route-n.txt');
    const document = await vscode.workspace.openTextDocument(uri);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(document.languageId, 'plaintext');
  });

  test('who sets another language by hand keeps it', async () => {
    const document = await opened('pod1.text');
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const now = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === document.uri.toString());
    assert.equal(now?.languageId, 'plaintext');
  });

  test('the setting turns detection off', async () => {
    const settings = vscode.workspace.getConfiguration('ciliumLens.monitor');
    await settings.update('detect', false, vscode.ConfigurationTarget.Global);
    try {
      const document = await vscode.workspace.openTextDocument({ content: pasted, language: 'plaintext' });
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(document.languageId, 'plaintext');
    } finally {
      await settings.update('detect', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('a new document is known once a log is in it', async () => {
    const document = await vscode.workspace.openTextDocument({ content: pasted, language: 'plaintext' });
    const known = await withLanguage(document.uri, 'cilium-monitor');
    assert.match((await hoverOn(known, 2, 'revnat')).says, /no service translation/i);
  });

  test('the command shows the hover at the cursor', async () => {
    await opened('fixtures/logs/seed-node2.monitor.log');
    await vscode.commands.executeCommand('cilium-lens.monitor.explainLine');
  });
});
