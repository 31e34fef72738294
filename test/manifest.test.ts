/** What package.json says to VS Code, against what the repository holds. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { compileFilter } from '../src/core/filter/displayFilter.js';
import { readColourRules } from '../src/extension/captures/colourRules.js';
import { captureViewCommands } from '../src/rpc/captureView.js';
import { productBundles } from '../src/tools/bundle.js';

const root = path.resolve(import.meta.dirname, '..');

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands?: readonly { readonly command: string }[];
    readonly keybindings?: readonly {
      readonly command: string;
      readonly key: string;
      readonly when: string;
    }[];
    readonly submenus?: readonly { readonly id: string }[];
    readonly menus?: Readonly<
      Record<
        string,
        readonly { readonly command?: string; readonly submenu?: string; readonly when?: string }[]
      >
    >;
    readonly configuration?: Configuration | readonly Configuration[];
    readonly customEditors?: readonly { readonly viewType: string }[];
  };
}

interface Configuration {
  readonly properties: Readonly<Record<string, object>>;
}

const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;

/** The sources that talk to VS Code, as one text. */
const extensionSource = readdirSync(path.join(root, 'src/extension'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join(root, 'src/extension', name), 'utf8'))
  .join('\n');

/** All that stands in quotes and begins with a prefix. */
function quoted(prefix: string): Set<string> {
  const found = new Set<string>();
  for (const [, word = ''] of extensionSource.matchAll(/['"`]([\w.-]+)['"`]/g)) {
    if (word.startsWith(prefix)) found.add(word);
  }
  return found;
}

/** All strings below a value, wherever they stand. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

/** Every command that the manifest declares. */
const declaredCommands = (contributes.commands ?? []).map(({ command }) => command);

/** Every setting that the manifest declares, with its schema. */
const declaredSettings = Object.assign(
  {},
  ...[contributes.configuration ?? []].flat().map(({ properties }) => properties),
) as Record<string, object>;

const capturePrefix = 'cilium-lens.capture.';

test('every declared command is in the code', () => {
  assert.ok(declaredCommands.length > 0);
  const known = quoted('');
  const missing = declaredCommands.filter(
    (id) =>
      !known.has(id) && !(id.startsWith(capturePrefix) && isViewCommand(id.slice(capturePrefix.length))),
  );
  assert.deepEqual(missing, []);
});

function isViewCommand(name: string): boolean {
  return captureViewCommands.some((known) => known === name);
}

test('every command of the capture view is declared', () => {
  assert.deepEqual(
    captureViewCommands.filter((name) => !declaredCommands.includes(capturePrefix + name)),
    [],
  );
});

test('keys and menus name declared commands and submenus', () => {
  const menus = Object.values(contributes.menus ?? {}).flat();
  const used = [...(contributes.keybindings ?? []), ...menus];
  const ours = used.flatMap(({ command = '' }) => (command.startsWith('cilium') ? [command] : []));
  assert.deepEqual(
    ours.filter((command) => !declaredCommands.includes(command)),
    [],
  );
  const submenus = (contributes.submenus ?? []).map(({ id }) => id);
  assert.deepEqual(menus.flatMap(({ submenu }) => submenu ?? []).sort(), [...submenus].sort());
  assert.deepEqual(
    submenus.filter((id) => (contributes.menus?.[id] ?? []).length === 0),
    [],
    'submenus without an entry',
  );
});

test('a key does one thing, and only where the extension is at work', () => {
  const keys = (contributes.keybindings ?? []).map(({ key, when }) => `${key} ${when}`);
  assert.equal(new Set(keys).size, keys.length);
  for (const { key, when } of contributes.keybindings ?? [])
    assert.match(when, /activeCustomEditorId == 'cilium-lens\.capture'/, key);
});

test('the default of every setting is a value that its schema allows', () => {
  // Words of VS Code, which say nothing about values.
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    keywords: [
      ...['scope', 'markdownDescription', 'markdownEnumDescriptions', 'enumDescriptions'],
      ...['patternErrorMessage', 'defaultSnippets'],
    ],
  });
  for (const [name, schema] of Object.entries(declaredSettings)) {
    assert.ok('default' in schema, name);
    const validate = ajv.compile(schema);
    assert.ok(validate(schema.default), `${name}: ${ajv.errorsText(validate.errors)}`);
  }
});

test('the colour rules that are there from the start can be used', () => {
  const schema = declaredSettings['ciliumLens.captures.colourRules'];
  assert.ok(schema && 'default' in schema && Array.isArray(schema.default));
  const { colours, mistakes } = readColourRules(schema.default, (text) => text);
  assert.deepEqual(mistakes, []);
  assert.equal(colours.length, schema.default.length);
  for (const { name, filter } of colours) {
    const compiled = compileFilter(filter);
    assert.ok('filter' in compiled, `${name}: ${JSON.stringify(compiled)}`);
  }
});

test('settings in the code are those declared', () => {
  const declared = Object.keys(declaredSettings);
  assert.ok(declared.length > 0);
  // Read as getConfiguration('ciliumLens.config').get('version') or in one word: the last word is always there.
  const known = quoted('');
  const unread = declared.filter((id) => !known.has(id) && !known.has(id.slice(id.lastIndexOf('.') + 1)));
  assert.deepEqual(unread, [], 'declared but not read');
  const whole = [...quoted('ciliumLens.')].filter((id) => id.split('.').length > 2);
  assert.deepEqual(
    whole.filter((id) => !declared.includes(id)),
    [],
    'read but not declared',
  );
});

test('custom editors have a provider', () => {
  const known = quoted('');
  for (const { viewType } of contributes.customEditors ?? []) assert.ok(known.has(viewType), viewType);
});

test('every text of the manifest is in package.nls.json, and no other', () => {
  const used = new Set<string>();
  for (const value of strings(JSON.parse(text))) {
    const key = /^%([^%]+)%$/.exec(value)?.[1];
    if (key !== undefined) used.add(key);
  }
  const nls = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
  assert.deepEqual(Object.keys(nls).sort(), [...used].sort());
  assert.deepEqual(
    Object.entries(nls).filter(([, value]) => value.trim() === ''),
    [],
  );
});

test('files that the manifest names are in the repository or are built', () => {
  const built = productBundles().map(({ name }) => `dist/${name}`);
  const named = strings({ ...manifest, devDependencies: {}, scripts: {} })
    .map((value) => value.replace(/^\.\//, ''))
    .filter((value) => /^(dist|media|syntaxes)\/[\w./-]+$/.test(value));
  assert.ok(named.includes('dist/extension.cjs') && named.includes('media/icon.png'));
  assert.deepEqual(
    named.filter((name) => !built.includes(name) && !existsSync(path.join(root, name))),
    [],
  );
});

test('every bundle ships but the command line, which is no part of the editor', () => {
  const allowed = readFileSync(path.join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => new RegExp(`^${line.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
  const missing = productBundles()
    .map(({ name }) => `dist/${name}`)
    .filter((name) => name !== manifest.bin['cilium-lens']?.slice(2))
    .filter((name) => !allowed.some((pattern) => pattern.test(name)));
  assert.deepEqual(missing, []);
});

test('the package is an allow-list', () => {
  const rules = readFileSync(path.join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(rules[0], '**');
  assert.deepEqual(
    rules.slice(1).filter((rule) => !rule.startsWith('!')),
    [],
  );
});

test('nothing wakes the extension but its own kinds of files', () => {
  assert.deepEqual(manifest.activationEvents, ['onLanguage:yaml', 'onLanguage:log']);
});

test('the types are those of the oldest editor that is promised', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
});
