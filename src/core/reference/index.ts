/** Files of the repository that are printed from declarations, so that they cannot differ from the code. */
import { rules } from '../configmap/rules/index.js';
import { dissectors } from '../dissect/registry.js';
import { messages } from '../monitor/messages/index.js';
import { fieldsPage } from './fieldsPage.js';
import { grammarText, markdownGrammar, monitorGrammar } from './grammar.js';
import { monitorPage } from './monitorPage.js';
import { rulesPage } from './rulesPage.js';

/** A file to be written. */
export interface GeneratedFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** All of them. `npm run generate` writes what this returns, `npm test` compares. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [
    { path: 'media/docs/fields.md', text: fieldsPage(dissectors) },
    { path: 'syntaxes/cilium-monitor.tmLanguage.json', text: grammarText(monitorGrammar()) },
    { path: 'syntaxes/cilium-monitor-markdown.tmLanguage.json', text: grammarText(markdownGrammar()) },
    { path: 'media/docs/monitor.md', text: monitorPage(messages) },
    { path: 'media/docs/rules.md', text: rulesPage(rules) },
  ];
}
