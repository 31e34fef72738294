/**
 * Ports on which Cilium's own parts listen, by the list of ports that its installation guide asks firewalls to open and
 * by the defaults of its flags (Documentation/operations/system_requirements.rst, pkg/defaults).
 */
const tcpServices: Readonly<Record<number, string>> = {
  2379: 'etcd client requests',
  2380: 'etcd peers',
  4240: 'cilium-health',
  4244: 'Hubble server',
  4245: 'Hubble Relay',
  4250: 'mutual authentication',
  4251: 'SPIRE agent health',
  6060: 'cilium-agent pprof',
  6061: 'cilium-operator pprof',
  6062: 'Hubble Relay pprof',
  9878: 'cilium-envoy health',
  9879: 'cilium-agent health',
  9890: 'cilium-agent gops',
  9891: 'cilium-operator gops',
  9893: 'Hubble Relay gops',
  9901: 'cilium-envoy admin',
  9962: 'cilium-agent metrics',
  9963: 'cilium-operator metrics',
  9964: 'cilium-envoy metrics',
  9965: 'Hubble metrics',
};

/** What of Cilium listens on one of two TCP ports: the service a packet is for or from. */
export function ciliumService(sourcePort: number, destinationPort: number): string | undefined {
  return tcpServices[destinationPort] ?? tcpServices[sourcePort];
}
