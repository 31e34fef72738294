import { defineFileRule } from '../rule.js';

export const yamlTooLarge = defineFileRule({
  id: 'yaml-too-large',
  severity: 'warning',
  summary: 'The file is small enough to be read',
  why: 'Kubernetes refuses objects above 1 MiB. Texts far above that, and texts that are nested very deeply, are not checked.',
  versions: 'all versions',
  evidence: 'Kubernetes: ConfigMaps are limited to 1 MiB',
  examples: [
    {
      bad: `data: ${'['.repeat(100)}`,
      good: `data: { debug: "true" }`,
    },
  ],

  checkFile({ file, report }) {
    for (const { problem } of file.documents) {
      if (problem?.kind !== 'too-large' && problem?.kind !== 'too-deep') continue;
      const end = Math.min(problem.at + 1, file.text.length);
      report({ range: { start: problem.at, end }, message: problem.message });
    }
  },
});
