/** Findings as text for people and as JSON for programs. Lines and columns count from 1. */
import { LineStarts } from '../core/base/lines.js';
import type { TextRange } from '../core/base/lines.js';
import { counted } from '../core/base/words.js';
import { versionRangeText } from '../core/cilium/version.js';
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

/** The version a finding holds for; that of its ConfigMap when it holds for all. */
function versionOf(finding: Finding, result: LintResult): string | undefined {
  if (finding.version !== undefined) return versionRangeText(finding.version);
  const linted = result.configs.find(({ config: { document } }) => {
    return document.range.start <= finding.range.start && finding.range.end <= document.range.end;
  });
  return linted === undefined ? undefined : versionRangeText(linted.version.range);
}

/** One object a finding, in the order of the files and of the places in them. */
export function lintJson(files: readonly LintedFile[]): readonly object[] {
  return files.flatMap(({ name, text, result }) => {
    const lines = new LineStarts(text);
    return result.findings.map((finding) => ({
      file: name,
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      version: versionOf(finding, result),
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

/** A line a finding as compilers write them, then what was found in the file and for which version. */
export function lintText({ name, text, result }: LintedFile): readonly string[] {
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
  const versions = result.configs.map(({ version }) => `${knownVersionText(version)}, ${version.because}`);
  const judged = [...new Set(versions)].join('; ');
  told.push(`${name}: ${tally(result.findings)}${judged === '' ? '' : ` (${judged})`}`);
  return told;
}
