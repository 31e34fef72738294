/** Turns what is written in a filter into a value of the type that it is compared with. */
import { nameOf, type ValueNames } from '../dissect/field.js';
import { bytesOf, ipv4Of, ipv6Of, networkOf, numberOf } from './literal.js';
import type { TextTerm, WordTerm } from './syntax.js';
import { momentExamples, momentOf, negated, secondsOf } from './timeLiteral.js';
import type { ConstantValue, ValueType } from './typed.js';
import { valueTypes } from './valueType.js';

/** What a constant is compared with. */
export interface Subject {
  readonly type: ValueType;
  /** As it is called in messages: `ip.ttl`. */
  readonly name: string;
  /** Bits that its numbers may take. */
  readonly bits: number;
  readonly values: ValueNames | undefined;
  /** For `contains`: a part of the value will do, so addresses need not be whole. */
  readonly partial?: boolean;
}

/** The value of a term, or a sentence that says why it is none. */
export function constantOf(term: WordTerm | TextTerm, subject: Subject): ConstantValue | string {
  switch (subject.type) {
    case 'uint':
      return numberConstant(term, subject);
    case 'flag':
      return flagConstant(term, subject);
    case 'ipv4':
      return addressConstant(term, subject, ipv4Of, 32);
    case 'ipv6':
      return addressConstant(term, subject, ipv6Of, 128);
    case 'ether':
      return hardwareConstant(term, subject, 6);
    case 'eui64':
      return hardwareConstant(term, subject, 8);
    case 'bytes':
    case 'protocol':
      return bytesConstant(term, subject);
    case 'string':
      return { bytes: term.kind === 'word' ? utf8.encode(term.text) : term.bytes };
    case 'time':
      return momentConstant(term, subject);
    case 'span':
      return spanConstant(term, subject);
    case 'label':
      return `${subject.name} has no value to compare with`;
  }
}

/** The value with a minus in front, or a sentence that says why there is none. */
export function negativeOf(value: ConstantValue, subject: Subject): ConstantValue | string {
  if ('time' in value && subject.type === 'span') return { time: negated(value.time) };
  if ('number' in value && subject.type === 'uint')
    return value.big === undefined
      ? { number: 0 - value.number }
      : { number: -value.number, big: -value.big };
  return `${subject.name} is ${valueTypes[subject.type].called}: it knows no minus`;
}

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();

/** What the term says, its escapes resolved. */
const saying = (term: WordTerm | TextTerm): string =>
  term.kind === 'word' ? term.text : fromUtf8.decode(term.bytes);

const written = (term: WordTerm | TextTerm): string =>
  term.kind === 'word' ? term.text : term.kind === 'text' ? `"${term.text}"` : `'${term.text}'`;

/** What a term looks like, to a person. */
function looksLike({ kind, text }: WordTerm | TextTerm): string | undefined {
  if (kind !== 'word') return kind === 'text' ? 'text' : 'a character';
  if (numberOf(text)) return 'a number';
  if (networkOf(text, ipv4Of)) return 'an IPv4 address';
  if (networkOf(text, ipv6Of)) return 'an IPv6 address';
  if (/[:.-]/.test(text) && bytesOf(text)) return 'bytes';
  return momentOf(text) && 'a moment';
}

/** `ip.src is an IPv4 address; 80 is a number`. */
function mismatch(term: WordTerm | TextTerm, subject: Subject): string {
  const is = `${subject.name} is ${valueTypes[subject.type].called}`;
  const looks = looksLike(term);
  if (looks !== undefined && looks !== valueTypes[subject.type].called)
    return `${is}; ${written(term)} is ${looks}`;
  return `${is}; ${written(term)} is none`;
}

/** The number that a name of the subject's values stands for; letters of either case are alike. */
function named(text: string, { values, bits }: Subject): number | undefined {
  const wanted = text.toLowerCase();
  if (typeof values !== 'function') {
    const found = Object.entries(values ?? {}).find(([, name]) => name.toLowerCase() === wanted);
    return found && Number(found[0]);
  }
  // Names by a function: the numbers of up to 16 bits are tried.
  const most = 2 ** Math.min(bits, 16);
  for (let value = 0; value < most; value++)
    if (nameOf(values, value)?.toLowerCase() === wanted) return value;
  return undefined;
}

