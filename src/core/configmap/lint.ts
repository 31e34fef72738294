/** Runs the rules over a text and gathers what they find. */
import { versionRangeText, versionText } from '../cilium/version.js';
import type { CiliumVersion, VersionRange } from '../cilium/version.js';
import { ciliumConfigs } from './config.js';
import type { CiliumConfig } from './config.js';
import { ConfigEditor, editsCollide } from './edit.js';
import type { ConfigRule, Finding, Fix, Report, RuleContext, RuleInfo, Severity } from './rule.js';
import { configRules, fileRules } from './rules/index.js';
import { Settings } from './settings.js';
import { VersionEvidence } from './version.js';
import type { KnownVersion, VersionOptions } from './version.js';
import { usedConfigMaps } from './usedConfigMaps.js';
import { readYaml } from './yaml/file.js';
import type { YamlFile } from './yaml/file.js';

export interface LintOptions extends VersionOptions {
  /** Path or name of the file, to recognise patches. */
  readonly path?: string;
  /** Keys of a derived product that are not to be called unknown. */
  readonly extraKeys?: readonly string[];
}

export interface LintedConfig {
  readonly config: CiliumConfig;
  readonly version: KnownVersion;
}

export interface LintResult {
  readonly file: YamlFile;
  readonly configs: readonly LintedConfig[];
  /** In the order of their places. */
  readonly findings: readonly Finding[];
}

const severities: readonly Severity[] = ['info', 'warning', 'error'];

function milder(a: Severity, b: Severity): Severity {
  return severities[Math.min(severities.indexOf(a), severities.indexOf(b))] ?? 'info';
}

function present<T>(items: readonly (T | undefined)[] | undefined): readonly T[] {
  return (items ?? []).flatMap((item) => item ?? []);
}

function findingOf(rule: RuleInfo, report: Report, version: VersionRange | undefined): Finding {
  return {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    message: report.message,
    range: report.range,
    ...(version === undefined ? {} : { version }),
    related: present(report.related),
    fixes: present(report.fixes),
    ...(report.tag === undefined ? {} : { tag: report.tag }),
  };
}

/** What rules are told beside the ConfigMap. */
type Surroundings = Pick<RuleContext, 'extraKeys' | 'usedNames'>;

function run(
  rule: ConfigRule,
  config: CiliumConfig,
  version: CiliumVersion,
  surroundings: Surroundings,
): Report[] {
  const settings = new Settings(config, version);
  const reports: Report[] = [];
  rule.check({
    settings,
    config,
    edit: new ConfigEditor(config),
    ...surroundings,
    report: (finding) => reports.push(finding),
  });
  return settings.isSure || rule.aboutText === true ? reports : [];
}

/**
 * What one rule finds in a range of versions. It is asked at both ends. What it says at one end only holds for a part
 * of the range, so it counts one step less, and what is a mere remark then is left out.
 */
function judge(rule: ConfigRule, linted: LintedConfig, surroundings: Surroundings): Finding[] {
  const { config, version } = linted;
  const { low, high } = version.range;
  const newest = run(rule, config, high, surroundings);
  if (rule.aboutText === true) return newest.map((report) => findingOf(rule, report, undefined));
  if (low === high) return newest.map((report) => findingOf(rule, report, version.range));
  const oldest = run(rule, config, low, surroundings);
  const at = (report: Report): string => `${report.range.start} ${report.range.end}`;
  const oldestByPlace = new Map(oldest.map((report) => [at(report), report]));
  const newestPlaces = new Set(newest.map(at));
  const findings: Finding[] = [];
  for (const report of newest) {
    const same = oldestByPlace.get(at(report));
    const finding = findingOf(rule, report, version.range);
    if (same === undefined) findings.push(...lowered(finding, high, version));
    else findings.push({ ...finding, severity: milder(finding.severity, same.severity ?? rule.severity) });
  }
  for (const report of oldest) {
    if (!newestPlaces.has(at(report)))
      findings.push(...lowered(findingOf(rule, report, version.range), low, version));
  }
  return findings;
}

function lowered(finding: Finding, end: CiliumVersion, known: KnownVersion): Finding[] {
  if (finding.severity === 'info') return [];
  const range = versionRangeText(known.range);
  return [
    {
      ...finding,
      severity: finding.severity === 'error' ? 'warning' : 'info',
      message: `${finding.message} (This holds for Cilium ${versionText(end)}; by its keys the file is for ${range}.)`,
      version: { low: end, high: end },
      // What is right for one end may be wrong for the other, so the user decides.
      fixes: finding.fixes.map((fix) => ({ ...fix, safety: 'check-first', migrates: false })),
    },
  ];
}

/** Offers all migrations of one ConfigMap as one action, where there are several. */
function withMigration(findings: readonly Finding[], version: KnownVersion): readonly Finding[] {
  const steps: Fix[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find((one) => one.migrates);
    if (fix !== undefined && !steps.some((step) => editsCollide(step.edits, fix.edits))) steps.push(fix);
  }
  if (steps.length < 2) return findings;
  const all: Fix = {
    title: `Migrate the ${steps.length} old keys to Cilium ${versionText(version.range.high)}`,
    safety: 'safe',
    edits: steps.flatMap((step) => step.edits),
  };
  return findings.map((finding) =>
    finding.fixes.some((fix) => fix.migrates) ? { ...finding, fixes: [...finding.fixes, all] } : finding,
  );
}

/** Everything that can be said about a YAML text: never throws, whatever the text is. */
export function lint(text: string, options: LintOptions = {}): LintResult {
  const file = readYaml(text);
  const evidence = new VersionEvidence(file, options);
  const configs = ciliumConfigs(file, options.path).map((config) => ({
    config,
    version: evidence.versionOf(config),
  }));
  const surroundings = { extraKeys: new Set(options.extraKeys), usedNames: usedConfigMaps(file) };
  const findings: Finding[] = [];
  for (const rule of fileRules) {
    rule.checkFile({
      file,
      configs: configs.map(({ config }) => config),
      ...(options.setting === undefined ? {} : { setting: options.setting }),
      report: (finding) => findings.push(findingOf(rule, finding, undefined)),
    });
  }
  for (const linted of configs) {
    const own = configRules.flatMap((rule) => judge(rule, linted, surroundings));
    for (const finding of withMigration(own, linted.version)) findings.push(finding);
  }
  const rank = (finding: Finding): number => -severities.indexOf(finding.severity);
  findings.sort((a, b) => a.range.start - b.range.start || rank(a) - rank(b));
  return { file, configs, findings };
}
