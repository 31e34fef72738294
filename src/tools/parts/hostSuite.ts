/** The parts of `npm test` that run test/vscode in a real extension host, against the packed extension. */
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { chromium } from 'playwright-core';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { bundleHostTests } from '../bundle.js';
import { chromiumArguments, chromiumPermissions } from '../chromium.js';
import { CannotRunHere, ToolFailure } from '../failure.js';
import { extensionsFolder, folderAddress, startEmbedded } from '../hosts/embedded.js';
import { installHost, type InstalledHost } from '../hosts/install.js';
import { newestHost, oldestHost } from '../hosts/versions.js';
import type { PackedExtension } from '../pack.js';
import { cache, dist, exampleWorkspace, root, testResults } from '../paths.js';
import { mustRun } from '../processes.js';
import { withTemporaryFolder } from '../temporary.js';
import type { Part, PartOutcome, Preparations } from './part.js';

/** The suite has this long, once the editor is open. */
const suiteSeconds = 240;

export const hostSuites: readonly Part[] = [
  {
    name: 'vscode',
    title: `Extension host of ${newestHost.title}`,
    run: async (tools) => runEmbedded(await tools.newestHost(), tools),
  },
  {
    name: 'oldest',
    title: `Extension host of ${oldestHost.title}`,
    onRequest: true,
    run: async (tools) => runEmbedded(await installHost(oldestHost), tools),
  },
  {
    name: 'desktop',
    title: 'Extension host of the desktop editor',
    onRequest: true,
    run: async (tools) => runDesktop(await tools.packed()),
  },
];

async function runEmbedded(installed: InstalledHost, tools: Preparations): Promise<PartOutcome> {
  const extension = await tools.packed();
  const program = await tools.chromium();
  await bundleHostTests();
  return withTemporaryFolder(async (folder) => {
    const { workspace, outcome } = layOut(folder);
    const profile = path.join(folder, 'profile');
    linkRunner(profile);
    const host = await startEmbedded(installed, {
      profile,
      extension,
      port: 0,
      env: { CILIUM_LENS_TEST_OUTCOME: outcome, CILIUM_LENS_TEST_AT_START: 'yes' },
    });
    const browser = await chromium.launch({ executablePath: program, args: [...chromiumArguments] });
    try {
      const page = await browser.newPage({
        viewport: { width: 1280, height: 800 },
        permissions: [...chromiumPermissions],
      });
      await page.goto(folderAddress(host, workspace), { timeout: 60_000 });
      if (await appears(outcome)) return readOutcome(outcome);
      const picture = path.join(testResults, `extension-host-${installed.version.server}.png`);
      await page.screenshot({ path: picture });
      throw new ToolFailure(`The suite did not end within ${suiteSeconds} s. Screenshot: ${picture}`);
    } finally {
      await browser.close();
      host.stop();
    }
  });
}

async function runDesktop(extension: PackedExtension): Promise<PartOutcome> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new CannotRunHere('The desktop editor needs a display. Without one, run this under xvfb-run.');
  }
  const program = process.env['VSCODE_EXECUTABLE'] ?? (await downloadEditor());
  await bundleHostTests();
  return withTemporaryFolder(async (folder) => {
    const { workspace, outcome } = layOut(folder);
    const profile = [
      `--extensions-dir=${path.join(folder, 'extensions')}`,
      `--user-data-dir=${path.join(folder, 'data')}`,
    ];
    const [cli = program, ...args] = resolveCliArgsFromVSCodeExecutablePath(program, {
      reuseMachineInstall: true,
    });
    await mustRun(
      'install the extension',
      cli,
      [...args, ...profile, '--install-extension', extension.file],
      { timeoutSeconds: 120 },
    );
    const suite = path.join(dist, 'test/host');
    try {
      await runTests({
        vscodeExecutablePath: program,
        extensionDevelopmentPath: suite,
        extensionTestsPath: path.join(suite, 'index.js'),
        extensionTestsEnv: { CILIUM_LENS_TEST_OUTCOME: outcome },
        launchArgs: [workspace, ...profile, '--disable-workspace-trust', '--skip-welcome'],
      });
    } catch (error) {
      // Failed tests end the editor badly too; then the outcome says which.
      if (!existsSync(outcome)) throw new ToolFailure(`The desktop editor ended badly: ${String(error)}`);
    }
    return readOutcome(outcome);
  });
}

async function downloadEditor(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: cache });
  } catch (error) {
    throw new CannotRunHere(
      `VS Code could not be downloaded (${String(error)}). Name an installed one in VSCODE_EXECUTABLE.`,
    );
  }
}

interface TestFolder {
  /** A copy of the example and, below `fixtures`, of the test fixtures: tests may write to it. */
  readonly workspace: string;
  /** Where the suite writes how it went. */
  readonly outcome: string;
}

function layOut(folder: string): TestFolder {
  const workspace = path.join(folder, 'workspace');
  mkdirSync(testResults, { recursive: true });
  cpSync(exampleWorkspace, workspace, { recursive: true });
  const fixtures = path.join(root, 'test/fixtures');
  if (existsSync(fixtures)) cpSync(fixtures, path.join(workspace, 'fixtures'), { recursive: true });
  return { workspace, outcome: path.join(folder, 'outcome.json') };
}

/** A link, so that the runner finds the mocha of this repository. */
function linkRunner(profile: string): void {
  const extensions = extensionsFolder(profile);
  mkdirSync(extensions, { recursive: true });
  symlinkSync(
    path.join(dist, 'test/host'),
    path.join(extensions, 'cilium-lens.cilium-lens-test-runner-0.0.1'),
  );
}

/** What test/vscode/index.ts writes. */
interface SuiteOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notes: readonly string[];
  readonly failures: readonly { readonly title: string; readonly error: string }[];
}

/** Waits for the suite's end. The file is whole when it is there. */
async function appears(file: string): Promise<boolean> {
  const end = performance.now() + suiteSeconds * 1000;
  while (!existsSync(file) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return existsSync(file);
}

function readOutcome(file: string): PartOutcome {
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as SuiteOutcome;
  for (const note of outcome.notes) console.log(`  ${note}`);
  const { passed, failed, skipped } = outcome;
  if (passed + failed === 0) return { passed, failed: 1, skipped, report: 'The suite ran no test.' };
  const report = outcome.failures.map(({ title, error }) => `${title}\n${error}\n`).join('\n');
  return { passed, failed, skipped, report };
}
