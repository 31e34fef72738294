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

/** Compiles every wording of a row. */
export function compileRow(row: MessageRow): readonly (CompiledForm & { readonly carrier: Carrier })[] {
  return row.forms.map((form) => {
    const template = compileTemplate(form.template);
    const pattern = new RegExp(`${template.source}$`, 'dy');
    return { row, form, template, pattern, carrier: form.carrier ?? row.carrier };
  });
}

/** A wording that a text is, with the places of its fields. */
export interface Recognised {
  readonly compiled: CompiledForm;
  readonly match: RegExpExecArray;
}

/** Finds the wording that a text is, among many. */
export class Recogniser {
  /** Keys are a carrier and the first character of a text; of texts that can begin with anything, the carrier. */
  private readonly forms = new Map<string, CompiledForm[]>();

  constructor(rows: readonly MessageRow[]) {
    for (const compiled of rows.flatMap(compileRow)) {
      const key = `${compiled.carrier} ${compiled.template.begins.charAt(0)}`;
      const forms = this.forms.get(key);
      if (forms) forms.push(compiled);
      else this.forms.set(key, [compiled]);
    }
  }

  /** The first wording of this carrier that is the whole of `text` from `at` on. */
  match(carrier: Carrier, text: string, at: number): Recognised | undefined {
    return (
      matchOf(this.forms.get(`${carrier} ${text.charAt(at)}`), text, at) ??
      matchOf(this.forms.get(`${carrier} `), text, at)
    );
  }
}

function matchOf(
  forms: readonly CompiledForm[] | undefined,
  text: string,
  at: number,
): Recognised | undefined {
  for (const compiled of forms ?? []) {
    if (!text.startsWith(compiled.template.begins, at)) continue;
    compiled.pattern.lastIndex = at;
    const match = compiled.pattern.exec(text);
    if (match) return { compiled, match };
  }
  return undefined;
}
