/** Other programs that read captures, measured in the same run where they are installed. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Cost } from './clock.js';

/** Whether a program is on the path. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** The first line of what a program says of its version. */
export function versionOf(program: string): string {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return (stdout.split('\n')[0] ?? '').replace(/^(Running as user.*|\s+)$/, '').trim();
}

/**
 * What a command line costs, its output thrown away. The shell's `times` tells the processor time of what it started,
 * which Node does not.
 */
export function commandCost(program: string, args: readonly string[]): Cost | undefined {
  const start = performance.now();
  const { stdout, status } = spawnSync('sh', ['-c', '"$@" >/dev/null 2>&1; times', 'sh', program, ...args], {
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  const children = /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/.exec(stdout.trim().split('\n').at(-1) ?? '');
  if (status !== 0 || !children) return undefined;
  const [, userMinutes, userSeconds, systemMinutes, systemSeconds] = children.map(Number);
  const processor =
    60 * ((userMinutes ?? 0) + (systemMinutes ?? 0)) + (userSeconds ?? 0) + (systemSeconds ?? 0);
  return { wall, processor };
}

/** npm's pcap-parser going through the records of a file, in a process of its own. */
export function pcapParserCost(file: string): Cost | undefined {
  const parser = createRequire(import.meta.url).resolve('pcap-parser');
  const script = `const p = require(process.argv[1]).parse(process.argv[2]); p.on('packet', () => {});`;
  return commandCost(process.execPath, ['-e', script, parser, file]);
}
