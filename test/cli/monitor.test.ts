import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
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

describe('a log that is still being written', () => {
  for (const options of [[], ['--json'], ['--explain']]) {
    test(`lines come out as they come in ${options.join(' ')}`, async () => {
      const child = spawn(process.execPath, [program.file, 'monitor', '-', ...options]);
      let out = '';
      const shows = (words: string): Promise<void> =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            if (out.includes(words)) resolve();
          };
          child.stdout.on('data', look);
          child.once('exit', () => {
            reject(new Error(`ended without ${words}`));
          });
          look();
        });
      child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
      child.stdin.write('CPU 01: Lost 3,333 events\nCPU 01: Lost 3333 events\n');
      // The next line is written only once the one before was read: held back, this would wait for ever.
      await shows('3333');
      child.stdin.write(`CPU 02: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=4444\nCPU 02: Lo`);
      await shows('4444');
      child.stdin.end('st 5555 events');
      const status = await new Promise((resolve) => child.once('exit', resolve));
      assert.equal(status, 0);
      assert.match(out, /5555/);
    });
  }

  test('a layer has the number of its event before the header line below it comes', async () => {
    const child = spawn(process.execPath, [program.file, 'monitor', '-', '--json']);
    child.stdin.write('Ethernet\t{Contents=[..14..] Payload=[..86..] EthernetType=IPv4 Length=0}\n');
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    child.stdin.end(
      'CPU 03: MARK 0x0 FROM 385 to-network: 98 bytes (98 captured), state new, orig-ip 0.0.0.0\n',
    );
    const [second] = (await once(child.stdout, 'data')) as [Buffer];
    assert.deepEqual(
      [first, second].map((piece) => parsed(piece.toString())[0]?.event),
      [1, 1],
    );
  });
});

describe('--explain', () => {
  const explained = (lines: string): string => {
    const { status, out, err } = program.run(['monitor', '-', '--explain'], lines);
    assert.equal(status, 0);
    assert.equal(err, '');
    return out;
  };
  const debug = (message: string): string => `CPU 03: MARK 0x0 FROM 1580 DEBUG: ${message}\n`;

  test('advises by the value', () => {
    assert.match(explained(debug('CT verdict: New, revnat=0')), /Next: .*its entry is missing/);
    assert.doesNotMatch(explained(debug('CT verdict: Reply, revnat=0')), /Next:/);
    assert.match(explained(debug('Socket assign: invalid argument')), /Socket assign failed/);
    assert.doesNotMatch(explained(debug('Socket assign: Success')), /Socket assign failed/);
    assert.match(explained(debug('Tunnel decap: id=2 flowlabel=0')), /stale identity/);
    assert.doesNotMatch(explained(debug('Tunnel decap: id=3352 flowlabel=0')), /stale identity/);
  });

  test('asks for identities by their number', () => {
    const drop = 'xx drop (Policy denied) flow 0x0 to endpoint 0, , identity world->unknown: [unknown]\n';
    assert.match(explained(drop), /cilium(?:-dbg)? identity get 2\b/);
  });

  test('names the tool as the versions of the line do', () => {
    const tail = ', identity 3352->2: 10.0.0.85:41318 -> 192.0.2.1:80 tcp SYN\n';
    const old = explained(`xx drop (Policy denied) flow 0x0 to endpoint 7${tail}`);
    const young = explained(
      `xx drop (Policy denied) flow 0x0 to endpoint 7, ifindex 26, file bpf_lxc.c:1965, ${tail}`,
    );
    assert.match(old, /Next: cilium monitor -t policy-verdict --related-to 7/);
    assert.doesNotMatch(old, /cilium-dbg/);
    assert.match(young, /Next: cilium-dbg monitor -t policy-verdict --related-to 7/);
  });

  test('shows tabs as they are, and a mark between a value and its meaning', () => {
    const out = explained('Ethernet\t{Contents=[..14..] EthernetType=IPv4 Length=0}\n');
    assert.match(out, /^1 {2}Ethernet\t\{/);
    assert.match(explained(debug('CT verdict: New, revnat=0')), /^ +revnat=0: no service translation/m);
  });
});

describe('bad input', () => {
  test('a stray zero byte is told once, and reading goes on', () => {
    const lines = ['CPU 01: Lost 3 events', 'CPU 02: L\0ost 4 events', 'CPU 03: Lost 5\0 events'];
    const { status, out, err } = program.run(['monitor', '-', '--json'], lines.join('\n'));
    assert.equal(status, 0);
    assert.deepEqual(
      parsed(out).map(({ kind }) => kind),
      ['lost', 'unknown', 'unknown'],
    );
    assert.match(
      err,
      /^cilium-lens monitor: standard input: there is a zero byte in line 2, column 10; reading goes on\.\n$/,
    );
  });

  const cases: readonly (readonly [name: string, args: () => string[], says: RegExp])[] = [
    ['no file named', () => ['monitor'], /a FILE is needed/],
    ['two files', () => ['monitor', seed, seed], /one FILE at a time/],
    ['a wrong option', () => ['monitor', seed, '--colour'], /colour/],
    ['a missing file', () => ['monitor', path.join(folder, 'none.log')], /none\.log is not there\.\n$/],
    ['a folder', () => ['monitor', folder], / is a folder\.\n$/],
    ['an empty file', () => ['monitor', made('empty.log', '')], /empty\.log is empty\.\n$/],
    [
      'a binary file',
      () => ['monitor', made('a.bin', Uint8Array.of(0xd4, 0xc3, 0, 0, 0))],
      /a\.bin is not a text: 3 of its first 5 bytes are zero\.\n$/,
    ],
    [
      'an archive',
      () => ['monitor', made('a.gz', gzipSync(readFileSync(seed)))],
      /looks like a gzip archive, not like a text/,
    ],
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
