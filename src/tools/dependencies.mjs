// Installs what package-lock.json asks for. Runs before any package exists, so it imports Node only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ version?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/**
 * Compares npm's own note of what it installed with what the lock file asks for.
 *
 * @param {string} root folder of package.json
 * @returns {string | undefined} why an installation is needed; undefined when all is there
 */
export function whyInstall(root) {
  const note = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return 'no packages are installed yet';
  const asked = readLock(path.join(root, 'package-lock.json'));
  const have = readLock(note);
  for (const [name, { version, optional }] of Object.entries(asked)) {
    if (name === '') continue;
    const installed = have[name];
    // Optional packages are those of other platforms, left out here on purpose.
    if (installed === undefined ? !optional : installed.version !== version)
      return `${name.replace(/^.*node_modules\//, '')} ${version ?? ''} is missing or out of date`;
  }
  return undefined;
}

/**
 * Brings node_modules up to date with the lock file, or says why it cannot.
 *
 * @param {string} root folder of package.json
 * @returns {boolean} whether the packages are there
 */
export function installDependencies(root) {
  const reason = whyInstall(root);
  if (reason === undefined) return true;
  console.log(`Installing packages, about 30 s (${reason}) …`);
  // npm tells its scripts where it is; calling it with Node needs no shell, on Windows either.
  const npm = process.env['npm_execpath'];
  // No package of ours needs its install script, and newer versions of npm do not run them anyway.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status === 0) return true;
  console.error('npm could not install the packages. Its message is above; mend that and start again.');
  return false;
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function readLock(file) {
  /** @type {unknown} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  return /** @type {Lock} */ (lock).packages ?? {};
}
