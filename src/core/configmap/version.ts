/** Which version of Cilium a file is for: told by the user, read from what stands around it, or inferred from its keys. */
import type { TextRange } from '../base/lines.js';
import { newestVersion, parseVersion, versionRangeText } from '../cilium/version.js';
import type { CiliumVersion, VersionRange } from '../cilium/version.js';
import type { CiliumConfig } from './config.js';
import { oldestVersion } from './option.js';
import { optionOf } from './options/index.js';
import { scalarText } from './yaml/node.js';
import type { YamlNode } from './yaml/node.js';
import type { YamlFile } from './yaml/file.js';

export interface KnownVersion {
  readonly range: VersionRange;
  readonly source: 'argument' | 'directive' | 'setting' | 'image' | 'label' | 'keys' | 'assumed';
  /** Where it comes from, for people: "image quay.io/cilium/cilium:v1.15.6". */
  readonly because: string;
  /** The text it was read from. */
  readonly at?: TextRange;
}

/** The newest release; the table also knows one pre-release. */
export const newestStable: CiliumVersion = newestVersion - 1;

/** Objects are walked at most this far for images and labels. */
const mostNodes = 200_000;

function exact(version: CiliumVersion): VersionRange {
  return { low: version, high: version };
}

const directive = /^[ \t]*#[ \t]*cilium-version:[ \t]*(v?\d{1,2}\.\d{1,2})\b/m;

/** The comment `# cilium-version: 1.15`, anywhere in the file, on a line of its own. */
export function versionDirective(text: string): { version: CiliumVersion; at: TextRange } | undefined {
  const match = directive.exec(text);
  const version = match === null ? undefined : parseVersion(match[1] ?? '');
  if (match === null || version === undefined) return undefined;
  const end = match.index + match[0].length;
  return { version, at: { start: end - (match[1]?.length ?? 0), end } };
}

interface Hint {
  readonly source: 'image' | 'label';
  readonly version: CiliumVersion;
  readonly because: string;
  readonly at: TextRange;
}

/** Images of the agent and the operator, also of forks; the image of the Hubble UI has a version of its own. */
const image = /(?:^|\/)(?:cilium|operator(?:-[a-z]+)?)(?:-ci|-dev)?:(v?\d+\.\d+[^\s@]*)/;
const chart = /^cilium-(\d+\.\d+.*)$/;

function hintOf(key: string, node: YamlNode): Hint | undefined {
  if (node.type !== 'scalar') return undefined;
  const at = node.range;
  if (key === 'image') {
    const tag = image.exec(node.value)?.[1];
    const version = tag === undefined ? undefined : parseVersion(tag);
    const isCilium = node.value.includes('cilium');
    return version === undefined || !isCilium
      ? undefined
      : { source: 'image', version, because: `image ${node.value.slice(0, 100)}`, at };
  }
  if (key === 'helm.sh/chart') {
    const version = parseVersion(chart.exec(node.value)?.[1] ?? '');
    return version === undefined
      ? undefined
      : { source: 'label', version, because: `label ${key}: ${node.value}`, at };
  }
  return undefined;
}

/** Images and labels of the whole file, in the order of the text; aliases are not followed. */
function hintsOf(file: YamlFile): readonly Hint[] {
  const hints: Hint[] = [];
  const waiting: YamlNode[] = file.documents.flatMap((document) => document.root ?? []).reverse();
  for (let seen = 0; seen < mostNodes; seen++) {
    const node = waiting.pop();
    if (node === undefined) break;
    if (node.type === 'sequence') waiting.push(...[...node.items].reverse());
    if (node.type !== 'mapping') continue;
    for (const { value } of [...node.entries].reverse()) waiting.push(value);
    for (const { key, value } of node.entries) {
      const hint = hintOf(scalarText(key) ?? '', value);
      if (hint !== undefined) hints.push(hint);
    }
    const labels = node.entries.map((entry) => [scalarText(entry.key), entry.value] as const);
    const partOf = labels.find(([key]) => key === 'app.kubernetes.io/part-of')?.[1];
    const number = labels.find(([key]) => key === 'app.kubernetes.io/version')?.[1];
    const version = parseVersion(scalarText(number) ?? '');
    if (scalarText(partOf) === 'cilium' && number !== undefined && version !== undefined) {
      const because = `label app.kubernetes.io/version: ${scalarText(number) ?? ''}`;
      hints.push({ source: 'label', version, because, at: number.range });
    }
  }
  return hints;
}

