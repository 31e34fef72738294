import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Output } from './output.js';

/** A command of the program. Each is one file and one line in main.ts. */
export interface Command {
  readonly name: string;
  /** What `--help` of the program says of it, one line. */
  readonly summary: string;
  /** What its own `--help` prints. */
  readonly help: string;
  /** Does the work and answers the exit status. Throws {@link CommandError} for what is one line on standard error. */
  run(args: readonly string[], output: Output): Promise<ExitStatus>;
}

/** 0 done; 1 done, with errors found or damaged input; 2 wrong usage, or input that cannot be read. */
export type ExitStatus = 0 | 1 | 2;

/** Ends a command: its message goes to standard error as one line. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly status: ExitStatus = 2,
    /** Lines to print below the message as they are: the place that it speaks of. */
    readonly below: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Options and operands as `parseArgs` of Node reads them; wrong ones become a {@link CommandError}. */
export function readArguments<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's message goes on with advice on how to write operands that begin with a dash.
    const message = error instanceof Error ? error.message : String(error);
    const sentence = (message.split(/\. |\n/)[0] ?? message).replace(/\.$/, '');
    throw new CommandError(sentence.charAt(0).toLowerCase() + sentence.slice(1));
  }
}

/** The value of an option that counts something, from 1; undefined where it was not given. */
export function countOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value))
    throw new CommandError(`--${name} takes a whole number from 1, not '${text}'`);
  return value;
}

/** What a FILE is called in a sentence; in data `-` stays `-`. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path;
}
