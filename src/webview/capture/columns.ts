import { columnKinds, type ColumnKind, type ColumnWish } from '../../rpc/packetList.js';
import { t } from '../l10n.js';
import { members } from './stored.js';

/** A column of the packet list as a person has it. Its width is kept apart, with the other sizes. */
export interface ListColumn extends ColumnWish {
  /** A name of the user's own. */
  readonly title?: string;
  readonly hidden?: boolean;
}

interface KindFacts {
  /** Shown in the header, English. */
  readonly title: string;
  /** Pixels, when nobody has changed it. */
  readonly width: number;
  readonly align: 'start' | 'end';
}

const facts: Readonly<Record<ColumnKind, KindFacts>> = {
  number: { title: 'No.', width: 72, align: 'end' },
  time: { title: 'Time', width: 104, align: 'start' },
  source: { title: 'Source', width: 164, align: 'start' },
  destination: { title: 'Destination', width: 164, align: 'start' },
  protocol: { title: 'Protocol', width: 88, align: 'start' },
  length: { title: 'Length', width: 80, align: 'end' },
  info: { title: 'Info', width: 200, align: 'start' },
  field: { title: 'Field', width: 120, align: 'start' },
};

/** Wireshark's columns in Wireshark's order. */
export const usualColumns: readonly ListColumn[] = columnKinds
  .filter((kind) => kind !== 'field')
  .map((kind) => ({ id: kind, kind }));

export const narrowestColumn = 32;
export const widestColumn = 4000;
/** Each column of a row is an element and a text of each packet shown. */
const mostColumns = 60;
const longestName = 200;

/** What the header shows of a column. */
export function columnTitle({ kind, title, field }: ListColumn): string {
  return title ?? (kind === 'field' ? (field ?? '') : t(facts[kind].title));
}

export function columnAlign({ kind }: ListColumn): 'start' | 'end' {
  return facts[kind].align;
}

export function shownColumns(columns: readonly ListColumn[]): readonly ListColumn[] {
  return columns.filter(({ hidden }) => hidden !== true);
}

/** What the session is asked for: the columns that are shown, without what only the view knows. */
export function columnWishes(columns: readonly ListColumn[]): readonly ColumnWish[] {
  return shownColumns(columns).map(({ id, kind, field }) => ({
    id,
    kind,
    ...(field === undefined ? {} : { field }),
  }));
}

/** The columns with one for a field, before Info where that stands last; shown again when it was hidden. */
export function withField(columns: readonly ListColumn[], field: string): readonly ListColumn[] {
  const id = fieldColumnId(field);
  if (columns.some((column) => column.id === id)) return withHidden(columns, id, false);
  if (columns.length >= mostColumns) return columns;
  const added: ListColumn = { id, kind: 'field', field };
  const last = columns.at(-1);
  return last?.kind === 'info' ? [...columns.slice(0, -1), added, last] : [...columns, added];
}

/** The id of a field's column: a field has one at most. */
export function fieldColumnId(field: string): string {
  return `field ${field}`;
}

/** The columns with one taken out; the usual ones are hidden instead, so that they can be had again. The last one stays. */
export function withoutColumn(columns: readonly ListColumn[], id: string): readonly ListColumn[] {
  const column = columns.find((one) => one.id === id);
  if (!column || isOnlyShown(columns, column)) return columns;
  return column.kind === 'field' ? columns.filter((one) => one !== column) : withHidden(columns, id, true);
}

/** The columns with one shown or hidden; the last one that is shown cannot be hidden. */
export function withHidden(
  columns: readonly ListColumn[],
  id: string,
  hidden: boolean,
): readonly ListColumn[] {
  return columns.map((column) => {
    if (column.id !== id || (hidden && isOnlyShown(columns, column))) return column;
    const { title } = column;
    return { ...plain(column), ...(title === undefined ? {} : { title }), ...(hidden ? { hidden } : {}) };
  });
}

/** The columns with one under another name; its usual name when that is empty. */
export function withTitle(columns: readonly ListColumn[], id: string, title: string): readonly ListColumn[] {
  return columns.map((column) => {
    if (column.id !== id) return column;
    const rest = { ...plain(column), ...(column.hidden === true ? { hidden: true } : {}) };
    const name = title.trim().slice(0, longestName);
    return name === '' || name === columnTitle(rest) ? rest : { ...rest, title: name };
  });
}

/** The columns with one moved to the place of another, which makes room. */
export function withMoved(columns: readonly ListColumn[], id: string, place: string): readonly ListColumn[] {
  const from = columns.findIndex((column) => column.id === id);
  const to = columns.findIndex((column) => column.id === place);
  const moved = columns[from];
  if (!moved || to < 0 || from === to) return columns;
  const rest = columns.filter((column) => column !== moved);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** A column without what a person may have changed of it. */
function plain({ id, kind, field }: ListColumn): ListColumn {
  return { id, kind, ...(field === undefined ? {} : { field }) };
}

function isOnlyShown(columns: readonly ListColumn[], column: ListColumn): boolean {
  const shown = shownColumns(columns);
  return shown.length === 1 && shown[0] === column;
}

/** Columns out of storage: what is no column is left out, what is missing of the usual ones is there, hidden. */
export function readColumns(stored: unknown): readonly ListColumn[] {
  if (!Array.isArray(stored)) return usualColumns;
  const columns = new Map<string, ListColumn>();
  for (const one of stored.slice(0, mostColumns)) {
    const column = readColumn(one);
    if (column && !columns.has(column.id)) columns.set(column.id, column);
  }
  const known = [...columns.values()];
  if (shownColumns(known).length === 0) return usualColumns;
  const missing = usualColumns.filter(({ id }) => !columns.has(id));
  return [...known, ...missing.map((column) => ({ ...column, hidden: true }))];
}

function readColumn(stored: unknown): ListColumn | undefined {
  const { kind: storedKind, field, title, hidden } = members(stored);
  const kind = columnKinds.find((one) => one === storedKind);
  if (!kind) return undefined;
  const rest: Partial<ListColumn> = {
    ...(typeof title === 'string' && title.trim() !== '' ? { title: title.slice(0, longestName) } : {}),
    ...(hidden === true ? { hidden } : {}),
  };
  if (kind !== 'field') return { id: kind, kind, ...rest };
  if (typeof field !== 'string' || field === '' || field.length > longestName) return undefined;
  return { id: fieldColumnId(field), kind, field, ...rest };
}

/** The width of a column in pixels: as chosen, within bounds, else its own. */
export function columnWidth({ id, kind }: ListColumn, chosen: Readonly<Record<string, number>>): number {
  const width = Object.hasOwn(chosen, id) ? chosen[id] : undefined;
  return width === undefined ? facts[kind].width : boundedWidth(width);
}

export function boundedWidth(width: number): number {
  return Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width)));
}

/** `grid-template-columns` of the header and of every row; the last column takes what is left of the width. */
export function columnTracks(
  columns: readonly ListColumn[],
  chosen: Readonly<Record<string, number>>,
): string {
  return columns
    .map((column, index) => {
      const width = columnWidth(column, chosen);
      return index === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}
