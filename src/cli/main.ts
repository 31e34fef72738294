#!/usr/bin/env node
/** The command line: finds the command, prints its complaints, sets the exit status. */
import manifest from '../../package.json' with { type: 'json' };
import { CommandError, type Command, type ExitStatus } from './command.js';
import { decode } from './decode.js';
import { info } from './info.js';
import { lint } from './lint.js';
import { monitor } from './monitor.js';
import { Output } from './output.js';

/** Every command; a new one is added here. */
const commands: readonly Command[] = [decode, info, monitor, lint];

const program = 'cilium-lens';

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `Usage: ${program} COMMAND [OPTION]… FILE…`,
    '',
    'Packets, monitor logs and configuration of Kubernetes networks on Cilium, explained.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `${program} COMMAND --help tells more of each; ${program} --version tells the version.`,
    'Exit status: 0 done; 1 done, but errors were found or a file is damaged; 2 wrong usage or unreadable file.',
  ].join('\n');
}

/** Runs the program with its arguments and answers the exit status. */
async function run(args: readonly string[], output: Output): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    output.line(overview());
    return 0;
  }
  if (name === '--version' || name === '-v' || name === '-V') {
    output.line(`${program} ${manifest.version}`);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const said = name === undefined ? 'a command is needed' : `there is no command '${name}'`;
    output.complain(`${said}; ${program} --help lists them`);
    return 2;
  }
  output.speaker = `${program} ${command.name}`;
  if (rest.includes('--help') || rest.includes('-h')) {
    output.line(command.help);
    return 0;
  }
  try {
    return await command.run(rest, output);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    output.flush();
    output.complain(error.message);
    for (const line of error.below) output.remark(line);
    return error.status;
  }
}

// Whoever reads our output may have enough before we are done, as `head` does: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});

const output = new Output(process.stdout, process.stderr);
process.exitCode = await run(process.argv.slice(2), output);
output.flush();
