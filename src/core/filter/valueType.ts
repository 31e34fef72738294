/** What the language says of each type of value: its name in messages and completion, and what can be done with it. */
import type { ValueType } from './typed.js';

interface TypeFacts {
  /** `an IPv4 address`. */
  readonly called: string;
  /** Values can be compared: `==`, `<`. */
  readonly compared: boolean;
  /** `contains` and `matches` can look into it. */
  readonly searched: boolean;
  readonly matched: boolean;
  /** `[0:3]` can be taken of it. */
  readonly sliced: boolean;
  /** Arithmetic signs that it knows. */
  readonly signs: string;
  /** `string()` can turn it into text. */
  readonly texted: boolean;
}

const none: TypeFacts = {
  called: '',
  compared: true,
  searched: false,
  matched: false,
  sliced: false,
  signs: '',
  texted: false,
};

export const valueTypes: Readonly<Record<ValueType, TypeFacts>> = {
  uint: { ...none, called: 'a number', signs: '+-*/%&', texted: true },
  flag: { ...none, called: 'a flag, 0 or 1' },
  ipv4: { ...none, called: 'an IPv4 address', sliced: true, signs: '&', texted: true },
  ipv6: { ...none, called: 'an IPv6 address', sliced: true, signs: '&', texted: true },
  ether: { ...none, called: 'an Ethernet address', searched: true, sliced: true, signs: '&', texted: true },
  eui64: { ...none, called: 'an EUI-64 address', sliced: true, texted: true },
  bytes: { ...none, called: 'bytes', searched: true, matched: true, sliced: true, signs: '&' },
  string: { ...none, called: 'text', searched: true, matched: true, sliced: true },
  time: { ...none, called: 'a moment' },
  span: { ...none, called: 'a length of time in seconds', signs: '+-' },
  protocol: { ...none, called: 'a protocol', searched: true, matched: true, sliced: true },
  label: { ...none, called: 'there or not, without a value', compared: false },
};
