/** A packet as an object for JSON: what the command line's `decode --json` and the export print. */
import { timeText } from '../core/capture/captureTime.js';
import type { RecordReader, RecordView } from '../core/capture/record.js';
import type { DecodedNode, PacketSummary } from '../core/dissect/decoder.js';

/** What the object is made from. */
export interface JsonPacket {
  readonly number: number;
  readonly record: RecordView;
  readonly reader: RecordReader;
  readonly summary: PacketSummary;
  readonly layers: readonly DecodedNode[];
}

/** The packet on one line. */
export function packetJson({ number, record, reader, summary, layers }: JsonPacket): string {
  return JSON.stringify({
    number,
    // Absent on packets without a time stamp.
    time: record.timed ? timeText(record) : undefined,
    length: record.wire,
    captured: record.captured,
    interface: reader.interfaces[record.interface]?.id,
    protocol: summary.protocol,
    source: summary.source,
    destination: summary.destination,
    info: summary.info,
    layers: layers.map(jsonNode),
  });
}

/** A node as it is printed: `children` are `fields` there. */
interface JsonNode {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly start: number;
  readonly length: number;
  readonly generated: true | undefined;
  readonly fields: readonly JsonNode[] | undefined;
}

function jsonNode({ name, label, value, start, length, generated, children }: DecodedNode): JsonNode {
  return {
    name,
    label,
    value,
    start: generated ? 0 : start,
    length: generated ? 0 : length,
    generated: generated ? true : undefined,
    fields: children?.map(jsonNode),
  };
}
