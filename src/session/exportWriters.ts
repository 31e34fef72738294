/** How packets are written in each format of an export. */
import { ByteWindow } from '../core/capture/byteWindow.js';
import { ByteWriter, type ByteSink } from '../core/capture/write/byteWriter.js';
import { captureWriter } from '../core/capture/write/captureWriter.js';
import type { CaptureIndex } from '../core/capture/captureIndex.js';
import type { TreeNode } from '../rpc/capture.js';
import type { ColumnWish, ExportFormat } from '../rpc/packetList.js';
import { packetLayers } from './packetDetail.js';
import { packetJson } from './packetJson.js';
import { passChunk, type PacketReader } from './packetReader.js';
import type { RowMaker } from './rowMaker.js';

/** Writes packets one after the other. */
export interface ExportWriter {
  /** Bytes written so far. */
  readonly size: number;
  /** What could not be kept, a sentence each. To be asked at the end. */
  readonly notes: readonly string[];
  /** Adds a packet, below the packet `before` (0 for none); false when it cannot be read. */
  add(packets: PacketReader, number: number, before: number): boolean;
  end(): void;
}

/** Begins an export. Columns of CSV and the first line of text are those of the list. */
export function exportWriter(
  format: ExportFormat,
  index: CaptureIndex,
  rows: RowMaker,
  sink: ByteSink,
): ExportWriter {
  const out = new ByteWriter(sink);
  switch (format) {
    case 'pcap':
    case 'pcapng':
      return captureExport(format, index, out);
    case 'csv':
      return textExport(out, {
        head: csvLine(rows.look.columns.map(columnTitle)),
        packet: (packets, number, before) => {
          const cells = rows.cells(packets, number, before);
          return cells && csvLine(cells);
        },
      });
    case 'json':
      return textExport(out, { head: '[', packet: jsonPacket, between: ',', tail: '\n]\n' });
    case 'text':
      return textExport(out, {
        packet: (packets, number, before) => {
          const cells = rows.cells(packets, number, before);
          return cells && packetText(cells, packetLayers(packets));
        },
        between: '\n',
      });
  }
}

function captureExport(format: 'pcap' | 'pcapng', index: CaptureIndex, out: ByteWriter): ExportWriter {
  const writer = captureWriter(format, index.reader, out);
  const window = new ByteWindow(index.source, passChunk);
  return {
    get size() {
      return out.written;
    },
    get notes() {
      return writer.notes;
    },
    add(packets, number) {
      if (!packets.go(number)) return false;
      writer.add(packets.record, window);
      return true;
    },
    end() {
      writer.end(window);
      out.flush();
    },
  };
}

/** A format of lines. */
interface TextFormat {
  readonly head?: string;
  readonly packet: (packets: PacketReader, number: number, before: number) => string | undefined;
  readonly between?: string;
  readonly tail?: string;
}

function textExport(
  out: ByteWriter,
  { head = '', packet, between = '', tail = '' }: TextFormat,
): ExportWriter {
  const encoder = new TextEncoder();
  const write = (text: string): void => {
    out.bytes(encoder.encode(text));
  };
  let isFirst = true;
  write(head);
  return {
    notes: [],
    get size() {
      return out.written;
    },
    add(packets, number, before) {
      const text = packet(packets, number, before);
      if (text === undefined) return false;
      write(isFirst ? text : between + text);
      isFirst = false;
      return true;
    },
    end() {
      write(tail);
      out.flush();
    },
  };
}

const titles: Readonly<Record<ColumnWish['kind'], string>> = {
  number: 'No.',
  time: 'Time',
  source: 'Source',
  destination: 'Destination',
  protocol: 'Protocol',
  length: 'Length',
  info: 'Info',
  field: '',
};

/** What Wireshark calls the column; a column of a field has the field's name. */
function columnTitle({ kind, field = '' }: ColumnWish): string {
  return kind === 'field' ? field : titles[kind];
}

/** As Wireshark's CSV: every value in quotes, quotes in them doubled. */
function csvLine(values: readonly string[]): string {
  return `${values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`;
}

/** One object a line, as `decode --json` prints it; the lines together are an array. */
function jsonPacket(packets: PacketReader, number: number): string | undefined {
  if (!packets.go(number)) return undefined;
  const { record, summary, index } = packets;
  const layers = packets.decoder.tree(packets.walk);
  return `\n${packetJson({ number, record, reader: index.reader, summary, layers })}`;
}

/** The row, then every line of the tree, indented by level. */
function packetText(cells: readonly string[], layers: readonly TreeNode[]): string {
  const lines = [cells.join('  ')];
  const add = (nodes: readonly TreeNode[], indent: string): void => {
    for (const { label, children = [] } of nodes) {
      lines.push(indent + label);
      add(children, `${indent}    `);
    }
  };
  add(layers, '');
  return `${lines.join('\n')}\n`;
}
