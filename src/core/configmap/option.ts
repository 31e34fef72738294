/** What one key of `cilium-config` is: one row that defaults, hovers, rules, fixes and docs read. */
import type { CiliumVersion } from '../cilium/version.js';

/** How Cilium parses the text of a value. `ipv4-cidr` and `ipv6-cidr` are one range, `cidr-list` several. */
export type OptionType =
  | 'bool'
  | 'int'
  | 'float'
  | 'port'
  | 'duration'
  | 'enum'
  | 'string'
  | 'list'
  | 'map'
  | 'json'
  | 'yaml'
  | 'ipv4-cidr'
  | 'ipv6-cidr'
  | 'cidr-list'
  | 'ip'
  | 'address'
  | 'device'
  | 'range'
  | 'path'
  | 'url'
  | 'regex'
  | 'base64';

/** Minor versions of Cilium, both included; without `to` it goes on to the newest. */
export interface VersionSpan {
  readonly from: CiliumVersion;
  readonly to?: CiliumVersion;
}

/** A row as it is written in the table; what is left out has the commonest value. */
export interface OptionRow {
  readonly key: string;
  readonly type: OptionType;
  /** Words that are accepted in some version. */
  readonly values?: readonly string[];
  /** Words by version, where they differ. */
  readonly valuesAt?: readonly (VersionSpan & { readonly values: readonly string[] })[];
  /** What the agent or operator takes when the key is absent (not what the chart writes); empty when left out. */
  readonly default?: string;
  readonly defaultAt?: readonly (VersionSpan & { readonly value: string })[];
  /** First version that reads the key (1.6, the oldest in the table, when left out). */
  readonly since?: CiliumVersion;
  readonly deprecated?: CiliumVersion;
  /** First version that no longer reads the key. */
  readonly removed?: CiliumVersion;
  /** A gap in its life: versions in between do not read the key. */
  readonly absent?: Required<VersionSpan>;
  readonly replacedBy?: readonly string[];
  readonly helm?: string;
  /** Paths of the same value in older charts. */
  readonly helmOther?: readonly string[];
  /** Programs that read it; the agent alone when left out. */
  readonly readBy?: readonly string[];
  /** Charts that can write the key. */
  readonly chart?: VersionSpan;
  /** Not in `cilium-agent --help`. */
  readonly hidden?: boolean;
  readonly about: string;
  readonly note?: string;
}

export interface CiliumOption extends OptionRow {
  readonly group: string;
  readonly since: CiliumVersion;
}

/** Oldest minor version that the table describes. */
export const oldestVersion: CiliumVersion = 106;

/** The rows of one group as options. */
export function defineOptions(group: string, rows: readonly OptionRow[]): readonly CiliumOption[] {
  return rows.map((row) => ({ ...row, group, since: row.since ?? oldestVersion }));
}

function isIn(span: VersionSpan, version: CiliumVersion): boolean {
  return version >= span.from && version <= (span.to ?? Infinity);
}

/** Whether Cilium of this version reads the key at all. */
export function isReadAt(option: CiliumOption, version: CiliumVersion): boolean {
  if (version < option.since || version >= (option.removed ?? Infinity)) return false;
  return option.absent === undefined || !isIn(option.absent, version);
}

/** What Cilium of this version takes when the key is absent; empty when it has no default. */
export function defaultAt(option: CiliumOption, version: CiliumVersion): string {
  return option.defaultAt?.find((span) => isIn(span, version))?.value ?? option.default ?? '';
}

/** The words that this version accepts; `undefined` when the option does not take one of a few words. */
export function valuesAt(option: CiliumOption, version: CiliumVersion): readonly string[] | undefined {
  return option.valuesAt?.find((span) => isIn(span, version))?.values ?? option.values;
}
