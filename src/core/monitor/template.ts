/**
 * The language in which rows write the text of a line, and its compilation to a regular expression.
 *
 *     Conntrack lookup 1/2: src=<source:address> dst=<destination:address>
 *
 * `<name:kind>` is a field of a kind of fieldKinds.ts, `<name>` one whose kind has its name. `[…]` is optional and can
 * be nested. `\[` and `\]` are brackets of the text itself. A blank stands for any run of blanks and tabs, since pasted
 * logs change them. Everything else is literal.
 */
import { fieldKinds, type FieldKindId } from './fieldKinds.js';

export type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'field'; readonly name: string; readonly kind: FieldKindId }
  | { readonly type: 'optional'; readonly parts: readonly TemplatePart[] };

/** A field of a template in the order of its capture group. */
export interface TemplateField {
  readonly name: string;
  readonly kind: FieldKindId;
  /** Length of the word before the value that names it: 4 for `src=<…>`, 5 for `MARK <…>`. */
  readonly labelBefore: number;
  /** Length of the unit behind the value: 6 for `<bytes> bytes`. */
  readonly unitAfter: number;
}

export interface Template {
  readonly parts: readonly TemplatePart[];
  readonly fields: readonly TemplateField[];
  /** Source of a regular expression with one group per field, without anchors. */
  readonly source: string;
  /** Every line of this template begins with it. */
  readonly begins: string;
}

function isFieldKind(kind: string): kind is FieldKindId {
  return Object.hasOwn(fieldKinds, kind);
}

/** Reads a template; throws when a row is written wrongly, which a test of all rows finds. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const root: TemplatePart[] = [];
  const open: TemplatePart[][] = [root];
  const pieces = /\\([[\]])|(\[)|(\])|<([A-Za-z]\w*)(?::(\w+))?>|([^\\[\]<]+|<)/y;
  while (pieces.lastIndex < template.length) {
    const at = pieces.lastIndex;
    const [, bracket, opens, closes, name, kind = name, text] = pieces.exec(template) ?? [];
    const parts = open.at(-1);
    if (!parts) throw new Error(`A bracket too many at ${at} of: ${template}`);
    if (opens !== undefined) open.push([]);
    else if (closes !== undefined) {
      open.pop();
      const outer = open.at(-1);
      if (!outer) throw new Error(`A bracket too many at ${at} of: ${template}`);
      outer.push({ type: 'optional', parts });
    } else if (name !== undefined && kind !== undefined) {
      if (!isFieldKind(kind)) throw new Error(`No such kind of field: ${kind} in ${template}`);
      parts.push({ type: 'field', name, kind });
    } else {
      const literal = bracket ?? text;
      if (literal === undefined) throw new Error(`Cannot be read from ${at}: ${template}`);
      const last = parts.at(-1);
      if (last?.type === 'text') parts[parts.length - 1] = { type: 'text', text: last.text + literal };
      else parts.push({ type: 'text', text: literal });
    }
  }
  if (open.length > 1) throw new Error(`A bracket is not closed: ${template}`);
  return root;
}

/** A literal text as a pattern; runs of blanks are as long as they like. */
export function literalSource(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/[ \t]+/g, '[ \\t]{1,64}');
}

/** The word at the end of a literal text that names the field behind it: `src=`, `MARK `, `to endpoint `. */
export const labelAtEnd =
  /(?:[A-Za-z][\w.-]*(?:[=#]|: )|(?:(?:to|from|local|remote|dst) )?[A-Za-z][\w.-]*(?: ID| id| port)? )$/;
const unitAtStart = /^ (?:bytes|captured|events|CPUs)\b/;

/** Compiles a template. */
export function compileTemplate(template: string): Template {
  const parts = parseTemplate(template);
  const fields: TemplateField[] = [];
  const sourceOf = (list: readonly TemplatePart[]): string =>
    list
      .map((part, i) => {
        if (part.type === 'text') return literalSource(part.text);
        if (part.type === 'optional') return `(?:${sourceOf(part.parts)})?`;
        const before = list[i - 1];
        const after = list[i + 1];
        const unit = after?.type === 'text' ? unitAtStart.exec(after.text)?.[0].length : undefined;
        const label =
          before?.type === 'text' && unit === undefined
            ? labelAtEnd.exec(before.text)?.[0].length
            : undefined;
        fields.push({ name: part.name, kind: part.kind, labelBefore: label ?? 0, unitAfter: unit ?? 0 });
        return `(${fieldKinds[part.kind].pattern})`;
      })
      .join('');
  const source = sourceOf(parts);
  const first = parts[0];
  const begins = first?.type === 'text' ? (/^\S*/.exec(first.text)?.[0] ?? '') : '';
  return { parts, fields, source, begins };
}
