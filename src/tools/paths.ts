import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..');
/** Bundles and the packed extension. */
export const dist = path.join(root, 'dist');
/** Hosts, stamps and profiles that survive a build; ignored by git. */
export const cache = path.join(root, '.vscode-test');
/** Screenshots and outcomes of test runs; ignored by git. */
export const testResults = path.join(root, 'test-results');
/** The packed extension. */
export const vsix = path.join(dist, 'cilium-lens.vsix');
/** The workspace that `npm start` opens. */
export const exampleWorkspace = path.join(root, 'examples/native-routing');
