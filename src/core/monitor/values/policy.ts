/** Words of policy verdict lines. Source: pkg/monitor/api/types.go and pkg/monitor/datapath_policy.go of cilium/cilium. */
import type { VersionSpan } from '../row.js';

/** A word that lines print and what it means. */
export interface Word extends VersionSpan {
  readonly word: string;
  readonly about: string;
}

/** `match`: which entry of the policy map decided. */
export const matchTypes: readonly Word[] = [
  {
    word: 'none',
    since: '1.8',
    about:
      'no entry matched: with deny this is the default deny, with audit it would have been denied, with allow no policy applies.',
  },
  { word: 'L3-Only', since: '1.8', about: 'an entry for the identity, on any port.' },
  { word: 'L3-L4', since: '1.8', about: 'an entry for this identity and port.' },
  { word: 'L4-Only', since: '1.8', about: 'an entry for the port, with any identity.' },
  { word: 'all', since: '1.8', about: 'an entry that allows (or denies) everything.' },
  { word: 'L3-Proto', since: '1.13', about: 'an entry for this identity and protocol, on any port.' },
  { word: 'Proto-Only', since: '1.13', about: 'an entry for the protocol, with any identity and port.' },
  { word: 'unknown', since: '1.8', about: 'a match type that the tool does not know.' },
];

/** `action`: what was decided. */
export const actions: readonly Word[] = [
  { word: 'allow', since: '1.8', about: 'the packet is allowed.' },
  { word: 'deny', since: '1.8', about: 'the packet is denied; a drop line follows.' },
  { word: 'redirect', since: '1.8', about: 'the packet is allowed and sent to the L7 proxy.' },
  { word: 'audit', since: '1.8', about: 'audit mode: policy would deny the packet, but it passes.' },
];

/** `auth`: the mutual authentication that the policy asks for. */
export const authTypes: readonly Word[] = [
  { word: 'disabled', since: '1.14', about: 'the policy asks for no mutual authentication.' },
  { word: 'spire', since: '1.14', about: 'both sides must have proven their identity through SPIRE.' },
  { word: 'test-always-fail', since: '1.14', about: 'an authentication that always fails, for tests.' },
];

/** `verdict` of L7 lines. */
export const proxyVerdicts: readonly Word[] = [
  { word: 'Forwarded', since: '0.13', about: 'the proxy let the message pass.' },
  { word: 'Denied', since: '0.13', about: 'an L7 rule refused it (HTTP 403, DNS refused).' },
  { word: 'Error', since: '0.13', about: 'the proxy could not handle it.' },
  { word: 'Redirected', since: '1.10', about: 'the message was redirected.' },
];

/** Points of the socket load-balancer's trace. */
export const socketPoints: readonly Word[] = [
  { word: 'unknown', since: '1.13', about: 'a point that the tool does not know.' },
  {
    word: 'pre-xlate-fwd',
    since: '1.13',
    about: 'before the destination of an outgoing call is translated: dst is the service address.',
  },
  { word: 'post-xlate-fwd', since: '1.13', about: 'after the translation: dst is the chosen backend.' },
  {
    word: 'pre-xlate-rev',
    since: '1.13',
    about: 'before the peer of a reply is translated back: dst is the backend.',
  },
  {
    word: 'post-xlate-rev',
    since: '1.13',
    about: 'after the reverse translation: dst is the service address again.',
  },
];

/** What a word of one of these tables means. */
export function aboutWord(words: readonly Word[], word: string): string | undefined {
  return words.find((entry) => entry.word === word)?.about;
}
