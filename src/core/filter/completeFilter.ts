/** What can stand at a place of a filter: names, operators, values. From the declarations alone. */
import { type ValueNames, nameOf } from '../dissect/field.js';
import { filterNames, type FilterName } from './catalogue.js';
import { filterFunctions } from './functions.js';
import { type Token, tokensOf } from './token.js';
import { valueTypes } from './valueType.js';

export interface FilterCompletion {
  /** What is put in. */
  readonly text: string;
  /** The part of the filter that it takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'field' | 'protocol' | 'value' | 'operator' | 'function';
  /** In a few words: `IPv4 address`, `number, 8 bits`, a value's number. */
  readonly detail: string;
  /** One line: the title and its protocol. */
  readonly help: string;
}

/** More than a list shows. */
const mostCompletions = 200;

type Place = { readonly start: number; readonly end: number };

/** Completions for the caret at offset `at`, best first. */
export function completeFilter(text: string, at: number): readonly FilterCompletion[] {
  const caret = Math.max(0, Math.min(text.length, Math.trunc(at)));
  // `ip.` is no token, but the beginning of many.
  const head = text.slice(0, caret).replace(/(\w)\.$/, '$1');
  const before = tokensOf(head).slice(0, -1);
  const last = before[before.length - 1];
  if (last?.kind === 'wrong') return last.text.includes('quote') ? quotedValues(text, before, caret) : [];
  const typing = last?.kind === 'word' && last.end === head.length ? last : undefined;
  const place: Place = typing
    ? { start: typing.start, end: wordEnd(text, caret) }
    : { start: caret, end: caret };
  const context = typing ? before.slice(0, -1) : before;
  const typed = typing ? text.slice(typing.start, caret) : '';
  const wanted = expected(context);
  if (wanted.what === 'operand')
    return [...valuesOf(wanted.compared, typed, place), ...names(typed, place)].slice(0, mostCompletions);
  // A sign that is being typed (`ip.ttl =`) is no token yet; words are (`ip.ttl con`).
  return operators(wanted.compared, typed, place, wanted.complete);
}

/** Names reach on to the right of the caret. */
function wordEnd(text: string, caret: number): number {
  let end = caret;
  while (end < text.length && /[\w.-]/.test(text.charAt(end)) && !text.startsWith('..', end)) end++;
  return end;
}

interface Expected {
  readonly what: 'operand' | 'operator';
  /** The field of the comparison at hand. */
  readonly compared: FilterName | undefined;
  /** A whole condition stands before the place. */
  readonly complete: boolean;
}

const comparing = new Set(['==', '!=', '===', '!==', '>', '>=', '<', '<=', 'contains', 'matches', 'in']);

/** What the tokens before a place ask for. */
function expected(tokens: readonly Token[]): Expected {
  const last = tokens[tokens.length - 1];
  const compared = comparedField(tokens);
  if (!last) return { what: 'operand', compared: undefined, complete: false };
  const isSign = last.kind === 'sign' && last.text !== ')' && last.text !== '}';
  if (isSign) return { what: 'operand', compared, complete: false };
  const hasOperator = compared !== undefined || last.text === ')' || last.text === '}';
  return { what: 'operator', compared: compared ? undefined : fieldOf(last), complete: hasOperator };
}

const fieldOf = (token: Token | undefined): FilterName | undefined =>
  token?.kind === 'word' ? filterNames().get(token.text) : undefined;

/** The field that the comparison at the end of the tokens began with. */
function comparedField(tokens: readonly Token[]): FilterName | undefined {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind !== 'sign') continue;
    if (['&&', '||', '^^', '(', ')', '}', '!'].includes(token.text)) return undefined;
    if (comparing.has(token.text)) return fieldOf(tokens[at - 1]);
  }
  return undefined;
}

/** How a name fits what was typed: lower is better; undefined when it does not. */
function rank({ name, title }: FilterName, typed: string): number | undefined {
  if (typed === '') return name.includes('.') ? undefined : 0;
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1 + (name.slice(typed.length).match(/\./g)?.length ?? 0);
  if (name.includes(`.${typed}`)) return 10;
  if (name.includes(typed)) return 20;
  const words = title.toLowerCase();
  if (typed.length < 3) return undefined;
  return words.startsWith(typed) || words.includes(` ${typed}`) ? 30 : undefined;
}

