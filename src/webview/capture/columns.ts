import type { PacketRow } from '../../rpc/capture.js';

/** A column of the packet list: header, cells, copied text and remembered widths all come from here. */
export interface Column {
  readonly id: string;
  /** Shown in the header, English; the header translates it. */
  readonly title: string;
  /** Pixels, when nobody has changed it. */
  readonly width: number;
  readonly align: 'start' | 'end';
  readonly text: (row: PacketRow) => string;
}

/** Wireshark's columns in Wireshark's order. The last one takes what is left of the width. */
export const columns: readonly Column[] = [
  { id: 'number', title: 'No.', width: 64, align: 'end', text: (row) => row.number.toString() },
  { id: 'time', title: 'Time', width: 104, align: 'start', text: (row) => row.time },
  { id: 'source', title: 'Source', width: 164, align: 'start', text: (row) => row.source },
  { id: 'destination', title: 'Destination', width: 164, align: 'start', text: (row) => row.destination },
  { id: 'protocol', title: 'Protocol', width: 84, align: 'start', text: (row) => row.protocol },
  { id: 'length', title: 'Length', width: 76, align: 'end', text: (row) => row.length.toString() },
  { id: 'info', title: 'Info', width: 240, align: 'start', text: (row) => row.info },
];

export const narrowestColumn = 32;
export const widestColumn = 4000;

/** The width of a column in pixels: as chosen, within bounds, else its own. */
export function columnWidth(column: Column, chosen: Readonly<Record<string, number>>): number {
  const width = chosen[column.id];
  return width === undefined ? column.width : Math.min(widestColumn, Math.max(narrowestColumn, width));
}

/** `grid-template-columns` of the header and of every row. */
export function columnTracks(chosen: Readonly<Record<string, number>>): string {
  return columns
    .map((column, index) => {
      const width = columnWidth(column, chosen);
      return index === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}
