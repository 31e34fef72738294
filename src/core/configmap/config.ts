/** Finds Cilium ConfigMaps in YAML and gives their settings with places. */
import { grouped } from '../base/words.js';
import { optionOf } from './options/index.js';
import { isTemplated } from './yaml/templates.js';
import { resolved, scalarText, valueOf } from './yaml/node.js';
import type { MappingNode, ScalarNode, YamlNode } from './yaml/node.js';
import type { YamlDocument } from './yaml/parse.js';
import type { YamlFile } from './yaml/file.js';

/** One key under `data`. */
export interface ConfigEntry {
  readonly key: string;
  readonly keyNode: ScalarNode;
  readonly valueNode: YamlNode;
  /** What Cilium reads: the text without white space around it; `undefined` when it is not one text, or not yet known. */
  readonly value: string | undefined;
  /** Key or value is filled in later by a template. */
  readonly templated: boolean;
  /** Its text stands elsewhere (a merge key or an alias) and may serve others, so no fix may touch it. */
  readonly borrowed: boolean;
}

export interface CiliumConfig {
  readonly text: string;
  readonly document: YamlDocument;
  /** The ConfigMap object. */
  readonly object: MappingNode;
  /** The name in its metadata. */
  readonly name: string | undefined;
  /** `data` itself, when it is a mapping written here. */
  readonly data: MappingNode | undefined;
  /** All pairs of `data` in the order of the file, those that repeat a key too. */
  readonly entries: readonly ConfigEntry[];
  /** The pair that counts for each key: the last one; written here before merged. */
  readonly byKey: ReadonlyMap<string, ConfigEntry>;
  /**
   * Whether this is only a part (a patch, a snippet, a template with branches, what stands before an error of YAML):
   * then a key that is absent here may stand elsewhere, and nothing may be concluded from its absence.
   */
  readonly isFragment: boolean;
  /** Whether it changes another object (a patch of Kustomize or kubectl), by its path or by `$patch`. */
  readonly isPatch: boolean;
  /** Whether lines of a template stand in or behind it, which may write more of it. */
  readonly isTemplate: boolean;
}

/** The name that the agent's DaemonSet mounts. */
export const configMapName = 'cilium-config';

/** Pairs that are read of one `data`. */
const mostPairs = 10_000;

/** Pairs that are read through aliases and merge keys in a whole file, against files that multiply themselves. */
const mostBorrowed = 20_000;

/** How many pairs may still be read. */
interface Budget {
  pairs: number;
  /** Shared by all ConfigMaps of a file. */
  readonly borrowed: { left: number };
}

/** A whole `cilium-config` has some 100 keys; below this it may be a patch. */
const fewKeys = 10;

function entryOf(text: string, keyNode: ScalarNode, valueNode: YamlNode, borrowed: boolean): ConfigEntry {
  const target = resolved(valueNode);
  const source = text.slice(valueNode.range.start, valueNode.range.end);
  const keySource = text.slice(keyNode.range.start, keyNode.range.end);
  const templated = isTemplated(source) || isTemplated(keySource);
  const readable = target?.type === 'scalar' && target.kind !== 'null' && !templated;
  return {
    key: keyNode.value,
    keyNode,
    valueNode,
    value: readable ? target.value.trim() : undefined,
    templated,
    borrowed: borrowed || valueNode.type === 'alias',
  };
}

/** The pairs of a mapping; those of merge keys (`<<`) come first, because written pairs win over them. */
function entriesOf(
  text: string,
  node: YamlNode | undefined,
  budget: Budget,
  borrowed: boolean,
): ConfigEntry[] {
  const target = resolved(node);
  if (target?.type === 'sequence') {
    // The first of several sources wins, so it comes last.
    return [...target.items].reverse().flatMap((item) => entriesOf(text, item, budget, true));
  }
  if (target?.type !== 'mapping') return [];
  const merged: ConfigEntry[] = [];
  const written: ConfigEntry[] = [];
  for (const { key, value } of target.entries) {
    if (budget.pairs-- <= 0 || (borrowed && budget.borrowed.left-- <= 0)) break;
    const keyNode = resolved(key);
    if (keyNode?.type !== 'scalar') continue;
    if (keyNode.value === '<<' && keyNode.style === 'plain')
      merged.push(...entriesOf(text, value, budget, true));
    else written.push(entryOf(text, keyNode, value, borrowed || key.type === 'alias'));
  }
  return [...merged, ...written];
}

