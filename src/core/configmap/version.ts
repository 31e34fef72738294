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
import { mappingsOf } from './yaml/walk.js';

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

function exact(version: CiliumVersion): VersionRange {
  return { low: version, high: version };
}

/** Whether the tables describe this version: 1.6 to the newest pre-release. */
function isDescribed(version: CiliumVersion): boolean {
  return version >= oldestVersion && version <= newestVersion;
}

/** The versions that the tables describe, for messages: `1.6 to 1.21`. */
export const describedVersions: string = versionRangeText({ low: oldestVersion, high: newestVersion });

/** A version as a user writes it (`1.15`, `v1.15.3`); `undefined` for any other text, and for versions without a table. */
export function describedVersion(text: string): CiliumVersion | undefined {
  const version = /^v?\d+\.\d+(?:[.+-]\S*)?$/.test(text.trim()) ? parseVersion(text) : undefined;
  return version !== undefined && isDescribed(version) ? version : undefined;
}

/** A comment `# cilium-version: 1.15` on a line of its own. */
export interface VersionDirective {
  /** The first word behind the colon; may be empty. */
  readonly text: string;
  readonly at: TextRange;
  /** `undefined` when the text is no version that the tables know. */
  readonly version: CiliumVersion | undefined;
}

const directive = /^[ \t]*#[ \t]*cilium-version:[ \t]*([^\s,;]{0,100})/gm;

/** So many comments are looked at; a file has one. */
const mostDirectives = 100;

/** The comments that tell the version, anywhere in the file. */
export function versionDirectives(text: string): readonly VersionDirective[] {
  const found: VersionDirective[] = [];
  for (const match of text.matchAll(directive)) {
    if (found.length >= mostDirectives) break;
    const word = match[1] ?? '';
    const end = match.index + match[0].length;
    found.push({ text: word, at: { start: end - word.length, end }, version: describedVersion(word) });
  }
  return found;
}

/** The comment that counts: the first with a version; else the first, which then tells nothing. */
export function versionDirective(text: string): VersionDirective | undefined {
  const all = versionDirectives(text);
  return all.find(({ version }) => version !== undefined) ?? all[0];
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

/** The version of a tag or label. Releases after the newest in the tables count as what they are: rules go on to hold. */
function releaseOf(text: string): CiliumVersion | undefined {
  const version = parseVersion(text);
  return version !== undefined && version >= oldestVersion && version < 200 ? version : undefined;
}

function hintOf(key: string, node: YamlNode): Hint | undefined {
  if (node.type !== 'scalar') return undefined;
  const at = node.range;
  if (key === 'image') {
    const tag = image.exec(node.value)?.[1];
    const version = tag === undefined ? undefined : releaseOf(tag);
    const isCilium = node.value.includes('cilium');
    return version === undefined || !isCilium
      ? undefined
      : { source: 'image', version, because: `image ${node.value.slice(0, 100)}`, at };
  }
  if (key === 'helm.sh/chart') {
    const version = releaseOf(chart.exec(node.value)?.[1] ?? '');
    return version === undefined
      ? undefined
      : { source: 'label', version, because: `label ${key}: ${node.value.slice(0, 100)}`, at };
  }
  return undefined;
}

/** Images and labels of the whole file, in the order of the text. */
function hintsOf(file: YamlFile): readonly Hint[] {
  const hints: Hint[] = [];
  for (const node of mappingsOf(file)) {
    for (const { key, value } of node.entries) {
      const hint = hintOf(scalarText(key) ?? '', value);
      if (hint !== undefined) hints.push(hint);
    }
    const labels = node.entries.map((entry) => [scalarText(entry.key), entry.value] as const);
    const partOf = labels.find(([key]) => key === 'app.kubernetes.io/part-of')?.[1];
    const number = labels.find(([key]) => key === 'app.kubernetes.io/version')?.[1];
    const version = releaseOf(scalarText(number) ?? '');
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
  /** A setting of the workspace, as the user wrote it; a comment in the file wins over it. Empty is none. */
  readonly setting?: string;
}

/** What a whole file and the user's wishes say about the version; worked out once for all ConfigMaps in the file. */
export class VersionEvidence {
  private readonly told: KnownVersion | undefined;

  constructor(file: YamlFile, options: VersionOptions = {}) {
    this.told = toldVersion(file, options);
  }

  /** The version a ConfigMap is to be judged by, and where that comes from. */
  versionOf(config: CiliumConfig): KnownVersion {
    if (this.told !== undefined) return this.told;
    const range = versionFromKeys(config);
    if (range !== undefined) return { range, source: 'keys', because: 'inferred from the keys in the file' };
    return {
      range: { low: newestStable - 1, high: newestStable },
      source: 'assumed',
      because: 'nothing in the file tells the version',
    };
  }
}

/** The version that somebody or something beside the keys tells. */
function toldVersion(file: YamlFile, options: VersionOptions): KnownVersion | undefined {
  if (options.argument !== undefined) {
    return { range: exact(options.argument), source: 'argument', because: 'as asked for' };
  }
  const comment = versionDirective(file.text);
  if (comment?.version !== undefined) {
    const { version, at } = comment;
    return { range: exact(version), source: 'directive', because: 'comment in the file', at };
  }
  const setting = describedVersion(options.setting ?? '');
  if (setting !== undefined) {
    return { range: exact(setting), source: 'setting', because: 'setting of the workspace' };
  }
  const hints = hintsOf(file);
  const hint = hints.find((one) => one.source === 'image') ?? hints[0];
  if (hint === undefined) return undefined;
  return { range: exact(hint.version), source: hint.source, because: hint.because, at: hint.at };
}

/** `Cilium 1.15`, `Cilium 1.14 to 1.16`, for status lines. */
export function knownVersionText(known: KnownVersion): string {
  return `Cilium ${versionRangeText(known.range)}`;
}
