/** The lines of the table: what is measured, against what, and what it should reach. */
import type { Figures } from './measures.js';

/** All figures of a run, by a key such as `index small-10M.pcap`. */
export interface Results {
  readonly figures: Readonly<Record<string, Figures>>;
  /** Packets in the captures of the run's main table, and in the smaller ones that slow programs get. */
  readonly large: string;
  readonly small: string;
}

export interface Target {
  readonly what: string;
  /** The figure in words; nothing when it could not be measured in this run. */
  readonly value: (results: Results) => Outcome | undefined;
  /** What it should reach, in words. */
  readonly goal: string;
}

export interface Outcome {
  readonly text: string;
  readonly met: boolean;
}

/** Filters: on fields that the columns hold, and on others. */
export const indexedFilter = 'ip.addr == 10.0.0.85 && tcp.port == 80';
export const headerFilter = 'tcp.flags.syn==1 && ip.ttl<60';
export const nameFilter = 'dns.qry.name contains "svc"';

const times = (value: number): string =>
  `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en')} ×`;
const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const megabytes = (value: number): string => `${(value / 1e6).toFixed(0)} MB`;
const million = (perSecond: number): string => `${(perSecond / 1e6).toFixed(2)} M packets/s`;

function of(results: Results, key: string, figure: string): number | undefined {
  return results.figures[key]?.[figure];
}

/** A figure that should be no more than a limit. */
function atMost(
  what: string,
  limit: number,
  show: (value: number) => string,
  value: (results: Results) => number | undefined,
): Target {
  return {
    what,
    goal: `≤ ${show(limit)}`,
    value: (results) => {
      const found = value(results);
      return found === undefined ? undefined : { text: show(found), met: found <= limit };
    },
  };
}

function atLeast(
  what: string,
  limit: number,
  show: (value: number) => string,
  value: (results: Results) => number | undefined,
): Target {
  return {
    what,
    goal: `≥ ${show(limit)}`,
    value: (results) => {
      const found = value(results);
      return found === undefined ? undefined : { text: show(found), met: found >= limit };
    },
  };
}

/** One figure divided by another. */
function quotient(above: readonly [string, string], below: readonly [string, string]) {
  return (results: Results): number | undefined => {
    const [first, second] = [of(results, ...above), of(results, ...below)];
    return first === undefined || second === undefined || second === 0 ? undefined : first / second;
  };
}

/** Packets a second of a filter that goes through the packets themselves. */
function rate(key: string) {
  return (results: Results): number | undefined => {
    const [packets, ms] = [of(results, key, 'packets'), of(results, key, 'ms')];
    return packets === undefined || ms === undefined ? undefined : packets / (ms / 1000);
  };
}

/** The lines for captures called `large` (10 M packets, about a gigabyte) and `small` (1 M). */
export function targets(large: string, small: string, tiny: string): readonly Target[] {
  const pcap = `${large}.pcap`;
  const pcapng = `${large}.pcapng`;
  return [
    atMost(`first 100 rows of ${pcap}`, 10, milliseconds, (r) => of(r, `open ${pcap}`, 'ms')),
    atMost(`first 100 rows of ${tiny}.pcap`, 10, milliseconds, (r) => of(r, `open ${tiny}.pcap`, 'ms')),
    atMost('index of pcap, to a raw read', 2.5, times, (r) => of(r, `index ${pcap}`, 'ratio')),
    atMost('index of pcapng, to a raw read', 2.5, times, (r) => of(r, `index ${pcapng}`, 'ratio')),
    atMost(
      'index of pcap, processor time to capinfos',
      1,
      times,
      quotient([`index ${pcap}`, 'processor'], [`capinfos ${pcap}`, 'processor']),
    ),
    atMost(
      'index of pcapng, processor time to capinfos',
      1,
      times,
      quotient([`index ${pcapng}`, 'processor'], [`capinfos ${pcapng}`, 'processor']),
    ),
    atMost(
      'index, bytes a packet',
      1,
      (value) => value.toFixed(2),
      (r) => of(r, `index ${pcap}`, 'bytesPerPacket'),
    ),
    atMost('all columns and flows, to a raw read', 6, times, (r) => of(r, `columns ${pcap}`, 'ratio')),
    atMost(
      'all columns and flows, bytes a packet',
      24,
      (value) => value.toFixed(1),
      (r) => of(r, `columns ${pcap}`, 'bytesPerPacket'),
    ),
    atLeast(
      `all columns and flows, tshark to ours (${small})`,
      60,
      times,
      quotient([`tshark ${small}.pcap`, 'ms'], [`columns ${small}.pcap`, 'ms']),
    ),
    atMost(`filter on indexed fields: ${indexedFilter}`, 150, milliseconds, (r) =>
      of(r, `filter ${pcap} ${indexedFilter}`, 'ms'),
    ),
    atLeast(
      `the same, tshark -Y to ours (${small})`,
      500,
      times,
      quotient([`tshark -Y ${small}.pcap`, 'ms'], [`filter ${small}.pcap ${indexedFilter}`, 'ms']),
    ),
    atLeast(
      `filter on any other field: ${headerFilter}`,
      1e6,
      million,
      rate(`stream ${pcap} ${headerFilter}`),
    ),
    atMost('the same, to the first row', 100, milliseconds, (r) =>
      of(r, `stream ${pcap} ${headerFilter}`, 'firstHit'),
    ),
    atLeast(`filter on any other field: ${nameFilter}`, 1e6, million, rate(`stream ${pcap} ${nameFilter}`)),
    atMost('the same, to the first row', 100, milliseconds, (r) =>
      of(r, `stream ${pcap} ${nameFilter}`, 'firstHit'),
    ),
    atMost('60 rows at a random place, all cells (99 of 100)', 16, milliseconds, (r) =>
      of(r, `rows ${pcap}`, 'p99'),
    ),
    atMost('tree of one packet (99 of 100)', 1, milliseconds, (r) => of(r, `jump ${pcap}`, 'treeP99')),
    atMost('memory with the file indexed', 150e6, megabytes, (r) => of(r, `memory ${pcap} index`, 'bytes')),
    atMost('memory with all columns', 400e6, megabytes, (r) => of(r, `memory ${pcap} columns`, 'bytes')),
  ];
}