/** Values that only some versions write or take, where the key alone says less. */
const tellingValues: readonly {
  readonly key: string;
  readonly value: RegExp;
  readonly from?: CiliumVersion;
  readonly to?: CiliumVersion;
}[] = [
  { key: 'kube-proxy-replacement', value: /^probe$/, to: 112 },
  { key: 'kube-proxy-replacement', value: /^(?:strict|partial|disabled)$/, to: 115 },
  { key: 'kube-proxy-replacement', value: /^(?:true|false)$/, from: 114 },
  { key: 'operator-prometheus-serve-addr', value: /^:6942$/, to: 111 },
  { key: 'operator-prometheus-serve-addr', value: /^:9963$/, from: 112 },
  { key: 'write-cni-conf-when-ready', value: /05-cilium\.conf$/, to: 113 },
  { key: 'write-cni-conf-when-ready', value: /05-cilium\.conflist$/, from: 114 },
  { key: 'routing-mode', value: /^hybrid$/, from: 120 },
  { key: 'ipam', value: /^cluster-pool-v2beta$/, from: 112, to: 114 },
  { key: 'bpf-ct-global-tcp-max', value: /^1000000$/, to: 107 },
  { key: 'unmanaged-pod-watcher-interval', value: /^15$/, to: 118 },
  { key: 'unmanaged-pod-watcher-interval', value: /^15s$/, from: 119 },
];

/**
 * The versions that fit the keys of a ConfigMap. Lower bound: the newest key in it. Upper bound: the first removal
 * that comes after it; keys that were removed before are leftovers. Old keys alone do not date a file that nothing
 * dates from below: a snippet from an old article is more often pasted into a new cluster than kept for an old one.
 */
export function versionFromKeys(config: CiliumConfig): VersionRange | undefined {
  let low = oldestVersion;
  const tops: CiliumVersion[] = [];
  for (const entry of config.entries) {
    const option = optionOf(entry.key);
    if (option === undefined) continue;
    low = Math.max(low, Math.min(option.since, newestVersion));
    if (option.removed !== undefined) tops.push(option.removed - 1);
  }
  for (const { key, value, from, to } of tellingValues) {
    if (!value.test(config.byKey.get(key)?.value ?? '')) continue;
    low = Math.max(low, from ?? oldestVersion);
    if (to !== undefined) tops.push(to);
  }
  if (low === oldestVersion) return undefined;
  const high = Math.min(...tops.filter((top) => top >= low), Math.max(newestStable, low));
  return { low, high };
}

export interface VersionOptions {
  /** Wins over all: an argument of the command line. */
  readonly argument?: CiliumVersion;
  /** A setting of the workspace; a comment in the file wins over it. */
  readonly setting?: CiliumVersion;
}

/** The version a ConfigMap is to be judged by, and where that comes from. */
export function versionOf(config: CiliumConfig, file: YamlFile, options: VersionOptions = {}): KnownVersion {
  if (options.argument !== undefined) {
    return { range: exact(options.argument), source: 'argument', because: 'as asked for' };
  }
  const comment = versionDirective(file.text);
  if (comment !== undefined) {
    return {
      range: exact(comment.version),
      source: 'directive',
      because: 'comment in the file',
      at: comment.at,
    };
  }
  if (options.setting !== undefined) {
    return { range: exact(options.setting), source: 'setting', because: 'setting of the workspace' };
  }
  const hints = hintsOf(file);
  const hint = hints.find((one) => one.source === 'image') ?? hints[0];
  if (hint !== undefined) {
    return { range: exact(hint.version), source: hint.source, because: hint.because, at: hint.at };
  }
  const range = versionFromKeys(config);
  if (range !== undefined) return { range, source: 'keys', because: 'inferred from the keys in the file' };
  return {
    range: { low: newestStable - 1, high: newestStable },
    source: 'assumed',
    because: 'nothing in the file tells the version',
  };
}

/** `Cilium 1.15`, `Cilium 1.14 to 1.16`, for status lines. */
export function knownVersionText(known: KnownVersion): string {
  return `Cilium ${versionRangeText(known.range)}`;
}
