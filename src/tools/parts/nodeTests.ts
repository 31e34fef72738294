/** Runs test files under node:test and reports what failed. */
import { once, setMaxListeners } from 'node:events';
import { run as runTests } from 'node:test';
import path from 'node:path';
import { inspect } from 'node:util';
import { root } from '../paths.js';
import type { PartOutcome } from './part.js';

export interface NodeTestOptions {
  readonly files: readonly string[];
  /** How many files run at a time. */
  readonly concurrency: number;
  /** For one file. */
  readonly timeoutSeconds: number;
  /** Seen by the test files. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs each file in a process of its own and waits for all. */
export async function runNodeTests(options: NodeTestOptions): Promise<PartOutcome> {
  if (options.files.length === 0)
    return { passed: 0, failed: 1, skipped: 0, report: 'There are no test files.' };
  const abort = new AbortController();
  // Each file's process listens.
  setMaxListeners(0, abort.signal);
  process.once('exit', () => {
    abort.abort();
  });
  // The children read TypeScript, as this process does.
  const environment = { ...options.env, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import tsx` };
  return withEnvironment(environment, async () => {
    const events = runTests({
      files: [...options.files],
      concurrency: options.concurrency,
      timeout: options.timeoutSeconds * 1000,
      signal: abort.signal,
    });
    return collect(events);
  });
}

async function collect(events: ReturnType<typeof runTests>): Promise<PartOutcome> {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const report: string[] = [];
  events.on('test:stdout', ({ message }) => process.stdout.write(message));
  events.on('test:stderr', ({ message }) => process.stderr.write(message));
  events.on('test:pass', ({ details, name, skip }) => {
    if (details.type === 'suite') return;
    if (skip === undefined || skip === false) passed++;
    else {
      skipped++;
      report.push(`skipped: ${name} (${typeof skip === 'string' && skip !== '' ? skip : 'no reason given'})`);
    }
  });
  events.on('test:fail', ({ details, name, file }) => {
    // Failed only because of tests inside it, which are reported themselves.
    const inherited = failureKind(details.error) === 'subtestsFailed';
    if (details.type !== 'suite' || !inherited) failed++;
    if (inherited) return;
    // No line: tsx has moved the code, and the error below names the right one.
    const place = file === undefined ? '' : `${path.relative(root, file)}: `;
    report.push(`${place}${name}\n${inspect(details.error.cause, { depth: 6 })}\n`);
  });
  await once(events.resume(), 'end');
  return { passed, failed, skipped, report: report.join('\n') };
}

/** node:test's own word for why a test failed. */
function failureKind(error: Error): string {
  return 'failureType' in error && typeof error.failureType === 'string' ? error.failureType : '';
}

/** node:test starts its children with this process's environment and takes no other. */
async function withEnvironment<T>(
  added: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = new Map(Object.keys(added).map((name) => [name, process.env[name]]));
  Object.assign(process.env, added);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
