import { defineFileRule } from '../rule.js';

export const tabIndentation = defineFileRule({
  id: 'tab-indentation',
  severity: 'error',
  summary: 'Lines are indented with spaces',
  why: 'YAML has no tabs in indentation: Kubernetes cannot read the document.',
  versions: 'all versions',
  evidence: 'YAML 1.2, 6.1',
  examples: [
    {
      bad: `
        data:
        \tenable-ipv4: "true"
      `,
      good: `
        data:
          enable-ipv4: "true"
      `,
    },
  ],

  checkFile({ file, report }) {
    for (const { problem } of file.documents) {
      if (problem?.kind !== 'tab') continue;
      const run = /^\t+/.exec(file.text.slice(problem.at, problem.at + 100));
      report({
        range: { start: problem.at, end: problem.at + (run?.[0].length ?? 1) },
        message: problem.message,
      });
    }
  },
});
