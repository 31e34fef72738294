/** The order in which people expect the texts of a column: numbers before addresses before words, each by its value. */
import { hexByte } from '../base/bytes.js';

/** Kinds of texts, in their order. Texts of one kind compare as their keys. */
const kind = { number: 0, ipv4: 1, ipv6: 2, text: 3, none: 4 } as const;

interface SortKey {
  readonly kind: number;
  readonly number: number;
  readonly text: string;
}

const numberPattern = /^-?\d{1,300}(?:\.\d{1,30})?$/;
const hexNumberPattern = /^0x[\da-f]{1,13}$/i;
const ipv4Pattern = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const ipv6Pattern = /^[\da-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?$/i;
const wordPieces = /\d{1,15}|\D{1,200}/g;

/** Digits in words are padded to this many, so that `eth2` comes before `eth10`. */
const paddedDigits = 15;

function keyOf(text: string): SortKey {
  if (text === '') return { kind: kind.none, number: 0, text };
  if (numberPattern.test(text) || hexNumberPattern.test(text))
    return { kind: kind.number, number: Number(text), text: '' };
  const four = ipv4Pattern.exec(text);
  if (four)
    return {
      kind: kind.ipv4,
      number: four.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0),
      text: '',
    };
  const groups = text.split(':').length > 2 && ipv6Pattern.test(text) ? ipv6Key(text) : undefined;
  if (groups !== undefined) return { kind: kind.ipv6, number: 0, text: groups };
  const padded = (text.toLowerCase().match(wordPieces) ?? []).map((piece) =>
    /^\d/.test(piece) ? piece.padStart(paddedDigits, '0') : piece,
  );
  return { kind: kind.text, number: 0, text: padded.join('') };
}

/** An IPv6 address as 32 hex digits; undefined when it is none (an Ethernet address, say). */
function ipv6Key(text: string): string | undefined {
  const dotted = /:(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const tail = dotted
    ? dotted
        .slice(1)
        .map((part) => hexByte(Number(part)))
        .join('')
    : '';
  const words = dotted ? `${text.slice(0, dotted.index)}:${tail.slice(0, 4)}:${tail.slice(4)}` : text;
  const [before = '', after, ...more] = words.split('::');
  if (more.length > 0) return undefined;
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const missing = 8 - left.length - right.length;
  if (after === undefined ? missing !== 0 : missing < 0) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (groups.some((group) => group.length === 0 || group.length > 4)) return undefined;
  return groups.map((group) => group.padStart(4, '0').toLowerCase()).join('');
}

function compare(left: SortKey, right: SortKey): number {
  if (left.kind !== right.kind) return left.kind - right.kind;
  if (left.number !== right.number) return left.number - right.number;
  return left.text < right.text ? -1 : left.text > right.text ? 1 : 0;
}

/** Compares two texts, for sorting. Empty texts come last. */
export function compareNatural(left: string, right: string): number {
  return compare(keyOf(left), keyOf(right));
}

/**
 * Gives different texts their ranks (from 0) in the natural order; texts that compare as equal share one. Each text is
 * looked at once, however often it occurs.
 */
export function ranksOf(texts: Iterable<string>): ReadonlyMap<string, number> {
  const keys = [...new Set(texts)].map((text) => ({ text, key: keyOf(text) }));
  keys.sort((left, right) => compare(left.key, right.key));
  const ranks = new Map<string, number>();
  let rank = -1;
  let before: SortKey | undefined;
  for (const { text, key } of keys) {
    if (before === undefined || compare(before, key) !== 0) rank++;
    ranks.set(text, rank);
    before = key;
  }
  return ranks;
}
