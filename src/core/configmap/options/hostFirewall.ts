/** Options of the group "host-firewall". Facts: Cilium's flag reference, charts and sources, version by version. */
import { defineOptions } from '../option.js';

export const hostFirewallOptions = defineOptions('host-firewall', [
  {
    key: 'enable-host-firewall',
    type: 'bool',
    default: 'false',
    since: 108,
    helm: 'hostFirewall.enabled',
    helmOther: ['global.hostFirewall', 'hostFirewall'],
    chart: { from: 108 },
    about: 'Applies policy to the node itself.',
  },
]);
