/** The page of monitor messages, printed from the rows of the message table. */
import { versionsText, type LineKind, type MessageRow } from '../monitor/row.js';
import { prose, table } from './markdownTable.js';

/** A template as a reader wants it: `<source:address>` is `<source>`. */
function readable(template: string): string {
  return template.replace(/<(\w+):\w+>/g, '<$1>').replace(/\\([[\]])/g, '$1');
}

/** The wording of a row that the newest Cilium prints; of a row that is gone, its last. */
function newestTemplate(row: MessageRow): string {
  const form = row.forms.find(({ until }) => until === undefined) ?? row.forms.at(-1);
  return form === undefined ? '' : readable(form.template);
}

/** An ending of this many characters that this many rows have is told once, above the table. */
const longEnding = 40;
const rowsThatShareIt = 3;

/** What follows the first colon of a template, where enough of the templates go on that way. */
function sharedEnding(templates: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const template of templates) {
    const colon = template.indexOf(': ');
    const ending = template.slice(colon + 2);
    if (colon >= 0) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].find(([ending, count]) => count >= rowsThatShareIt && ending.length >= longEnding)?.[0];
}

function section(kind: LineKind, rows: readonly MessageRow[]): string {
  const ending = sharedEnding(rows.map(newestTemplate));
  const shown = (template: string): string =>
    ending !== undefined && template.endsWith(`: ${ending}`)
      ? `${template.slice(0, -ending.length)}…`
      : template;
  const lines = rows.map((row) => [
    `\`${row.id}\``,
    `\`${shown(newestTemplate(row))}\``,
    versionsText(row.forms),
    prose(row.about),
  ]);
  return [
    `## ${kind}`,
    ...(ending === undefined ? [] : [`\`…\` is \`${ending}\`.`]),
    table(['Type', 'Line', 'Printed by', 'Means'], lines),
  ].join('\n\n');
}

/** All messages by kind, in Markdown; `rows` are in the order of the page. */
export function monitorPage(rows: readonly MessageRow[]): string {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const sections = kinds.map((kind) =>
    section(
      kind,
      rows.filter((row) => row.kind === kind),
    ),
  );
  return [
    '<!-- Printed by "npm run generate" from the messages in src/core/monitor. -->',
    '# Lines of cilium monitor',
    'What stands in `<…>` changes, what stands in `[…]` can be missing. The kinds and types are those of `monitor --json`.',
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