function numberConstant(term: WordTerm | TextTerm, subject: Subject): ConstantValue | string {
  if (term.kind === 'character') return { number: term.bytes[0] ?? 0 };
  const literal = term.kind === 'word' ? numberOf(term.text) : undefined;
  if (literal) {
    const most = 2n ** BigInt(subject.bits) - 1n;
    return (literal.big ?? BigInt(literal.number)) > most
      ? `${term.text} is too large: ${subject.name} goes up to ${most.toString()}`
      : literal;
  }
  const value = named(saying(term), subject);
  if (value !== undefined) return { number: value };
  if (term.kind === 'text' && numberOf(term.text)) return `Numbers stand without quotes: ${term.text}`;
  if (subject.values !== undefined && (term.kind === 'text' || looksLike(term) === undefined))
    return `No value of ${subject.name} is named ${written(term)}`;
  return mismatch(term, subject);
}

const truths: Readonly<Record<string, number>> = { True: 1, TRUE: 1, true: 1, False: 0, FALSE: 0, false: 0 };

function flagConstant(term: WordTerm | TextTerm, subject: Subject): ConstantValue | string {
  if (term.kind === 'character') return { number: term.bytes[0] === 0 ? 0 : 1 };
  if (term.kind === 'word') {
    const literal = numberOf(term.text);
    if (literal) return { number: literal.number === 0 ? 0 : 1 };
    const truth = Object.hasOwn(truths, term.text) ? truths[term.text] : undefined;
    if (truth !== undefined) return { number: truth };
  }
  const value = named(saying(term), subject);
  return value === undefined ? mismatch(term, subject) : { number: value };
}

function addressConstant(
  term: WordTerm | TextTerm,
  subject: Subject,
  address: (text: string) => Uint8Array | undefined,
  most: number,
): ConstantValue | string {
  if (term.kind !== 'word')
    return address(term.text) ? `Addresses stand without quotes: ${term.text}` : mismatch(term, subject);
  const network = networkOf(term.text, address);
  if (!network) return mismatch(term, subject);
  const { bytes, prefix } = network;
  if (prefix === undefined) return { bytes };
  return prefix > most
    ? `A prefix of ${valueTypes[subject.type].called.replace(/^an? /, '')}es goes up to /${most}`
    : { bytes, prefix };
}

function hardwareConstant(
  term: WordTerm | TextTerm,
  subject: Subject,
  length: number,
): ConstantValue | string {
  if (term.kind === 'text')
    return bytesOf(term.text) ? `Addresses stand without quotes: ${term.text}` : mismatch(term, subject);
  const bytes = term.kind === 'word' ? bytesOf(term.text) : term.bytes;
  if (!bytes) return mismatch(term, subject);
  if (subject.partial || bytes.length === length) return { bytes };
  return `${subject.name} is ${valueTypes[subject.type].called} of ${length} bytes; ${written(term)} has ${bytes.length}`;
}

function bytesConstant(term: WordTerm | TextTerm, subject: Subject): ConstantValue | string {
  if (term.kind !== 'word') return { bytes: term.bytes };
  const bytes = bytesOf(term.text);
  if (bytes) return { bytes };
  return `${subject.name} is compared with bytes (47:45:54) or text ("GET"); ${term.text} is neither`;
}

function momentConstant(term: WordTerm | TextTerm, subject: Subject): ConstantValue | string {
  const time = momentOf(saying(term));
  if (time) return { time };
  return `${subject.name} is a moment, such as ${momentExamples}; ${written(term)} is none`;
}

function spanConstant(term: WordTerm | TextTerm, subject: Subject): ConstantValue | string {
  const time = term.kind === 'word' ? secondsOf(term.text) : undefined;
  if (time) return { time };
  if (term.kind === 'text' && secondsOf(term.text)) return `Seconds stand without quotes: ${term.text}`;
  return mismatch(term, subject);
}
