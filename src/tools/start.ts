/** `npm start`: from a fresh clone to the example workspace in a VS Code that has the extension. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ToolFailure } from './failure.js';
import { findDesktopEditor, openInDesktop } from './hosts/desktop.js';
import { folderAddress, startEmbedded } from './hosts/embedded.js';
import { installHost } from './hosts/install.js';
import { newestHost } from './hosts/versions.js';
import { packExtension, type PackedExtension } from './pack.js';
import { cache, exampleWorkspace, root } from './paths.js';
import { findProgram, start } from './processes.js';
import { step, thousands } from './progress.js';

/** Shows what `npm start -- --help` prints. */
const help = `npm start -- [options]

Builds and packs the extension, installs it in VS Code and opens ${path.relative(root, exampleWorkspace)}.
VS Code is what VSCODE_EXECUTABLE names, else "code" on PATH, else an embedded one shown in the browser.

  --port N     port of the embedded editor, 8123 unless told
  --no-open    do not open a browser window, only print the address
  --embedded   use the embedded editor even when VS Code is installed
`;

/** Runs until the embedded editor is stopped, or returns at once when the desktop editor was opened. */
export async function startCommand(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (!existsSync(exampleWorkspace)) throw new ToolFailure(`${exampleWorkspace} is missing from this clone.`);
  const extension = await step('Building and packing the extension', 5, packExtension);
  console.log(`  ${thousands(extension.size)} bytes`);
  const desktop = options.embedded ? undefined : findDesktopEditor();
  if (desktop !== undefined) {
    await step('Opening VS Code', 10, () => openInDesktop(desktop, extension.file, exampleWorkspace));
    return 0;
  }
  return startInBrowser(extension, options.port, options.open);
}

async function startInBrowser(extension: PackedExtension, port: number, open: boolean): Promise<number> {
  const installed = await installHost(newestHost);
  const host = await step(`Starting ${newestHost.title}`, 5, () =>
    startEmbedded(installed, { profile: path.join(cache, 'profile'), extension, port }),
  );
  const address = folderAddress(host, exampleWorkspace);
  console.log(`\nVS Code is at ${address}\nStop it with Ctrl-C.`);
  if (open) openBrowser(address);
  await host.ended;
  throw new ToolFailure('The embedded editor ended. Start it again with npm start.');
}

function openBrowser(address: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const hasDisplay =
    process.platform === 'darwin' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined;
  if (hasDisplay && findProgram(opener)) start(opener, [address]);
}

interface StartOptions {
  readonly help: boolean;
  readonly embedded: boolean;
  readonly open: boolean;
  readonly port: number;
}

function parseOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        embedded: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '8123' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new ToolFailure(`--port takes a number from 0 to 65535, not "${values.port}".`);
    }
    return { help: values.help, embedded: values.embedded, open: !values['no-open'], port };
  } catch (error) {
    if (error instanceof ToolFailure || !(error instanceof Error)) throw error;
    throw new ToolFailure(`${error.message}\n\n${help}`);
  }
}
