/** What the parts of `npm test` have in common. */
import type { InstalledHost } from '../hosts/install.js';
import type { PackedExtension } from '../pack.js';

/** A part of `npm test`. */
export interface Part {
  /** What selects it: `npm test -- unit`. */
  readonly name: string;
  readonly title: string;
  /** Runs only when it is named. */
  readonly onRequest?: boolean;
  readonly run: (tools: Preparations) => Promise<PartOutcome>;
}

/** What a part found. */
export interface PartOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Failures in full, and why something was skipped; empty when there is nothing to say. */
  readonly report: string;
}

/** What several parts need; each is made once, at the first call. */
export interface Preparations {
  readonly packed: () => Promise<PackedExtension>;
  readonly newestHost: () => Promise<InstalledHost>;
  /** Path of the program. */
  readonly chromium: () => Promise<string>;
}

/** The outcome of a part that is one check: every line says a thing that is wrong. */
export function checked(problems: readonly string[]): PartOutcome {
  const failed = problems.length === 0 ? 0 : 1;
  return { passed: 1 - failed, failed, skipped: 0, report: problems.join('\n') };
}
