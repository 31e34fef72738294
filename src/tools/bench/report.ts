/** What a run of the benchmark is told as: a table in the terminal, a page in the documentation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { root } from '../paths.js';
import { shortCount } from './captures.js';
import { isInstalled, versionOf } from './programs.js';
import { headerFilter, type Results, type Target } from './targets.js';

/** The tables stand between these lines; what is around them is written by hand. */
const [begin, end] = ['<!-- measured: npm run bench -- --write -->', '<!-- end of what was measured -->'];

function rowsOf(lines: readonly Target[], results: Results): string[][] {
  return lines.map(({ what, goal, value }) => {
    const outcome = value(results);
    return [
      what,
      outcome?.text ?? 'not measured',
      goal,
      outcome === undefined ? '' : outcome.met ? 'yes' : 'no',
    ];
  });
}

const head = ['what', 'measured', 'goal', 'reached'];

/** For the terminal, columns aligned. */
export function tableText(lines: readonly Target[], results: Results): string {
  const rows = [head, ...rowsOf(lines, results)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The measured part of docs/performance.md. */
export function pageText(
  lines: readonly Target[],
  results: Results,
  growth: readonly number[],
  runs: number,
): string {
  const { figures } = results;
  const figure = (key: string, name: string, digits = 0): string =>
    figures[key]?.[name]?.toLocaleString('en', { maximumFractionDigits: digits }) ?? '';
  const programs = ['capinfos', 'tshark'].filter(isInstalled).map(versionOf);
  const machine = `${cpus().length} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const grown = growth.map((packets) => {
    const name = `small-${shortCount(packets)}.pcap`;
    return [
      packets.toLocaleString('en'),
      figure(`index ${name}`, 'ms', 1),
      figure(`index ${name}`, 'ratio', 2),
      figure(`columns ${name}`, 'ms', 1),
      figure(`columns ${name}`, 'ratio', 2),
      figure(`stream ${name} ${headerFilter}`, 'ms', 1),
    ];
  });
  const others = Object.keys(figures)
    .filter((key) => /^(capinfos|tshark|pcap-parser|sort|judge|filter|jump|rows)/.test(key))
    .map((key) => [`\`${key}\``, figure(key, 'ms', 1), figure(key, 'processor', 2), figure(key, 'found')]);
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}; ${programs.join('; ')}. Medians of ${runs} runs.`,
    '',
    markdownTable(head, rowsOf(lines, results)),
    '',
    'How cost grows with the file:',
    '',
    markdownTable(
      [
        'packets',
        'index, ms',
        '× raw read',
        'columns and flows, ms',
        '× raw read',
        `\`${headerFilter}\`, ms`,
      ],
      grown,
    ),
    '',
    'The other figures of the run, other programs among them:',
    '',
    markdownTable(['what', 'ms', 'processor, s', 'packets found'], others),
  ].join('\n');
}

/** Puts the measured part into docs/performance.md, in the place of the one before. */
export function writePage(text: string): void {
  const file = path.join(root, 'docs/performance.md');
  const page = readFileSync(file, 'utf8');
  const from = page.indexOf(begin) + begin.length;
  const to = page.indexOf(end);
  writeFileSync(file, `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`);
  console.log(`wrote ${path.relative(root, file)}`);
}
