import { defineFileRule } from '../rule.js';

export const yamlSyntax = defineFileRule({
  id: 'yaml-syntax',
  severity: 'error',
  summary: 'The file is YAML',
  why: 'Kubernetes cannot read the document, so nothing in it reaches the cluster. Other documents of the file are still checked.',
  versions: 'all versions',
  evidence: 'YAML 1.2',
  examples: [
    {
      bad: `
        data:
          enable-ipv4: "true
          debug: "false"
        # ^
      `,
      good: `
        data:
          enable-ipv4: "true"
          debug: "false"
      `,
    },
  ],

  checkFile({ file, report }) {
    for (const { problem, range } of file.documents) {
      if (problem?.kind !== 'syntax') continue;
      const source = file.text.slice(range.start, range.end);
      report({
        range: placeOf(file.text, problem.at),
        // In a file of many objects the broken one may have nothing to do with Cilium.
        severity: /cilium|kind: *["']?ConfigMap/.test(source) ? 'error' : 'warning',
        message: problem.message,
      });
    }
  },
});

/** One character to underline; the last one before the end of a line or of the file. */
function placeOf(text: string, at: number): { start: number; end: number } {
  let start = Math.min(at, text.length);
  while (start > 0 && (start >= text.length || /[\r\n]/.test(text.charAt(start)))) start--;
  return { start, end: Math.min(start + 1, text.length) };
}
