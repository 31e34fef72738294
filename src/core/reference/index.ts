/** Files of the repository that are printed from declarations, so that they cannot differ from the code. */

/** A file to be written. */
export interface GeneratedFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** All of them. `npm run generate` writes what this returns, `npm test` compares. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [];
}