function names(typed: string, place: Place): FilterCompletion[] {
  const wanted = typed.replace(/^\./, '').toLowerCase();
  const found: { readonly rank: number; readonly one: FilterCompletion }[] = [];
  for (const name of filterNames().values()) {
    const its = rank(name, wanted);
    if (its === undefined) continue;
    const isProtocol = name.type === 'protocol';
    found.push({
      rank: its,
      one: {
        text: name.name,
        ...place,
        kind: isProtocol ? 'protocol' : 'field',
        detail: typeText(name),
        help: isProtocol ? name.title : `${name.title} · ${name.protocol}`,
      },
    });
  }
  for (const { name, help, example } of filterFunctions)
    if (wanted !== '' && name.startsWith(wanted))
      found.push({
        rank: 5,
        one: { text: `${name}(`, ...place, kind: 'function', detail: help, help: `For example: ${example}` },
      });
  found.sort((one, other) => one.rank - other.rank || (one.one.text < other.one.text ? -1 : 1));
  return found.slice(0, mostCompletions).map(({ one }) => one);
}

/** `number, 8 bits`. */
function typeText({ type, bits }: FilterName): string {
  if (type === 'uint') return `number, ${bits} bits`;
  if (type === 'label') return 'there or not';
  return valueTypes[type].called.replace(/^an? /, '');
}

/** Names of values with their numbers; those of functions are known for small numbers only. */
function* namedValues(values: ValueNames): Generator<readonly [number, string]> {
  if (typeof values !== 'function') {
    for (const [number, name] of Object.entries(values)) yield [Number(number), name];
    return;
  }
  for (let number = 0; number < 256; number++) {
    const name = nameOf(values, number);
    if (name !== undefined) yield [number, name];
  }
}

function valuesOf(compared: FilterName | undefined, typed: string, place: Place): FilterCompletion[] {
  if (!compared?.values) return [];
  const wanted = typed.replace(/^"/, '').toLowerCase();
  const found: FilterCompletion[] = [];
  for (const [number, name] of namedValues(compared.values)) {
    if (!name.toLowerCase().includes(wanted) && !number.toString().startsWith(wanted)) continue;
    found.push({
      text: number.toString(),
      ...place,
      kind: 'value',
      detail: name,
      help: `${compared.title} · ${compared.protocol}`,
    });
    if (found.length === mostCompletions) break;
  }
  return found;
}

/** Within an open quote: the names of the compared field's values. */
function quotedValues(text: string, before: readonly Token[], caret: number): readonly FilterCompletion[] {
  const open = before[before.length - 1];
  const compared = comparedField(before.slice(0, -1));
  if (!open || !compared?.values) return [];
  const wanted = text.slice(open.start + 1, caret).toLowerCase();
  const found: FilterCompletion[] = [];
  for (const [number, name] of namedValues(compared.values)) {
    if (!name.toLowerCase().startsWith(wanted)) continue;
    found.push({
      text: `"${name.replace(/["\\]/g, (mark) => `\\${mark}`)}"`,
      start: open.start,
      end: caret,
      kind: 'value',
      detail: number.toString(),
      help: `${compared.title} · ${compared.protocol}`,
    });
    if (found.length === mostCompletions) break;
  }
  return found;
}

const comparisonHelp: readonly (readonly [sign: string, help: string])[] = [
  ['==', 'some value is equal'],
  ['!=', 'no value is equal'],
  ['>', 'some value is greater'],
  ['<', 'some value is less'],
  ['>=', 'some value is greater or equal'],
  ['<=', 'some value is less or equal'],
  ['in', 'some value is in a set: {80, 443, 8000..8080}'],
];
const conditionHelp: readonly (readonly [sign: string, help: string])[] = [
  ['and', 'both hold'],
  ['or', 'one holds, or both'],
  ['xor', 'one holds, but not both'],
];

/** Operators that fit the field; after a whole condition those that join conditions. */
function operators(
  compared: FilterName | undefined,
  typed: string,
  place: Place,
  complete: boolean,
): FilterCompletion[] {
  const fitting: (readonly [string, string])[] = [];
  if (compared && !complete) {
    const facts = valueTypes[compared.type];
    if (facts.compared && compared.type !== 'protocol') fitting.push(...comparisonHelp);
    if (facts.searched) fitting.push(['contains', 'some value has these bytes or this text in it']);
    if (facts.matched) fitting.push(['matches', 'some value fits a pattern, letters of either case alike']);
  }
  fitting.push(...conditionHelp);
  return fitting
    .filter(([sign]) => sign.startsWith(typed))
    .map(([sign, help]) => ({ text: sign, ...place, kind: 'operator', detail: help, help: '' }));
}
