/**
 * Numbers of the connection tracking of the datapath, as debug lines print them.
 * Source: bpf/lib/common.h and bpf/lib/conntrack.h of cilium/cilium.
 */
import type { VersionSpan } from '../row.js';

/** A value of a field: the text that lines print and what it means. */
export interface NamedValue {
  readonly code: number;
  readonly name: string;
  readonly about: string;
}

/** Bits of a tuple's flags; 0 is the absence of all. */
export const tupleFlags: readonly NamedValue[] = [
  {
    code: 0,
    name: 'OUT',
    about:
      'the entry looked for is of a connection that goes out of this endpoint. The ingress program asks this first: does the arriving packet answer a connection that the endpoint opened?',
  },
  {
    code: 1,
    name: 'IN',
    about:
      'the entry looked for is of a connection that came in to this endpoint, so this is the lookup for the reply direction: the egress program asks whether the leaving packet answers an incoming connection.',
  },
  {
    code: 2,
    name: 'RELATED',
    about: 'the entry looked for is of packets that belong to another connection, such as ICMP errors.',
  },
  {
    code: 4,
    name: 'SERVICE',
    about:
      'the entry looked for is of a connection to a service address, before a backend replaces that address.',
  },
];

/** `dir=` of Cilium 1.14 and later: which way the packet passes the endpoint. */
export const tupleDirections: readonly NamedValue[] = [
  { code: 0, name: 'egress', about: 'the packet leaves the endpoint.' },
  { code: 1, name: 'ingress', about: 'the packet goes to the endpoint.' },
  { code: 2, name: 'service', about: 'the load-balancer looks for the connection to a service address.' },
];

/** `scope=` of Cilium 1.14 and later: which of the two entries of a connection may match. */
export const tupleScopes: readonly NamedValue[] = [
  { code: 0, name: 'forward', about: 'only the entry of the forward direction is looked up.' },
  { code: 1, name: 'reverse', about: 'only the entry of the reverse direction is looked up.' },
  { code: 2, name: 'both', about: 'the entries of both directions are looked up, the reverse one first.' },
];

/** The results of a lookup as `CT verdict:` prints them; other texts are drop reasons. */
export const lookupResults: readonly NamedValue[] = [
  {
    code: 0,
    name: 'New',
    about: 'No connection was known for this packet, so it starts one: policy will be checked.',
  },
  {
    code: 1,
    name: 'Established',
    about: 'The packet belongs to a known connection and goes in its original direction.',
  },
  {
    code: 2,
    name: 'Reply',
    about: 'The packet answers a known connection: it passes without a policy check of its own.',
  },
  {
    code: 3,
    name: 'Related',
    about: 'The packet belongs to a known connection without being part of it, such as an ICMP error.',
  },
  {
    code: 4,
    name: 'Interface Decrypted',
    about:
      'A connection that was closing is opened again. This state (4) has no text of its own in Cilium 1.8 to 1.15, so the text of drop number 4 stands here; encryption plays no part.',
  },
];

/** The connection state that trace lines carry, as they print it. */
export const traceStates: readonly (NamedValue & VersionSpan)[] = [
  {
    code: 0,
    name: 'new',
    since: '0.13',
    about:
      'first packet of a connection. Before Cilium 1.12 points that do not know the state also say new, such as from-… and to-network.',
  },
  {
    code: 1,
    name: 'established',
    since: '0.13',
    about: 'packet of a known connection in its original direction.',
  },
  {
    code: 2,
    name: 'reply',
    since: '0.13',
    about: 'packet of a known connection in the reply direction; policy is not checked again.',
  },
  {
    code: 3,
    name: 'related',
    since: '0.13',
    about: 'packet that belongs to a known connection without being part of it, such as an ICMP error.',
  },
  {
    code: 4,
    name: 'reopened',
    since: '1.8',
    until: '1.15',
    about: 'the connection was closing and a new SYN opened it again.',
  },
  {
    code: 5,
    name: 'unknown',
    since: '1.12',
    about: 'this observation point does not know the connection; usual for from-… points.',
  },
  {
    code: 6,
    name: 'srv6-encap',
    since: '1.16',
    about: 'the packet is put into SRv6.',
  },
  {
    code: 7,
    name: 'srv6-decap',
    since: '1.16',
    about: 'the packet was taken out of SRv6.',
  },
  {
    code: 8,
    name: 'encrypt-overlay',
    since: '1.16',
    until: '1.18',
    about: 'overlay packet on its way to IPsec encryption.',
  },
];

/** The words for a tuple's flags, e.g. `3` → `IN, RELATED`; undefined for bits that have no name. */
export function tupleFlagNames(flags: number): string | undefined {
  if (flags === 0) return 'OUT';
  const named = tupleFlags.filter((flag) => flag.code > 0 && (flags & flag.code) !== 0);
  const known = named.reduce((sum, flag) => sum + flag.code, 0);
  return known === flags ? named.map((flag) => flag.name).join(', ') : undefined;
}
