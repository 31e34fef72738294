/** Numbers of the network itself that monitor lines print: protocols, ports, routing results. */

/** IP protocol numbers that Cilium meets. Source: IANA, Assigned Internet Protocol Numbers. */
export const protocols: readonly { readonly code: number; readonly name: string }[] = [
  { code: 0, name: 'any' },
  { code: 1, name: 'ICMP' },
  { code: 2, name: 'IGMP' },
  { code: 4, name: 'IPIP' },
  { code: 6, name: 'TCP' },
  { code: 17, name: 'UDP' },
  { code: 41, name: 'IPv6 in IP' },
  { code: 47, name: 'GRE' },
  { code: 50, name: 'ESP' },
  { code: 51, name: 'AH' },
  { code: 58, name: 'ICMPv6' },
  { code: 112, name: 'VRRP' },
  { code: 132, name: 'SCTP' },
];

/** The name of an IP protocol number. */
export function protocolName(code: number): string | undefined {
  return protocols.find((protocol) => protocol.code === code)?.name;
}

/** Ports that a reader of Cilium logs meets often. Source: IANA and Cilium's system requirements page. */
export const ports: readonly { readonly code: number; readonly name: string }[] = [
  { code: 22, name: 'SSH' },
  { code: 53, name: 'DNS' },
  { code: 67, name: 'DHCP' },
  { code: 68, name: 'DHCP' },
  { code: 80, name: 'HTTP' },
  { code: 123, name: 'NTP' },
  { code: 179, name: 'BGP' },
  { code: 443, name: 'HTTPS' },
  { code: 2379, name: 'etcd clients' },
  { code: 2380, name: 'etcd peers' },
  { code: 4240, name: 'Cilium health checks' },
  { code: 4244, name: 'Hubble server' },
  { code: 4245, name: 'Hubble relay' },
  { code: 4250, name: 'Cilium mutual authentication' },
  { code: 4789, name: 'VXLAN (IANA)' },
  { code: 6081, name: 'Geneve' },
  { code: 6443, name: 'Kubernetes API' },
  { code: 8472, name: "VXLAN (Linux and Cilium's default)" },
  { code: 9153, name: 'CoreDNS metrics' },
  { code: 9962, name: 'Cilium agent metrics' },
  { code: 9963, name: 'Cilium operator metrics' },
  { code: 9964, name: 'Envoy metrics' },
  { code: 10250, name: 'kubelet' },
  { code: 51871, name: "Cilium's WireGuard" },
];

/** What a port is usually for. */
export function portName(code: number): string | undefined {
  return ports.find((port) => port.code === code)?.name;
}

/** Results of the kernel's route lookup, behind `FIB lookup failed`. Source: BPF_FIB_LKUP_RET_* of linux/bpf.h. */
export const fibResults: readonly { readonly code: number; readonly about: string }[] = [
  { code: 0, about: 'the lookup succeeded' },
  { code: 1, about: 'the route is a blackhole' },
  { code: 2, about: 'the destination is unreachable by route' },
  { code: 3, about: 'the route prohibits it' },
  { code: 4, about: 'the packet is not to be forwarded (local or other)' },
  { code: 5, about: 'forwarding is disabled on the interface' },
  { code: 6, about: 'the route needs a lightweight tunnel that is not supported here' },
  { code: 7, about: "no neighbour entry: the next hop's MAC address is not known" },
  { code: 8, about: 'fragmentation needed: the packet is larger than the MTU' },
  { code: 9, about: 'no source address was found' },
];

/** ICMPv6 types of `Handling ICMPv6 type=`. Source: RFC 4443 and RFC 4861. */
export const icmpv6Types: readonly { readonly code: number; readonly name: string }[] = [
  { code: 1, name: 'destination unreachable' },
  { code: 2, name: 'packet too big' },
  { code: 3, name: 'time exceeded' },
  { code: 128, name: 'echo request' },
  { code: 129, name: 'echo reply' },
  { code: 133, name: 'router solicitation' },
  { code: 134, name: 'router advertisement' },
  { code: 135, name: 'neighbour solicitation' },
  { code: 136, name: 'neighbour advertisement' },
];

/** BPF helpers of `BPF function <n> returned error`, those that Cilium's programs call. Source: linux/bpf.h. */
export const bpfHelpers: readonly { readonly code: number; readonly name: string }[] = [
  { code: 1, name: 'map_lookup_elem' },
  { code: 2, name: 'map_update_elem' },
  { code: 3, name: 'map_delete_elem' },
  { code: 9, name: 'skb_store_bytes' },
  { code: 10, name: 'l3_csum_replace' },
  { code: 11, name: 'l4_csum_replace' },
  { code: 12, name: 'tail_call' },
  { code: 20, name: 'skb_get_tunnel_key' },
  { code: 21, name: 'skb_set_tunnel_key' },
  { code: 23, name: 'redirect' },
  { code: 29, name: 'skb_get_tunnel_opt' },
  { code: 30, name: 'skb_set_tunnel_opt' },
  { code: 31, name: 'skb_change_proto' },
  { code: 38, name: 'skb_change_tail' },
  { code: 69, name: 'fib_lookup' },
];

/** Linux error numbers that datapath programs return. Source: asm-generic/errno-base.h and errno.h. */
export const errnos: readonly { readonly code: number; readonly name: string }[] = [
  { code: 1, name: 'EPERM, not permitted' },
  { code: 2, name: 'ENOENT, no such entry' },
  { code: 5, name: 'EIO, input/output error' },
  { code: 7, name: 'E2BIG, too big (map full)' },
  { code: 12, name: 'ENOMEM, out of memory' },
  { code: 14, name: 'EFAULT, bad address' },
  { code: 16, name: 'EBUSY, busy' },
  { code: 17, name: 'EEXIST, exists already' },
  { code: 19, name: 'ENODEV, no such device' },
  { code: 22, name: 'EINVAL, invalid argument' },
  { code: 28, name: 'ENOSPC, no space' },
  { code: 95, name: 'EOPNOTSUPP, not supported' },
  { code: 101, name: 'ENETUNREACH, network unreachable' },
];
