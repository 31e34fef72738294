/**
 * Lists of options as IPv4 and TCP headers carry them: a type byte, then, but for single-byte options, a length that
 * counts type, length and value.
 */
import { u8 } from '../base/bytes.js';
import { counted } from '../base/words.js';
import type { Emit } from './emit.js';
import { label, type Field } from './field.js';
import type { Layer } from './walk.js';

/** One kind of option. */
export interface OptionKind {
  readonly type: number;
  /** Words for the list's line: `Router Alert`. Empty for those not worth mentioning (padding). */
  readonly title: string;
  /** The option's node; its children with a place are read from the option's first byte. */
  readonly field: Field;
  /** The type byte is all of it. */
  readonly single?: boolean;
  /** The length there must be, or the least where it varies. */
  readonly exactly?: number;
  readonly atLeast?: number;
  /** Reports what has no fixed place. */
  more?(layer: Layer, emit: Emit, at: number, length: number): void;
}

/** An option met in a header. */
export interface FoundOption {
  readonly at: number;
  readonly length: number;
  readonly type: number;
  readonly kind: OptionKind | undefined;
  /** What is wrong with its length; the list ends here. */
  readonly wrong?: string;
}

/** Field for an option whose length makes no sense. */
export const brokenOption = label('', 'Option', {
  text: (value) => String(value),
  problem: () => true,
});

/** Field for an option nobody declared. */
export const unknownOption = label('', 'Unknown', { text: (value) => String(value) });

/** The options between two places, in order; ends at `last`, the end, or the first broken one. */
export function* optionsIn(
  frame: Uint8Array,
  from: number,
  to: number,
  kinds: ReadonlyMap<number, OptionKind>,
  last?: number,
): Generator<FoundOption> {
  let at = from;
  while (at < to) {
    const type = u8(frame, at);
    const kind = kinds.get(type);
    if (kind?.single) {
      yield { at, length: 1, type, kind };
      if (type === last) return;
      at++;
      continue;
    }
    const length = at + 1 < to ? u8(frame, at + 1) : 0;
    const name = kind?.title ?? `Unknown (0x${type.toString(16).padStart(2, '0')})`;
    const wrong =
      at + 1 >= to
        ? `${name} (length byte past end of options)`
        : length < 2
          ? `${name} (with too-short option length = ${counted(length, 'byte')})`
          : at + length > to
            ? `${name} (option length = ${counted(length, 'byte')} says option goes past end of options)`
            : undefined;
    if (wrong !== undefined) {
      yield { at, length: Math.min(2, to - at), type, kind, wrong };
      return;
    }
    yield { at, length, type, kind };
    at += length;
  }
}

/** What is wrong with the length of a known option, if something is. */
export function lengthFault({ kind, length }: FoundOption): string | undefined {
  if (kind === undefined || kind.single) return undefined;
  const has = `${kind.title} (with option length = ${counted(length, 'byte')}`;
  if (kind.exactly !== undefined && length !== kind.exactly) return `${has}; should be ${kind.exactly})`;
  if (kind.atLeast !== undefined && length < kind.atLeast) return `${has}; should be >= ${kind.atLeast})`;
  return undefined;
}

/** The options of the list worth mentioning, for the line above it. */
export function optionTitles(found: Iterable<FoundOption>): string {
  let text = '';
  for (const { kind, wrong } of found)
    if (kind && kind.title !== '' && wrong === undefined) text += `, ${kind.title}`;
  return text;
}
