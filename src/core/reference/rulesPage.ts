/** The page of configuration rules, printed from the rules. */
import { exampleLines, isCaretLine } from '../configmap/example.js';
import type { RuleExample, RuleInfo } from '../configmap/rule.js';
import { newestStable } from '../configmap/version.js';
import { versionText } from '../cilium/version.js';
import { prose, table } from './markdownTable.js';

function code(example: string): string {
  const lines = exampleLines(example).filter((line) => !isCaretLine(line));
  return [
    '```yaml',
    ...lines.map((line) => (line.length > 120 ? `${line.slice(0, 117)}...` : line)),
    '```',
  ].join('\n');
}

function exampleText({ version, bad, good }: RuleExample): string {
  return [
    `Found in Cilium ${version ?? versionText(newestStable)}:`,
    code(bad),
    'Done right:',
    code(good),
  ].join('\n\n');
}

function section(rule: RuleInfo): string {
  const [example] = rule.examples;
  return [
    `## ${rule.id}`,
    `${prose(rule.summary)}. (${rule.severity})`,
    prose(rule.why),
    `- Versions: ${prose(rule.versions)}\n- Evidence: ${prose(rule.evidence)}`,
    ...(example === undefined ? [] : [exampleText(example)]),
  ].join('\n\n');
}

/** All rules in Markdown; the heading of each is its id, so that links lead to it. */
export function rulesPage(rules: readonly RuleInfo[]): string {
  const rows = rules.map((rule) => [`[${rule.id}](#${rule.id})`, rule.severity, prose(rule.summary)]);
  return [
    '<!-- Printed by "npm run generate" from the rules in src/core/configmap/rules. -->',
    '# Rules for cilium-config',
    'An **error** keeps the agent or the operator from starting, or takes connectivity or protection from pods. A **warning** works in part, or is ignored without a word. An **info** is old, superfluous, or good to know.',
    table(['Rule', 'Severity', 'Says'], rows),
    ...rules.map(section),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
