import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { withTemporaryFolder } from '../../src/tools/temporary.js';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs a test file the way `npm test` does, in a process of its own: node:test does not run inside itself. */
async function outcomeOf(source: string): Promise<{ counts: number[]; report: string }> {
  return withTemporaryFolder((folder) => {
    const file = path.join(folder, 'sample.test.ts');
    writeFileSync(file, source);
    // A file and not -e: node:test hands the options of its own process down to the test files.
    const runner = path.join(folder, 'runner.ts');
    const tools = path.join(root, 'src/tools/parts/nodeTests.ts');
    writeFileSync(
      runner,
      `import { runNodeTests } from ${JSON.stringify(tools)};
      const files = [${JSON.stringify(file)}];
      runNodeTests({ files, concurrency: 1, timeoutSeconds: 10, env: { GREETING: 'hello' } }).then((outcome) => {
        console.log('\\n' + JSON.stringify(outcome));
      });`,
    );
    const env = { ...process.env };
    delete env['NODE_TEST_CONTEXT'];
    const printed = execFileSync(process.execPath, ['--import', 'tsx', runner], {
      cwd: root,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const line = printed.trimEnd().split('\n').at(-1) ?? '';
    const { passed, failed, skipped, report } = JSON.parse(line) as Record<string, number> & {
      report: string;
    };
    return Promise.resolve({ counts: [passed ?? -1, failed ?? -1, skipped ?? -1], report });
  });
}

test('passes, failures and skips are counted, failures told in full', async () => {
  const { counts, report } = await outcomeOf(`
    import assert from 'node:assert/strict';
    import { describe, test } from 'node:test';
    test('good', () => assert.equal(process.env['GREETING'], 'hello'));
    test.skip('left out', () => undefined);
    describe('group', () => {
      test('also good', () => undefined);
      test('bad', () => assert.equal(1 as number, 2, 'one is not two'));
    });`);
  assert.deepEqual(counts, [2, 1, 1]);
  assert.match(report, /sample\.test\.ts: bad/);
  assert.match(report, /one is not two/);
  assert.match(report, /skipped: left out/);
});

test('a file that cannot be loaded has failed', async () => {
  const { counts } = await outcomeOf(`throw new Error('at load');`);
  assert.deepEqual(counts, [0, 1, 0]);
});

test('a file that never ends has failed', async () => {
  const { counts } = await outcomeOf(`
    import { test } from 'node:test';
    test('hangs', () => new Promise(() => setInterval(() => undefined, 1000)));`);
  assert.equal(counts[0], 0);
  assert.ok((counts[1] ?? 0) > 0);
});
