/** The bundles that are made of src, each declared once. */
import { context, build, type BuildOptions, type BuildResult, type Plugin } from 'esbuild';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ToolFailure } from './failure.js';
import { dist, root } from './paths.js';
import { filesBelow } from './stamps.js';

/** `release`: minified, maps beside the bundle and not linked. `development`: readable, maps linked. */
export type BundleMode = 'release' | 'development';

/** A bundle: what esbuild is told beside what all bundles share. */
interface Bundle {
  readonly name: string;
  readonly options: BuildOptions;
}

const node = { platform: 'node', target: 'node20.18' } as const;
// Electron 34 and the browsers of its age: what VS Code 1.100 shows webviews in.
const browser = { platform: 'browser', format: 'iife', target: 'chrome132' } as const;

/** Folders below `folder` that hold a file of this name. */
function foldersWith(folder: string, file: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, folder, entry.name, file)))
    .map((entry) => entry.name);
}

/** The bundle of a feature's `features.ts`, which its `register.ts` loads when it is first needed. */
const featureBundle = (feature: string): string => `${feature}Features.cjs`;

/**
 * Leaves `import('./features.js')` of a feature's folder to its own bundle, so that the tables behind it are not even
 * parsed before they are needed.
 */
const featuresApart: Plugin = {
  name: 'features-apart',
  setup(bundling) {
    bundling.onResolve({ filter: /^\.\/features\.js$/ }, ({ kind, resolveDir }) =>
      kind === 'dynamic-import'
        ? { path: `./${featureBundle(path.basename(resolveDir))}`, external: true }
        : undefined,
    );
  },
};

/** What all bundles of the extension host share. A dynamic import becomes a late `require`, which VS Code answers. */
const extensionHost = {
  ...node,
  format: 'cjs',
  external: ['vscode'],
  plugins: [featuresApart],
  supported: { 'dynamic-import': false },
} as const satisfies BuildOptions;

/** Every bundle that ships, and the command line. Webviews and features are found: one folder each. */
export function productBundles(): Bundle[] {
  const features = foldersWith('src/extension', 'features.ts');
  const views = foldersWith('src/webview', 'main.ts');
  return [
    {
      name: 'extension.cjs',
      options: { ...extensionHost, entryPoints: ['src/extension/main.ts'] },
    },
    ...features.map((feature) => ({
      name: featureBundle(feature),
      options: { ...extensionHost, entryPoints: [`src/extension/${feature}/features.ts`] },
    })),
    {
      name: 'captureWorker.cjs',
      options: { ...node, format: 'cjs', entryPoints: ['src/node/captureWorker.ts'] },
    },
    {
      name: 'cli.js',
      options: {
        ...node,
        format: 'esm',
        entryPoints: ['src/cli/main.ts'],
      },
    },
    ...views.map((view) => ({
      name: `webview/${view}.js`,
      options: { ...browser, entryPoints: [`src/webview/${view}/main.ts`] },
    })),
  ];
}

/** The suite that runs in the extension host, a file a test file, and the extension that starts it there. */
export function hostTestBundles(): Bundle[] {
  const tests = filesBelow([path.join(root, 'test/vscode')]).filter((file) => file.endsWith('.test.ts'));
  const entries = [
    ...tests,
    path.join(root, 'test/vscode/index.ts'),
    path.join(root, 'test/vscode/runner.ts'),
  ];
  return entries.map((file) => ({
    name: `test/host/${path.relative(path.join(root, 'test/vscode'), file).replace(/\.ts$/, '.js')}`,
    options: {
      ...node,
      format: 'cjs',
      entryPoints: [path.relative(root, file)],
      external: ['vscode', 'mocha'],
    },
  }));
}

/** Makes bundles; says which failed and why only after all were tried. Returns their sizes in bytes. */
export async function makeBundles(
  bundles: readonly Bundle[],
  mode: BundleMode,
): Promise<ReadonlyMap<string, number>> {
  const results = await Promise.allSettled(bundles.map((bundle) => build(settings(bundle, mode))));
  const sizes = new Map<string, number>();
  const failed: string[] = [];
  for (const [place, result] of results.entries()) {
    const name = bundles[place]?.name ?? '';
    if (result.status === 'rejected') failed.push(`${name}: ${String(result.reason)}`);
    else sizes.set(name, bundleSize(result.value, name));
  }
  if (sizes.has('cli.js')) chmodSync(path.join(dist, 'cli.js'), 0o755);
  if (failed.length > 0) throw new ToolFailure(`Could not bundle:\n${failed.join('\n')}`);
  return sizes;
}

/** Removes old bundles and makes those of the product. */
export async function bundleProduct(mode: BundleMode): Promise<ReadonlyMap<string, number>> {
  rmSync(path.join(dist, 'webview'), { recursive: true, force: true });
  return makeBundles(productBundles(), mode);
}

/** Makes the suite for the extension host. */
export async function bundleHostTests(): Promise<void> {
  const folder = path.join(dist, 'test/host');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await makeBundles(hostTestBundles(), 'development');
  // The repository's own package.json says "module"; VS Code loads a suite with require.
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(runnerManifest, null, 2));
}

/** The extension that starts the suite: VS Code's release builds load a suite in no other way. */
const runnerManifest = {
  name: 'cilium-lens-test-runner',
  publisher: 'cilium-lens',
  version: '0.0.1',
  type: 'commonjs',
  engines: { vscode: '^1.100.0' },
  main: './runner.js',
  activationEvents: ['onStartupFinished'],
};

/** Makes the product's bundles again at each change of their sources, until the process ends. */
export async function watchProduct(): Promise<void> {
  for (const bundle of productBundles()) {
    const watching = await context({ ...settings(bundle, 'development'), logLevel: 'info' });
    await watching.watch();
  }
}

/**
 * Bundles a folder of sources for no platform at all: an import of Node, the editor or a package that is not
 * allowed stops it.
 *
 * @returns the errors, one line each, naming file and line; empty when all is well
 */
export async function neutralBundleErrors(folder: string): Promise<string[]> {
  const files = filesBelow([folder]).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  if (files.length === 0) return [`${folder} holds no TypeScript file`];
  const imports = files.map((file) => `import ${JSON.stringify(file)};`).join('\n');
  try {
    await build({
      stdin: { contents: imports, resolveDir: root, sourcefile: 'all of core' },
      bundle: true,
      write: false,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      format: 'esm',
      logLevel: 'silent',
    });
    return [];
  } catch (error) {
    return String(error).split('\n').slice(1);
  }
}

function settings(bundle: Bundle, mode: BundleMode): BuildOptions & { metafile: true } {
  const release = mode === 'release';
  return {
    ...bundle.options,
    absWorkingDir: root,
    outfile: path.join(dist, bundle.name),
    bundle: true,
    minify: release,
    sourcemap: release ? 'external' : 'linked',
    legalComments: 'none',
    loader: { '.ttf': 'file', '.svg': 'dataurl' },
    assetNames: '[name]',
    metafile: true,
    logLevel: 'silent',
  };
}

/** What ships of a bundle: the script and its style sheet and fonts, not the map. */
function bundleSize(result: BuildResult<{ metafile: true }>, name: string): number {
  let size = 0;
  for (const [file, output] of Object.entries(result.metafile.outputs)) {
    if (!file.endsWith('.map')) size += output.bytes;
  }
  if (size === 0) throw new ToolFailure(`${name} came out empty.`);
  return size;
}
