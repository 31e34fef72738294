/** Puts an embedded VS Code into the cache folder, once. */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotRunHere } from '../failure.js';
import { cache } from '../paths.js';
import { findProgram, lastLines, npm } from '../processes.js';
import { step } from '../progress.js';
import { installDebianPackage } from '../debian.js';
import type { HostVersion, NativePackage } from './versions.js';

/** An embedded VS Code that is ready to start. */
export interface InstalledHost {
  readonly version: HostVersion;
  /** The Node program it runs on. */
  readonly node: string;
  /** The script that starts it. */
  readonly entry: string;
}

/** Installs what is missing of a host. Throws `CannotRunHere` where that is not possible. */
export async function installHost(version: HostVersion): Promise<InstalledHost> {
  if (process.platform === 'win32') {
    throw new CannotRunHere(
      'The embedded VS Code does not run on Windows. Install VS Code so that "code" is on PATH, or name it in VSCODE_EXECUTABLE.',
    );
  }
  const node = await installNode(version.node);
  const folder = path.join(cache, `code-server-${version.server}`);
  const server = path.join(folder, 'node_modules/code-server');
  const host: InstalledHost = { version, node, entry: path.join(server, 'out/node/entry.js') };
  const finished = path.join(folder, 'installed');
  if (existsSync(finished)) return host;

  await step(`Installing an embedded ${version.title} (once)`, 60, async () => {
    const environment = buildEnvironment(node);
    emptyPackage(folder);
    await mustInstall(folder, [`code-server@${version.server}`], environment);
    const editor = path.join(server, 'lib/vscode');
    await mustInstall(editor, ['--omit=dev'], environment);
    await mustInstall(path.join(editor, 'extensions'), ['--omit=dev'], environment);
    for (const native of version.native) {
      await compile(native, native.of === 'server' ? folder : editor, environment);
    }
    await provideSearch(editor);
    writeFileSync(finished, '');
  });
  return host;
}

/** The Node release that a host needs: our own when it is that one, else a package of the registry. */
async function installNode(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const platform =
    process.platform === 'darwin' && process.arch === 'arm64' ? 'bin-darwin' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = path.join(cache, `node-${major}`);
  const program = path.join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(program)) {
    await step(`Installing Node ${major} for the embedded editor (once)`, 10, async () => {
      emptyPackage(folder);
      await mustInstall(folder, [`${name}@${major}`], {});
    });
  }
  return program;
}

/** Native parts are compiled with the headers that lie beside the host's own Node, not with the system's. */
function buildEnvironment(node: string): Record<string, string | undefined> {
  const folder = path.dirname(path.dirname(node));
  const headers = existsSync(path.join(folder, 'include/node/node.h')) ? folder : undefined;
  return {
    PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
  };
}

/** The npm package lacks the search program in some versions; the system's does as well. */
async function provideSearch(editor: string): Promise<void> {
  const place = path.join(editor, 'node_modules/@vscode/ripgrep/bin/rg');
  if (existsSync(place) || existsSync(path.join(editor, 'node_modules/@vscode/ripgrep-universal'))) return;
  const program = findProgram('rg') ?? (await installDebianPackage('ripgrep', 'rg'));
  if (program === undefined) {
    console.log('  ripgrep is not installed: quick open and search will find nothing in this editor.');
    return;
  }
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(program, place);
}

async function compile(
  { name, without }: NativePackage,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { ok, output } = await npm(['rebuild', name], { cwd, env, timeoutSeconds: 300 });
  if (ok) return;
  if (without === undefined) {
    throw new CannotRunHere(
      `${name} of the embedded editor could not be compiled. Are a C++ compiler, make and Python installed?\n${lastLines(output, 15)}`,
    );
  }
  console.log(`  ${name} could not be compiled; the embedded editor does without ${without}.`);
}

function emptyPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
}

async function mustInstall(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  // Install scripts are left out: they download what is not needed, or build for the wrong Node.
  const command = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args];
  const { ok, output, ended } = await npm(command, { cwd: folder, env, timeoutSeconds: 600 });
  if (ok) return;
  throw new CannotRunHere(
    `npm could not install the embedded editor (${ended}). Is the npm registry reachable?\n${lastLines(output, 15)}`,
  );
}
