/**
 * Security identities: the numbers that stand for a set of labels, in monitor lines and in a tunnel's VNI.
 * Source: pkg/identity/numericidentity.go and pkg/identity/reserved of cilium/cilium, v1.0 to 1.21 development.
 */

/** An identity with a fixed number. Versions are texts such as `1.15`; `until` is absent while it is still there. */
export interface ReservedIdentity {
  readonly id: number;
  readonly name: string;
  readonly since: string;
  readonly until?: string;
  readonly about: string;
}

/** Numbers 0 to 99. A number can have had two names; the newer one stands later. */
export const reservedIdentities: readonly ReservedIdentity[] = [
  {
    id: 0,
    name: 'unknown',
    since: '1.0',
    about:
      'Identity not determined (yet). Typical for the destination on from-… lines, where the look-up has not happened.',
  },
  { id: 1, name: 'host', since: '1.0', about: 'The local node and all its own addresses.' },
  {
    id: 2,
    name: 'world',
    since: '1.0',
    about: 'Everything outside the cluster that no CIDR identity covers.',
  },
  {
    id: 3,
    name: 'unmanaged',
    since: '1.3',
    about: 'Endpoint in the cluster that is not managed by Cilium. (1.0 to 1.2: number 3 was cluster.)',
  },
  { id: 4, name: 'health', since: '1.0', about: 'The cilium-health endpoint of a node.' },
  { id: 5, name: 'init', since: '1.1', about: 'Endpoint whose labels are not known yet.' },
  { id: 6, name: 'remote-node', since: '1.7', about: 'Any other node of this or a connected cluster.' },
  { id: 7, name: 'kube-apiserver', since: '1.11', about: 'Remote node that serves the Kubernetes API.' },
  {
    id: 8,
    name: 'ingress',
    since: '1.12',
    about: 'Source address of the Envoy ingress and gateway listeners.',
  },
  {
    id: 9,
    name: 'world-ipv4',
    since: '1.15',
    about: 'World, IPv4 only, used when both families are enabled.',
  },
  { id: 10, name: 'world-ipv6', since: '1.15', about: 'World, IPv6 only.' },
  {
    id: 11,
    name: 'encrypted-overlay',
    since: '1.16',
    until: '1.19',
    about:
      'Overlay traffic that IPsec must encrypt. From 1.21 development the number 11 is re-used (see next).',
  },
  {
    id: 11,
    name: 'aggregate-cluster',
    since: '1.21-dev',
    about: 'Policy map aggregation only, never on traffic.',
  },
  {
    id: 12,
    name: 'aggregate-clustermesh',
    since: '1.21-dev',
    about: 'Policy map aggregation only, never on traffic.',
  },
  {
    id: 13,
    name: 'aggregate-world',
    since: '1.21-dev',
    about: 'Policy map aggregation only, never on traffic.',
  },
  {
    id: 14,
    name: 'aggregate-remote-node',
    since: '1.21-dev',
    about: 'Policy map aggregation only, never on traffic.',
  },
];

/** Numbers 100 to 127: workloads whose labels are built into Cilium. */
export const wellKnownIdentities: readonly { readonly id: number; readonly name: string }[] = [
  { id: 100, name: 'etcd-operator (removed in newer versions)' },
  { id: 101, name: 'cilium-kvstore (removed in newer versions)' },
  { id: 102, name: 'kube-dns' },
  { id: 103, name: 'kube-dns on EKS' },
  { id: 104, name: 'CoreDNS' },
  { id: 105, name: 'cilium-operator' },
  { id: 106, name: 'CoreDNS on EKS' },
  { id: 107, name: 'cilium-etcd-operator (removed in newer versions)' },
  { id: 108, name: 'second set: etcd-operator' },
  { id: 109, name: 'second set: cilium-kvstore' },
  { id: 110, name: 'second set: kube-dns' },
  { id: 111, name: 'second set: kube-dns on EKS' },
  { id: 112, name: 'second set: CoreDNS' },
  { id: 113, name: 'second set: cilium-operator' },
  { id: 114, name: 'second set: CoreDNS on EKS' },
  { id: 115, name: 'second set: cilium-etcd-operator' },
];

/** A range of numbers and what an identity in it is. */
export interface IdentityRange {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly since?: string;
  readonly about: string;
}

/** All 32-bit numbers, in order and without a gap. */
export const identityRanges: readonly IdentityRange[] = [
  { from: 0, to: 0, name: 'unknown', about: 'Not an identity.' },
  { from: 1, to: 99, name: 'reserved', since: '1.0', about: 'Reserved identities; see the table.' },
  {
    from: 100,
    to: 127,
    name: 'well-known',
    since: '1.5',
    about: 'Fixed identities of well-known workloads.',
  },
  {
    from: 128,
    to: 255,
    name: 'user reserved',
    since: '1.3',
    about: 'Identities that an administrator can fix in the configuration.',
  },
  {
    from: 256,
    to: 65535,
    name: 'cluster (global) identity',
    since: '1.0',
    about: 'Allocated from labels, the same on all nodes of the cluster; cluster id 0.',
  },
  {
    from: 65536,
    to: 16777215,
    name: 'cluster identity of a cluster with id > 0',
    since: '1.4',
    about:
      'Bits 16 to 23 hold the cluster id (1 to 255), bits 0 to 15 the identity. With max-connected-clusters 511 the cluster id has 9 bits and starts at bit 15.',
  },
  {
    from: 16777216,
    to: 33554431,
    name: 'local (CIDR) identity',
    since: '1.5',
    about:
      'Scope 1 (1<<24): valid only on the node that prints it, stands for a CIDR or an FQDN. cilium-dbg identity get <id> must be run on the same node.',
  },
  {
    from: 33554432,
    to: 50331647,
    name: 'remote-node local identity',
    since: '1.15',
    about: 'Scope 2 (2<<24): node identity with labels, local to the node, when policy can select nodes.',
  },
  {
    from: 50331648,
    to: 4294967295,
    name: 'negative or unused',
    about:
      'Values near 4294967295 are negative numbers (an error code in the identity field), for example 4294967162 = -134 (invalid packet).',
  },
];

/**
 * The word that `cilium monitor` prints for a reserved identity, e.g. 2 → `world`. Where a number had two names, the
 * one that is seen on traffic (11 is `encrypted-overlay`; its newer meaning never is).
 */
export function reservedIdentityName(id: number): string | undefined {
  return reservedIdentities.find((identity) => identity.id === id)?.name;
}

/** The range that a number lies in. */
export function identityRange(id: number): IdentityRange | undefined {
  return identityRanges.find((range) => id >= range.from && id <= range.to);
}

/**
 * What an identity is, for labels: `world`, `kube-dns`, or the kind of its range such as `cluster (global) identity`.
 */
export function identityTitle(id: number): string {
  return (
    reservedIdentityName(id) ??
    wellKnownIdentities.find((identity) => identity.id === id)?.name ??
    identityRange(id)?.name ??
    'not an identity'
  );
}
