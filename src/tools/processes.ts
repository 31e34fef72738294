/** Child processes that never outlive us: each has a time limit, and all end when this process does. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { delimiter } from 'node:path';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { ToolFailure } from './failure.js';

const windows = process.platform === 'win32';
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) stop(child);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    process.exit(130);
  });
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** After this the child is stopped and the run counts as failed. */
  readonly timeoutSeconds: number;
  /** Show the child's output as it comes, beside collecting it. */
  readonly echo?: boolean;
}

export interface RunOutcome {
  readonly ok: boolean;
  /** Standard output and error in the order they came. */
  readonly output: string;
  /** How it ended when it did not end well: `exit status 1`, `stopped after 60 s`. */
  readonly ended: string;
}

/** Starts a program in a process group of its own, so that its children can be stopped with it. */
export function start(
  command: string,
  args: readonly string[],
  options: Pick<RunOptions, 'cwd' | 'env'> = {},
): ChildProcess {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
    windowsHide: true,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Stops a child and whatever it started. */
export function stop(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended between the look and the signal.
    }
  }
}

/** Runs a program to its end and collects what it prints. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunOutcome> {
  return new Promise((resolve) => {
    const child = start(command, args, options);
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop(child);
    }, options.timeoutSeconds * 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (options.echo) process.stdout.write(text);
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ ok: false, output, ended: error.message });
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const ended = timedOut
        ? `stopped after ${options.timeoutSeconds} s`
        : signal
          ? `ended by ${signal}`
          : `exit status ${code ?? 'unknown'}`;
      resolve({ ok: code === 0 && !timedOut, output, ended });
    });
  });
}

/** Runs a program that must succeed. `task` completes the sentence "Could not …". */
export async function mustRun(
  task: string,
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { ok, output, ended } = await run(command, args, options);
  if (ok) return output;
  throw new ToolFailure(`Could not ${task} (${ended}).\n${lastLines(output, 30)}`);
}

/** Runs npm the way this process was started by it: with Node, without a shell. */
export function npm(args: readonly string[], options: RunOptions): Promise<RunOutcome> {
  const cli = process.env['npm_execpath'];
  return cli
    ? run(process.execPath, [cli, ...args], options)
    : run(windows ? 'npm.cmd' : 'npm', args, options);
}

/** Where PATH finds a program; undefined when it does not. */
export function findProgram(name: string): string | undefined {
  const endings = windows ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      if (folder !== '' && existsSync(file)) return file;
    }
  }
  return undefined;
}

/** The end of a long output, which is where programs say what went wrong. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
