import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findProgram, mustRun, run } from '../../src/tools/processes.js';

const node = process.execPath;

test('output and status of a program are told', async () => {
  const good = await run(node, ['-e', 'console.log("out"); console.error("err")'], { timeoutSeconds: 20 });
  assert.equal(good.ok, true);
  assert.match(good.output, /out/);
  assert.match(good.output, /err/);
  const bad = await run(node, ['-e', 'process.exit(3)'], { timeoutSeconds: 20 });
  assert.deepEqual([bad.ok, bad.ended], [false, 'exit status 3']);
});

test('a program that hangs is stopped with what it started', async () => {
  const script = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const { ok, ended, output } = await run(node, ['-e', script], { timeoutSeconds: 2 });
  assert.deepEqual([ok, ended], [false, 'stopped after 2 s']);
  const grandchild = Number(output);
  assert.ok(grandchild > 0);
  // A killed process is there until its new parent has looked at it.
  for (let tries = 0; tries < 50 && isAlive(grandchild); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(isAlive(grandchild), false);
});

test('a program that is not there is an outcome, and a sentence when it is needed', async () => {
  const { ok, ended } = await run('no-such-program-here', [], { timeoutSeconds: 5 });
  assert.equal(ok, false);
  assert.match(ended, /ENOENT/);
  await assert.rejects(
    mustRun('pack it', 'no-such-program-here', [], { timeoutSeconds: 5 }),
    /^ToolFailure: Could not pack it \(.*ENOENT/,
  );
  assert.equal(findProgram('no-such-program-here'), undefined);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
