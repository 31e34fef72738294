/** Files of the repository that are printed from declarations, so that they cannot differ from the code. */
import { dissectors } from '../dissect/registry.js';
import { messages } from '../monitor/messages/index.js';
import { fieldsPage } from './fieldsPage.js';
import { monitorPage } from './monitorPage.js';

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
    { path: 'media/docs/monitor.md', text: monitorPage(messages) },
  ];
}
