/** Findings as text for people and as JSON for programs. Lines and columns count from 1. */
import { LineStarts } from '../core/base/lines.js';
import type { TextRange } from '../core/base/lines.js';
import { counted } from '../core/base/words.js';
import { versionRangeText } from '../core/cilium/version.js';
import { templatedText } from '../core/configmap/config.js';
import type { LintResult } from '../core/configmap/lint.js';
import type { Finding, Severity } from '../core/configmap/rule.js';
import { knownVersionText } from '../core/configmap/version.js';

/** A file that was linted, by the name it was given. */
export interface LintedFile {
  readonly name: string;
  readonly text: string;
  readonly result: LintResult;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function place(lines: LineStarts, offset: number): Place {
  const { line, character } = lines.positionAt(offset);
  return { line: line + 1, column: character + 1 };
}

function range(lines: LineStarts, { start, end }: TextRange): { start: Place; end: Place } {
  return { start: place(lines, start), end: place(lines, end) };
}

/**
 * The versions that the findings of a file hold for, in their order: each its own, else that of the ConfigMap it lies
 * in. Both are in the order of the text, so one pass is enough.
 */
function versionsOf({ findings, configs }: LintResult): readonly (string | undefined)[] {
  let at = 0;
  return findings.map(({ version, range: { start, end } }) => {
    if (version !== undefined) return versionRangeText(version);
    while (at < configs.length && (configs[at]?.config.document.range.end ?? 0) < start) at++;
    const linted = configs[at];
    if (linted === undefined) return undefined;
    const { range: whole } = linted.config.document;
    return whole.start <= start && end <= whole.end ? versionRangeText(linted.version.range) : undefined;
  });
}

/** One object a finding, in the order of the files and of the places in them. */
export function lintJson(files: readonly LintedFile[]): readonly object[] {
  return files.flatMap(({ name, text, result }) => {
    const lines = new LineStarts(text);
    const versions = versionsOf(result);
    return result.findings.map((finding, at) => ({
      file: name,
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      version: versions[at],
      range: range(lines, finding.range),
      related: finding.related.map((related) => ({
        message: related.message,
        range: range(lines, related.range),
      })),
      fixes: finding.fixes.map((fix) => ({
        title: fix.title,
        edits: fix.edits.map((edit) => ({ range: range(lines, edit.range), text: edit.text })),
      })),
    }));
  });
}

function tally(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  const parts = [
    [count('error'), 'error'],
    [count('warning'), 'warning'],
    [count('info'), 'remark'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, word]) => counted(number, word));
  return told.length === 0 ? 'no findings' : told.join(', ');
}

/** What was checked in a file, and what came of it. Empty where that is said of all files in one sentence. */
function summaryOf({ name, result }: LintedFile, tellsEach: boolean): string {
  const found = tally(result.findings);
  if (result.configs.length === 0) {
    if (!tellsEach) return '';
    return result.findings.length > 0
      ? `${name}: ${found}, and no Cilium ConfigMap that could be read`
      : `${name}: no Cilium ConfigMap found`;
  }
  const versions = result.configs.map(({ version }) => `${knownVersionText(version)}, ${version.because}`);
  const templates = templatedText(result.configs.map(({ config }) => config));
  const judged = [...new Set(versions), templates].filter((text) => text !== '').join('; ');
  return `${name}: ${found} (${judged})`;
}

/**
 * A line a finding as compilers write them, then what was found in the file and for which version. `tellsEach`: a
 * file without a ConfigMap has such a line too; else that is said of all files in one sentence.
 */
export function lintText(file: LintedFile, tellsEach: boolean): readonly string[] {
  const { name, text, result } = file;
  const lines = new LineStarts(text);
  const told: string[] = [];
  for (const finding of result.findings) {
    const { line, column } = place(lines, finding.range.start);
    told.push(`${name}:${line}:${column}: ${finding.severity}: ${finding.message} [${finding.rule}]`);
    for (const related of finding.related) {
      const at = place(lines, related.range.start);
      told.push(`  ${name}:${at.line}:${at.column}: ${related.message}`);
    }
    for (const fix of finding.fixes) told.push(`  fix: ${fix.title}`);
  }
  const summary = summaryOf(file, tellsEach);
  return summary === '' ? told : [...told, summary];
}
