/** The configuration linter in the real extension host. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const head =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cilium-config\n  namespace: kube-system\ndata:\n';
const oldEdit = `${head}  tunnel: disabled\n  native-routing-cidr: "10.0.0.0/16"\n  auto-direct-node-routes: "true"\n`;

/** Asks until the answer is there. */
async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < end, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function ruleOf(diagnostic: vscode.Diagnostic): string {
  return typeof diagnostic.code === 'object' ? String(diagnostic.code.value) : '';
}

function ours(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Cilium Lens');
}

/** Opens a text as YAML in an editor. */
async function open(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** Waits until the rules that are reported for a document are these. */
async function rules(
  document: vscode.TextDocument,
  expected: readonly string[],
): Promise<vscode.Diagnostic[]> {
  return until(`${expected.join(', ')} are reported, not ${ours(document).map(ruleOf).join(', ')}`, () => {
    const found = ours(document);
    return JSON.stringify(found.map(ruleOf).sort()) === JSON.stringify([...expected].sort())
      ? found
      : undefined;
  });
}

async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind?.value);
}

async function hoverAt(document: vscode.TextDocument, word: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await until('a hover', async () => {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return found.length > 0 ? found : undefined;
  });
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

suite('Configuration', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('an old edit is accepted for 1.11 and flagged for 1.15', async () => {
    const accepted = await open(`# cilium-version: 1.11\n${oldEdit}`);
    const [remark] = await rules(accepted, ['native-routing-cidr-deprecated']);
    assert.equal(remark?.severity, vscode.DiagnosticSeverity.Information);
    assert.deepEqual(remark.tags, [vscode.DiagnosticTag.Deprecated]);

    const flagged = await open(`# cilium-version: 1.15\n${oldEdit}`);
    const found = await rules(flagged, [
      'tunnel-key-removed',
      'native-routing-cidr-removed',
      'auto-direct-with-tunnel',
    ]);
    assert.ok(found.every(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    const tunnel = found.find((diagnostic) => ruleOf(diagnostic) === 'tunnel-key-removed');
    assert.equal(tunnel && flagged.getText(tunnel.range), 'tunnel');
  });

  test('the migration is one action, and what it writes is right', async () => {
    const document = await open(`# cilium-version: 1.15\n${oldEdit}`);
    const found = await rules(document, [
      'tunnel-key-removed',
      'native-routing-cidr-removed',
      'auto-direct-with-tunnel',
    ]);
    const tunnel = found.find((diagnostic) => ruleOf(diagnostic) === 'tunnel-key-removed');
    assert.ok(tunnel);
    const actions = await actionsAt(document, tunnel.range);
    const preferred = actions.filter(({ isPreferred }) => isPreferred);
    assert.deepEqual(
      preferred.map(({ title }) => title),
      ['Replace tunnel by routing-mode: native'],
    );
    const migrate = actions.find(({ title }) => title.startsWith('Migrate the 2 old keys'));
    assert.ok(migrate?.edit);
    assert.ok(await vscode.workspace.applyEdit(migrate.edit));
    assert.equal(
      document.getText(),
      `# cilium-version: 1.15\n${head}  routing-mode: native\n  ipv4-native-routing-cidr: "10.0.0.0/16"\n  auto-direct-node-routes: "true"\n`,
    );
    await rules(document, []);
  });

  test('all safe fixes are applied by the source action', async () => {
    const document = await open(
      `# cilium-version: 1.16\n${head}  tunnel: 'disabled'\n  debug: true\n  mtu: "1450" # kept\n`,
    );
    await until('findings', () => (ours(document).length >= 2 ? true : undefined));
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await actionsAt(document, everything, vscode.CodeActionKind.SourceFixAll);
    const [all] = actions.filter(({ kind }) => kind?.value === 'source.fixAll.ciliumLens');
    assert.ok(all?.edit);
    assert.ok(await vscode.workspace.applyEdit(all.edit));
    assert.equal(
      document.getText(),
      `# cilium-version: 1.16\n${head}  routing-mode: 'native'\n  debug: "true"\n  mtu: "1450" # kept\n`,
    );
  });

  test('findings follow the typing', async () => {
    const document = await open(`# cilium-version: 1.16\n${head}  routing-mode: "tunnel"\n`);
    await rules(document, []);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      document.positionAt(document.getText().length),
      '  auto-direct-node-routes: "true"\n',
    );
    await vscode.workspace.applyEdit(edit);
    const [finding] = await rules(document, ['auto-direct-with-tunnel']);
    assert.equal(finding && document.getText(finding.range), '"true"');
    assert.equal(finding?.relatedInformation?.length, 1);
  });

  test('a hover says what a key is and what a value means', async () => {
    const document = await open(`# cilium-version: 1.15\n${oldEdit}`);
    await until('findings', () => (ours(document).length > 0 ? true : undefined));
    const key = await hoverAt(document, 'tunnel:');
    assert.match(key, /Cilium|routing/);
    assert.match(key, /1\.15 ignores it\. Use `routing-mode` and `tunnel-protocol`/);
    const value = await hoverAt(document, '10.0.0.0/16');
    assert.match(value, /10\.0\.0\.0 – 10\.0\.255\.255, 65,536 addresses/);
    const bool = await hoverAt(document, 'true"');
    assert.match(bool, /`true`: on/);
    assert.match(bool, /autoDirectNodeRoutes/);
  });

  test('the chosen version is written into the file, and counts', async () => {
    const document = await open(oldEdit);
    await until('findings', () => (ours(document).length > 0 ? true : undefined));
    await vscode.commands.executeCommand('cilium-lens.config.chooseVersion', '1.11', 'file');
    assert.match(document.getText(), /^# cilium-version: 1\.11\napiVersion/);
    await rules(document, ['native-routing-cidr-deprecated']);
    await vscode.commands.executeCommand('cilium-lens.config.chooseVersion', '1.10');
    assert.match(document.getText(), /^# cilium-version: 1\.10\napiVersion/);
    await rules(document, []);
    await vscode.commands.executeCommand('cilium-lens.config.chooseVersion', '');
    assert.equal(document.getText(), oldEdit);
  });

  test('a comment with an unknown version is told, and replaced by the chosen one', async () => {
    const document = await open(`# cilium-version: banana\n${head}  debug: "false"\n`);
    const [finding] = await rules(document, ['version-unknown']);
    assert.equal(finding && document.getText(finding.range), 'banana');
    await vscode.commands.executeCommand('cilium-lens.config.chooseVersion', '1.15');
    assert.match(document.getText(), /^# cilium-version: 1\.15\napiVersion/);
    await rules(document, []);
  });

  test('a setting with an unknown version is told, and left aside', async () => {
    const settings = vscode.workspace.getConfiguration('ciliumLens.config');
    const document = await open(`${head}  debug: "false"\n`);
    try {
      await settings.update('version', '9.9', vscode.ConfigurationTarget.Global);
      const [finding] = await rules(document, ['version-unknown']);
      assert.match(finding?.message ?? '', /ciliumLens\.config\.version is "9\.9".*1\.6 to 1\.21/);
    } finally {
      await settings.update('version', undefined, vscode.ConfigurationTarget.Global);
    }
    await rules(document, []);
  });

  test('the setting counts, and switching off removes all findings', async () => {
    const settings = vscode.workspace.getConfiguration('ciliumLens.config');
    const document = await open(oldEdit);
    try {
      await settings.update('version', '1.11', vscode.ConfigurationTarget.Global);
      await rules(document, ['native-routing-cidr-deprecated']);
      await settings.update('enable', false, vscode.ConfigurationTarget.Global);
      await rules(document, []);
    } finally {
      await settings.update('version', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('each finding links to its rule, which is on the page', async () => {
    const document = await open(`# cilium-version: 1.15\n${oldEdit}`);
    const found = await rules(document, [
      'tunnel-key-removed',
      'native-routing-cidr-removed',
      'auto-direct-with-tunnel',
    ]);
    const code = found[0]?.code;
    assert.ok(typeof code === 'object');
    const page = await vscode.workspace.fs.readFile(code.target.with({ fragment: '' }));
    assert.ok(new TextDecoder().decode(page).includes(`\n## ${String(code.value)}\n`));
  });

  test('other YAML is left alone', async () => {
    const document = await open('kind: ConfigMap\nmetadata:\n  name: app\ndata:\n  debug: true\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(ours(document), []);
  });
});
