// Every npm script of this project begins here, with nothing but Node: it installs the packages when they are
// missing or out of date and hands over to the TypeScript tools.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { installDependencies } from './dependencies.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * @param {readonly string[]} words command and its arguments
 * @returns {Promise<number>} the exit status
 */
async function main(words) {
  const needed = minimumNode();
  if (!isAtLeast(process.versions.node, needed)) {
    console.error(`Cilium Lens needs Node ${needed} or newer; this is ${process.versions.node}.`);
    return 2;
  }
  if (!installDependencies(root)) return 1;
  process.chdir(root);
  const { register } = await import('tsx/esm/api');
  register();
  const { runCommand } = await import('./commands.js');
  return runCommand(words);
}

/** @returns {string} the version that package.json asks for */
function minimumNode() {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  return /"node": ">=([\d.]+)"/.exec(text)?.[1] ?? '20.19';
}

/**
 * @param {string} version
 * @param {string} minimum
 */
function isAtLeast(version, minimum) {
  const have = version.split('.').map(Number);
  for (const [place, want] of minimum.split('.').map(Number).entries()) {
    const part = have[place] ?? 0;
    if (part !== want) return part > want;
  }
  return true;
}

process.exitCode = await main(process.argv.slice(2));
