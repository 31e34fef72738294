/** What an identity in a line is, in words. */
import {
  identityRange,
  reservedIdentities,
  reservedIdentityName,
  wellKnownIdentities,
} from '../../cilium/identities.js';
import { grouped } from '../../base/words.js';
import { dropReasonsOf } from '../values/dropReasons.js';

/**
 * Explains an identity as lines print it: a number, or the word of a reserved one. Undefined for other texts
 * (redacted ones).
 */
export function identityWords(value: string): string | undefined {
  if (!/^\d{1,10}$/.test(value)) {
    const reserved = reservedIdentities.find((identity) => identity.name === value);
    return reserved && `reserved identity ${reserved.id}. ${reserved.about}`;
  }
  const id = Number(value);
  const name = reservedIdentityName(id);
  if (name !== undefined) {
    const about = reservedIdentities.find((identity) => identity.id === id)?.about ?? '';
    return `reserved identity ${name}. ${about}`;
  }
  const wellKnown = wellKnownIdentities.find((identity) => identity.id === id);
  if (wellKnown) return `well-known identity ${wellKnown.name}.`;
  if (id > 0xff_ff_ff_ff) return undefined;
  if (id >= 0xff_ff_fc_18) {
    const code = 2 ** 32 - id;
    const reason = dropReasonsOf(String(code))[0]?.texts.at(-1)?.text;
    return `not an identity: the error number −${code}${reason === undefined ? '' : ` (${reason})`} slipped into this place.`;
  }
  if (id < 256) return `${identityRange(id)?.name ?? 'reserved'} identity without a known name.`;
  if (id < 0x1_00_00)
    return `identity of a set of labels, the same on every node of the cluster. cilium-dbg identity get ${id} lists them.`;
  if (id < 0x1_00_00_00)
    return `identity ${grouped(id & 0xffff)} of the cluster with id ${id >>> 16} (cluster mesh). With 511 clusters: ${grouped(id & 0x7fff)} of cluster ${id >>> 15}.`;
  if (id < 0x2_00_00_00)
    return `local identity, valid on this node only: it stands for a CIDR or a DNS name. Run cilium-dbg identity get ${id} on this node.`;
  if (id < 0x3_00_00_00)
    return `local identity of a remote node, valid on this node only. Run cilium-dbg identity get ${id} on this node.`;
  return identityRange(id)?.about;
}

/** The number of an identity that is printed as a number or as the word of a reserved one. */
export function identityNumber(value: string): number | undefined {
  if (/^\d{1,10}$/.test(value)) return Number(value);
  return reservedIdentities.find((identity) => identity.name === value)?.id;
}
