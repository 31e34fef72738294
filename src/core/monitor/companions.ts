/** The lines around a line that speak of the same packet. */
import { fieldOf, type MonitorLine } from './line.js';
import { MonitorReader, type NumberedLine } from './reader.js';

/** Texts of the lines before and after a line, nearest lines last and first respectively. */
export interface Neighbours {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** How many lines before and after are worth giving: an event with its conntrack story is shorter. */
export const neighbourCount = 12;

/** Debug messages in the order in which the conntrack code prints them for one packet. */
const conntrackStory = ['ct-lookup-tuple', 'ct-lookup-flags', 'ct-entry-found', 'ct-verdict', 'ct-create'];

/**
 * Reads a line with its neighbours. Numbers of lines are counted from the first neighbour, so events are those of the
 * neighbourhood, not of the log.
 */
export function readAmong(text: string, { before, after }: Neighbours): readonly NumberedLine[] {
  const reader = new MonitorReader();
  return [...before, text, ...after].map((each) => reader.next(each));
}

/** The other lines of a line's event, then the lines of the same conntrack lookup. */
export function companionsOf(lines: readonly NumberedLine[], index: number): readonly MonitorLine[] {
  const own = lines[index];
  if (!own) return [];
  const sameEvent = lines.filter(({ event }, i) => i !== index && event !== undefined && event === own.event);
  return [...sameEvent.map(({ line }) => line), ...sameLookup(lines, index)];
}

function sameLookup(lines: readonly NumberedLine[], index: number): readonly MonitorLine[] {
  const own = lines[index]?.line;
  const step = conntrackStory.indexOf(own?.type ?? '');
  if (!own || step < 0) return [];
  const found: MonitorLine[] = [];
  for (const direction of [-1, 1]) {
    let last = step;
    for (let i = index + direction; i >= 0 && i < lines.length; i += direction) {
      const line = lines[i]?.line;
      if (!line || line.cpu !== own.cpu || line.endpoint !== own.endpoint || line.kind !== 'debug') break;
      const at = conntrackStory.indexOf(line.type ?? '');
      if (at < 0 || (at - last) * direction <= 0) break;
      last = at;
      found.push(line);
    }
  }
  return found;
}

/** Who sends to whom, as far as the lines tell. */
export interface PacketWords {
  readonly source: string;
  readonly destination: string;
  /** Protocol and what else tells the packet apart, e.g. `ICMPv4 EchoRequest, TTL 62`. */
  readonly what: string;
}

/** The packet of which a line and its companions speak. */
export function packetOf(lines: readonly MonitorLine[]): PacketWords | undefined {
  const ip = lines.find(({ type }) => type === 'ipv4' || type === 'ipv6');
  const tuple = lines.find(({ type }) => type === 'ct-lookup-tuple');
  const value = (name: string): string | undefined =>
    lines.map((line) => fieldOf(line, name)).find((text) => text !== undefined);
  if (ip) {
    const sourcePort = value('SrcPort');
    const ports = sourcePort === undefined ? [] : [`port ${sourcePort} to ${value('DstPort') ?? '?'}`];
    const hops = value('TTL') ?? value('HopLimit');
    const protocol = value('Protocol') ?? value('NextHeader') ?? '';
    const parts = [
      `${protocol} ${value('TypeCode') ?? ''}`.trim(),
      ...ports,
      hops === undefined ? '' : `TTL ${hops}`,
    ];
    return {
      source: fieldOf(ip, 'SrcIP') ?? '?',
      destination: fieldOf(ip, 'DstIP') ?? '?',
      what: parts.filter((part) => part !== '').join(', '),
    };
  }
  if (!tuple) return undefined;
  const nexthdr = value('nexthdr');
  return {
    source: fieldOf(tuple, 'source') ?? '?',
    destination: fieldOf(tuple, 'destination') ?? '?',
    what: nexthdr === undefined ? '' : `protocol ${nexthdr}`,
  };
}
