/** States that an extended echo reply tells of an interface, in ICMP and ICMPv6 alike (RFC 8335, section 3). */
export const extendedEchoStates: Readonly<Record<number, string>> = {
  0: 'Reserved',
  1: 'Incomplete',
  2: 'Reachable',
  3: 'Stale',
  4: 'Delay',
  5: 'Probe',
  6: 'Failed',
};
