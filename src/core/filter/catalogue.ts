/** Every name that a filter may use, with what it stands for. Made once from the declarations of dissectors and frame. */
import type { Dissector } from '../dissect/dissector.js';
import { type Field, fieldList, type FieldSet, type ValueNames } from '../dissect/field.js';
import { dissectors } from '../dissect/registry.js';
import type { ProblemKind } from '../dissect/walk.js';
import { allFrameFields } from '../frame/frameFields.js';
import type { FieldTarget, ValueType } from './typed.js';

/** A name of the language. */
export interface FilterName {
  readonly name: string;
  readonly type: ValueType;
  /** The field's title: `Time to Live`. */
  readonly title: string;
  /** Of what it is a part: the protocol's title. */
  readonly protocol: string;
  readonly targets: readonly FieldTarget[];
  /** Names of its values. */
  readonly values: ValueNames | undefined;
  /** Bits that its numbers may take: 8 for a byte. */
  readonly bits: number;
}

/** What stops a dissection, under Wireshark's names. */
const problems: readonly {
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly ProblemKind[];
}[] = [
  {
    name: '_ws.malformed',
    title: 'Malformed packet',
    kinds: ['too-short', 'bad-value', 'too-deep'],
  },
  { name: '_ws.short', title: 'Packet size limited during capture', kinds: ['not-captured'] },
  { name: '_ws.unreassembled', title: 'Fragment of a packet that is not put together', kinds: ['fragment'] },
];

/** A name on its way into the catalogue. */
interface Draft {
  readonly name: string;
  type: ValueType;
  title: string;
  protocol: string;
  readonly targets: FieldTarget[];
  values: ValueNames | undefined;
  bits: number;
}

class Names {
  readonly drafts = new Map<string, Draft>();

  add(
    name: string,
    type: ValueType,
    title: string,
    protocol: string,
    target: FieldTarget,
    more?: Partial<Draft>,
  ): void {
    if (name === '') return;
    const known = this.drafts.get(name);
    if (!known) {
      this.drafts.set(name, {
        name,
        type,
        title,
        protocol,
        targets: [target],
        values: undefined,
        bits: 32,
        ...more,
      });
      return;
    }
    // One name, several declarations (as for variants of one option): a value beats a mere node.
    if (known.type !== type) {
      if (type === 'label') return;
      if (known.type !== 'label') return;
      known.targets.length = 0;
      Object.assign(known, { type, title, protocol }, more);
    }
    known.bits = Math.max(known.bits, more?.bits ?? 0);
    known.values ??= more?.values;
    known.targets.push(target);
  }
}

/**
 * Bits of a field's numbers: those of its bytes; the widest where the declaration does not say. What is worked out may
 * be larger than the bytes that it is worked out from.
 */
function bitsOf(field: Field): number {
  if (field.generated) return 32;
  return typeof field.bytes === 'number' && field.bytes > 0 && field.bytes <= 8 ? 8 * field.bytes : 64;
}

/** Wireshark's names that end so hold a host's name. We look none up, so it is the address as text, as with `-n`. */
const holdsHostName = /[._]host$/;

function addFields(names: Names, dissector: Dissector): void {
  const paths = new Map<Field, { readonly path: readonly Field[]; readonly loose: boolean }>();
  const aliases: [string, Field, readonly Field[], boolean][] = [];
  const put = (
    name: string,
    field: Field,
    path: readonly Field[],
    loose: boolean,
    title = field.label,
  ): void => {
    const asText = holdsHostName.test(name) && field.name !== name;
    names.add(
      name,
      asText ? 'string' : field.type,
      title,
      dissector.title,
      { kind: 'field', dissector, field, path, loose, asText },
      { values: asText ? undefined : field.values, bits: bitsOf(field) },
    );
  };
  const own = new Set<string>();
  const visit = (set: FieldSet, around: readonly Field[], loose: boolean): void => {
    for (const field of fieldList(set)) {
      const path = [...around, field];
      paths.set(field, { path, loose });
      own.add(field.name);
      put(field.name, field, path, loose);
      for (const alias of field.aliases ?? []) aliases.push([alias, field, path, loose]);
      if (field.children) visit(field.children, path, loose);
    }
  };
  visit(dissector.fields, [], false);
  visit(dissector.loose ?? {}, [], true);
  for (const [alias, field, path, loose] of aliases) put(alias, field, path, loose);
  for (const [alias, fields] of Object.entries(dissector.aliases ?? {})) {
    // A protocol may declare the joint name as fields of its own, too; those are the same values.
    if (own.has(alias)) continue;
    const title = joinedTitle(fields.map(({ label }) => label));
    for (const field of fields) {
      const known = [...paths].find(([one]) => one.name === field.name && one.type === field.type);
      if (known) put(alias, known[0], known[1].path, known[1].loose, title);
    }
  }
}

/** `Source or Destination Address`: several titles as one, what they end with said once. */
function joinedTitle(titles: readonly string[]): string {
  const all = [...new Set(titles)].map((title) => title.split(' '));
  const [first = []] = all;
  const isShared = (count: number): boolean => {
    const end = first.slice(-count).join(' ');
    return all.every((words) => words.length > count && words.slice(-count).join(' ') === end);
  };
  let shared = 0;
  while (isShared(shared + 1)) shared++;
  return all
    .map((words, at) => (at < all.length - 1 ? words.slice(0, words.length - shared) : words).join(' '))
    .join(' or ');
}

function makeCatalogue(): ReadonlyMap<string, FilterName> {
  const names = new Names();
  for (const dissector of dissectors)
    names.add(dissector.id, 'protocol', dissector.title, dissector.title, { kind: 'protocol', dissector });
  for (const dissector of dissectors) addFields(names, dissector);
  for (const field of allFrameFields)
    names.add(
      field.name,
      field.type === 'packet' ? 'protocol' : field.type,
      field.label,
      'Frame',
      { kind: 'frame', field },
      { values: field.values },
    );
  for (const { name, title, kinds } of problems)
    names.add(name, 'label', title, 'Frame', { kind: 'problem', problems: kinds });
  return names.drafts;
}

let catalogue: ReadonlyMap<string, FilterName> | undefined;

/** All names, by name. Made when first asked for. */
export function filterNames(): ReadonlyMap<string, FilterName> {
  return (catalogue ??= makeCatalogue());
}

/** Up to `most` names that look like `name`, best first. */
export function nearestNames(name: string, most = 3): readonly string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 4));
  const found: { readonly name: string; readonly distance: number }[] = [];
  for (const known of filterNames().keys()) {
    if (Math.abs(known.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, known, limit);
    if (distance <= limit) found.push({ name: known, distance });
  }
  // A name cut short, or with its protocol missing.
  if (found.length === 0 && wanted.length > 2)
    for (const known of filterNames().keys())
      if (known.startsWith(`${wanted}.`) || known.endsWith(`.${wanted}`))
        found.push({ name: known, distance: known.length });
  return found
    .sort((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map((one) => one.name);
}

/** Changes of a character, or swaps of two, from one text to the other; stops counting above `limit`. */
function editDistance(one: string, other: string, limit: number): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[other.length] ?? limit + 1;
}
