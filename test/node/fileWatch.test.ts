import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs, { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { watchFile, type FileWatch } from '../../src/node/fileWatch.js';

const folder = mkdtempSync(path.join(tmpdir(), 'file-watch-'));
after(() => {
  rmSync(folder, { recursive: true });
});

let watching: FileWatch | undefined;
afterEach(() => {
  watching?.close();
});

/** Watches a new file and counts. */
async function watched(name: string) {
  const file = path.join(folder, name);
  writeFileSync(file, 'start');
  // What is still to be told of the making of the file belongs to no test.
  await pause(50);
  let calls = 0;
  let last = 0;
  watching = watchFile(file, () => {
    calls++;
    last = performance.now();
  });
  await pause(150);
  calls = 0;
  return { file, count: () => calls, last: () => last };
}

/** Waits until something holds, for some seconds at most. */
async function until(holds: () => boolean, patience = 8000): Promise<number> {
  const start = performance.now();
  while (!holds() && performance.now() - start < patience) await pause(5);
  assert.ok(holds(), `not within ${patience} ms`);
  return performance.now() - start;
}

/** What the system's own watching is replaced by. */
function withWatch(t: TestContext, how: () => fs.FSWatcher): void {
  t.mock.method(fs, 'watch', how);
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

for (const [kind, change] of [
  [
    'grows',
    (file: string) => {
      appendFileSync(file, 'more');
    },
  ],
  [
    'is deleted',
    (file: string) => {
      rmSync(file);
    },
  ],
  [
    'is replaced',
    (file: string) => {
      writeFileSync(`${file}.new`, 'other');
      renameSync(`${file}.new`, file);
    },
  ],
] as const) {
  test(`a file that ${kind} is told`, async () => {
    const { file, count } = await watched(`${kind.replaceAll(' ', '-')}.pcap`);
    change(file);
    await until(() => count() > 0);
  });

  describe('without the system telling', () => {
    for (const [system, how] of [
      [
        'cannot watch',
        () => {
          throw new Error('ENOSYS');
        },
      ],
      ['says nothing', () => Object.assign(new fs.Stats(), { on: () => 0, close: () => 0 }) as never],
    ] as const)
      test(`a file that ${kind} is found where the system ${system}`, async (t) => {
        withWatch(t, how);
        const { file, count } = await watched(`${kind}-${system}.pcap`.replaceAll(' ', '-'));
        change(file);
        await until(() => count() > 0);
      });
  });
}

test('after a change that the system did not tell, looks are frequent', async (t) => {
  withWatch(t, () => Object.assign(new fs.Stats(), { on: () => 0, close: () => 0 }) as never);
  const { file, count } = await watched('silent.pcap');
  appendFileSync(file, 'a');
  await until(() => count() === 1);
  const waits: number[] = [];
  for (let change = 2; change <= 4; change++) {
    appendFileSync(file, 'more');
    waits.push(await until(() => count() >= change));
  }
  // Three looks at a second each would take longer, even on a machine that has much to do.
  assert.ok(Math.min(...waits) < 600, waits.join(' '));
});

test('many changes are told at most ten times a second, and the last one is told', async () => {
  const { file, count, last } = await watched('busy.pcap');
  const start = performance.now();
  while (performance.now() - start < 1000) {
    appendFileSync(file, 'x');
    await pause(2);
  }
  const end = performance.now();
  appendFileSync(file, 'x');
  const seconds = (performance.now() - start) / 1000;
  const before = count();
  assert.ok(before >= 2 && before <= seconds * 10 + 2, `${before} in ${seconds} s`);
  await until(() => last() >= end);
});

test('nothing is told after closing, nor of other files', async () => {
  const { file, count } = await watched('quiet.pcap');
  writeFileSync(`${file}.other`, 'x');
  await pause(300);
  assert.equal(count(), 0);
  watching?.close();
  appendFileSync(file, 'more');
  await pause(400);
  assert.equal(count(), 0);
});

test('a watch does not keep a program running', () => {
  const file = path.join(folder, 'idle.pcap');
  writeFileSync(file, 'x');
  const module = path.resolve(import.meta.dirname, '../../src/node/fileWatch.ts');
  const program = `import { watchFile } from ${JSON.stringify(module)}; watchFile(${JSON.stringify(file)}, () => {}); console.log('on');`;
  const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(out, 'on\n');
});
