/** What the guides say, against what there is: filters, settings, commands, keys, links. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { checkFilter } from '../src/core/filter/displayFilter.js';

const root = path.resolve(import.meta.dirname, '..');
const docs = path.join(root, 'docs');
const captures = readFileSync(path.join(docs, 'captures.md'), 'utf8');

interface ColourRule {
  readonly name: string;
  readonly filter: string;
  readonly colour: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly { readonly key: string }[];
    readonly submenus: readonly { readonly label: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Readonly<
  Record<string, string>
>;
const { properties } = contributes.configuration;

/** The part of the guide to captures below a heading, up to the next one. */
function chapter(title: string): string {
  const text = captures.split(`## ${title}\n`)[1]?.split('\n## ')[0];
  assert.ok(text, `there is a chapter "${title}"`);
  return text;
}

/** A text of the manifest in English. */
function told(text: string): string {
  return text.replace(/^%(.*)%$/, (_, name: string) => texts[name] ?? name);
}

test('the display filters in the guide to captures can be applied', () => {
  const written = [...chapter('Filtering').matchAll(/^ {4}(.+)$/gm)].map(([, filter = '']) => filter);
  assert.ok(written.length >= 3);
  const rules = [...chapter('Colours').matchAll(/"filter": "([^"]+)"/g)].map(([, filter = '']) => filter);
  assert.ok(rules.length >= 2);
  for (const filter of [...written, ...rules]) assert.deepEqual(checkFilter(filter), [], filter);
});

test('the guide lists the colour rules that there are from the start, in their order', () => {
  const rows = [...chapter('Colours').matchAll(/^\| (.+?) +\| (\w+) +\| `(.+)` +\|$/gm)];
  const listed = rows.map(([, name, colour, filter = '']) => ({
    name,
    colour,
    filter: filter.replaceAll('\\|', '|'),
  }));
  const rules = properties['ciliumLens.captures.colourRules']?.default as readonly ColourRule[];
  assert.deepEqual(
    listed,
    rules.map(({ name, colour, filter }) => ({ name, colour, filter })),
  );
});

test('every setting and command that the guide to captures names is there', () => {
  const settings = [...captures.matchAll(/ciliumLens\.[\w.]+\w/g)].map(([name]) => name);
  assert.ok(settings.length >= 3);
  for (const name of settings) assert.ok(Object.hasOwn(properties, name), name);

  const titles = new Set(
    [
      ...contributes.commands.map(({ title }) => title),
      ...contributes.submenus.map(({ label }) => label),
    ].map(told),
  );
  const named = [...captures.matchAll(/_([A-Z][^_]+)_/g)].map(([, title = '']) =>
    title.replaceAll('\n', ' '),
  );
  assert.ok(named.length >= 8);
  for (const title of named)
    if (!['Frame', 'Prepare'].includes(title)) assert.ok(titles.has(title), `a command "${title}"`);
});

test('every key with Ctrl that the guide gives is one of the manifest, or the list’s own', () => {
  const bound = new Set(contributes.keybindings.map(({ key }) => key));
  const own = new Set(['ctrl+a', 'ctrl+c', 'ctrl+space']);
  const given = [...captures.matchAll(/\bCtrl\+[\w+/]+/g)].map(([key]) => key.toLowerCase());
  assert.ok(given.length >= 8);
  for (const key of given) assert.ok(bound.has(key) || own.has(key), key);
});

test('what the guides link to is there', () => {
  for (const name of readdirSync(docs).filter((file) => file.endsWith('.md'))) {
    const text = readFileSync(path.join(docs, name), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g))
      if (!/^\w+:/.test(target)) assert.ok(existsSync(path.join(docs, target)), `${name} links to ${target}`);
  }
});
