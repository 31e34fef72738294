import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { build } from 'esbuild';
import type { Command } from '../../src/cli/command.js';
import { Output } from '../../src/cli/output.js';

/** What a run of the program gave. */
export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

type Input = Uint8Array | string;

/** The command line, bundled into a folder of its own. */
export interface Program {
  readonly file: string;
  /** Runs it to its end, with something on standard input or nothing. */
  run(args: readonly string[], input?: Input | { readonly input: Input }): Run;
  remove(): void;
}

export async function buildProgram(): Promise<Program> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cilium-lens-cli-'));
  const file = path.join(folder, 'cli.mjs');
  const entryPoints = [path.resolve(import.meta.dirname, '../../src/cli/main.ts')];
  await build({
    entryPoints,
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return {
    file,
    run(args, given = '') {
      const input = typeof given === 'object' && 'input' in given ? given.input : given;
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
        encoding: 'utf8',
        input,
        maxBuffer: 1 << 28,
        timeout: 60_000,
      });
      return { status, out: stdout, err: stderr };
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}

/** Runs a command within the test: for many runs, where starting a process for each would take long. */
export async function inProcess(command: Command, args: readonly string[]): Promise<Run> {
  const [out, err] = [new Collected(), new Collected()];
  const output = new Output(out, err);
  const status = await command.run(args, output);
  output.flush();
  return { status, out: out.text, err: err.text };
}

class Collected extends Writable {
  text = '';

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.text += piece.toString();
    done();
  }
}
