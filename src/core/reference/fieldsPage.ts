/** The page of protocols and fields, printed from the dissectors. */
import type { Claim, Dissector } from '../dissect/dissector.js';
import { allFields, setOrNot, trueOrFalse, yesOrNo, type Field } from '../dissect/field.js';
import { cell, prose, table } from './markdownTable.js';

/** Names that take more room than this are left out: the tree shows them, next to the value. */
const mostCharactersOfNames = 100;

const kinds: Readonly<Record<Field['type'], string>> = {
  uint: 'number',
  flag: '0 or 1',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  ether: 'MAC address',
  eui64: 'EUI-64',
  bytes: 'bytes',
  string: 'text',
  time: 'time',
  label: 'present or not',
};

/** What a display filter compares with: `number, 13 bits`. */
function typeText(field: Field): string {
  if (field.type !== 'uint') return kinds[field.type];
  const bits =
    field.mask === undefined ? 8 * (typeof field.bytes === 'number' ? field.bytes : 0) : bitCount(field.mask);
  return bits > 0 ? `number, ${bits} ${bits === 1 ? 'bit' : 'bits'}` : 'number';
}

function bitCount(mask: number): number {
  return mask
    .toString(2)
    .split('')
    .filter((digit) => digit === '1').length;
}

/** `1 request, 2 reply`, for a field whose few values have names worth telling. */
function valuesText(field: Field): string {
  const { values } = field;
  if (values === undefined || typeof values === 'function') return '';
  if (values === setOrNot || values === trueOrFalse || values === yesOrNo) return '';
  const names = Object.entries(values)
    .map(([value, name]) => `${value} ${prose(name)}`)
    .join(', ');
  return names.length > mostCharactersOfNames ? '' : names;
}

function rowOf(field: Field): readonly string[] {
  const also = field.aliases?.length ? `also ${field.aliases.map((name) => `\`${name}\``).join(', ')}` : '';
  const notes = [field.generated ? 'worked out' : '', valuesText(field), also].filter((note) => note !== '');
  return [`\`${field.name}\``, prose(field.label), typeText(field), notes.join('; ')];
}

/** The fields that have a name, each name once with all its other names, in the order of the tree. */
function namedFields(dissector: Dissector): Field[] {
  const byName = new Map<string, Field>();
  for (const set of [dissector.fields, dissector.loose ?? {}])
    for (const field of allFields(set)) {
      if (field.name === '') continue;
      const known = byName.get(field.name);
      const aliases = new Set([...(known?.aliases ?? []), ...(field.aliases ?? [])]);
      byName.set(field.name, { ...(known ?? field), aliases: [...aliases] });
    }
  return [...byName.values()];
}

/** Where a protocol is found: `udp.port` 4789, 8472. EtherTypes are known by their hexadecimal numbers. */
function claimText({ table: name, keys }: Claim): string {
  const numbers = keys.map((key) =>
    name === 'ethertype' ? `0x${key.toString(16).padStart(4, '0')}` : `${key}`,
  );
  return `\`${name}\` ${numbers.join(', ')}`;
}

function section(dissector: Dissector): string {
  const found = dissector.claims.map(claimText);
  const about = [
    `[Specification](${dissector.spec}).`,
    found.length > 0 ? `Found at ${found.join('; ')}.` : '',
    ...Object.entries(dissector.aliases ?? {}).map(
      ([name, fields]) => `\`${name}\` is any of ${fields.map((field) => `\`${field.name}\``).join(', ')}.`,
    ),
  ];
  const fields = namedFields(dissector);
  return [
    `## ${cell(dissector.title)} (\`${dissector.id}\`)`,
    about.filter((sentence) => sentence !== '').join(' '),
    ...(fields.length > 0 ? [table(['Field', 'Label', 'Value', 'Notes'], fields.map(rowOf))] : []),
  ].join('\n\n');
}

/** All protocols with their fields, in Markdown. */
export function fieldsPage(dissectors: readonly Dissector[]): string {
  const contents = dissectors.map((dissector) => `\`${dissector.id}\``).join(', ');
  return [
    '<!-- Printed by "npm run generate" from the protocols in src/core/dissect. -->',
    '# Protocols and fields',
    `Fields have Wireshark's names. Those that Wireshark does not have begin with \`cilium.\`. Protocols: ${contents}.`,
    ...dissectors.map(section),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
