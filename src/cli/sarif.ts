/** Findings as SARIF 2.1.0 (OASIS), the format that code scanning services read. */
import { LineStarts } from '../core/base/lines.js';
import type { TextRange } from '../core/base/lines.js';
import { versionRangeText } from '../core/cilium/version.js';
import type { Finding, RuleInfo, Severity } from '../core/configmap/rule.js';

/** The findings of one file. `uri` is its path with `/`, relative where it was given so. */
export interface SarifFile {
  readonly uri: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function region(lines: LineStarts, range: TextRange): object {
  const start = lines.positionAt(range.start);
  const end = lines.positionAt(range.end);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function resultOf(finding: Finding, file: SarifFile, lines: LineStarts, ruleIndex: number): object {
  const artifactLocation = { uri: file.uri };
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation, region: region(lines, finding.range) } }],
    ...(finding.related.length === 0
      ? {}
      : {
          relatedLocations: finding.related.map((related, at) => ({
            id: at + 1,
            message: { text: related.message },
            physicalLocation: { artifactLocation, region: region(lines, related.range) },
          })),
        }),
    ...(finding.fixes.length === 0
      ? {}
      : {
          fixes: finding.fixes.map((fix) => ({
            description: { text: fix.title },
            artifactChanges: [
              {
                artifactLocation,
                replacements: fix.edits.map((edit) => ({
                  deletedRegion: region(lines, edit.range),
                  insertedContent: { text: edit.text },
                })),
              },
            ],
          })),
        }),
    ...(finding.version === undefined
      ? {}
      : { properties: { ciliumVersion: versionRangeText(finding.version) } }),
  };
}

/** A SARIF log with one run. */
export function sarifLog(files: readonly SarifFile[], rules: readonly RuleInfo[]): object {
  const places = new Map(rules.map((rule, at) => [rule.id, at]));
  const results = files.flatMap((file) => {
    const lines = new LineStarts(file.text);
    return file.findings.map((finding) => resultOf(finding, file, lines, places.get(finding.rule) ?? -1));
  });
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Cilium Lens',
            rules: rules.map((rule) => ({
              id: rule.id,
              shortDescription: { text: rule.summary },
              fullDescription: { text: rule.why },
              defaultConfiguration: { level: levels[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}
