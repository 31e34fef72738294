/**
 * Writes captures.json: what capinfos and tshark say of the records in test/fixtures/captures. Run where Wireshark's
 * command line is installed: node --import tsx test/golden/makeCaptures.ts
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CaptureGolden } from './captures.js';

const folder = path.resolve(import.meta.dirname, '../fixtures/captures');

/** Standard output of a program, whatever its exit status: both print what they could read of damaged files. */
function output(program: string, ...args: string[]): string {
  const { stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return stdout;
}

/** The table of capinfos: numbers bare, times as seconds since the epoch. */
function statistics(file: string): CaptureGolden['statistics'] {
  const table = output('capinfos', '-T', '-M', '-m', '-S', '-c', '-d', '-u', '-a', '-e', '-o', file);
  const [head = '', row] = table.trim().split('\n');
  if (row === undefined) return undefined;
  const cells = row.split(',');
  const cell = (title: string): string => cells[head.split(',').findIndex((name) => name.startsWith(title))] ?? '';
  return {
    packets: Number(cell('Number of packets')),
    wireBytes: Number(cell('Data size')),
    duration: cell('Capture duration'),
    earliest: cell('Start time') || cell('First packet'),
    latest: cell('End time') || cell('Last packet'),
    order: cell('Strict time order'),
  };
}

function packets(file: string): CaptureGolden['packets'] {
  const names = ['frame.time_epoch', 'frame.len', 'frame.cap_len', 'frame.interface_id', 'frame.encap_type'];
  return output('tshark', '-n', '-r', file, '-T', 'fields', ...names.flatMap((name) => ['-e', name]))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
    .flatMap(([time = '', wire = '', captured = '', id = '', encapsulation = '']) =>
      // tshark counts pcapng's custom blocks as packets; they have neither interface nor time.
      id === '' && time === '' ? [] : [[time, Number(wire), Number(captured), id === '' ? null : Number(id), Number(encapsulation)]],
    );
}

const golden: Record<string, CaptureGolden> = {};
for (const name of readdirSync(folder).sort()) {
  if (!/\.p?cap(ng)?$/.test(name)) continue;
  const file = path.join(folder, name);
  golden[name] = { statistics: statistics(file), packets: packets(file) };
}
const lines = Object.entries(golden).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
writeFileSync(path.join(import.meta.dirname, 'captures.json'), `{\n${lines.join(',\n')}\n}\n`);
