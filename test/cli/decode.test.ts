import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { bytesFromHex } from '../../src/core/base/bytes.js';
import { captureFolder, captureGolden } from '../golden/captures.js';
import { concat, pcapFile, pcapHeader, somePackets } from '../core/capture/build.js';
import { decode } from '../../src/cli/decode.js';
import { buildProgram, inProcess, type Program } from './program.js';

/** One line of `decode --json`. */
interface Packet {
  readonly number: number;
  /** Absent on packets without a time stamp. */
  readonly time?: string;
  readonly length: number;
  readonly captured: number;
  readonly interface?: number;
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly info: string;
  readonly layers: readonly Node[];
}

interface Node {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly start: number;
  readonly length: number;
  readonly generated?: boolean;
  readonly fields?: readonly Node[];
}

let program: Program;
const folder = mkdtempSync(path.join(tmpdir(), 'decode-'));
before(async () => {
  program = await buildProgram();
});
after(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

const fixture = (name: string): string => path.join(captureFolder, name);

function made(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

function packets(out: string): Packet[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Packet);
}

describe('decode --json', () => {
  for (const [name, golden] of Object.entries(captureGolden)) {
    test(name, async () => {
      const { status, out, err } = await inProcess(decode, [fixture(name), '--json']);
      const read = packets(out);
      assert.ok(read.length >= golden.packets.length, `${read.length} of ${golden.packets.length} packets`);
      assert.deepEqual(
        read.map(({ number }) => number),
        read.map((_, at) => at + 1),
      );
      for (const [at, [time, wire, captured, id]] of golden.packets.entries()) {
        const packet = read[at];
        assert.ok(packet);
        assert.deepEqual([packet.length, packet.captured], [wire, captured]);
        if (time === '') assert.ok(!('time' in packet));
        else assert.equal(packet.time?.padEnd(String(time).length, '0'), time);
        if (id !== null) assert.equal(packet.interface, id);
        checkNodes(packet.layers, packet.captured);
      }
      assert.equal(status, name.startsWith('damaged') ? 1 : 0);
      assert.match(
        err,
        name.startsWith('damaged')
          ? /^cilium-lens: \S+ is damaged after packet [\d,]+: At offset [\d,]+ .*\n$/
          : /^$/,
      );
    });
  }

  function checkNodes(nodes: readonly Node[], captured: number): void {
    for (const node of nodes) {
      assert.equal(typeof node.label, 'string');
      assert.ok(node.start >= 0 && node.start + node.length <= captured, `${node.name} lies in the packet`);
      if (node.generated) assert.equal(node.length, 0);
      checkNodes(node.fields ?? [], captured);
    }
  }

  test('has the members of the contract, and no frame layer', () => {
    const [packet] = packets(program.run(['decode', fixture('nano.pcap'), '--json', '--count', '1']).out);
    assert.ok(packet);
    assert.deepEqual(Object.keys(packet), [
      'number',
      'time',
      'length',
      'captured',
      'interface',
      'protocol',
      'source',
      'destination',
      'info',
      'layers',
    ]);
    assert.match(packet.time ?? '', /^\d+\.\d{9}$/);
    assert.equal(packet.layers[0]?.name, 'sll');
  });
});

describe('decode', () => {
  test('prints a line for each packet', () => {
    const { status, out } = program.run(['decode', fixture('vxlan.pcap')]);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, 10);
    assert.equal(
      lines[0],
      '    1    0.000000 192.168.203.3 → 192.168.203.5 ICMP 148 Echo (ping) request  id=0x050c, seq=1/256, ttl=64',
    );
    assert.equal(status, 0);
  });

  test('--from and --count choose packets', () => {
    const numbers = (...options: string[]) =>
      packets(program.run(['decode', fixture('dns.pcap'), '--json', ...options]).out).map(
        ({ number }) => number,
      );
    assert.deepEqual(numbers('--from', '14'), [14, 15, 16]);
    assert.deepEqual(numbers('--from', '3', '--count', '2'), [3, 4]);
    assert.deepEqual(numbers('--from=17'), []);
  });

  test('times of a piece still count from the first packet', () => {
    const whole = program.run(['decode', fixture('dns.pcap')]).out.split('\n');
    const piece = program.run(['decode', fixture('dns.pcap'), '--from', '5', '--count', '1']).out;
    assert.equal(piece, `${whole[4] ?? ''}\n`);
  });

  test('--fields prints values as tshark does', (t) => {
    const names = ['frame.number', 'ip.src', 'ip.addr', 'udp.port', 'ip.ttl', 'arp.opcode'];
    const ours = program.run(['decode', fixture('vxlan.pcap'), '--fields', names.join(',')]);
    assert.equal(ours.status, 0);
    assert.equal(
      ours.out.split('\n')[0],
      '1\t192.168.203.1,192.168.203.3\t192.168.203.1,192.168.202.1,192.168.203.3,192.168.203.5\t45149,4789\t64,64\t',
    );
    const tshark = spawnSync(
      'tshark',
      ['-n', '-r', fixture('vxlan.pcap'), '-T', 'fields', ...names.flatMap((name) => ['-e', name])],
      { encoding: 'utf8' },
    );
    if (tshark.error) t.diagnostic('tshark is not installed: not compared with it');
    else assert.equal(ours.out, tshark.stdout);
  });

  test('nothing from a packet reaches the terminal raw', () => {
    for (const name of ['dns.pcap', 'sip.pcap', 'stp-lldp-cdp.pcap', 'malformed-bgp.pcap']) {
      const { out } = program.run(['decode', fixture(name)]);
      assert.doesNotMatch(out.replaceAll('\n', ''), /\p{Cc}/u);
    }
  });

  test('standard input is read as a stream', () => {
    for (const name of [
      'dns.pcap',
      'pcapng-le-all.pcapng',
      'nano-be.pcap',
      'damaged-tls.pcap',
      'damaged-cut.pcap',
    ]) {
      const file = program.run(['decode', fixture(name), '--json']);
      const stream = program.run(['decode', '-', '--json'], readFileSync(fixture(name)));
      assert.equal(stream.out, file.out);
      assert.equal(stream.status, file.status);
      assert.equal(stream.err, file.err.replace(fixture(name), 'standard input'));
    }
  });

  test('a live capture is printed as it comes', async () => {
    const bytes = pcapFile(somePackets(2));
    const child = spawn(process.execPath, [program.file, 'decode', '-'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.write(bytes.subarray(0, 24 + 16 + 20));
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    assert.match(first.toString(), /^ {4}1 /);
    child.stdin.end(bytes.subarray(24 + 16 + 20));
    const [status] = (await once(child, 'close')) as [number];
    assert.equal(status, 0);
  });

  test('a reader that has had enough is no error', async () => {
    const file = made('many.pcap', pcapFile(Array.from({ length: 40 }, () => somePackets(200)).flat()));
    const child = spawn(process.execPath, [program.file, 'decode', file, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status] = (await once(child, 'close')) as [number];
    assert.deepEqual([status, err], [0, '']);
  });
});

describe('decode refuses', () => {
  const refusals: readonly { readonly args: readonly string[]; readonly says: RegExp }[] = [
    { args: ['decode'], says: /^cilium-lens decode: one FILE is needed\.\n$/ },
    { args: ['decode', 'a', 'b'], says: /one FILE is needed/ },
    { args: ['decode', 'a', '--nonsense'], says: /^cilium-lens decode: unknown option '--nonsense'\.\n$/ },
    { args: ['decode', 'a', '--from', '0'], says: /--from takes a whole number from 1, not '0'/ },
    { args: ['decode', 'a', '--count=-3'], says: /--count takes a whole number from 1, not '-3'/ },
    { args: ['decode', 'a', '--json', '--fields', 'ip.src'], says: /exclude each other/ },
    {
      args: ['decode', fixture('dns.pcap'), '--fields', 'ip.source'],
      says: /there is no field 'ip\.source'/,
    },
    {
      args: ['decode', fixture('dns.pcap'), '--filter', 'udp and ip.src == 80'],
      says: /^cilium-lens decode: --filter: ip\.src is an IPv4 address; 80 is a number\.\n {2}udp and ip\.src == 80\n {20}\^~\n$/,
    },
    {
      args: ['decode', fixture('dns.pcap'), '--filter', 'ip.tll == 3'],
      says: /: There is no field 'ip\.tll'\. Did you mean ip\.ttl/,
    },
    {
      args: ['decode', 'a', '--decode-as=udp.port==1,vxlan'],
      says: /--decode-as is not in this version yet/,
    },
    { args: ['decode', 'a', '--reassemble'], says: /--reassemble is not in this version yet/ },
    { args: ['decode', path.join(folder, 'absent.pcap')], says: /absent\.pcap is not there/ },
    { args: ['decode', folder], says: / is a folder\.\n$/ },
    {
      args: ['decode', made('packed.pcap', bytesFromHex('504b0304 14000000 0800'))],
      says: /packed\.pcap looks like a zip archive\. Unpack it first/,
    },
    { args: ['decode', fixture('dns.pcap'), '--fields', ','], says: /--fields has an empty name\.\n$/ },
    { args: ['decode', fixture('dns.pcap'), '--fields', ''], says: /--fields has an empty name\.\n$/ },
    {
      args: ['decode', made('one.pcap', Uint8Array.of(120))],
      says: /one\.pcap is 1 byte long, too short to be a capture\.\n$/,
    },
    { args: ['undo'], says: /there is no command 'undo'/ },
    { args: [], says: /a command is needed/ },
  ];
  for (const { args, says } of refusals) {
    test(args.map((arg) => path.basename(arg)).join(' ') || 'no arguments', () => {
      const { status, out, err } = program.run(args);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.match(err, says);
      // Below a mistake in a filter stand the filter and a mark.
      assert.equal(err.split('\n').length, args.includes('--filter') ? 4 : 2, 'lines');
    });
  }

  test('but not a gzip archive: it is unpacked', () => {
    const archive = program.run(['decode', '--json', fixture('gzip.pcap.gz')]);
    const plain = made('unpacked.pcap', gunzipSync(readFileSync(fixture('gzip.pcap.gz'))));
    assert.equal(archive.status, 0);
    assert.equal(archive.out, program.run(['decode', '--json', plain]).out);
    const cut = made('cut.pcap.gz', readFileSync(fixture('gzip.pcap.gz')).subarray(0, 1500));
    const { status, out, err } = program.run(['decode', cut]);
    assert.equal(status, 1);
    assert.ok(out.split('\n').length > 5);
    assert.match(err, /cut off/);
  });

  test('an empty file, with a message', () => {
    const { status, err } = program.run(['decode', made('empty.pcap', new Uint8Array(0))]);
    assert.equal(status, 2);
    assert.match(err, /empty\.pcap is empty\.\n$/);
  });
});

test('a header without packets is a capture without packets', () => {
  const { status, out } = program.run(['decode', made('none.pcap', pcapHeader()), '--json']);
  assert.deepEqual([status, out], [0, '']);
});

test('damage in the middle: what comes before and after is printed, one line says where', () => {
  const [head, tail] = [
    pcapFile(somePackets(3)),
    pcapFile(somePackets(6)).subarray(pcapFile(somePackets(3)).length),
  ];
  const file = made('middle.pcap', concat([head, new Uint8Array(64).fill(0xff), tail]));
  const { status, out, err } = program.run(['decode', file, '--json']);
  assert.equal(status, 1);
  assert.equal(packets(out).length, 6);
  assert.match(
    err,
    /^cilium-lens decode: \S+middle\.pcap is damaged after packet 3: At offset 135 .* 64 bytes are left out; packets go on at offset 199\.\n$/,
  );
});

test('help is on standard output, for the program and each command', () => {
  for (const args of [['--help'], ['-h'], ['help'], ['decode', '--help'], ['info', '-h']]) {
    const { status, out, err } = program.run(args);
    assert.deepEqual([status, err], [0, '']);
    assert.match(out, /^Usage: cilium-lens /);
  }
  const { out } = program.run(['decode', '--help']);
  for (const option of ['--filter', '--json', '--fields', '--from', '--count'])
    assert.ok(out.includes(option));
  assert.doesNotMatch(out, /--reassemble|--decode-as/);
});