/** A line that only controls a template: what stands around it may come or not, once or several times. */
const templateLine = /^[ \t]*(?:\{\{|\{%)/gm;

/** Where the last such line of a document begins; -1 without any. */
function lastTemplateLine(text: string, { range }: YamlDocument): number {
  let last = -1;
  for (const match of text.slice(range.start, range.end).matchAll(templateLine))
    last = range.start + match.index;
  return last;
}

/** The pairs of a template: what stands in several branches, or is written by an action, is not known. */
function withoutBranches(entries: readonly ConfigEntry[]): readonly ConfigEntry[] {
  const counts = new Map<string, number>();
  for (const { key } of entries) counts.set(key, (counts.get(key) ?? 0) + 1);
  return entries.map((entry) => {
    const node = resolved(entry.valueNode);
    const isWrittenByAction = node?.type === 'scalar' && node.range.start === node.range.end;
    if ((counts.get(entry.key) ?? 0) < 2 && !isWrittenByAction) return entry;
    return { ...entry, value: undefined, templated: true };
  });
}

/** Most of the keys are Cilium's, and enough of them are not common words. */
function looksLikeCilium(entries: readonly ConfigEntry[]): boolean {
  const known = entries.filter((entry) => optionOf(entry.key) !== undefined);
  return known.length >= 0.7 * entries.length && known.filter((entry) => entry.key.includes('-')).length >= 3;
}

function isPatchPath(path: string): boolean {
  return /(?:^|[/\\._-])patch(?:es)?(?=[/\\._-]|$)/i.test(path.slice(-500));
}

function configOf(
  file: YamlFile,
  document: YamlDocument,
  object: MappingNode,
  path: string,
  templateEnd: number,
  borrowed: Budget['borrowed'],
): CiliumConfig | undefined {
  const metadata = valueOf(object, 'metadata');
  const name = scalarText(valueOf(metadata, 'name'));
  const named = name === configMapName;
  const dataNode = valueOf(object, 'data');
  const data = resolved(dataNode);
  const isMapping = data?.type === 'mapping';
  const isTemplate = templateEnd >= (isMapping ? data.range.start : object.range.start);
  const written = isMapping
    ? entriesOf(file.text, data, { pairs: mostPairs, borrowed }, dataNode?.type === 'alias')
    : [];
  const entries = isTemplate ? withoutBranches(written) : written;
  if (!named && !looksLikeCilium(entries)) return undefined;
  const hasNamespace = scalarText(valueOf(metadata, 'namespace')) !== undefined;
  // What is not there may stand behind the line that could not be read, so an absence says as little as in a patch.
  const isPatch =
    document.isPartial === true ||
    valueOf(object, '$patch') !== undefined ||
    entries.some((entry) => entry.key === '$patch') ||
    isPatchPath(path);
  return {
    text: file.text,
    document,
    object,
    name,
    data: isMapping && dataNode?.type !== 'alias' ? data : undefined,
    entries,
    byKey: new Map(entries.map((entry) => [entry.key, entry])),
    isFragment: !named || isPatch || isTemplate || (entries.length < fewKeys && !hasNamespace),
    isPatch,
    isTemplate,
  };
}

function objectsOf(node: YamlNode | undefined, kind: string, depth: number): MappingNode[] {
  const target = resolved(node);
  if (target?.type !== 'mapping' || depth > 3) return [];
  const ownKind = scalarText(valueOf(target, 'kind')) ?? kind;
  if (ownKind === 'ConfigMap') return [target];
  const items = resolved(valueOf(target, 'items'));
  if (!ownKind.endsWith('List') || items?.type !== 'sequence') return [];
  const itemKind = ownKind === 'ConfigMapList' ? 'ConfigMap' : '';
  return items.items.flatMap((item) => objectsOf(item, itemKind, depth + 1));
}

/** `2 values are templates and were not judged`, for all ConfigMaps of a file; empty when there are none. */
export function templatedText(configs: readonly CiliumConfig[]): string {
  const count = configs.reduce((sum, { entries }) => sum + entries.filter((one) => one.templated).length, 0);
  if (count === 0) return '';
  return count === 1
    ? '1 value is a template and was not judged'
    : `${grouped(count)} values are templates and were not judged`;
}

/** All Cilium ConfigMaps of a file, also those in lists. `path` only helps to recognise patches. */
export function ciliumConfigs(file: YamlFile, path = ''): readonly CiliumConfig[] {
  const borrowed = { left: mostBorrowed };
  return file.documents.flatMap((document) => {
    const objects = objectsOf(document.root, '', 0);
    const templateEnd = objects.length === 0 ? -1 : lastTemplateLine(file.text, document);
    return objects.flatMap((object) => configOf(file, document, object, path, templateEnd, borrowed) ?? []);
  });
}
