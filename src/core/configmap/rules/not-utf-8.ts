import { grouped } from '../../base/words.js';
import { defineFileRule } from '../rule.js';

/** What a decoder puts in place of bytes that are no character. */
const replacement = '\uFFFD';

export const notUtf8 = defineFileRule({
  id: 'not-utf-8',
  severity: 'warning',
  summary: 'The file is text in UTF-8',
  why: 'kubectl refuses a file with bytes that are not UTF-8, in comments too. What stands in their place here is not what the file holds.',
  versions: 'all versions',
  evidence: 'YAML 1.2, 5.2',
  examples: [
    {
      bad: `
        data:
          enable-ipv4: "true" # k${replacement}nnen
        #                        ^
      `,
      good: `
        data:
          enable-ipv4: "true" # können
      `,
    },
  ],

  checkFile({ file: { text }, report }) {
    const first = text.indexOf(replacement);
    if (first < 0) return;
    let count = 0;
    for (let at = first; at >= 0; at = text.indexOf(replacement, at + 1)) count++;
    const all = count === 1 ? '' : ` There are ${grouped(count)} such places.`;
    report({
      range: { start: first, end: first + 1 },
      message: `What stands here is not UTF-8, so it is not known which character is meant.${all} Save the file as UTF-8.`,
    });
  },
});
