/**
 * `npm run bench`: makes captures, measures the product on them and, where they are installed, capinfos, tshark and
 * npm's pcap-parser in the same run; prints a table of ratios and keeps all figures as JSON. `--quick` takes captures
 * of a tenth of the size, `--runs N` measures more often, `--write` puts the tables into docs/performance.md.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { ToolFailure } from '../failure.js';
import { root } from '../paths.js';
import { benchFolder, captureFile, shortCount, type CaptureOrder } from './captures.js';
import { median, type Cost } from './clock.js';
import type { Figures } from './measures.js';
import { commandCost, isInstalled, pcapParserCost } from './programs.js';
import { pageText, tableText, writePage } from './report.js';
import { headerFilter, indexedFilter, nameFilter, targets } from './targets.js';

const tinyCount = 10_000;

interface Options {
  readonly runs: number;
  readonly large: number;
  readonly small: number;
  readonly write: boolean;
}

function optionsOf(args: readonly string[]): Options {
  const runsAt = args.indexOf('--runs');
  const runs = runsAt >= 0 ? Number(args[runsAt + 1]) : 3;
  if (!Number.isInteger(runs) || runs < 1) throw new ToolFailure('--runs takes a number of 1 or more');
  const known = new Set(['--quick', '--write', '--runs']);
  const unknown = args.find((arg, at) => !known.has(arg) && at !== runsAt + 1);
  if (unknown !== undefined)
    throw new ToolFailure(`There is no option ${unknown}. Known: --quick, --runs N, --write.`);
  const quick = args.includes('--quick');
  return { runs, large: quick ? 1e6 : 1e7, small: quick ? 1e5 : 1e6, write: args.includes('--write') };
}

/** Runs the benchmark and prints what came out. */
export async function benchCommand(args: readonly string[]): Promise<number> {
  const { runs, large, small, write } = optionsOf(args);
  await bundleMeasures();
  const bench = new Bench(runs);
  const [big, medium, tiny] = [large, small, tinyCount].map((packets) => `small-${shortCount(packets)}`);
  if (big === undefined || medium === undefined || tiny === undefined) return 1;

  for (const format of ['pcap', 'pcapng'] as const) {
    const order = { profile: 'small', packets: large, format } as const;
    bench.ours('index', order);
    bench.capinfos(order);
  }
  const main: CaptureOrder = { profile: 'small', packets: large, format: 'pcap' };
  const lesser: CaptureOrder = { ...main, packets: small };
  bench.ours('open', main);
  bench.ours('open', { ...main, packets: tinyCount });
  for (const order of [main, lesser]) {
    bench.ours('columns', order);
    bench.ours('filter', order, indexedFilter);
  }
  bench.ours('judge', main, indexedFilter);
  for (const filter of [headerFilter, nameFilter]) bench.ours('stream', main, filter);
  for (const measure of ['jump', 'rows']) bench.ours(measure, main);
  for (const column of ['length', 'source']) bench.ours('sort', main, column);
  for (const what of ['index', 'columns']) bench.ours('memory', main, what);
  bench.tshark(lesser, '');
  bench.tshark(lesser, indexedFilter);
  bench.pcapParser(lesser);
  const growth = [1e4, 1e5, 1e6, 1e7].filter((packets) => packets <= large);
  for (const packets of growth)
    for (const measure of ['index', 'columns']) bench.ours(measure, { ...main, packets });
  for (const packets of growth) bench.ours('stream', { ...main, packets }, headerFilter);

  const results = { figures: bench.figures, large: big, small: medium };
  const lines = targets(big, medium, tiny);
  console.log(tableText(lines, results));
  writeFileSync(path.join(benchFolder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(`\nAll figures: ${path.relative(root, path.join(benchFolder, 'results.json'))}`);
  if (write) writePage(pageText(lines, results, growth, runs));
  return 0;
}

/** Takes measures and keeps them. */
class Bench {
  readonly figures: Record<string, Figures> = {};

  constructor(private readonly runs: number) {}

  /** One of our own measures: each run in a process of its own, the median of each figure. */
  ours(measure: string, order: CaptureOrder, text = ''): void {
    const key = [measure, nameOf(order), text].filter(Boolean).join(' ');
    if (this.figures[key]) return;
    const file = this.file(order);
    this.take(key, () => child(measure, file, text));
  }

  capinfos(order: CaptureOrder): void {
    this.program('capinfos', order, `capinfos ${nameOf(order)}`, ['-csu']);
  }

  tshark(order: CaptureOrder, filter: string): void {
    const tunnel = ['-d', 'udp.port==8472,vxlan'];
    if (filter === '') this.program('tshark', order, `tshark ${nameOf(order)}`, [...tunnel, '-r'], 1);
    else this.program('tshark', order, `tshark -Y ${nameOf(order)}`, [...tunnel, '-Y', filter, '-r'], 1);
  }

  pcapParser(order: CaptureOrder): void {
    const file = this.file(order);
    this.take(`pcap-parser ${nameOf(order)}`, () => figuresOf(pcapParserCost(file)), 1);
  }

  private program(program: string, order: CaptureOrder, key: string, args: string[], runs = this.runs): void {
    if (!isInstalled(program)) console.log(`${program} is not installed: left out`);
    else {
      const file = this.file(order);
      this.take(key, () => figuresOf(commandCost(program, [...args, file])), runs);
    }
  }

  private take(key: string, once: () => Figures | undefined, runs = this.runs): void {
    const all: Figures[] = [];
    for (let run = 0; run < runs; run++) {
      const figures = once();
      if (figures) all.push(figures);
    }
    const names = Object.keys(all[0] ?? {});
    if (names.length === 0) {
      console.log(`${key}: could not be measured`);
      return;
    }
    this.figures[key] = Object.fromEntries(
      names.map((name) => [name, median(all.map((figures) => figures[name] ?? 0))]),
    );
    console.log(
      `${key}: ${names.map((name) => `${name} ${rounded(this.figures[key]?.[name] ?? 0)}`).join(', ')}`,
    );
  }

  private file(order: CaptureOrder): string {
    return captureFile(order, (text) => {
      console.log(text);
    });
  }
}

const nameOf = ({ profile, packets, format }: CaptureOrder): string =>
  `${profile}-${shortCount(packets)}.${format}`;

const figuresOf = (cost: Cost | undefined): Figures | undefined =>
  cost && { ms: cost.wall, processor: cost.processor };

const rounded = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString();

/** Bundled as the product is: run from its sources one by one, the same code is slower. */
const measuresProgram = path.join(benchFolder, 'measures.mjs');

async function bundleMeasures(): Promise<void> {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'child.ts')],
    outfile: measuresProgram,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
}

function child(measure: string, file: string, text: string): Figures | undefined {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', measuresProgram, measure, file, text],
    { encoding: 'utf8', cwd: root },
  );
  if (status === 0) return JSON.parse(stdout) as Figures;
  console.log(stderr.trim().split('\n').slice(0, 6).join('\n'));
  return undefined;
}
