/**
 * Writes filters.json: which packets tshark finds with the filters of filterCases.ts. Run where Wireshark's command
 * line is installed: node --import tsx test/golden/makeFilters.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { captureFolder } from './captures.js';
import { filterGroups } from './filterCases.js';
import type { FilterGolden } from './filters.js';

/** Each packet by itself, numbers as they are on the wire, Cilium's port known: as we see packets. */
const settings = [
  'tcp.desegment_tcp_streams:FALSE',
  'tcp.relative_sequence_numbers:FALSE',
  'ip.defragment:FALSE',
  'ipv6.defragment:FALSE',
];

/** A Lua string of any text. */
const lua = (text: string): string => `"${[...Buffer.from(text)].map((byte) => `\\${byte}`).join('')}"`;

/** Prints, for each filter, `number R` when it is refused, else `number packet` for each packet that passes. */
const script = (filters: readonly string[]): string => `
for number, filter in ipairs({${filters.map(lua).join(',\n')}}) do
  local taken, listener = pcall(Listener.new, 'frame', filter)
  if taken then
    listener.packet = function(packet) print(number .. ' ' .. packet.number) end
  else
    print(number .. ' R')
  end
end`;

/** By filter: numbers of the packets that pass; null when tshark refuses the filter. */
function found(capture: string, filters: readonly string[]): Record<string, readonly number[] | null> {
  const folder = mkdtempSync(path.join(tmpdir(), 'filters-'));
  try {
    const file = path.join(folder, 'filters.lua');
    writeFileSync(file, script(filters));
    const { stdout, error } = spawnSync(
      'tshark',
      [
        ...['-n', '-q', '-r', path.join(captureFolder, capture), '-d', 'udp.port==8472,vxlan'],
        ...settings.flatMap((one) => ['-o', one]),
        ...['-X', `lua_script:${file}`],
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, TZ: 'UTC', XDG_CONFIG_HOME: '/nonexistent' },
        maxBuffer: 1 << 28,
      },
    );
    if (error) throw error;
    const results: (number[] | null)[] = filters.map(() => []);
    for (const [, number, packet] of stdout.matchAll(/^(\d+) (R|\d+)$/gm)) {
      if (packet === 'R') results[Number(number) - 1] = null;
      else results[Number(number) - 1]?.push(Number(packet));
    }
    return Object.fromEntries(filters.map((filter, at) => [filter, results[at] ?? null]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const byCapture = new Map<string, string[]>();
for (const { captures, filters } of filterGroups)
  for (const capture of captures) byCapture.set(capture, [...(byCapture.get(capture) ?? []), ...filters]);
const golden: Record<string, Record<string, readonly number[] | null>> = {};
for (const [capture, filters] of byCapture) {
  golden[capture] = found(capture, filters);
  console.log(`${capture}: ${filters.length} filters`);
}
const lines = Object.entries(golden satisfies FilterGolden).map(([capture, its]) => {
  const rows = Object.entries(its).map(
    ([filter, numbers]) => `    ${JSON.stringify(filter)}: ${JSON.stringify(numbers)}`,
  );
  return `  ${JSON.stringify(capture)}: {\n${rows.join(',\n')}\n  }`;
});
writeFileSync(path.join(import.meta.dirname, 'filters.json'), `{\n${lines.join(',\n')}\n}\n`);
