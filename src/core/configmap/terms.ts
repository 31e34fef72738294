/**
 * What several settings together mean, as Cilium's `pkg/option/config.go` and `kube_proxy_replacement.go` of each
 * version work it out.
 */
import { parseCidr } from './cidr.js';
import type { Cidr } from './cidr.js';
import type { Settings } from './settings.js';
import { splitWords } from './values.js';

/** How packets cross nodes. From 1.15 the key `tunnel` is ignored. */
export function routingMode(s: Settings): string {
  if (s.version > 114) return s.text('routing-mode');
  const tunnel = s.text('tunnel');
  if (s.version < 114 || tunnel !== '') return tunnel === 'disabled' ? 'native' : 'tunnel';
  return s.text('routing-mode');
}

export function isNative(s: Settings): boolean {
  return routingMode(s) === 'native';
}

/** 1.20 and later: natively where the subnets allow it, else through the tunnel. */
export function isHybrid(s: Settings): boolean {
  return routingMode(s) === 'hybrid';
}

/** Cilium counts hybrid as tunnelling. */
export function isTunneling(s: Settings): boolean {
  return !isNative(s);
}

/** Whether some packets leave with pod addresses as they are. */
export function needsNative(s: Settings): boolean {
  const mode = routingMode(s);
  return mode === 'native' || mode === 'hybrid';
}

/** The protocol that a tunnel would use, in native routing too. */
export function tunnelProtocol(s: Settings): string {
  if (s.version <= 114) {
    const tunnel = s.text('tunnel');
    if (tunnel === 'vxlan' || tunnel === 'geneve') return tunnel;
    if (s.version < 114) return 'vxlan';
  }
  return s.text('tunnel-protocol');
}

/** The name of the IPv4 native-routing range in this version; in 1.11 the old one counts too. */
export function ipv4CidrKey(s: Settings): string {
  if (s.version <= 110) return 'native-routing-cidr';
  if (s.version === 111 && s.given('ipv4-native-routing-cidr') === undefined) {
    return s.given('native-routing-cidr') === undefined ? 'ipv4-native-routing-cidr' : 'native-routing-cidr';
  }
  return 'ipv4-native-routing-cidr';
}

export function ipv4Cidr(s: Settings): string {
  return s.text(ipv4CidrKey(s));
}

export function masqueradesIpv4(s: Settings): boolean {
  if (!s.on('enable-ipv4')) return false;
  if (s.version <= 109 || (s.version === 110 && s.given('masquerade') !== undefined))
    return s.on('masquerade');
  return s.on('enable-ipv4-masquerade');
}

export function masqueradesIpv6(s: Settings): boolean {
  return s.version >= 110 && s.on('enable-ipv6') && s.on('enable-ipv6-masquerade');
}

/** eBPF serves all Kubernetes services. */
export function replacesKubeProxy(s: Settings): boolean {
  const mode = s.text('kube-proxy-replacement');
  if (s.version < 114) return mode === 'strict';
  // Compared as the agent parses it: a boolean word from 1.14 on.
  return /^(?:1|t|true)$/i.test(mode) || (s.version <= 115 && mode === 'strict');
}

/** eBPF serves NodePorts. */
export function servesNodePorts(s: Settings): boolean {
  return (
    replacesKubeProxy(s) ||
    (s.version <= 118 && s.on('enable-node-port')) ||
    (s.version <= 112 && s.is('kube-proxy-replacement', 'probe'))
  );
}

/** Replies of services go straight from the backend's node to the client. */
export function usesDsr(s: Settings): boolean {
  return ['dsr', 'hybrid'].includes(loadBalancerMode(s));
}

/** `snat`, `dsr` or `hybrid`; the key had another name up to 1.8. */
export function loadBalancerMode(s: Settings): string {
  return s.given('bpf-lb-mode') === undefined && s.given('node-port-mode') !== undefined
    ? s.text('node-port-mode')
    : s.text('bpf-lb-mode');
}

/** The key that switches XDP acceleration in this file, when it is on. */
export function accelerationKey(s: Settings): string | undefined {
  return ['bpf-lb-acceleration', 'node-port-acceleration'].find((key) => !s.is(key, '', 'disabled'));
}

/** The key of the egress gateway that this version reads. */
export function egressGatewayKey(s: Settings): string {
  const newName = s.version === 110 || s.version >= 119;
  if (s.version === 118 && s.given('enable-egress-gateway') !== undefined) return 'enable-egress-gateway';
  return newName ? 'enable-egress-gateway' : 'enable-ipv4-egress-gateway';
}

export function hasEgressGateway(s: Settings): boolean {
  return s.on(egressGatewayKey(s));
}

/** Another plugin of the CNI sets up the pods' interfaces. */
export function isChained(s: Settings): boolean {
  const mode = s.given('cni-chaining-mode') === undefined ? '' : s.text('cni-chaining-mode');
  return mode !== '' && mode !== 'none';
}

/** The pod ranges that the operator hands out, where it does and they parse. */
export function podPools(s: Settings, family: 4 | 6): readonly Cidr[] {
  if (s.version < 108 || !s.is('ipam', 'cluster-pool')) return [];
  const words = splitWords(s.given(`cluster-pool-ipv${family}-cidr`)?.value ?? '');
  return words.map(parseCidr).filter((cidr): cidr is Cidr => cidr?.family === family);
}

/** IPAM modes in which Cilium knows from the cloud what it must not masquerade. */
function ipamKnowsItsRange(s: Settings): boolean {
  return s.is('ipam', ...(s.version >= 110 ? ['eni', 'alibabacloud'] : ['eni']));
}

/** Whether the agent refuses to start because it lacks the IPv4 native-routing range. */
export function lacksIpv4Cidr(s: Settings): boolean {
  if (s.version < 107 || !needsNative(s) || !masqueradesIpv4(s) || ipamKnowsItsRange(s)) return false;
  return !(s.version >= 115 && s.on('enable-ip-masq-agent')) && ipv4Cidr(s) === '';
}

/** Whether the agent refuses to start because it lacks the IPv6 native-routing range. */
export function lacksIpv6Cidr(s: Settings): boolean {
  if (s.version < 112 || !needsNative(s) || !masqueradesIpv6(s)) return false;
  return !(s.version >= 115 && s.on('enable-ip-masq-agent')) && s.text('ipv6-native-routing-cidr') === '';
}
