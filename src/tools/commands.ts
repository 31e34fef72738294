/** What `node src/tools/run.mjs` can do; package.json names these. */
import { ToolFailure } from './failure.js';
import { thousands } from './progress.js';

/** Runs with the words after the command's name and returns the exit status. */
type Command = (args: readonly string[]) => Promise<number>;

/** Each loads its own modules, so that a start does not wait for those of the others. */
const commands: Readonly<Record<string, Command>> = {
  start: async (args) => (await import('./start.js')).startCommand(args),
  test: async (args) => (await import('./test.js')).testCommand(args),
  build: async () => {
    const { bundleProduct } = await import('./bundle.js');
    for (const [name, size] of await bundleProduct('development'))
      console.log(`${name}  ${thousands(size)} bytes`);
    return 0;
  },
  watch: async () => {
    await (await import('./bundle.js')).watchProduct();
    return new Promise(() => undefined);
  },
  package: async () => {
    const { packExtension } = await import('./pack.js');
    const { file, size } = await packExtension();
    console.log(`${file}  ${thousands(size)} bytes`);
    return 0;
  },
  bench: async (args) => (await import('./bench/bench.js')).benchCommand(args),
  golden: async () => {
    await import('./golden.js');
    return 0;
  },
  generate: async () => {
    const { writeGenerated } = await import('./generate.js');
    for (const file of writeGenerated()) console.log(`wrote ${file}`);
    return 0;
  },
};

/** Runs the command that the first word names. Says in a sentence what a developer can mend. */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [name = '', ...args] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.error(`There is no command "${name}". Known: ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  try {
    return await command(args);
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    console.error(error.message);
    return 1;
  }
}
