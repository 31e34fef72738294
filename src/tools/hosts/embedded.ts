/** Starts an embedded VS Code with an extension installed from its package. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ToolFailure } from '../failure.js';
import { lastLines, mustRun, start, stop } from '../processes.js';
import type { PackedExtension } from '../pack.js';
import { isStamped, stamp } from '../stamps.js';
import type { InstalledHost } from './install.js';

export interface EmbeddedOptions {
  /** Holds settings, installed extensions and logs; made when it is not there. */
  readonly profile: string;
  readonly extension: PackedExtension;
  /** 0 takes a free one. */
  readonly port: number;
  /** Added to the environment, which the extension host inherits. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningHost {
  /** `http://127.0.0.1:8123` */
  readonly address: string;
  /** Resolves when the server ends by itself. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** What keeps an editor quiet that nobody has used before. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
};

/** The address that opens a folder. */
export function folderAddress(host: RunningHost | string, folder: string): string {
  const address = typeof host === 'string' ? host : host.address;
  return `${address}/?folder=${encodeURI(folder)}`;
}

/** Installs the extension in the profile, as a user would, and starts the server. */
export async function startEmbedded(
  installed: InstalledHost,
  options: EmbeddedOptions,
): Promise<RunningHost> {
  const { profile, extension } = options;
  const settings = path.join(profile, 'data/User/settings.json');
  const extensions = extensionsFolder(profile);
  mkdirSync(path.dirname(settings), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(quietSettings, null, 2));
  const config = path.join(profile, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  const common = [
    installed.entry,
    ...['--config', config, '--extensions-dir', extensions, '--user-data-dir', path.join(profile, 'data')],
  ];
  if (!isStamped(profile, 'extension', extension.hash)) {
    await mustRun(
      'install the extension',
      installed.node,
      [...common, '--install-extension', extension.file, '--force'],
      {
        timeoutSeconds: 120,
      },
    );
    stamp(profile, 'extension', extension.hash);
  }
  return serve(installed.node, [...common, ...serverArguments(options.port)], options.env);
}

/** Where a profile keeps its installed extensions. */
export function extensionsFolder(profile: string): string {
  return path.join(profile, 'extensions');
}

function serverArguments(port: number): string[] {
  return [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--ignore-last-opened'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
    '--disable-getting-started-override',
  ];
}

function serve(
  node: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> | undefined,
): Promise<RunningHost> {
  return new Promise((resolve, reject) => {
    const server = start(node, args, env === undefined ? {} : { env });
    let output = '';
    const fail = (what: string): void => {
      clearTimeout(timer);
      stop(server);
      reject(new ToolFailure(`The embedded editor ${what}.\n${lastLines(output, 20)}`));
    };
    const timer = setTimeout(() => {
      fail('did not start within 60 s');
    }, 60_000);
    const ended = new Promise<void>((done) => {
      server.once('exit', () => {
        done();
      });
    });
    server.once('error', (error) => {
      fail(`could not be started: ${error.message}`);
    });
    void ended.then(() => {
      fail(/EADDRINUSE/.test(output) ? 'found its port taken; choose another with --port' : 'ended at once');
    });
    const listen = (text: string): void => {
      output = (output + text).slice(-20_000);
      const address = /HTTP server listening on (http:\/\/[\w.:]+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve({
        address,
        ended,
        stop: () => {
          stop(server);
        },
      });
    };
    server.stdout?.setEncoding('utf8').on('data', listen);
    server.stderr?.setEncoding('utf8').on('data', listen);
  });
}
