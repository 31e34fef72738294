/** A line of a log, understood. */
import type { FieldKindId } from './fieldKinds.js';
import type { LayerRow } from './messages/dissect.js';
import type { Form, LineKind, MessageRow } from './row.js';

/** A value in a line and where it stands. Offsets count UTF-16 units from the start of the line as it was given. */
export interface Token {
  /** Name of the field, unique within the line unless a layer repeats it. */
  readonly field: string;
  /** How to explain it; `layer` for the values of a layer line, whose row knows them by name. */
  readonly kind: FieldKindId | 'layer' | 'json';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The value with the word before it that names it and the unit behind it: `src=10.0.0.85`, `98 bytes`. */
  readonly from: number;
  readonly to: number;
  /** True for the CPU, MARK and FROM that stand before the message itself. */
  readonly inCarrier: boolean;
}

export interface MonitorLine {
  readonly kind: LineKind;
  /** Id of the row, e.g. `ct-lookup-tuple`; absent for blank and unknown lines. */
  readonly type?: string;
  readonly row?: MessageRow;
  /** The wording that matched, with its versions. */
  readonly form?: Form;
  /** For lines of the dissected packet. */
  readonly layer?: LayerRow;
  /** The shape of the connection at the end of a summary line. */
  readonly connection?: MessageRow;
  readonly cpu?: number;
  /** The packet hash, called MARK or flow. A number of up to 64 bits, exact to 53. */
  readonly mark?: number;
  /** The endpoint that reported the line, or for summary lines the one it names. */
  readonly endpoint?: number;
  /** A time that another tool put in front, as it stands there. */
  readonly time?: string;
  /** The pod or host that another tool put in front. */
  readonly origin?: string;
  /** Where the text of the monitor begins, behind all that other tools put in front. */
  readonly begins: number;
  /** All values in the order of the line, those of the carrier (cpu, mark, reporter) too. */
  readonly tokens: readonly Token[];
}

/** The fields of a line's message by name, as `monitor --json` prints them. Of repeated names the first counts. */
export function fieldsOf(line: MonitorLine): Record<string, string> {
  const fields = new Map<string, string>();
  for (const { field, kind, text, inCarrier } of line.tokens) {
    const whole = kind === 'connection' || kind === 'knownConnection' || kind === 'hyphens';
    if (!inCarrier && !whole && !fields.has(field)) fields.set(field, text);
  }
  return Object.fromEntries(fields);
}

/** The value of a field of the line or of its carrier, or undefined. */
export function fieldOf(line: MonitorLine, name: string): string | undefined {
  return line.tokens.find((token) => token.field === name)?.text;
}
