/** The rows compiled, and found quickly by what stands in front of a text and what it begins with. */
import type { Carrier, Form, MessageRow } from './row.js';
import { compileTemplate, type Template } from './template.js';

/** One wording of a row, ready to be matched. */
export interface CompiledForm {
  readonly row: MessageRow;
  readonly form: Form;
  readonly template: Template;
  /** Matches from `lastIndex` to the end of the text. Groups are those of `template.fields`, with their places. */
  readonly pattern: RegExp;
}

function compile(row: MessageRow, form: Form): CompiledForm {
  const template = compileTemplate(form.template);
  return { row, form, template, pattern: new RegExp(`${template.source}$`, 'dy') };
}

type CarriedForm = CompiledForm & { readonly carrier: Carrier };

const compiledRows = new WeakMap<MessageRow, readonly CarriedForm[]>();

/** Every wording of a row compiled, with what stands in front of it. */
export function compileRow(row: MessageRow): readonly CarriedForm[] {
  const known = compiledRows.get(row);
  if (known) return known;
  const forms = row.forms.map((form) => ({ ...compile(row, form), carrier: form.carrier ?? row.carrier }));
  compiledRows.set(row, forms);
  return forms;
}

/** A wording that a text is, with the places of its fields. */
export interface Recognised {
  readonly compiled: CompiledForm;
  readonly match: RegExpExecArray;
}

/** Wordings that begin alike, compiled when the first text begins so: an editor starts without that work. */
interface Bucket {
  readonly sources: { readonly row: MessageRow; readonly form: Form }[];
  compiled?: readonly CompiledForm[];
}

/** The character that every text of a template begins with; empty when it begins with a field. */
function firstOf(template: string): string {
  const [first = '', second = ''] = template;
  return first === '\\' ? second : first === '<' || first === '[' ? '' : first;
}

/** Finds the wording that a text is, among many. */
export class Recogniser {
  /** Keys are a carrier and the first character of a text; of texts that can begin with anything, the carrier. */
  private readonly buckets = new Map<string, Bucket>();

  constructor(rows: readonly MessageRow[]) {
    for (const row of rows) {
      for (const form of row.forms) {
        const key = `${form.carrier ?? row.carrier} ${firstOf(form.template)}`;
        const bucket = this.buckets.get(key);
        if (bucket) bucket.sources.push({ row, form });
        else this.buckets.set(key, { sources: [{ row, form }] });
      }
    }
  }

  /** The first wording of this carrier that is the whole of `text` from `at` on. */
  match(carrier: Carrier, text: string, at: number): Recognised | undefined {
    return (
      matchOf(this.buckets.get(`${carrier} ${text.charAt(at)}`), text, at) ??
      matchOf(this.buckets.get(`${carrier} `), text, at)
    );
  }
}

function matchOf(bucket: Bucket | undefined, text: string, at: number): Recognised | undefined {
  if (!bucket) return undefined;
  bucket.compiled ??= bucket.sources.map(({ row, form }) => compile(row, form));
  for (const compiled of bucket.compiled) {
    if (!text.startsWith(compiled.template.begins, at)) continue;
    compiled.pattern.lastIndex = at;
    const match = compiled.pattern.exec(text);
    if (match) return { compiled, match };
  }
  return undefined;
}
