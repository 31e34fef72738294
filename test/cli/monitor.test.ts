import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildProgram, type Program } from './program.js';

const seed = path.resolve(import.meta.dirname, '../fixtures/logs/seed-node2.monitor.log');
const folder = mkdtempSync(path.join(tmpdir(), 'monitor-'));
let program: Program;
before(async () => {
  program = await buildProgram();
});
after(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

function made(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** One line of `monitor --json`. */
interface Line {
  readonly line: number;
  readonly kind: string;
  readonly type?: string;
  readonly cpu?: number;
  readonly text?: string;
  readonly event?: number;
  readonly explain?: string;
}

function parsed(out: string): Line[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('monitor --json', () => {
  test('the first line of the seed is as the contract says', () => {
    const { status, out, err } = program.run(['monitor', seed, '--json']);
    assert.equal(status, 0);
    assert.equal(err, '');
    assert.equal(
      out.split('\n')[0],
      '{"line":1,"kind":"debug","type":"ct-lookup-tuple","cpu":3,"mark":0,"endpoint":1580,"fields":{"source":"10.0.0.85:3072","destination":"10.0.1.124:0"},"event":1}',
    );
  });

  test('an object for each line, and a packet shares the event of its header', () => {
    const lines = parsed(program.run(['monitor', '--json', seed]).out);
    assert.deepEqual(
      lines.map(({ line }) => line),
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
    assert.deepEqual(
      lines.filter(({ event }) => event === 5).map(({ kind }) => kind),
      ['dissect', 'dissect', 'dissect', 'decode-error', 'trace'],
    );
  });

  test('unknown lines carry their text, blank ones nothing', () => {
    const file = made('some.log', `hello\r\n\r\n${readFileSync(seed, 'utf8')}`);
    const [first, second] = parsed(program.run(['monitor', '--json', file]).out);
    assert.deepEqual(first, { line: 1, kind: 'unknown', text: 'hello' });
    assert.equal(second?.kind, 'blank');
  });

  test('standard input, a missing last line end, UTF-16 of PowerShell', () => {
    const text = 'CPU 01: Lost 3 events\r\nCPU 02: Lost 4 events';
    for (const input of [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
    ]) {
      const { status, out } = program.run(['monitor', '-', '--json'], input);
      assert.equal(status, 0);
      assert.deepEqual(
        parsed(out).map(({ kind, cpu }) => [kind, cpu]),
        [
          ['lost', 1],
          ['lost', 2],
        ],
      );
    }
  });
});

describe('monitor', () => {
  test('a row for each line', () => {
    const { status, out } = program.run(['monitor', seed]);
    assert.equal(status, 0);
    assert.equal(out.trimEnd().split('\n').length, 21);
    assert.match(out, /^ +9 {2}#5 +trace to-endpoint +cpu=3 mark=0x0 endpoint=1580 .*state=new/m);
  });

  test('--explain tells what a line means, below it', () => {
    const { status, out } = program.run(['monitor', seed, '--explain']);
    assert.equal(status, 0);
    assert.match(
      out,
      /^9 {2}CPU 03: .*\n {6}Delivered to a local endpoint.*\n {6}The packet was handed to endpoint 1580/m,
    );
    assert.match(out, /This packet: 10\.0\.0\.85 → 10\.0\.1\.124, ICMPv4 EchoRequest, TTL 62/);
    const lines = parsed(program.run(['monitor', seed, '--explain', '--json']).out);
    assert.match(lines[2]?.explain ?? '', /policy will be checked/);
  });

  test('control characters of a log do not reach the terminal', () => {
    const bell = String.fromCharCode(7);
    const file = made('bell.log', `>> Message: ${bell}ding\nwhat${bell}\n`);
    for (const option of ['--json', '--explain', undefined])
      assert.ok(
        !program.run(['monitor', file, ...(option === undefined ? [] : [option])]).out.includes(bell),
      );
  });
});

describe('bad input', () => {
  const cases: readonly (readonly [name: string, args: () => string[], says: RegExp])[] = [
    ['no file named', () => ['monitor'], /a FILE is needed/],
    ['two files', () => ['monitor', seed, seed], /one FILE at a time/],
    ['a wrong option', () => ['monitor', seed, '--colour'], /colour/],
    ['a missing file', () => ['monitor', path.join(folder, 'none.log')], /none\.log: no such file/],
    ['a folder', () => ['monitor', folder], /this is a folder/],
    ['an empty file', () => ['monitor', made('empty.log', '')], /empty\.log: the file is empty/],
    ['a binary file', () => ['monitor', made('a.bin', Uint8Array.of(0xd4, 0xc3, 0, 1))], /byte 2 is zero/],
    ['another text', () => ['monitor', made('b.log', 'hello\nworld\n')], /none of its 2 lines/],
  ];
  for (const [name, args, says] of cases) {
    test(name, () => {
      const { status, err } = program.run(args());
      assert.equal(status, 2);
      assert.match(err, says);
      assert.equal(err.trimEnd().split('\n').length, 1);
    });
  }

  test('a line of 100 MB, then a good one', () => {
    const long = Buffer.alloc(100_000_000, 'x');
    const file = made('long.log', Buffer.concat([long, Buffer.from('\nCPU 01: Lost 3 events\n')]));
    const { status, out } = program.run(['monitor', file, '--json']);
    assert.equal(status, 0);
    const [first, second] = parsed(out);
    assert.equal(first?.kind, 'unknown');
    assert.ok((first.text ?? '').length < 100_000);
    assert.equal(second?.kind, 'lost');
  });

  test('a reader that has enough', async () => {
    const file = made('many.log', 'CPU 01: Lost 3 events\n'.repeat(200_000));
    const child = spawn(process.execPath, [program.file, 'monitor', file, '--json']);
    let err = '';
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.once('exit', resolve));
    assert.equal(status, 0);
    assert.equal(err, '');
  });
});
