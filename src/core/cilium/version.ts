/**
 * Minor versions of Cilium as numbers that compare: 1.15 is 115, 0.8 is 8, `undefined` is not a version.
 * All tables count in minor versions; patch releases do not matter to them.
 */
export type CiliumVersion = number;

/** The newest minor version that the tables know. */
export const newestVersion: CiliumVersion = 121;

/** `1.15`, `v0.8`, `1.15.6`, `1.21-dev`, `v1.16.3@sha256:…` as a version; `undefined` when there is none in it. */
export function parseVersion(text: string): CiliumVersion | undefined {
  const match = /^\s*v?(\d{1,2})\.(\d{1,2})(?!\d)/.exec(text);
  return match ? Number(match[1]) * 100 + Number(match[2]) : undefined;
}

/** `115` as `1.15`. */
export function versionText(version: CiliumVersion): string {
  return `${Math.floor(version / 100)}.${version % 100}`;
}

/** A version that is known only to lie between two, both included. */
export interface VersionRange {
  readonly low: CiliumVersion;
  readonly high: CiliumVersion;
}

/** `1.15`, or `1.14 to 1.16` for a range of several. */
export function versionRangeText(range: VersionRange): string {
  return range.low === range.high
    ? versionText(range.low)
    : `${versionText(range.low)} to ${versionText(range.high)}`;
}
