import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { captureFolder, captureGolden } from '../golden/captures.js';
import { buildProgram, type Program } from './program.js';

let program: Program;
before(async () => {
  program = await buildProgram();
});
after(() => {
  program.remove();
});

const fixture = (name: string): string => path.join(captureFolder, name);

/** The first value of each label in a report. */
function rows(out: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of out.split('\n')) {
    const [, label, value] = /^ *([^:]+): +(.*)$/.exec(line) ?? [];
    if (label !== undefined && value !== undefined && !found.has(label)) found.set(label, value);
  }
  return found;
}

/** A number without its separators and unit. */
const bare = (value: string | undefined): string => (value ?? '').replaceAll(',', '').replace(/ .*/, '');

const names = [
  'dns.pcap',
  'nano.pcap',
  'damaged-cut.pcap',
  'kuznetzov.pcap',
  'pcapng-tsresol.pcapng',
  'pcapng-le-all.pcapng',
  'malformed-esp.pcap',
];
for (const name of names) {
  test(`${name} as capinfos has it`, () => {
    const statistics = captureGolden[name]?.statistics;
    assert.ok(statistics);
    const { status, out } = program.run(['info', fixture(name)]);
    assert.equal(status, name.startsWith('damaged') ? 1 : 0);
    const report = rows(out);
    assert.equal(bare(report.get('Number of packets')), String(statistics.packets));
    assert.equal(bare(report.get('Data size')), String(statistics.wireBytes));
    assert.equal(report.get('Strict time order'), statistics.order);
    if (statistics.duration === 'n/a') return;
    assert.equal(bare(report.get('Capture duration')), statistics.duration);
    for (const [label, seconds] of [
      ['First packet time', statistics.earliest],
      ['Last packet time', statistics.latest],
    ] as const) {
      const text = report.get(label) ?? '';
      const whole = Date.parse(text.replace(/\.\d+Z$/, 'Z')) / 1000;
      assert.equal(whole, Number(seconds.split('.')[0]), label);
      assert.equal(/\.(\d+)Z$/.exec(text)?.[1], seconds.split('.')[1], `${label}: fraction`);
    }
  });
}

test('comments, sections and interfaces of a pcapng file are told', () => {
  const { out } = program.run(['info', fixture('pcapng-sections.pcapng')]);
  assert.match(out, /^File encapsulation: +Per packet: Ethernet \(6\), NULL\/Loopback \(2\)$/m);
  assert.match(out, /^Section 3:\n(?: {2}.*\n)+? {2}Capture comment: +test202 SHB-2$/m);
  assert.match(out, /^Interface 0 of section 2:\n {2}Name: +silly ethernet interface 2$/m);
});

test('several files: the worst status, and all that can be read', () => {
  const { status, out, err } = program.run(['info', fixture('dns.pcap'), 'absent.pcap', fixture('arp.pcap')]);
  assert.equal(status, 2);
  assert.equal(out.match(/^File name:/gm)?.length, 2);
  assert.equal(err, 'cilium-lens info: absent.pcap is not there.\n');
});

test('a blank line stands between reports only', () => {
  const { out } = program.run(['info', 'absent.pcap', fixture('dns.pcap'), 'none.pcap', fixture('arp.pcap')]);
  assert.match(out, /^File name:/);
  assert.equal(out.match(/^$/gm)?.length, 2, 'one between the two reports, one behind the last line');
});
