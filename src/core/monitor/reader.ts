/**
 * Puts the lines of a log together into events: the header line of a packet and the layers or bytes that belong to it.
 *
 * The monitor prints one event after the other, so the lines of an event stand together; but the header line stands
 * above its packet up to Cilium 1.9 and from 1.19 on, and below it from 1.10 to 1.18, where it is flushed last. (Capture
 * events keep their header above in all versions.) A separator stands in front of each such event, unless it was lost
 * in a paste; without one, the order that the log has shown so far decides.
 */
import type { MonitorLine } from './line.js';
import { parseLine } from './parse.js';

/** A line with its number, counted from 1, and the event that it belongs to. */
export interface NumberedLine {
  readonly number: number;
  readonly line: MonitorLine;
  /** Counted from 1; absent for blank lines, separators, the words of the tool and lines that are not understood. */
  readonly event?: number;
}

/** Where a packet stands to its header line. */
type Order = 'unknown' | 'header-first' | 'packet-first';

/** Reads a log one line at a time; keeps nothing of the lines before. */
export class MonitorReader {
  private lines = 0;
  private events = 0;
  private order: Order = 'unknown';
  /** An event whose header was read and whose packet may follow. */
  private awaitsPacket: number | undefined;
  /** An event whose packet was read and whose header may follow. */
  private awaitsHeader: number | undefined;
  private afterSeparator = false;

  /** Understands the next line. */
  next(text: string): NumberedLine {
    const line = parseLine(text);
    const number = ++this.lines;
    const event = this.eventOf(line);
    this.afterSeparator = line.kind === 'separator';
    return event === undefined ? { number, line } : { number, line, event };
  }

  private eventOf(line: MonitorLine): number | undefined {
    switch (line.kind) {
      case 'separator':
        this.close();
        return undefined;
      case 'blank':
      case 'header':
      case 'unknown':
        return undefined;
      case 'dissect':
      case 'hexdump':
        return this.packetLine();
      case 'decode-error':
        return isPacketNote(line) ? this.packetLine() : this.alone();
      case 'trace':
      case 'drop':
      case 'capture':
      case 'recorder':
        return isPacketHeader(line) ? this.headerLine(line) : this.alone();
      case 'debug':
      case 'policy-verdict':
      case 'l7':
      case 'agent':
      case 'sock-trace':
      case 'lost':
      case 'summary':
      case 'json':
        return this.alone();
    }
  }

  private packetLine(): number {
    if (this.awaitsPacket !== undefined) return this.awaitsPacket;
    this.awaitsHeader ??= ++this.events;
    return this.awaitsHeader;
  }

  private headerLine(line: MonitorLine): number {
    const below = this.awaitsHeader;
    const keepsHeaderFirst = line.kind === 'capture' || line.kind === 'recorder';
    this.close();
    if (below !== undefined && !keepsHeaderFirst) {
      this.order = 'packet-first';
      return below;
    }
    const event = ++this.events;
    if (this.afterSeparator && !keepsHeaderFirst) this.order = 'header-first';
    if (keepsHeaderFirst || this.order !== 'packet-first') this.awaitsPacket = event;
    return event;
  }

  private alone(): number {
    this.close();
    return ++this.events;
  }

  private close(): void {
    this.awaitsPacket = undefined;
    this.awaitsHeader = undefined;
  }
}

/** `Failed to decode layer` and `Packet has been truncated` stand below the layers of a packet. */
function isPacketNote(line: MonitorLine): boolean {
  return line.row?.carrier === 'line' && line.type !== 'event-not-decoded';
}

/** Verbose lines have a packet; summary lines have all in themselves. */
function isPacketHeader(line: MonitorLine): boolean {
  return line.kind === 'recorder' || line.tokens.some((token) => token.field === 'reporter');
}
