/** The parts of `npm test` that look at sources: types, lint, format, the bounds of core, generated files. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { neutralBundleErrors } from '../bundle.js';
import { staleFiles } from '../generate.js';
import { vsixLimit } from '../pack.js';
import { dist, root } from '../paths.js';
import { run } from '../processes.js';
import { thousands } from '../progress.js';
import { checked, type Part, type PartOutcome } from './part.js';

const projects = [
  'tsconfig.json',
  'src/core/tsconfig.json',
  'src/webview/tsconfig.json',
  'test/browser/tsconfig.json',
];

export const checks: readonly Part[] = [
  {
    name: 'package',
    title: `Bundles and package, under ${thousands(vsixLimit)} bytes`,
    run: async ({ packed }) => {
      console.log(`  ${thousands((await packed()).size)} bytes`);
      const cli = await run(process.execPath, [path.join(dist, 'cli.js'), '--help'], { timeoutSeconds: 60 });
      return checked(cli.ok ? [] : [`the bundled command line does not start: ${cli.ended}`, cli.output]);
    },
  },
  { name: 'types', title: 'Type check', run: checkTypes },
  {
    name: 'lint',
    title: 'Lint',
    // Without its cache: rules that look at types depend on more than the file they look at.
    run: () => tool(['node_modules/eslint/bin/eslint.js', '.']),
  },
  {
    name: 'format',
    title: 'Format',
    run: () => tool(['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']),
  },
  {
    name: 'core',
    title: 'Core stands on no platform',
    run: async () => checked(await neutralBundleErrors(path.join(root, 'src/core'))),
  },
  {
    name: 'generated',
    title: 'Generated files are fresh',
    run: () =>
      Promise.resolve(checked(staleFiles().map((file) => `${file} is out of date: run "npm run generate"`))),
  },
];

async function checkTypes(): Promise<PartOutcome> {
  const problems: string[] = [];
  for (const project of projects) {
    const { ok, output, ended } = await run(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '-p', project, '--pretty', 'false'],
      { cwd: root, timeoutSeconds: 300 },
    );
    if (!ok) problems.push(`${project}: ${ended}`, output.trimEnd());
  }
  return checked(problems);
}

/** A program of node_modules that prints what it does not like and then ends with a status. */
async function tool(args: readonly string[]): Promise<PartOutcome> {
  const script = path.join(root, args[0] ?? '');
  if (!existsSync(script)) return checked([`${script} is missing: remove node_modules and start again`]);
  const { ok, output, ended } = await run(process.execPath, args, { cwd: root, timeoutSeconds: 600 });
  return checked(ok ? [] : [output.trimEnd(), ended]);
}
