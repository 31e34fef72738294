/**
 * Options of pcapng blocks: code u16, length u16, value padded to four bytes, until an end mark or the end of the
 * block (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html, section 3.5).
 */
import { u16, u16le } from '../../base/bytes.js';

/** What is read of the options; each name holds the code of the option in its kind of block. */
export const optionCode = {
  comment: 1,
  section: { hardware: 2, os: 3, application: 4 },
  interface: {
    name: 2,
    description: 3,
    speed: 8,
    timeResolution: 9,
    filter: 11,
    os: 12,
    timeOffset: 14,
    hardware: 15,
  },
} as const;

/** The options of one block: values by code, in the order of the file. */
export interface Options {
  readonly values: ReadonlyMap<number, readonly Uint8Array[]>;
  /** What is wrong with them; empty when nothing is. */
  readonly flaw: string;
}

/** Reads options; values are views into `bytes`. Stops at the first that does not fit. */
export function readOptions(bytes: Uint8Array, little: boolean): Options {
  const read16 = little ? u16le : u16;
  const values = new Map<number, Uint8Array[]>();
  let at = 0;
  while (at + 4 <= bytes.length) {
    const code = read16(bytes, at);
    const length = read16(bytes, at + 2);
    if (code === 0) break;
    const start = at + 4;
    if (start + length > bytes.length) {
      return { values, flaw: `option ${code} claims ${length} bytes, ${bytes.length - start} are there` };
    }
    const list = values.get(code);
    const value = bytes.subarray(start, start + length);
    if (list) list.push(value);
    else values.set(code, [value]);
    at = start + ((length + 3) & ~3);
  }
  return { values, flaw: '' };
}

const decoder = new TextDecoder();

/** The texts of all options of one code. */
export function optionTexts(options: Options, code: number): readonly string[] {
  // Some writers count a closing zero byte in.
  return (options.values.get(code) ?? []).map((value) => decoder.decode(value).replace(/\0+$/, ''));
}

/** The text of the first option of a code, when there is one. */
export function optionText(options: Options, code: number): string | undefined {
  return optionTexts(options, code)[0];
}
