/** Options of the group "host-routing". Facts: Cilium's flag reference, charts and sources, version by version. */
import { defineOptions } from '../option.js';

export const hostRoutingOptions = defineOptions('host-routing', [
  {
    key: 'enable-host-legacy-routing',
    type: 'bool',
    default: 'false',
    since: 109,
    helm: 'bpf.hostLegacyRouting',
    helmOther: ['bpf.hostRouting'],
    chart: { from: 109 },
    about: "Sends pod traffic through the host's full network stack instead of the eBPF short cut.",
  },
]);
