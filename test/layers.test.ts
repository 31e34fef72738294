/** Who may import whom. The picture of these layers is in docs/architecture.md. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Which folders of src, and which packages, a folder may import. A folder not listed here fails the test. */
const mayImport: Record<string, readonly string[]> = {
  'core/base': [],
  'core/cilium': ['core/base'],
  'core/capture': ['core/base'],
  'core/packed': ['core/base', 'core/capture', 'fzstd'],
  'core/dissect': ['core/base', 'core/cilium'],
  'core/frame': ['core/base', 'core/capture', 'core/dissect'],
  'core/filter': ['core/base', 'core/capture', 'core/dissect', 'core/frame'],
  'core/columns': ['core/base', 'core/capture', 'core/dissect', 'core/filter', 'core/frame'],
  'core/monitor': ['core/base', 'core/cilium'],
  'core/configmap': ['core/base', 'core/cilium', 'js-yaml'],
  'core/cluster': ['core/base', 'core/cilium'],
  'core/journey': [
    'core/base',
    'core/cilium',
    'core/capture',
    'core/dissect',
    'core/monitor',
    'core/cluster',
    'core/configmap',
  ],
  'core/reference': ['core/base', 'core/cilium', 'core/dissect', 'core/monitor', 'core/configmap'],
  session: [
    'core/base',
    'core/cilium',
    'core/capture',
    'core/columns',
    'core/dissect',
    'core/frame',
    'core/filter',
    'core/journey',
    'core/monitor',
    'core/cluster',
    'rpc',
  ],
  rpc: [],
  node: ['core/base', 'core/capture', 'core/packed', 'session', 'rpc', 'node:'],
  webview: ['core/base', 'rpc', 'lit', '@vscode-elements/elements'],
  extension: ['core/*', 'session', 'rpc', 'node', 'node:', 'vscode'],
  // The manifest tells `--version`.
  cli: ['core/*', 'session', 'rpc', 'node', 'node:', '../package.json'],
  // The benchmark runs what the worker runs.
  tools: [
    'core/*',
    'session',
    'rpc',
    'node',
    'node:',
    'esbuild',
    'tsx',
    'playwright-core',
    '@vscode/test-electron',
  ],
};

const source = path.resolve(import.meta.dirname, '../src');

/** The folder of `mayImport` that a path below src lies in; a path outside of src stands for itself. */
function folderOf(file: string): string {
  if (file.startsWith('..')) return file;
  const parts = file.split(path.sep);
  return parts[0] === 'core' ? `core/${parts[1] ?? ''}` : (parts[0] ?? '');
}

/** All that a source text imports, static and dynamic, types too. */
function importsOf(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/(?:^|[\s;}])(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]/g))
    found.push(match[1] ?? '');
  for (const match of text.matchAll(/(?:^|[\s;])import\s*['"]([^'"]+)['"]/g)) found.push(match[1] ?? '');
  for (const match of text.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]/g)) found.push(match[1] ?? '');
  return found;
}

function allowed(folder: string, target: string): boolean {
  return (mayImport[folder] ?? []).some(
    (entry) =>
      entry === target ||
      (entry === 'core/*' && target.startsWith('core/')) ||
      (entry === 'node:' && target.startsWith('node:')),
  );
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|mjs)$/.test(file),
);

test('every folder imports only what the table allows', () => {
  assert.ok(files.length > 5);
  const wrong: string[] = [];
  for (const file of files) {
    const folder = folderOf(file);
    if (!(folder in mayImport)) wrong.push(`${file}: folder ${folder} is not in the table`);
    for (const name of importsOf(readFileSync(path.join(source, file), 'utf8'))) {
      if (name.startsWith('.')) {
        const target = folderOf(path.relative(source, path.resolve(source, path.dirname(file), name)));
        if (target !== folder && !allowed(folder, target)) wrong.push(`${file} imports ${target}`);
      } else {
        const [scope = '', second = ''] = name.split('/');
        const target = name.startsWith('node:') ? name : scope.startsWith('@') ? `${scope}/${second}` : scope;
        if (!allowed(folder, target)) wrong.push(`${file} imports ${name}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('the check sees each way to import', () => {
  const text = `import a from 'one';\nimport type { B } from "two";\nexport * from 'three';\nimport 'four';\nawait import('five');\nrequire('six');`;
  assert.deepEqual(importsOf(text).sort(), ['five', 'four', 'one', 'six', 'three', 'two']);
});
