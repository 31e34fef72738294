/** Options of the group "bandwidth". Facts: Cilium's flag reference, charts and sources, version by version. */
import { defineOptions } from '../option.js';

export const bandwidthOptions = defineOptions('bandwidth', [
  {
    key: 'enable-bandwidth-manager',
    type: 'bool',
    default: 'false',
    since: 109,
    helm: 'bandwidthManager.enabled',
    helmOther: ['bandwidthManager'],
    chart: { from: 109 },
    about: 'Enforces pod bandwidth annotations with earliest-departure pacing.',
  },
  {
    key: 'enable-bbr',
    type: 'bool',
    default: 'false',
    since: 112,
    helm: 'bandwidthManager.bbr',
    chart: { from: 112 },
    about: 'Uses BBR congestion control for pods; needs eBPF host routing.',
  },
  {
    key: 'enable-bbr-hostns-only',
    type: 'bool',
    default: 'false',
    since: 118,
    helm: 'bandwidthManager.bbrHostNamespaceOnly',
    chart: { from: 118 },
    about: 'Uses BBR only for sockets in the host namespace; needs enable-bbr.',
  },
  {
    key: 'enable-ipv4-big-tcp',
    type: 'bool',
    default: 'false',
    since: 114,
    helm: 'enableIPv4BIGTCP',
    chart: { from: 114 },
    about:
      'Larger IPv4 TCP segments inside the stack; needs eBPF host routing and, before 1.20, native routing.',
  },
  {
    key: 'enable-ipv6-big-tcp',
    type: 'bool',
    default: 'false',
    since: 113,
    helm: 'enableIPv6BIGTCP',
    chart: { from: 113 },
    about: 'Larger IPv6 TCP segments inside the stack; same needs as the IPv4 one.',
  },
  {
    key: 'enable-tunnel-big-tcp',
    type: 'bool',
    default: 'false',
    since: 119,
    removed: 120,
    about: 'Development-cycle opt-in for BIG TCP over the tunnel.',
  },
]);
