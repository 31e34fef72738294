/** What stands in the brackets of slices and layers: `0:3`, `0-2`, `:4`, `2:`, `-1`, several with commas between. */
import type { ByteRange, FilterMistake } from './typed.js';

const number = String.raw`(-?(?:0[xX][0-9a-fA-F]+|\d+))`;
const forms = {
  offsetAndLength: new RegExp(`^${number}\\s*:\\s*${number}$`),
  fromOn: new RegExp(`^${number}\\s*:$`),
  length: new RegExp(`^:\\s*${number}$`),
  fromTo: new RegExp(`^${number}\\s*-\\s*${number}$`),
  single: new RegExp(`^${number}$`),
};
const largest = 2 ** 31 - 1;

/** The ranges in `text`, which starts at `start` of the filter; a mistake where one makes no sense. */
export function rangesOf(text: string, start: number): readonly ByteRange[] | FilterMistake {
  const ranges: ByteRange[] = [];
  let at = start;
  for (const part of text.split(',')) {
    const range = rangeOf(part.trim());
    if (typeof range === 'string') {
      const lead = part.length - part.trimStart().length;
      const from = part.trim() === '' ? at : at + lead;
      return { message: range, start: from, end: from + Math.max(1, part.trim().length) };
    }
    ranges.push(range);
    at += part.length + 1;
  }
  return ranges;
}

function rangeOf(text: string): ByteRange | string {
  const whole = (digits: string | undefined): number => {
    const negative = digits?.startsWith('-') ?? false;
    const value = Number(negative ? digits?.slice(1) : digits);
    return negative ? -value : value;
  };
  if (text === '')
    return 'a range is missing: [0:3] is 3 bytes from the first, [0-2] the same, [-1] the last';
  let match = forms.offsetAndLength.exec(text);
  if (match) return range(text, whole(match[1]), whole(match[2]));
  if ((match = forms.fromOn.exec(text))) return range(text, whole(match[1]), undefined);
  if ((match = forms.length.exec(text))) return range(text, 0, whole(match[1]));
  if ((match = forms.fromTo.exec(text))) {
    const from = whole(match[1]);
    const to = whole(match[2]);
    if (from < 0 !== to < 0) return `${text} mixes counting from the start and from the end`;
    if (to <= from) return `${text} ends before it begins`;
    return range(text, from, to - from + 1);
  }
  if ((match = forms.single.exec(text))) return range(text, whole(match[1]), 1);
  if (text === ':') return { from: 0, length: undefined };
  return `'${text}' is no range: [0:3] is 3 bytes from the first, [0-2] the same, [-1] the last`;
}

function range(text: string, from: number, length: number | undefined): ByteRange | string {
  if (length !== undefined && length <= 0) return `${text} holds nothing: the length must be 1 or more`;
  if (Math.abs(from) > largest || (length ?? 0) > largest) return `${text} is larger than any packet`;
  return { from, length };
}
