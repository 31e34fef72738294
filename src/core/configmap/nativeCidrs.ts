/** The native-routing ranges of a file: what is written, and what it parses to. */
import { parseCidr } from './cidr.js';
import type { Cidr } from './cidr.js';
import type { ConfigEntry } from './config.js';
import { isReadAt } from './option.js';
import { optionOf } from './options/index.js';
import type { Settings } from './settings.js';
import { splitWords } from './values.js';

export interface NativeCidr {
  readonly entry: ConfigEntry;
  /** The family that the key is for. */
  readonly family: 4 | 6;
  readonly text: string;
  /** More than one when the value is a list, which Cilium does not take. */
  readonly words: readonly string[];
  /** What the text is when it is one range, of whichever family. */
  readonly cidr: Cidr | undefined;
}

const keys = [
  ['native-routing-cidr', 4],
  ['ipv4-native-routing-cidr', 4],
  ['ipv6-native-routing-cidr', 6],
] as const;

/** The ranges that this version reads and that have a value. */
export function nativeCidrs(s: Settings): readonly NativeCidr[] {
  return keys.flatMap(([key, family]) => {
    const option = optionOf(key);
    const entry = s.given(key);
    const text = entry?.value ?? '';
    if (entry === undefined || text === '' || option === undefined || !isReadAt(option, s.version)) return [];
    return [{ entry, family, text, words: splitWords(text), cidr: parseCidr(text) }];
  });
}
