/** Packs the extension as users get it. */
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { bundleProduct } from './bundle.js';
import { ToolFailure } from './failure.js';
import { cache, dist, root, vsix } from './paths.js';
import { mustRun } from './processes.js';
import { thousands } from './progress.js';
import { contentHash, filesBelow, isStamped, stamp } from './stamps.js';
import { withTemporaryFolder } from './temporary.js';

/** The most that the packed extension may weigh, in bytes. */
export const vsixLimit = 1_000_000;

/** What decides the content of the package beside the bundles in dist. */
const packedSources = [
  'package.json',
  'package.nls.json',
  '.vscodeignore',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'media',
  'syntaxes',
];

export interface PackedExtension {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Changes when the content does. */
  readonly hash: string;
}

/** Bundles for release and packs; packing is left out when nothing that ships has changed. */
export async function packExtension(): Promise<PackedExtension> {
  mkdirSync(dist, { recursive: true });
  await bundleProduct('release');
  const bundles = filesBelow([dist]).filter(
    (file) => !file.endsWith('.map') && !isTest(file) && file !== vsix,
  );
  const sources = filesBelow(packedSources.map((name) => path.join(root, name)));
  const hash = contentHash([...bundles, ...sources]);
  if (!existsSync(vsix) || !isStamped(cache, 'vsix', hash)) {
    await pack();
    stamp(cache, 'vsix', hash);
  }
  const { size } = statSync(vsix);
  if (size > vsixLimit) {
    throw new ToolFailure(
      `The packed extension has ${thousands(size)} bytes; ${thousands(vsixLimit)} are allowed. ` +
        'Look for what grew with "npx vsce ls --tree --no-dependencies".',
    );
  }
  return { file: vsix, size, hash };
}

/** Packs a copy of what may ship: in the repository itself, vsce would walk all of the cache first. */
async function pack(): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    for (const name of [...packedSources, 'dist']) {
      const from = path.join(root, name);
      const leaveOut = (file: string): boolean => file.endsWith('.map') || file === vsix || isTest(file);
      if (existsSync(from)) {
        cpSync(from, path.join(folder, name), { recursive: true, filter: (file) => !leaveOut(file) });
      }
    }
    const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
    const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    const printed = await mustRun(
      'pack the extension',
      process.execPath,
      [vsce, 'package', ...options, '--out', vsix],
      {
        cwd: folder,
        timeoutSeconds: 120,
      },
    );
    for (const line of printed.split('\n')) if (line.includes('WARNING')) console.log(line);
  });
}

function isTest(file: string): boolean {
  return file.startsWith(path.join(dist, 'test'));
}
