/** What a rule is and what it says: one object, read by the linter, the editor, the docs and the tests. */
import type { TextRange } from '../base/lines.js';
import type { VersionRange } from '../cilium/version.js';
import type { CiliumConfig, ConfigEntry } from './config.js';
import type { ConfigEditor, Edits, TextEdit } from './edit.js';
import type { Settings } from './settings.js';
import type { YamlFile } from './yaml/file.js';

/**
 * `error`: the agent or operator does not start, or pods lose connectivity or protection. `warning`: works in part,
 * or is ignored without a word. `info`: old, superfluous, or good to know.
 */
export type Severity = 'error' | 'warning' | 'info';

export interface Fix {
  /** An action: "Set `routing-mode` to native". */
  readonly title: string;
  /** `safe` does what the file already asks for; `check-first` chooses for the user. */
  readonly safety: 'safe' | 'check-first';
  readonly edits: readonly TextEdit[];
  /** Writes an old key in today's form; all of these together are offered as one action. */
  readonly migrates?: boolean;
}

export interface Related {
  readonly range: TextRange;
  readonly message: string;
}

/** What a rule says about a place. */
export interface Report {
  readonly range: TextRange;
  /** The user's value, what Cilium makes of it, since when; names in backticks. */
  readonly message: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly (Related | undefined)[];
  readonly fixes?: readonly (Fix | undefined)[];
  /** How an editor shows the place: struck through or faded. */
  readonly tag?: 'deprecated' | 'unnecessary';
}

/** A report with the rule and the versions it holds for. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  /** Absent for findings that hold for every version. */
  readonly version?: VersionRange;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  readonly tag?: 'deprecated' | 'unnecessary';
}

/**
 * A failing text and what to write instead. Both are the lines from `data:` on, or whole documents. Under a line of
 * `bad` a comment with carets marks what the rule must point at.
 */
export interface RuleExample {
  /** The version to lint for, `1.15`; the newest stable when left out. */
  readonly version?: string;
  readonly bad: string;
  readonly good: string;
  /** What the first fix makes of `bad`, where it is not `good`. */
  readonly fixed?: string;
}

export interface RuleInfo {
  /** Says what is wrong, in kebab-case; never changes once released. */
  readonly id: string;
  readonly severity: Severity;
  /** A sentence that is true of a good file. */
  readonly summary: string;
  /** What happens on the cluster otherwise. */
  readonly why: string;
  /** For which versions, in words. */
  readonly versions: string;
  /** Where the fact comes from: a file of Cilium, a page of its documentation, or our own reasoning. */
  readonly evidence: string;
  readonly examples: readonly RuleExample[];
}

export interface RuleContext {
  /** Effective values; reading them is watched, see {@link Settings}. */
  readonly settings: Settings;
  readonly config: CiliumConfig;
  readonly edit: ConfigEditor;
  /** Names of ConfigMaps that other objects of the file mount, or read variables from. */
  readonly usedNames: ReadonlySet<string>;
  /** Keys that the user knows although the table does not. */
  readonly extraKeys: ReadonlySet<string>;
  readonly report: (finding: Report) => void;
}

/** A rule over the settings of one ConfigMap at one version. */
export interface ConfigRule extends RuleInfo {
  /** Whether it looks at how the text is written, so that versions and unknown values do not matter to it. */
  readonly aboutText?: boolean;
  check(context: RuleContext): void;
}

/** What a rule over a file may look at. */
export interface FileContext {
  readonly file: YamlFile;
  /** The Cilium ConfigMaps in it. */
  readonly configs: readonly CiliumConfig[];
  /** The version in the user's settings, as it is written there; empty or absent without one. */
  readonly setting?: string;
  readonly report: (finding: Report) => void;
}

/** A rule over a YAML file as a whole, whether there are Cilium ConfigMaps in it or not. */
export interface FileRule extends RuleInfo {
  checkFile(context: FileContext): void;
}

export function defineRule(rule: ConfigRule): ConfigRule {
  return rule;
}

export function defineFileRule(rule: FileRule): FileRule {
  return rule;
}

/** A fix that does what the file already asks for; nothing when the file cannot be edited there. */
export function safeFix(title: string, ...steps: readonly Edits[]): Fix | undefined {
  return fixOf(title, 'safe', steps);
}

/** A fix that the user should think about; nothing when the file cannot be edited there. */
export function checkedFix(title: string, ...steps: readonly Edits[]): Fix | undefined {
  return fixOf(title, 'check-first', steps);
}

/** A safe fix that writes an old key in the form of the version that is linted for. */
export function migrationFix(title: string, ...steps: readonly Edits[]): Fix | undefined {
  const fix = fixOf(title, 'safe', steps);
  return fix === undefined ? undefined : { ...fix, migrates: true };
}

function fixOf(title: string, safety: Fix['safety'], steps: readonly Edits[]): Fix | undefined {
  const edits: TextEdit[] = [];
  for (const step of steps) {
    if (step === undefined) return undefined;
    edits.push(...step);
  }
  return edits.length === 0 ? undefined : { title, safety, edits };
}

/** The place of a pair's value, or of its key when the value is empty. */
export function valueRange(entry: ConfigEntry): TextRange {
  const { range } = entry.valueNode;
  return range.start === range.end ? entry.keyNode.range : range;
}

/** A second place that a message speaks of; nothing when the key is not in the file. */
export function relatedTo(entry: ConfigEntry | undefined, message: string): Related | undefined {
  return entry === undefined ? undefined : { range: valueRange(entry), message };
}

/** `key: "value"` as code, with a long value cut. */
export function shown(entry: ConfigEntry): string {
  const value = entry.value ?? '';
  const cut = value.length > 60 ? `${value.slice(0, 57)}…` : value;
  return `\`${entry.key}: ${JSON.stringify(cut).replaceAll('`', "'")}\``;
}

/** A value of the user inside a sentence: cut when long, on one line, in quotes. */
export function word(value: string): string {
  const cut = value.length > 60 ? `${value.slice(0, 57)}…` : value;
  return JSON.stringify(cut).replaceAll('`', "'");
}
