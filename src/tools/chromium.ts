/** A Chromium for the browser tests. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { installDebianPackage } from './debian.js';
import { CannotRunHere } from './failure.js';
import { root } from './paths.js';
import { findProgram, lastLines, run } from './processes.js';
import { step } from './progress.js';

/** For `chromium.launch`: no display, no traffic of its own. */
export const chromiumArguments: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For `browser.newPage`: what the workbench may do without asking. */
export const chromiumPermissions: readonly string[] = ['clipboard-read', 'clipboard-write'];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPrograms = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The path of an installed Chromium (CHROMIUM names one outright), else of one installed now: from Debian's
 * packages, or Playwright's own download. Throws `CannotRunHere` when none can be had.
 */
export async function provideChromium(): Promise<string> {
  const installed = findChromium() ?? (await installDebianPackage('chromium', 'chromium'));
  if (installed !== undefined) return installed;
  const cli = path.join(root, 'node_modules/playwright-core/cli.js');
  const download = await step('Downloading Chromium with Playwright (once)', 60, () =>
    run(process.execPath, [cli, 'install', 'chromium'], { timeoutSeconds: 600 }),
  );
  const downloaded = chromium.executablePath();
  if (download.ok && existsSync(downloaded)) return downloaded;
  throw new CannotRunHere(
    `No Chromium is installed and none could be downloaded. Install one, or name it in CHROMIUM.\n${lastLines(download.output, 5)}`,
  );
}

function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  for (const name of names) {
    const program = findProgram(name);
    if (program !== undefined) return program;
  }
  return [...macPrograms, chromium.executablePath()].find((file) => existsSync(file));
}
