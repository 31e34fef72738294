/** What all commands have in common. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildProgram, type Program } from './program.js';

const names = ['decode', 'info', 'monitor', 'lint'];

let program: Program;
const folder = mkdtempSync(path.join(tmpdir(), 'main-'));
before(async () => {
  program = await buildProgram();
});
after(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

test('--version tells the version of the package', () => {
  const { version } = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { version: string };
  const { status, out, err } = program.run(['--version']);
  assert.deepEqual([status, out, err], [0, `cilium-lens ${version}\n`, '']);
});

test('an empty file, empty standard input, and what is not there: the same words and status in every command', () => {
  const empty = path.join(folder, 'empty');
  writeFileSync(empty, '');
  const missing = path.join(folder, 'missing');
  for (const name of names) {
    for (const [operand, says] of [
      [empty, `${empty} is empty.`],
      ['-', 'standard input is empty.'],
      [missing, `${missing} is not there.`],
      [folder, `${folder} is a folder.`],
    ] as const) {
      const { status, out, err } = program.run([name, operand]);
      assert.deepEqual([status, out, err], [2, '', `cilium-lens ${name}: ${says}\n`]);
    }
  }
});

test('every complaint is one sentence of its command, with a full stop', () => {
  for (const args of [
    [],
    ['undo'],
    ...names.flatMap((name) => [[name], [name, '--nonsense'], [name, process.execPath]]),
  ]) {
    const { status, err } = program.run(args);
    assert.equal(status, 2, args.join(' '));
    const command = names.find((name) => name === args[0]);
    const start = command === undefined ? 'cilium-lens: ' : `cilium-lens ${command}: `;
    assert.ok(err.startsWith(start), err);
    assert.match(err, /[^.]\.\n$/);
    assert.equal(err.trimEnd().split('\n').length, 1, err);
  }
});
